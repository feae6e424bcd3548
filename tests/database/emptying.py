"""After a transactional test, the tables that it wrote are emptied; the others, nearly all, are not touched.

Django would TRUNCATE every table and fill the catalogues again, which takes longer than most of these tests.
"""

from collections.abc import Iterable

import pgtrigger
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection, transaction

_TABLES = """
SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition
AND relnamespace = 'public'::regnamespace AND relname <> 'django_migrations'
"""


class Emptied:
    """A database that holds only its catalogues, as it was when this object was made."""

    def __init__(self) -> None:
        self._tables = [name for (name,) in _rows(_TABLES)]
        self._catalogues = self._filled()
        self._digest = self._digest_of_catalogues()

    def again(self) -> None:
        """Past the triggers: append-only tables refuse to be emptied, and only this function may look away."""
        if self._digest_of_catalogues() == self._digest:
            _empty(self._filled() - self._catalogues)
            return
        _empty(self._filled())
        emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
        self._digest = self._digest_of_catalogues()

    def _filled(self) -> set[str]:
        return {name for (name,) in _rows(_union("SELECT '{0}' WHERE EXISTS (SELECT FROM {0})", self._tables))}

    def _digest_of_catalogues(self) -> list[tuple[str, ...]]:
        each = "SELECT '{0}', md5(string_agg(t::text, ' ' ORDER BY t::text)) FROM {0} t"
        return sorted(_rows(_union(each, self._catalogues)))


def _empty(tables: Iterable[str]) -> None:
    """In any order: foreign keys are checked when the transaction ends."""
    with pgtrigger.ignore(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for name in tables:
            cursor.execute(f"DELETE FROM {name}")


def _union(statement: str, tables: Iterable[str]) -> str:
    return " UNION ALL ".join(statement.format(name) for name in tables)


def _rows(statement: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()
