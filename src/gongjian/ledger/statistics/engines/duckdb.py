"""Exported files on this machine, in this process."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb
from ibis import Table
from ibis.backends.sql.compilers.duckdb import DuckDBCompiler

from gongjian.ledger.statistics.engines import Row, sql_of, typed
from gongjian.ledger.statistics.export.reading import Exported
from gongjian.ledger.statistics.records import exported

_RECORDS = """
CREATE VIEW records AS SELECT * FROM read_parquet({files}, hive_partitioning = true,
    hive_types = {{'office': VARCHAR, 'year': INTEGER}})
"""
_LIST = "CREATE VIEW {name} AS SELECT * FROM read_parquet({files})"
_KINDS = "CREATE VIEW kinds AS SELECT DISTINCT ON (kind) * FROM read_parquet({files}) ORDER BY kind"


class DuckDB:
    """Several exports count together; what each is called by its kinds, the first of them says."""

    name = "duckdb"

    def __init__(self, exports: Sequence[Exported]) -> None:
        self.tables = exported()
        self.database = duckdb.connect(config={"autoinstall_known_extensions": False})
        self.database.execute(_RECORDS.format(files=_quoted(path for export in exports for path in export.records)))
        for name in ("organizations", "places"):
            self.database.execute(_LIST.format(name=name, files=_quoted(export.list(name) for export in exports)))
        self.database.execute(_KINDS.format(files=_quoted(export.list("kinds") for export in exports)))

    def rows(self, expression: Table) -> list[Row]:
        return typed(expression, self.database.execute(sql_of(expression, DuckDBCompiler())).fetchall())


def _quoted(paths: Iterable[Path]) -> str:
    return "[" + ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths) + "]"
