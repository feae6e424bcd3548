"""Exported files on a Spark cluster, given by the URL of its master; its machines need Java and the folder, no Python."""

import os
import re
import shutil
import subprocess
import sys
import warnings
from collections.abc import Mapping, Sequence
from functools import reduce
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from ibis import Table
from ibis.backends.sql.compilers.pyspark import PySparkCompiler

from gongjian.kernel.errors import Invalid
from gongjian.ledger.statistics.engines import Row, sql_of, typed
from gongjian.ledger.statistics.export.reading import Exported
from gongjian.ledger.statistics.records import COLUMNS, LISTS, PARTITIONS, exported

JAVA = 17
_TYPES = {"int64": "bigint", "int32": "int", "int16": "smallint"}


class Spark:
    name = "spark"

    def __init__(self, exports: Sequence[Exported], *, master: str, settings: Mapping[str, str]) -> None:
        check_installed()
        self.tables = exported()
        self._session = _session(master, settings)
        records = [self._read(export.folder / "records", export.records, COLUMNS | PARTITIONS) for export in exports]
        _together(records).createOrReplaceTempView("records")
        for name, columns in LISTS.items():
            found = _together([self._read(export.folder, [export.list(name)], columns) for export in exports])
            (found.dropDuplicates(["kind"]) if name == "kinds" else found).createOrReplaceTempView(name)

    def rows(self, expression: Table) -> list[Row]:
        return typed(expression, self._session.sql(sql_of(expression, PySparkCompiler())).collect())

    def stop(self) -> None:
        self._session.stop()

    def _read(self, folder: Path, files: Sequence[Path], columns: Mapping[str, str]) -> Any:
        schema = ", ".join(f"{name} {_TYPES.get(kind, kind)}" for name, kind in columns.items())
        return self._session.read.schema(schema).option("basePath", str(folder)).parquet(*map(str, files))


def check_installed() -> None:
    """Raises Invalid, saying what to install."""
    version = _java_version()
    if version is None or version < JAVA:
        raise Invalid(
            _("Spark 要用 Java %(wanted)s 以上。请先安装，例如：apt install openjdk-17-jre-headless") % {"wanted": JAVA},
            code="java",
        )
    try:
        import pyspark  # noqa: F401
    except ImportError as error:
        command = "pip install --require-hashes -r requirements/spark.txt"
        raise Invalid(_("没有安装 PySpark。请运行：%(command)s") % {"command": command}, code="pyspark") from error


def _java_version() -> int | None:
    home = os.environ.get("JAVA_HOME")
    java = Path(home, "bin", "java") if home else shutil.which("java")
    if not java or not Path(java).exists():
        return None
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr  # noqa: S603
    found = re.search(r'version "(\d+)', said)
    return int(found[1]) if found else None


def _session(master: str, settings: Mapping[str, str]) -> Any:
    from pyspark.sql import SparkSession

    if master.startswith("local"):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    quiet = {
        "spark.ui.enabled": "false",
        "spark.log.level": "ERROR",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.catalogImplementation": "in-memory",
        "spark.ui.showConsoleProgress": str(sys.stderr.isatty()).lower(),
    }
    builder = SparkSession.builder.master(master).appName("gongjian-statistics")
    for name, value in {**quiet, **settings}.items():
        builder = builder.config(name, value)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=FutureWarning)  # Spark's view of pandas, which is not used here
        return builder.getOrCreate()


def _together(frames: Sequence[Any]) -> Any:
    return reduce(lambda one, other: one.unionByName(other), frames)
