"""Folders and files with exactly the permissions they need; nothing outside `var` is ever changed."""

import os
import stat
import sys
from pathlib import Path

from gongjian.kernel.embedded_postgres.accounts import SERVER_USER, ServerAccount
from gongjian.kernel.embedded_postgres.errors import EmbeddedPostgresError
from gongjian.kernel.embedded_postgres.places import (
    VAR_VARIABLE,
    Places,
    default_var_folder,
    fallback_home,
    move_home,
)

_UNUSABLE = frozenset('"$`\\\n')
"""pg_ctl starts the server by a shell and puts the path between double quotes."""


def prepare_keep(keep: Path) -> None:
    """Create `var/postgres`, where locks and password live."""
    if unusable := _UNUSABLE.intersection(str(keep)):
        raise EmbeddedPostgresError(
            f"PostgreSQL's own tools cannot work in {keep}, because of the {' '.join(sorted(unusable))} in its name: "
            f"name another folder with {VAR_VARIABLE}."
        )
    try:
        keep.mkdir(parents=True, exist_ok=True, mode=0o700)
        usable = os.access(keep, os.R_OK | os.W_OK | os.X_OK)
    except PermissionError:
        usable = False
    if not usable:
        raise EmbeddedPostgresError(
            f"{keep} is not writable for user id {os.geteuid()}: run as its owner, or name another folder with {VAR_VARIABLE}."
        )


def settle(places: Places, account: ServerAccount) -> Places:
    """Choose where the server's own files live and open the way to them for its user."""
    if account.is_us:
        return places
    if places.home == places.keep:
        _let_enter(places.var, account, ours=_is_ours(places))
        _let_enter(places.keep, account, ours=True)
    if account.reaches(places.home):
        return places
    if places.data.exists() or not places.var.is_relative_to(default_var_folder().resolve()):
        raise EmbeddedPostgresError(_refusal(places, account))
    return _move_to_fallback(places, account)


def private_folder(folder: Path, account: ServerAccount) -> None:
    """A folder of mode 0700 that belongs to the server's user; one that belongs to somebody else is refused."""
    _make_passage(folder.parent)
    try:
        folder.mkdir(mode=0o700)
        os.chown(folder, account.uid, account.gid)
    except FileExistsError:
        pass
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.uid:
        raise EmbeddedPostgresError(f"{folder} does not belong to {account.name}: remove it and try again.")
    folder.chmod(0o700)


def private_file(path: Path, text: str) -> None:
    """Write the whole file or nothing, mode 0600, owned as its folder is."""
    _replace(path, text, mode=0o600, gid=path.parent.stat().st_gid)


def server_file(path: Path, text: str, account: ServerAccount) -> None:
    """A file that the server's user reads but does not own."""
    _replace(path, text, mode=0o640, gid=account.gid)


def _replace(path: Path, text: str, *, mode: int, gid: int) -> None:
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(descriptor)
        if os.geteuid() == 0:
            os.fchown(descriptor, path.parent.stat().st_uid, gid)
        os.fchmod(descriptor, mode)
    draft.replace(path)


def _make_passage(folder: Path) -> None:
    """A folder that anybody may walk through and nobody else may list; one that exists is left alone."""
    if not folder.exists():
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o711)


def _is_ours(places: Places) -> bool:
    """Whether nobody but us put anything into `var`, so that its permissions are ours to set."""
    default = places.var == default_var_folder().resolve()
    return default or {entry.name for entry in places.var.iterdir()} <= {"postgres"}


def _let_enter(folder: Path, account: ServerAccount, *, ours: bool) -> None:
    """Give the server's group, and nobody else, the way through a folder that was closed to every group."""
    found = folder.stat()
    closed = found.st_uid == 0 and stat.S_IMODE(found.st_mode) & 0o070 == 0
    if ours and closed and not account.reaches(folder):
        os.chown(folder, -1, account.gid)
        folder.chmod(stat.S_IMODE(found.st_mode) | 0o010)


def _refusal(places: Places, account: ServerAccount) -> str:
    closed = next(
        (folder for folder in [*reversed(places.home.parents), places.home] if not account.reaches(folder)), places.home
    )
    return (
        f"The database's system user {account.name} cannot enter {closed}, and gongjian does not widen permissions: "
        f"open it for that user yourself, name another folder with {VAR_VARIABLE}, or set DATABASE_URL."
    )


def _move_to_fallback(places: Places, account: ServerAccount) -> Places:
    home = fallback_home(places.var)
    try:
        _make_passage(home.parent)
        home.mkdir(exist_ok=True, mode=0o700)
    except OSError as error:
        raise EmbeddedPostgresError(f"{_refusal(places, account)} ({home}: {error.strerror})") from error
    _let_enter(home, account, ours=True)
    if not account.reaches(home):
        raise EmbeddedPostgresError(_refusal(places, account))
    sys.stderr.write(f"The system user {SERVER_USER} cannot enter {places.var}, so the database lives in {home}.\n")
    return move_home(places, home)
