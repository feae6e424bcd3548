"""`gongjian serve`: the web server and the worker, kept alive by a small supervisor that itself loads no Django."""

import argparse
import subprocess
import sys
from collections.abc import Callable, Sequence

from gongjian.kernel.embedded_postgres import EmbeddedPostgresError, Server
from gongjian.operations import ports
from gongjian.operations.database import running_database
from gongjian.operations.speech import say, warn
from gongjian.operations.supervisor import Child, Supervisor

_GONGJIAN = [sys.executable, "-m", "gongjian"]


def serve(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="gongjian serve", description="Migrate, then run the web server and the worker.")
    ports.add_address_options(parser)
    parser.add_argument("--prepared", action="store_true", help="database and static files are known to be up to date")
    options = parser.parse_args(arguments)
    ports.require_free(options.host, options.port)
    with running_database() as server:
        status = 0 if options.prepared else subprocess.run([*_GONGJIAN, "prepare"], check=False).returncode  # noqa: S603
        return status or _supervise(server, options.host, options.port)


def _supervise(server: Server | None, host: str, port: int) -> int:
    web = Child("web", [*_GONGJIAN, "web", "--host", host, "--port", str(port)])
    worker = Child("worker", [*_GONGJIAN, "worker"])
    chores = [_announcer(host, port), *([_reviver(server)] if server else [])]
    return Supervisor([web, worker], chores=chores).run()


def _announcer(host: str, port: int) -> Callable[[], None]:
    """Says where we are, once, as soon as somebody answers there."""
    announced = False

    def announce() -> None:
        nonlocal announced
        if not announced and ports.answers(host, port):
            announced = True
            say(f"Gongjian is at {ports.address(host, port)}  (Ctrl-C stops it · 按 Ctrl-C 停止)")

    return announce


def _reviver(server: Server) -> Callable[[], None]:
    def revive() -> None:
        try:
            if server.revive():
                warn("The database had ended and was started again.")
        except EmbeddedPostgresError as error:
            warn(str(error))

    return revive
