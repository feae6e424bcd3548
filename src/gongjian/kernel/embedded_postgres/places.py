"""Where files live. The only module that decides it."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

VAR_VARIABLE = "GONGJIAN_VAR"
FALLBACK_ROOT = Path("/var/lib/gongjian")
LONGEST_SOCKET_PATH = 100
"""Bytes; the kernel's own limit is 107 on Linux and 103 on macOS."""
SOCKET_NAME = ".s.PGSQL.5432"


def project_root() -> Path:
    """The checkout this package runs from, or the working directory when it was installed from a wheel."""
    checkout = Path(__file__).resolve().parents[4]
    return checkout if (checkout / "pyproject.toml").is_file() else Path.cwd()


def default_var_folder() -> Path:
    return project_root() / "var"


def var_folder() -> Path:
    """`GONGJIAN_VAR`, or `var/` in the project."""
    named = os.environ.get(VAR_VARIABLE)
    return Path(named).expanduser().resolve() if named else default_var_folder().resolve()


def short_name(var: Path) -> str:
    return hashlib.sha256(os.fsencode(var)).hexdigest()[:12]


@dataclass(frozen=True)
class Places:
    """The files of one embedded server.

    `keep` holds what the operator's processes share (locks, password); `home` what the server's user must reach. They
    are the same folder unless the server's user cannot enter the project.
    """

    var: Path
    home: Path

    @classmethod
    def of(cls, var: Path) -> "Places":
        return cls(var=var, home=var / "postgres")

    @property
    def keep(self) -> Path:
        return self.var / "postgres"

    @property
    def pointer(self) -> Path:
        """Names `home` where that is not `keep`."""
        return self.keep / "home"

    @property
    def password(self) -> Path:
        return self.keep / "password"

    @property
    def lock(self) -> Path:
        return self.keep / "lock"

    @property
    def users(self) -> Path:
        return self.keep / "users"

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def draft(self) -> Path:
        """Where a new cluster is made, to be renamed to `data` when it is complete."""
        return self.home / "data.new"

    @property
    def configuration(self) -> Path:
        return self.home / "postgresql.conf"

    @property
    def access(self) -> Path:
        return self.home / "pg_hba.conf"

    @property
    def binaries(self) -> Path:
        return self.home / "binaries"

    @property
    def log(self) -> Path:
        return self.data / "start.log"

    @property
    def socket(self) -> Path:
        inside = self.home / "socket"
        return inside if _can_hold_a_socket(inside) else _short_socket(self.var)


def locate(var: Path) -> Places:
    """The places of `var` as decided when its server was first prepared."""
    places = Places.of(var.resolve())
    if not places.pointer.exists():
        return places
    return Places(var=places.var, home=Path(places.pointer.read_text(encoding="utf-8").strip()))


def move_home(places: Places, home: Path) -> Places:
    """Remember that this installation's server lives at `home`."""
    places.pointer.write_text(f"{home}\n", encoding="utf-8")
    return Places(var=places.var, home=home)


def fallback_home(var: Path) -> Path:
    return FALLBACK_ROOT / short_name(var)


def _can_hold_a_socket(folder: Path) -> bool:
    """Clients read a comma as the end of one host's name."""
    return len(os.fsencode(folder / SOCKET_NAME)) <= LONGEST_SOCKET_PATH and "," not in str(folder)


def _short_socket(var: Path) -> Path:
    if os.geteuid() == 0 and Path("/run").is_dir():
        return Path("/run/gongjian") / short_name(var)
    return Path("/tmp") / f"gongjian-{os.geteuid()}-{short_name(var)}"  # noqa: S108  its owner is checked before use
