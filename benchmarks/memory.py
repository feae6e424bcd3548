"""Claim: each process of `gongjian serve` stays within 250 MB under load.

The real command on a free loopback port, with a few clients that read public and staff pages, export, upload evidence, record
deeds and fetch certificates for some minutes (an hour shows whether anything creeps).
"""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psutil  # type: ignore[import-untyped]

from benchmarks.harness import Measurement, say, step
from benchmarks.installation import BenchmarkError, Installation
from benchmarks.processes import MEBIBYTE
from benchmarks.traffic import Traffic

NAME = "memory"
AIM = 250 * MEBIBYTE
START_SECONDS = 120
REST_SECONDS = 5
Watched = dict[str, list[int]]


def measure(installation: Installation, traffic: Traffic, minutes: float) -> list[Measurement]:
    watched: Watched = {}
    with serving(installation, traffic.port) as supervisor, step(f"Serving for {minutes:g} minutes"):
        traffic.start(minutes * 60)
        while traffic.is_running:
            _look(supervisor, watched)
            time.sleep(1)
        time.sleep(REST_SECONDS)
        _look(supervisor, watched)
    say(f"  {traffic.answered:,} requests answered, {len(traffic.refused)} not.")
    if traffic.refused:
        say("  " + "; ".join(f"{line} ×{n}" for line, n in sorted(traffic.refusals().items())))
    return [_measurement(name, sizes, traffic, minutes) for name, sizes in watched.items()]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@contextmanager
def serving(installation: Installation, port: int) -> Iterator[Any]:
    """`gongjian serve` as an operator starts it; yields its supervisor. Its log stays in the data folder."""
    with (installation.var / "serve.log").open("w", encoding="utf-8") as log:
        process = installation.start("serve", "--port", str(port), stdout=log, stderr=subprocess.STDOUT)
        try:
            _wait_for(process, port)
            yield psutil.Process(process.pid)
        finally:
            process.terminate()
            process.wait(60)


def _wait_for(process: "subprocess.Popen[str]", port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise BenchmarkError("gongjian serve did not come up; see serve.log in its data folder.")


def _look(supervisor: Any, watched: Watched) -> None:
    """Note the resident memory of every Python process of the family, by what it is."""
    roles: dict[str, int] = {}
    for process in [supervisor, *supervisor.children(recursive=True)]:
        try:
            role = _role(process, supervisor)
            if role:
                roles[role] = max(roles.get(role, 0), process.memory_info().rss)
        except psutil.NoSuchProcess:
            continue
    for role, size in roles.items():
        watched.setdefault(role, []).append(size)


def _role(process: Any, supervisor: Any) -> str:
    """Granian's own worker process, in which the pages are made, is a child of `gongjian web`."""
    if process.pid == supervisor.pid:
        return "supervisor"
    command = process.cmdline()
    if command[1:3] == ["-m", "gongjian"] and process.ppid() == supervisor.pid:
        return f"{command[3]} (parent)" if command[3] == "web" else command[3]
    return "" if process.name().startswith("postgres") else "web"


def _measurement(name: str, sizes: list[int], traffic: Traffic, minutes: float) -> Measurement:
    start, peak, end = (round(size / MEBIBYTE) for size in (sizes[0], max(sizes), sizes[-1]))
    return Measurement(
        name=f"memory: {name}",
        measured=f"start {start} MB, peak {peak} MB, end {end} MB",
        aim="≤ 250 MB",
        reference=f"{minutes:g} min, {traffic.answered:,} requests",
        met=max(sizes) <= AIM,
        raw={"megabytes": [round(size / MEBIBYTE, 1) for size in sizes], "requests": traffic.answered},
    )
