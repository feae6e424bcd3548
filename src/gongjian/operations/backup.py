"""`gongjian backup`: database, files and keys into one folder that only its owner can read."""

import argparse
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from gongjian.kernel.embedded_postgres.places import var_folder
from gongjian.operations.database import run_client_program, running_database
from gongjian.operations.errors import OperationError
from gongjian.operations.manifest import write_manifest
from gongjian.operations.speech import say

DUMP, MEDIA, KEYS = "database.dump", "media", "keys"


def backup(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="gongjian backup", description="Write everything into a new or empty folder.")
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args(arguments).folder.expanduser().resolve()
    _require_empty(folder)
    with running_database():
        write_backup(folder)
    return 0


def write_backup(folder: Path) -> None:
    """Database first: a file that arrives meanwhile is only superfluous, a missing one would be a loss."""
    import django
    from django.conf import settings

    django.setup()
    os.umask(0o077)
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    run_client_program("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={folder / DUMP}")
    _copy(Path(settings.MEDIA_ROOT), folder / MEDIA)
    _copy(var_folder() / "keys", folder / KEYS)
    say(f"Backed up database, keys and {_count(folder / MEDIA)} files; {write_manifest(folder)} checksums in {folder}.")
    if named := [name for name in ("GONGJIAN_SECRET_KEY", "GONGJIAN_FIELD_KEY") if os.environ.get(name)]:
        say(f"Not in the backup, because they come from the environment: {', '.join(named)}. Keep them safe yourself.")


def _require_empty(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise OperationError(f"{folder} is not empty: name a new folder for each backup.")
    if folder.is_relative_to(var_folder()):
        raise OperationError(f"{folder} lies inside {var_folder()}, which the backup is of: name a folder elsewhere.")


def _copy(source: Path, target: Path) -> None:
    """Unfinished uploads may vanish while we read."""
    target.mkdir()
    for path in sorted(source.rglob("*")) if source.is_dir() else []:
        copied = target / path.relative_to(source)
        if path.is_dir():
            copied.mkdir(exist_ok=True)
        elif path.is_file():
            copied.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copied)


def _count(folder: Path) -> int:
    return sum(path.is_file() for path in folder.rglob("*"))
