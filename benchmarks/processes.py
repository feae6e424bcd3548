"""What processes cost: processor time and memory, read from outside."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]

MEBIBYTE = 1024 * 1024


def memory_line(number: int, name: str) -> int:
    """Bytes of a line of /proc/PID/status such as VmHWM (peak resident) or RssAnon (own); 0 for a process that has gone."""
    try:
        lines = Path(f"/proc/{number}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:")), 0)


@dataclass
class Spent:
    """Processor seconds."""

    seconds: float = field(default=0.0)


@contextmanager
def time_of_server(var: Path) -> Iterator[Spent]:
    """What the database server of `var` spends inside the block, over all of its processes, ended ones included."""
    spent, before = Spent(), _server_seconds(var)
    yield spent
    spent.seconds = _server_seconds(var) - before


def backends(var: Path) -> list[Any]:
    """The server's living processes, the postmaster not among them."""
    return [child for child in psutil.Process(postmaster_number(var)).children() if child.is_running()]


def postmaster_number(var: Path) -> int:
    from gongjian.kernel.embedded_postgres.places import locate

    return int((locate(var).data / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0])


def _server_seconds(var: Path) -> float:
    postmaster = psutil.Process(postmaster_number(var))
    own = postmaster.cpu_times()
    total = own.user + own.system + own.children_user + own.children_system
    for child in postmaster.children():
        try:
            spent = child.cpu_times()
            total += spent.user + spent.system
        except psutil.NoSuchProcess:
            continue
    return float(total)
