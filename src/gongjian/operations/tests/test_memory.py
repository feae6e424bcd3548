"""A web process and a worker begin light: what only some of them ever need is loaded where it is used."""

import os
import subprocess
import sys

HEAVY = {
    *("numpy", "scipy", "sklearn", "openpyxl", "docx", "typst", "pypinyin", "rjieba", "imagehash", "icalendar", "ortools"),
    *("ibis", "duckdb", "pyarrow", "pyspark", "sqlglot"),
}
_START = """
import django, sys
django.setup()
import gongjian.config.urls, procrastinate.contrib.django.procrastinate_app
print(*sys.modules)
"""


_FROZEN = "import gc, gongjian.config.wsgi; print(gc.get_freeze_count())"


def run(program: str) -> str:
    variables = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    return subprocess.run([sys.executable, "-c", program], env=variables, check=True, capture_output=True, text=True).stdout


def test_nothing_heavy_is_loaded_at_the_start() -> None:
    loaded = run(_START)
    assert "gongjian.kernel.tasks" in loaded
    assert not HEAVY & set(loaded.split())


def test_what_a_web_process_loads_is_never_looked_through_for_garbage() -> None:
    assert int(run(_FROZEN).split()[-1]) > 100_000
