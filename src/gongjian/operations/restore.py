"""`gongjian restore`: fill an empty installation from a backup, all of it or nothing."""

import argparse
import os
import shutil
import time
from collections.abc import Sequence
from pathlib import Path

from gongjian.kernel.embedded_postgres.places import var_folder
from gongjian.operations.backup import DUMP, KEYS, MEDIA
from gongjian.operations.database import run_client_program, running_database
from gongjian.operations.errors import OperationError
from gongjian.operations.manifest import verify_manifest
from gongjian.operations.speech import say

_TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"


def restore(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="gongjian restore", description="Fill an empty installation from a backup.")
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args(arguments).folder.expanduser().resolve()
    files = verify_manifest(folder)
    say(f"The backup is complete: {files} files match their checksums.")
    with running_database():
        restore_backup(folder)
    say("Restored. Next: gongjian migrate, gongjian doctor, gongjian ledger verify.")
    return 0


def restore_backup(folder: Path) -> None:
    """Files are staged first and the database comes in one transaction, so that a failure can simply be repeated."""
    import django
    from django.conf import settings

    django.setup()
    media = Path(settings.MEDIA_ROOT)
    _require_empty(media)
    os.umask(0o077)
    staged = _stage(folder / MEDIA, media.with_name(f"{media.name}.restoring"))
    run_client_program("pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", folder / DUMP)
    _take_place(staged, media)
    _restore_keys(folder / KEYS, var_folder() / "keys")


def _require_empty(media: Path) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        (tables,) = cursor.fetchone()
    if tables:
        raise OperationError(
            f"The database already has {tables} tables, and restore fills only an empty installation: "
            "name a new folder with GONGJIAN_VAR, or a new database with DATABASE_URL."
        )
    if media.is_dir() and any(media.iterdir()):
        raise OperationError(f"{media} is not empty, and restore fills only an empty installation: move it away first.")


def _stage(source: Path, staged: Path) -> Path:
    shutil.rmtree(staged, ignore_errors=True)
    shutil.copytree(source, staged)
    return staged


def _take_place(staged: Path, media: Path) -> None:
    if media.is_dir():
        media.rmdir()
    staged.rename(media)


def _restore_keys(source: Path, keys: Path) -> None:
    """The keys of the empty installation are put aside, not deleted."""
    if keys.is_dir():
        keys.rename(keys.with_name(f"keys.before-restore-{int(time.time())}"))
    shutil.copytree(source, keys)
