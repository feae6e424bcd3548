"""A command of an installation, watched from outside: how long it took, what it and its database used."""

import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.installation import BenchmarkError, Installation
from benchmarks.load import database
from benchmarks.processes import backends, memory_line, time_of_server


@dataclass(frozen=True)
class Seen:
    """Seconds by the clock and of the processor; `peak` and `server_peak` in bytes: the command's resident memory, and a
    server process's own beyond shared buffers."""

    said: str
    elapsed: float
    client: float
    server: float
    peak: int
    server_peak: int


def watched(installation: Installation, *arguments: str, allowed: Sequence[int] = (0,)) -> Seen:
    """Raises BenchmarkError when the command leaves with another status."""
    with database(installation.var), time_of_server(installation.var) as server:
        started, peak, server_peak, client = time.perf_counter(), 0, 0, 0.0
        process = installation.start(*arguments, stdout=subprocess.PIPE)
        while process.poll() is None:
            peak = max(peak, memory_line(process.pid, "VmHWM"))
            client = max(client, _processor_seconds(process.pid))
            server_peak = max([server_peak, *(memory_line(one.pid, "RssAnon") for one in backends(installation.var))])
            time.sleep(0.05)
        elapsed = time.perf_counter() - started
    assert process.stdout is not None
    if process.returncode not in allowed:
        raise BenchmarkError(f"gongjian {' '.join(arguments)} left with {process.returncode}")
    return Seen(process.stdout.read(), elapsed, client, server.seconds, peak, server_peak)


def _processor_seconds(number: int) -> float:
    import psutil  # type: ignore[import-untyped]

    try:
        spent = psutil.Process(number).cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(spent.user + spent.system)
