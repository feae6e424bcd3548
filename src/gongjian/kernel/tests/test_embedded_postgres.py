"""The embedded server's life: found, shared, stopped, killed, recovered."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from gongjian.kernel import embedded_postgres
from gongjian.kernel.embedded_postgres import EmbeddedPostgresError, connection_settings, ensure_running, erase
from gongjian.kernel.tests import embedded


@pytest.fixture(scope="module")
def var() -> Iterator[Path]:
    with embedded.folder() as path:
        yield path / "var"


@pytest.fixture
def fresh() -> Iterator[Path]:
    with embedded.folder() as path:
        yield path / "var"


class TestEnsureRunning:
    def test_makes_a_database_in_utc_and_unicode(self, var: Path) -> None:
        server = ensure_running(var)
        with embedded.connect(server.settings) as connection:
            assert connection.execute("SHOW timezone").fetchone() == ("UTC",)
            assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)
            assert connection.execute("SELECT lower('ÄÖ')").fetchone() == ("äö",)
        server.release()

    def test_knows_trigrams_of_chinese_words(self, var: Path) -> None:
        server = ensure_running(var)
        with embedded.connect(server.settings) as connection:
            connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            assert connection.execute("SELECT cardinality(show_trgm('花园路'))").fetchone() == (4,)
        server.release()

    def test_keeps_every_guarantee_of_durability(self, var: Path) -> None:
        server = ensure_running(var)
        for name in ("fsync", "full_page_writes", "synchronous_commit", "data_checksums"):
            assert embedded.scalar(server.settings, f"SHOW {name}") == "on"
        server.release()

    def test_waits_for_no_disk_when_its_data_may_be_lost(self, fresh: Path) -> None:
        server = ensure_running(fresh, durable=False)
        for name in ("fsync", "full_page_writes", "synchronous_commit"):
            assert embedded.scalar(server.settings, f"SHOW {name}") == "off"
        server.release()

    def test_is_found_again_by_the_same_process(self, var: Path) -> None:
        first, second = ensure_running(var), ensure_running(var)
        number = embedded.postmaster_number(var)
        first.release()
        assert embedded.postmaster_number(var) == number != 0
        second.release()
        assert embedded.postmaster_number(var) == 0

    def test_gives_two_processes_that_start_at_once_the_same_server(self, fresh: Path) -> None:
        users = [embedded.start_user(fresh) for _ in range(2)]
        for user in users:
            embedded.wait_until_using(user)
        number = embedded.postmaster_number(fresh)
        embedded.finish(users[0])
        assert embedded.postmaster_number(fresh) == number != 0
        embedded.finish(users[1])
        assert embedded.postmaster_number(fresh) == 0

    def test_stops_at_the_end_of_a_process_that_forgot_to(self, var: Path) -> None:
        forgetful = embedded.USE.replace("server.release()", "").replace("sys.stdin.read()", "")
        subprocess.run([sys.executable, "-c", forgetful, str(var)], check=True, stdout=subprocess.DEVNULL)
        assert embedded.postmaster_number(var) == 0

    def test_a_forked_child_leaves_the_server_to_its_parent(self, var: Path) -> None:
        server = ensure_running(var)
        child = os.fork()
        if child == 0:
            server.release()
            os._exit(0)
        os.waitpid(child, 0)
        assert embedded.scalar(server.settings, "SELECT 1") == 1
        server.release()

    def test_tolerates_quotes_and_spaces_in_the_path(self) -> None:
        with embedded.folder() as path:
            server = ensure_running(path / "it's a, folder")
            assert embedded.scalar(server.settings, "SELECT 1") == 1
            server.release()
            shutil.rmtree(server.settings["HOST"])

    @pytest.mark.parametrize("name", ['a "folder"', "a $HOME", "a `date`", "a \\"])
    def test_says_that_a_path_is_beyond_its_means(self, name: str) -> None:
        with embedded.folder() as path:
            with pytest.raises(EmbeddedPostgresError, match="name another folder"):
                ensure_running(path / name)
            assert list(path.iterdir()) == []

    def test_finds_a_short_place_for_the_socket_of_a_long_path(self) -> None:
        with embedded.folder() as path:
            server = ensure_running(path / ("long" * 30) / "var")
            assert embedded.scalar(server.settings, "SELECT 1") == 1
            assert len(server.settings["HOST"]) < 60
            server.release()
            shutil.rmtree(server.settings["HOST"])


class TestAfterAnAccident:
    def test_a_killed_server_comes_back_with_what_was_committed(self, var: Path) -> None:
        server = ensure_running(var)
        with embedded.connect(server.settings) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS deed AS SELECT 106 AS cadres")
        embedded.kill_and_wait(embedded.postmaster_number(var))
        again = ensure_running(var)
        assert embedded.scalar(again.settings, "SELECT cadres FROM deed") == 106
        server.release()
        again.release()
        assert embedded.postmaster_number(var) == 0

    def test_a_killed_server_whose_backends_are_still_busy_comes_back(self, var: Path) -> None:
        server = ensure_running(var)
        busy = embedded.connect(server.settings)
        busy.pgconn.send_query(b"SELECT count(*) FROM generate_series(1, 20000000)")
        embedded.kill_and_wait(embedded.postmaster_number(var))
        again = ensure_running(var)
        assert embedded.scalar(again.settings, "SELECT 1") == 1
        busy.close()
        server.release()
        again.release()

    def test_a_killed_user_gives_its_share_back(self, var: Path) -> None:
        user = embedded.start_user(var)
        embedded.wait_until_using(user)
        user.kill()
        user.communicate()
        number = embedded.postmaster_number(var)
        server = ensure_running(var)
        assert embedded.postmaster_number(var) == number != 0
        server.release()
        assert embedded.postmaster_number(var) == 0

    def test_a_stale_file_that_names_another_living_process_is_ignored(self, var: Path) -> None:
        ensure_running(var).release()
        pid_file = var / "postgres/data/postmaster.pid"
        pid_file.write_text(f"{os.getpid()}\n{var}/postgres/data\n1700000000\n5432\n{var}\n\n0 0\nready\n")
        (var / "postgres/socket/.s.PGSQL.5432.lock").write_text(pid_file.read_text())
        server = ensure_running(var)
        assert embedded.scalar(server.settings, "SELECT 1") == 1
        server.release()

    def test_a_stale_socket_is_replaced(self, var: Path) -> None:
        ensure_running(var).release()
        (var / "postgres/socket/.s.PGSQL.5432").touch()
        server = ensure_running(var)
        assert embedded.scalar(server.settings, "SELECT 1") == 1
        server.release()

    def test_a_server_whose_socket_was_removed_is_restarted(self, var: Path) -> None:
        first = ensure_running(var)
        (var / "postgres/socket/.s.PGSQL.5432").unlink()
        second = ensure_running(var)
        assert embedded.scalar(second.settings, "SELECT 1") == 1
        first.release()
        second.release()

    def test_a_lost_password_is_replaced(self, var: Path) -> None:
        server = ensure_running(var)
        before = server.settings["PASSWORD"]
        (var / "postgres/password").unlink()
        again = ensure_running(var)
        assert again.settings["PASSWORD"] not in ("", before)
        assert embedded.scalar(again.settings, "SELECT 1") == 1
        server.release()
        again.release()

    def test_a_wrong_password_is_replaced(self, var: Path) -> None:
        ensure_running(var).release()
        (var / "postgres/password").write_text("something else\n")
        server = ensure_running(var)
        assert embedded.scalar(server.settings, "SELECT 1") == 1
        server.release()

    def test_a_creation_that_was_cut_short_begins_anew(self, fresh: Path) -> None:
        (fresh / "postgres/data.new").mkdir(parents=True)
        (fresh / "postgres/data.new/PG_VERSION").write_text("18\n")
        server = ensure_running(fresh)
        assert embedded.scalar(server.settings, "SELECT 1") == 1
        server.release()

    def test_a_folder_removed_under_its_server_is_made_anew(self, fresh: Path) -> None:
        orphaned = ensure_running(fresh)
        shutil.rmtree(fresh)
        server = ensure_running(fresh)
        assert embedded.scalar(server.settings, "SELECT 1") == 1
        orphaned.release()
        server.release()
        assert embedded.postmaster_number(fresh) == 0

    def test_data_of_another_major_version_is_left_alone(self, var: Path) -> None:
        ensure_running(var).release()
        version = var / "postgres/data/PG_VERSION"
        right = version.read_text()
        version.write_text("14\n")
        with pytest.raises(EmbeddedPostgresError, match=r"written by PostgreSQL 14.*backup"):
            ensure_running(var)
        version.write_text(right)


class TestRevive:
    def test_leaves_a_living_server_alone(self, var: Path) -> None:
        server = ensure_running(var)
        assert server.revive() is False
        server.release()

    def test_brings_a_dead_server_back(self, var: Path) -> None:
        server = ensure_running(var)
        embedded.kill_and_wait(embedded.postmaster_number(var))
        assert server.revive() is True
        assert embedded.scalar(server.settings, "SELECT 1") == 1
        server.release()


class TestErase:
    def test_begins_anew(self, fresh: Path) -> None:
        server = ensure_running(fresh)
        with embedded.connect(server.settings) as connection:
            connection.execute("CREATE TABLE deed (id int)")
        server.release()
        erase(fresh)
        again = ensure_running(fresh)
        assert embedded.scalar(again.settings, "SELECT to_regclass('deed')") is None
        again.release()

    def test_is_refused_while_somebody_uses_the_database(self, var: Path) -> None:
        server = ensure_running(var)
        with pytest.raises(EmbeddedPostgresError, match="in use"):
            erase(var)
        server.release()

    def test_of_nothing_is_no_error(self, fresh: Path) -> None:
        erase(fresh)


class TestConnectionSettings:
    def test_start_nothing_and_create_nothing(self, fresh: Path) -> None:
        settings = connection_settings(fresh)
        assert settings["PASSWORD"] == ""
        assert not fresh.exists()

    def test_are_those_of_the_running_server(self, var: Path) -> None:
        server = ensure_running(var)
        assert connection_settings(var) == server.settings
        server.release()


class TestSigningIn:
    @pytest.mark.parametrize(("user", "password"), [("gongjian", "guess"), ("postgres", "guess"), ("postgres", "x")])
    def test_needs_the_password(self, var: Path, user: str, password: str) -> None:
        server = ensure_running(var)
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            embedded.connect(server.settings, user=user, password=password)
        server.release()

    def test_is_not_possible_over_the_network(self, var: Path) -> None:
        server = ensure_running(var)
        assert embedded.scalar(server.settings, "SHOW listen_addresses") == ""
        server.release()

    def test_does_not_make_a_superuser(self, var: Path) -> None:
        server = ensure_running(var)
        assert embedded.scalar(server.settings, "SELECT usesuper FROM pg_user WHERE usename = current_user") is False
        server.release()


def test_the_package_knows_no_django() -> None:
    statement = "import sys, gongjian.kernel.embedded_postgres; print([m for m in sys.modules if m.startswith('django')])"
    result = subprocess.run([sys.executable, "-c", statement], check=True, capture_output=True, text=True)
    assert result.stdout == "[]\n"
    assert embedded_postgres.__all__
