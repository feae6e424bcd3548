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


def test_nothing_heavy_is_loaded_at_the_start() -> None:
    variables = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    loaded = subprocess.run([sys.executable, "-c", _START], env=variables, check=True, capture_output=True, text=True).stdout
    assert "gongjian.kernel.tasks" in loaded
    assert not HEAVY & set(loaded.split())
