"""Changing the ledger as somebody with the database's own tools could: past the triggers."""

from typing import Any

import pgtrigger
from django.db import connection


def execute(statement: str, *values: Any) -> None:
    with pgtrigger.ignore(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement, list(values))
