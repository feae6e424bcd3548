"""`gongjian web`: Granian with our WSGI application; by default one process, which fits into 250 MB."""

import argparse
import os
from collections.abc import Sequence

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer

from gongjian.operations import ports
from gongjian.operations.database import running_database
from gongjian.operations.heaps import share_heaps
from gongjian.operations.supervisor import end_with_supervisor

PROCESSES = 1
THREADS = min(8, 2 * (os.cpu_count() or 1) + 1)
"""While one waits for the database, another computes; never more than the pool has connections."""


def web(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="gongjian web", description="Run the web server alone.")
    ports.add_address_options(parser)
    parser.add_argument("--processes", type=int, default=os.environ.get("GONGJIAN_WEB_PROCESSES", PROCESSES))
    parser.add_argument("--threads", type=int, default=os.environ.get("GONGJIAN_WEB_THREADS", THREADS))
    options = parser.parse_args(arguments)
    end_with_supervisor()
    share_heaps()
    with running_database():
        _granian(options).serve()
    return 0


def _granian(options: argparse.Namespace) -> MPServer:
    return MPServer(
        "gongjian.config.wsgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.processes,
        blocking_threads=options.threads,
        backlog=1024,
        websockets=False,
        log_level=LogLevels.warn,
        workers_kill_timeout=10,
    )
