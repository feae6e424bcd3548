"""The command as a person types it."""

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongjian.kernel.tests import embedded
from gongjian.operations.tests.gongjian_command import Installation, wait_until


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    with embedded.folder() as path:
        yield Installation(path / "var")


class TestGongjian:
    def test_alone_explains_itself_and_starts_nothing(self, installation: Installation) -> None:
        explained = installation.must()
        for name in ("demo", "serve", "worker", "migrate", "doctor", "ledger", "honors", "load", "backup", "restore"):
            assert f"gongjian {name} " in explained
        assert "体检" in explained
        assert not installation.var.exists()

    def test_passes_every_other_command_on_to_django(self, installation: Installation) -> None:
        asked = "from django.db import connection as c; print(c.cursor().execute('SELECT 6 * 7').fetchone()[0])"
        assert installation.must("shell", "--no-imports", "-c", asked) == "42\n"

    def test_leaves_no_server_behind(self, installation: Installation) -> None:
        installation.must("shell", "--no-imports", "-c", "pass")
        assert embedded.postmaster_number(installation.var) == 0

    def test_fails_on_a_command_that_does_not_exist(self, installation: Installation) -> None:
        result = installation.run("whistel")
        assert result.returncode == 1
        assert "Unknown command: 'whistel'" in result.stderr

    def test_stops_the_server_when_it_is_told_to_stop(self, installation: Installation, tmp_path: Path) -> None:
        asked = "from django.db import connection as c; c.ensure_connection(); import time; time.sleep(60)"
        process = installation.start("shell", "--no-imports", "-c", asked, log=tmp_path / "log")
        wait_until(lambda: embedded.postmaster_number(installation.var))
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 128 + signal.SIGTERM
        assert embedded.postmaster_number(installation.var) == 0

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as somebody else")
    def test_says_in_one_sentence_what_prevents_it(self) -> None:
        with embedded.folder(0o700) as closed:
            result = Installation(closed / "var").run("migrate")
        assert result.returncode == 1
        assert result.stderr.startswith("gongjian: The database's system user gongjian-postgres cannot enter")
        assert result.stderr.count("\n") == 1


class TestServe:
    def test_says_that_its_port_is_taken(self, installation: Installation) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
            result = installation.run("serve", "--port", str(port))
        assert result.returncode == 1
        assert result.stderr.startswith(f"gongjian: Port {port} is already in use")


class TestDemo:
    def test_will_not_erase_a_database_that_is_not_its_own(self, installation: Installation) -> None:
        elsewhere = Installation(installation.var)
        elsewhere.environment["DATABASE_URL"] = "postgresql://somebody@127.0.0.1:1/else"
        result = elsewhere.run("demo", "--reset", "--no-serve")
        assert result.returncode == 1
        assert "only for the embedded database" in result.stderr
