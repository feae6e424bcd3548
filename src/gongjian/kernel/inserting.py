"""Rows of several tables written by one statement, where every statement counts."""

from collections.abc import Sequence
from typing import Any

from django.db import connection, models
from django.db.models.sql import InsertQuery


def insert_together(*tables: Sequence[models.Model]) -> None:
    """Each argument: new rows of one model, whose foreign keys are saved. No signals; the keys are not read back."""
    statements = [_insertion(rows) for rows in tables if rows]
    if not statements:
        return
    *first, (last, _values) = statements
    named = ", ".join(f"_{number} AS ({sql})" for number, (sql, _values) in enumerate(first))
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {named} {last}" if first else last, [value for _sql, values in statements for value in values])


def _insertion(rows: Sequence[models.Model]) -> tuple[str, tuple[Any, ...]]:
    model = type(rows[0])
    query = InsertQuery(model)
    query.insert_values([field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)], list(rows))
    ((sql, values),) = query.get_compiler(connection=connection).as_sql()
    return sql, tuple(values)
