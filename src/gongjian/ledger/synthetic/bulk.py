"""Loading much at once: indexes, references and triggers are taken off and put back, checked, in the same transaction."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection

_REFERENCES = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE (conrelid = ANY(%s::regclass[]) AND contype IN ('f', 'u')) OR (conrelid = ANY(%s::regclass[]) AND contype = 'f')
ORDER BY contype DESC
"""
_INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid = ANY(%s::regclass[]) AND NOT indisprimary
AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND conrelid = indrelid AND contype = 'u')
"""


@contextmanager
def stripped(tables: Sequence[str], *, references_of: Sequence[str] = ()) -> Iterator[None]:
    """The tables with nothing but their primary keys and checks, and others without their references.

    Nobody else can use them until the transaction ends; if it fails, everything is as it was. Putting back fails if a row
    breaks what the constraints say.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT set_config('maintenance_work_mem', '1GB', true), set_config('work_mem', '64MB', true)")
        cursor.execute(_REFERENCES, [list(tables), list(references_of)])
        constraints = cursor.fetchall()
        cursor.execute(_INDEXES, [list(tables)])
        indexes = cursor.fetchall()
        for table, name, _definition in constraints:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for name, _definition in indexes:
            cursor.execute(f"DROP INDEX {name}")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        for _name, definition in indexes:
            cursor.execute(definition)
        for table, name, definition in constraints:
            cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
