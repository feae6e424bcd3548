"""One migrated database is kept from run to run; each process of a run works in a copy of it.

Copies are named after their process, so that two runs at once do not meet.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psutil
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection

from gongjian.kernel import embedded_postgres
from gongjian.kernel.embedded_postgres.places import var_folder
from tests.database.migrations import digest, migrations

_TEMPLATE, _COPY = "gongjian_test_template_", "gongjian_test_copy_"
_ONE_AT_A_TIME = 5_180_045
"""The number of the advisory lock under which databases are made and dropped."""


@contextmanager
def own_copy() -> Iterator[None]:
    """Django's connection leads to a copy of the migrated database, which is dropped afterwards."""
    server = None
    if not os.environ.get("DATABASE_URL"):
        server = embedded_postgres.ensure_running(var_folder() / "tests", durable=False)
        connection.settings_dict.update(server.settings)
    name = f"{_COPY}{os.getpid()}"
    with _maintenance() as cursor:
        _drop_leftovers(cursor)
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {_migrated(cursor)}")
    try:
        with _leading_to(name):
            emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
            yield
    finally:
        with _maintenance() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
        if server:
            server.release()


@contextmanager
def _maintenance() -> Iterator[Any]:
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_ONE_AT_A_TIME])
        yield cursor


@contextmanager
def _leading_to(name: str) -> Iterator[None]:
    usual = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.close_pool()
        connection.settings_dict["NAME"] = usual


def _migrated(cursor: Any) -> str:
    """The database as these migrations make it: it is there already, or an earlier one is brought up to them."""
    made_by = migrations()
    name = _TEMPLATE + digest()
    if not _exists(cursor, name):
        draft = f"{_TEMPLATE}draft"
        cursor.execute(f"DROP DATABASE IF EXISTS {draft}")
        cursor.execute(f"CREATE DATABASE {draft} TEMPLATE {_earlier(cursor, made_by) or 'template1'}")
        with _leading_to(draft):
            call_command("migrate", verbosity=0, interactive=False)
        cursor.execute(f"COMMENT ON DATABASE {draft} IS '{json.dumps(made_by)}'")
        cursor.execute(f"ALTER DATABASE {draft} RENAME TO {name}")
        _drop_templates(cursor, other_than=name)
    return name


def _earlier(cursor: Any, made_by: dict[str, str]) -> str | None:
    """A database made by some of these migrations and by nothing else."""
    for name, comment in _templates(cursor):
        if comment and json.loads(comment).items() <= made_by.items():
            return name
    return None


def _templates(cursor: Any) -> list[tuple[str, str | None]]:
    cursor.execute("SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database")
    return [row for row in cursor.fetchall() if row[0].startswith(_TEMPLATE)]


def _drop_templates(cursor: Any, *, other_than: str) -> None:
    for name, _comment in _templates(cursor):
        if name != other_than:
            cursor.execute(f"DROP DATABASE {name}")


def _exists(cursor: Any, name: str) -> bool:
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
    return cursor.fetchone() is not None


def _drop_leftovers(cursor: Any) -> None:
    """Copies of processes that were killed."""
    cursor.execute(
        "SELECT datname FROM pg_database d WHERE NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datname = d.datname)"
    )
    for (name,) in cursor.fetchall():
        if name.startswith(_COPY) and _is_orphan(name):
            cursor.execute(f"DROP DATABASE {name}")


def _is_orphan(name: str) -> bool:
    process = int(name.removeprefix(_COPY))
    return process == os.getpid() or not psutil.pid_exists(process)
