"""What `gongjian doctor` looks at. Each check returns what it found, in a sentence, and how to mend it."""

import datetime as dt
import os
import platform
import shutil
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import psycopg
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from psycopg.conninfo import make_conninfo

from gongjian.kernel.embedded_postgres.places import locate, var_folder
from gongjian.operations.database import connection_parameters, is_embedded

OLDEST_PYTHON = (3, 11)
OLDEST_POSTGRES = 15
LEAST_FREE_BYTES = 2 * 1024**3
HEARTBEAT_SECONDS = 60
PATIENCE_SECONDS = 300
MOST_CLOCK_SKEW_SECONDS = 5
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class Finding(NamedTuple):
    ok: bool | None
    """None: worth knowing, not wrong."""
    sentence: str
    remedy: str = ""


Check = Callable[[], Finding]


def well(sentence: str) -> Finding:
    return Finding(True, sentence)  # noqa: FBT003


def wrong(sentence: str, remedy: str) -> Finding:
    return Finding(False, sentence, remedy)  # noqa: FBT003


def note(sentence: str, remedy: str = "") -> Finding:
    return Finding(None, sentence, remedy)


def python_is_recent() -> Finding:
    return Finding(
        sys.version_info >= OLDEST_PYTHON,
        f"Python is {platform.python_version()}.",
        f"Install Python {'.'.join(map(str, OLDEST_PYTHON))} or newer.",
    )


def database_is_reachable() -> Finding:
    where = "embedded" if is_embedded() else "DATABASE_URL"
    try:
        psycopg.connect(make_conninfo(**connection_parameters(), connect_timeout=5)).close()
    except psycopg.OperationalError as error:
        reason = str(error).splitlines()[0]
        return wrong(f"The database ({where}) does not answer: {reason}", "Check DATABASE_URL and its server.")
    return well(f"The database ({where}) answers.")


def database_is_recent() -> Finding:
    version = connection.cursor().connection.info.server_version
    return Finding(
        version // 10_000 >= OLDEST_POSTGRES,
        f"PostgreSQL is {version // 10_000}.{version % 10_000}.",
        f"Move to PostgreSQL {OLDEST_POSTGRES} or newer.",
    )


def migrations_are_applied() -> Finding:
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    names = ", ".join(f"{migration.app_label}.{migration.name}" for migration, _ in pending[:3])
    if pending:
        return wrong(f"{len(pending)} migrations are pending ({names} …).", "Run: gongjian migrate")
    return well("Every migration is applied.")


def private_files_are_private() -> Finding:
    loose = [path for path in _private_paths() if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077]
    if loose:
        names = " ".join(map(str, loose))
        return wrong(f"Other users can read {names}.", f"Run: chmod go= {names}")
    return well(f"Keys, password and data under {var_folder()} are private.")


def keys_are_kept() -> Finding:
    keys = var_folder() / "keys"
    lost = [
        name
        for name in ("secret_key", "field_key")
        if not os.environ.get(f"GONGJIAN_{name.upper()}") and not (keys / name).exists()
    ]
    return Finding(
        not lost,
        f"Keys are not kept: {', '.join(lost)}." if lost else "The secret keys are kept.",
        f"Make {keys} writable: changing keys sign everybody out and make encrypted fields unreadable.",
    )


def disk_has_room() -> Finding:
    free = shutil.disk_usage(_existing(var_folder())).free
    return Finding(
        free >= LEAST_FREE_BYTES,
        f"{free / 1024**3:.1f} GB are free under {var_folder()}.",
        f"Make room: below {LEAST_FREE_BYTES // 1024**3} GB evidence and database may soon be refused.",
    )


def static_files_are_collected() -> Finding:
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    return Finding(
        manifest.exists(),
        "Static files are collected." if manifest.exists() else f"There is no {manifest}.",
        "Run: gongjian prepare (after npm ci && npm run build in a checkout)",
    )


def worker_is_alive() -> Finding:
    """Without a worker and without waiting jobs nothing is wrong: nobody may be serving at the moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - %s * interval '1 s'),"
            " (SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'"
            " AND coalesce(scheduled_at, now()) <= now() AND queue_name <> ''"
            " AND id IN (SELECT job_id FROM procrastinate_events WHERE at < now() - %s * interval '1 s'))",
            [HEARTBEAT_SECONDS, PATIENCE_SECONDS],
        )
        workers, waiting = cursor.fetchone()
    if workers:
        return well(f"{workers} worker(s) alive, {waiting} job(s) waiting for long.")
    if waiting:
        return wrong(f"No worker is alive, and {waiting} job(s) wait.", "Run: gongjian serve, or gongjian worker")
    return note("No worker is running, and no job is waiting.", "gongjian serve starts one.")


def clock_is_right() -> Finding:
    with connection.cursor() as cursor:
        before = dt.datetime.now(dt.UTC)
        cursor.execute("SELECT clock_timestamp()")
        skew = abs((cursor.fetchone()[0] - before).total_seconds())
    return Finding(
        skew <= MOST_CLOCK_SKEW_SECONDS and before.year >= 2025,
        f"This clock says {before:%Y-%m-%d %H:%M} UTC, {skew:.1f} s from the database's.",
        "Set the clock (NTP): deadlines and seals depend on it.",
    )


def browser_for_tests_is_there() -> Finding:
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if found:
        return note(f"Browser tests would use {found}.")
    return note("There is no Chromium, which only the browser tests need.", "Install chromium, or set CHROMIUM.")


OF_THE_DATABASE: list[Check] = [database_is_recent, migrations_are_applied, worker_is_alive, clock_is_right]
OF_THE_MACHINE: list[Check] = [
    python_is_recent,
    private_files_are_private,
    keys_are_kept,
    disk_has_room,
    static_files_are_collected,
    browser_for_tests_is_there,
]


def _private_paths() -> list[Path]:
    places = locate(var_folder())
    keys = var_folder() / "keys"
    return [places.password, places.data, places.socket, keys, *(keys.iterdir() if keys.is_dir() else [])]


def _existing(path: Path) -> Path:
    return next(candidate for candidate in [path, *path.parents] if candidate.exists())
