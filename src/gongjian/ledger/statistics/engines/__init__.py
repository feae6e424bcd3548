"""Who runs an expression: PostgreSQL on the live ledger, DuckDB or Spark on exported files."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Protocol

from ibis import Table

from gongjian.ledger.statistics.records import Tables

Row = dict[str, Any]


class Engine(Protocol):
    name: str
    tables: Tables

    def rows(self, expression: Table) -> list[Row]:
        """Whole numbers as int, quantities as Decimal with two places, the same on every engine."""


def sql_of(expression: Table, compiler: Any) -> str:
    return str(compiler.to_sqlglot(expression).sql(dialect=compiler.dialect))


def typed(expression: Table, rows: Iterable[Sequence[Any]]) -> list[Row]:
    """Rows as a database driver gives them, in the types of the expression."""
    schema = expression.schema()
    readers = [(name, _reader(kind)) for name, kind in schema.items()]
    return [
        {name: None if value is None else read(value) for (name, read), value in zip(readers, row, strict=True)} for row in rows
    ]


def _reader(kind: Any) -> Any:
    if kind.is_integer():
        return int
    if kind.is_decimal():
        return lambda value: Decimal(value).quantize(Decimal("0.01"))
    return lambda value: value
