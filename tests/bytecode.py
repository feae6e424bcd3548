"""Compiled code, even where the environment forbids to write it beside the sources: each process would compile everything anew.

Imported first by the settings of tests; the processes that tests start inherit it.
"""

import os
import sys

from gongjian.kernel.embedded_postgres.places import var_folder

if sys.dont_write_bytecode:
    sys.dont_write_bytecode = False
    sys.pycache_prefix = os.environ["PYTHONPYCACHEPREFIX"] = str(var_folder() / "pycache")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
