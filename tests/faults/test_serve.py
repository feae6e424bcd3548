"""`gongjian serve` when its parts are killed: it comes back, and it never leaves anything behind."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongjian.kernel.tests import embedded
from gongjian.operations.tests.gongjian_command import Installation, wait_until
from tests.faults.serving import Serving, running


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
        """By the supervisor, or by a worker that is just starting and needs it."""
        killed = embedded.postmaster_number(lasting.var)
        embedded.kill_and_wait(killed)
        wait_until(lambda: embedded.postmaster_number(lasting.var) not in (0, killed) and lasting.is_healthy())


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
