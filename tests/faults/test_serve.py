"""`gongjian serve` when its parts are killed: it comes back, and it never leaves anything behind."""

import os
import signal
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]
import pytest

from gongjian.kernel.tests import embedded
from gongjian.operations.tests.gongjian_command import Installation, wait_until


class Serving:
    def __init__(self, installation: Installation, log: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.var, self.log = installation.var, log
        self.process = installation.start("serve", "--prepared", "--port", str(self.port), log=log)
        wait_until(lambda: "Gongjian is at" in self.said and self.child("worker") and self.is_healthy())

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


def _is(process: Any, name: str) -> bool:
    try:
        return process.cmdline()[1:4] == ["-m", "gongjian", name]
    except psutil.Error:
        return False


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    with embedded.folder() as path:
        prepared = Installation(path / "var")
        prepared.must("migrate", "--verbosity=0")
        prepared.must("createcachetable")
        yield prepared


@contextmanager
def running(installation: Installation, log: Path) -> Iterator[Serving]:
    serving = Serving(installation, log)
    yield serving
    serving.process.terminate()
    serving.process.wait(40)
    wait_until(lambda: embedded.postmaster_number(installation.var) == 0)


@pytest.fixture(scope="class")
def lasting(installation: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with running(installation, tmp_path_factory.mktemp("serve") / "log") as serving:
        yield serving


@pytest.fixture
def passing(installation: Installation, tmp_path: Path) -> Iterator[Serving]:
    with running(installation, tmp_path / "log") as serving:
        yield serving


class TestServe:
    def test_replaces_a_killed_web_server(self, lasting: Serving) -> None:
        killed = lasting.child("web")
        killed.kill()
        wait_until(lambda: lasting.child("web") not in (None, killed) and lasting.is_healthy())
        assert "The web process ended (signal SIGKILL)" in lasting.said

    def test_replaces_a_killed_worker_and_serves_on(self, lasting: Serving) -> None:
        killed = lasting.child("worker")
        killed.kill()
        assert lasting.is_healthy()
        wait_until(lambda: lasting.child("worker") not in (None, killed))

    def test_replaces_a_killed_database(self, lasting: Serving) -> None:
        embedded.kill_and_wait(embedded.postmaster_number(lasting.var))
        wait_until(lambda: "The database had ended and was started again." in lasting.said and lasting.is_healthy())


class TestTheEnd:
    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_of_a_serve_that_was_asked_to_stop(self, passing: Serving, number: signal.Signals) -> None:
        family = passing.family()
        os.kill(passing.process.pid, number)
        assert passing.process.wait(40) == 0
        assert [process for process in family if process.is_running()] == []
        assert embedded.postmaster_number(passing.var) == 0

    def test_of_a_serve_that_was_killed(self, passing: Serving) -> None:
        family = passing.family()
        passing.process.kill()
        wait_until(lambda: not any(process.is_running() for process in family))
        wait_until(lambda: embedded.postmaster_number(passing.var) == 0)
