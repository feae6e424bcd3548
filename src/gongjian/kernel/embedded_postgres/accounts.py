"""The system user that the server runs as: PostgreSQL refuses root."""

import grp
import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gongjian.kernel.embedded_postgres.errors import EmbeddedPostgresError

SERVER_USER = "gongjian-postgres"
_ENVIRONMENT = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C", "TZ": "UTC"}


@dataclass(frozen=True)
class ServerAccount:
    name: str
    uid: int
    gid: int

    @property
    def is_us(self) -> bool:
        return self.uid == os.geteuid()

    def run(self, command: Sequence[str | Path], *, text: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run as this account, with an environment that holds none of ours."""
        return subprocess.run(  # noqa: S603  our own programs
            [str(part) for part in command],
            input=text,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            env=_ENVIRONMENT,
            cwd="/",
            umask=0o077,
            check=False,
            user=None if self.is_us else self.uid,
            group=None if self.is_us else self.gid,
            extra_groups=None if self.is_us else [],
        )

    def reaches(self, folder: Path) -> bool:
        """Ask the kernel, which knows about groups, access lists and mount options."""
        return self.is_us or self.run(["/bin/sh", "-c", 'cd -- "$1"', "sh", folder]).returncode == 0


def server_account(data: Path) -> ServerAccount:
    """Ourselves; as root the owner of existing data, or else the dedicated system user."""
    if os.geteuid() != 0:
        return _ourselves()
    if data.exists() and data.stat().st_uid != 0:
        return _owner(data)
    return _account(_dedicated_user())


def _owner(data: Path) -> ServerAccount:
    number = data.stat().st_uid
    try:
        return _account(pwd.getpwuid(number))
    except KeyError:
        raise EmbeddedPostgresError(
            f"{data} belongs to user id {number}, who is unknown on this machine: give it to {SERVER_USER} "
            f"(useradd --system {SERVER_USER}; chown -R {SERVER_USER}: {data})."
        ) from None


def _ourselves() -> ServerAccount:
    try:
        return _account(pwd.getpwuid(os.geteuid()))
    except KeyError:
        raise EmbeddedPostgresError(
            f"PostgreSQL needs a user with a name, but user id {os.geteuid()} has no entry in /etc/passwd: "
            "add one, or set DATABASE_URL to a PostgreSQL server."
        ) from None


def _account(entry: pwd.struct_passwd) -> ServerAccount:
    return ServerAccount(name=entry.pw_name, uid=entry.pw_uid, gid=entry.pw_gid)


def _dedicated_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SERVER_USER)
    except KeyError:
        return _create_dedicated_user()


def _create_dedicated_user() -> pwd.struct_passwd:
    group = ["--gid", SERVER_USER] if _group_exists() else ["--user-group"]
    options = ["--system", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", *group]
    try:
        result = subprocess.run(  # noqa: S603
            ["useradd", *options, SERVER_USER],  # noqa: S607  found on the PATH of the system, set here
            capture_output=True,
            text=True,
            env=_ENVIRONMENT,
            check=False,
        )
        return pwd.getpwnam(SERVER_USER)
    except FileNotFoundError:
        reason = "there is no useradd on this machine"
    except KeyError:
        reason = result.stderr.strip()
    raise EmbeddedPostgresError(
        f"PostgreSQL does not run as root, and its system user {SERVER_USER} could not be created ({reason}): "
        "create it, run gongjian as an ordinary user, or set DATABASE_URL to a PostgreSQL server."
    )


def _group_exists() -> bool:
    try:
        grp.getgrnam(SERVER_USER)
    except KeyError:
        return False
    return True
