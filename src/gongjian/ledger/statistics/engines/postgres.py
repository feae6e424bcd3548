"""The live ledger, through Django's own connection."""

from django.db import connection
from ibis import Table
from ibis.backends.sql.compilers.postgres import PostgresCompiler

from gongjian.ledger.statistics.engines import Row, sql_of, typed
from gongjian.ledger.statistics.records import live


class Postgres:
    name = "postgres"

    def __init__(self) -> None:
        self.tables = live()

    def rows(self, expression: Table) -> list[Row]:
        with connection.cursor() as cursor:
            cursor.execute(sql_of(expression, PostgresCompiler()))
            return typed(expression, cursor.fetchall())
