"""Real servers in folders of their own, for the tests of the launcher."""

import os
import pickle
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]
import psycopg
from psycopg.conninfo import make_conninfo

from gongjian.kernel.embedded_postgres.postmaster import end_servers_in, works_in

USE = """
import sys
from pathlib import Path
from gongjian.kernel import embedded_postgres
server = embedded_postgres.ensure_running(Path(sys.argv[1]))
print("using", flush=True)
sys.stdin.read()
server.release()
"""


_SHARED_MEMORY = Path("/dev/shm")
_ROOMY = _SHARED_MEMORY.is_dir() and shutil.disk_usage(_SHARED_MEMORY).free > 2 << 30
_MEMORY = _SHARED_MEMORY if _ROOMY else None


@contextmanager
def folder(mode: int = 0o755) -> Iterator[Path]:
    """A folder which, unlike pytest's own, other users may enter; in memory where there is room."""
    path = Path(tempfile.mkdtemp(prefix="gj-", dir=_MEMORY)).resolve()
    path.chmod(mode)
    try:
        yield path
    finally:
        end_servers_below(path)
        shutil.rmtree(path)


def end_servers_below(path: Path) -> None:
    for data in path.rglob("postmaster.pid"):
        end_servers_in(data.parent)


def connect(settings: dict[str, str], **changes: str) -> psycopg.Connection[Any]:
    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    arguments = {name: settings[field] for name, field in names.items()} | changes
    return psycopg.connect(make_conninfo(**arguments), autocommit=True)


def scalar(settings: dict[str, str], statement: str) -> Any:
    with connect(settings) as connection:
        row = connection.execute(statement).fetchone()
    return row[0] if row else None


def postmaster_number(var: Path) -> int:
    """The process number of the living server, or 0."""
    try:
        number = int((var / "postgres/data/postmaster.pid").read_text().split("\n", 1)[0])
        return number if works_in(psutil.Process(number), var / "postgres/data") else 0
    except (FileNotFoundError, psutil.Error):
        return 0


def kill_and_wait(number: int) -> None:
    process = psutil.Process(number)
    os.kill(number, signal.SIGKILL)
    psutil.wait_procs([process], timeout=60)


def start_user(var: Path) -> subprocess.Popen[str]:
    """Another process that uses the server until its standard input closes."""
    return subprocess.Popen([sys.executable, "-c", USE, str(var)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def wait_until_using(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    assert process.stdout.readline() == "using\n"


def finish(process: subprocess.Popen[str]) -> None:
    process.communicate(timeout=120)
    assert process.returncode == 0


def as_user(name: str, act: Callable[[], int]) -> int:
    """Call `act` in a forked child that has become `name`; the interpreter itself may be out of that user's reach."""
    receiver, sender = socket.socketpair()
    child = os.fork()
    if child == 0:
        _act_and_exit(pwd.getpwnam(name), act, sender)
    sender.close()
    with receiver, receiver.makefile("rb") as answers:
        outcome = pickle.load(answers)
    os.waitpid(child, 0)
    if isinstance(outcome, BaseException):
        raise outcome
    return int(outcome)


def _act_and_exit(user: pwd.struct_passwd, act: Callable[[], Any], sender: socket.socket) -> None:
    try:
        os.setgroups([])
        os.setgid(user.pw_gid)
        os.setuid(user.pw_uid)
        outcome = act()
    except BaseException as error:
        outcome = error
    sender.sendall(pickle.dumps(outcome))
    os._exit(0)


def permissions(*paths: Path) -> dict[Path, tuple[int, int, int]]:
    """Mode and owners of each path and of every folder above it."""
    family = {member for path in paths for member in [path, *path.parents]}
    return {path: (path.stat().st_mode, path.stat().st_uid, path.stat().st_gid) for path in family}
