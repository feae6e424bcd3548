"""`gongjian serve` as an operator starts it, seen from outside."""

import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]

from gongjian.kernel.tests import embedded
from gongjian.operations.tests.gongjian_command import Installation, wait_until


class Serving:
    def __init__(self, installation: Installation, log: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.var, self.log = installation.var, log
        self.process = installation.start("serve", "--prepared", "--port", str(self.port), log=log)
        wait_until(lambda: "Gongjian is at" in self.said and self.child("worker") and self.is_healthy(), seconds=240)

    @property
    def said(self) -> str:
        return self.log.read_text()

    def is_healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def child(self, name: str) -> Any:
        """The supervisor's own child of that name, or None."""
        children = psutil.Process(self.process.pid).children()
        return next((child for child in children if _is(child, name)), None)

    def family(self) -> list[Any]:
        return psutil.Process(self.process.pid).children(recursive=True)


def kill_database(var: Path) -> None:
    """The postmaster and every process that works for it, at once."""
    postmaster = psutil.Process(embedded.postmaster_number(var))
    killed = [postmaster, *postmaster.children()]
    for process in killed:
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue
    psutil.wait_procs(killed, timeout=60)


@contextmanager
def running(installation: Installation, log: Path) -> Iterator[Serving]:
    serving = Serving(installation, log)
    try:
        yield serving
    finally:
        serving.process.terminate()
        serving.process.wait(40)
    wait_until(lambda: embedded.postmaster_number(installation.var) == 0)


def _is(process: Any, name: str) -> bool:
    try:
        return process.cmdline()[1:4] == ["-m", "gongjian", name]
    except (psutil.Error, IndexError):
        return False
