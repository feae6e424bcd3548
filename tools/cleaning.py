"""Removes what can be made again; the installation's data only on request."""

import shutil
from pathlib import Path

from environment import PYTHON, ROOT, run
from steps import SetupError, say

_PRODUCTS = (
    "build",
    "site",
    "dist",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".hypothesis",
    ".import_linter_cache",
)
_ERASE = """
import shutil
from gongjian.kernel.embedded_postgres import erase
from gongjian.kernel.embedded_postgres.places import default_var_folder, locate
var = default_var_folder()
for server in [var, *([var / "tests"] if (var / "tests").exists() else [])]:
    erase(server)
    shutil.rmtree(locate(server).home)
"""


def clean(*, everything: bool) -> None:
    for name in _PRODUCTS:
        shutil.rmtree(ROOT / name, ignore_errors=True)
    for folder in ("src", "tests", "tools", "benchmarks"):
        for cache in (ROOT / folder).rglob("__pycache__"):
            shutil.rmtree(cache, ignore_errors=True)
    if everything:
        _delete_data(ROOT / "var")


def _delete_data(var: Path) -> None:
    if not var.exists():
        return
    if PYTHON.exists() and run([PYTHON, "-c", _ERASE], check=False, quiet=True):
        raise SetupError("The database is in use: stop the running gongjian first.")
    shutil.rmtree(var)
    say(f"Deleted {var}.")
