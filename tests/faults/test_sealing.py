"""Sealing that is killed half-way, and a ledger that moves house."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from gongjian.operations.tests.gongjian_command import Installation, wait_until
from tests.faults.neighborhood import Neighborhood, verified
from tests.faults.serving import kill_database

DEEDS = 600
"""More than two tiles of the log hold."""
_HALF_WAY = "SELECT count(*) FROM pg_locks WHERE relation = 'ledger_tally'::regclass AND NOT granted"


def kill_half_way(neighborhood: Neighborhood, log: Path, kill: Callable[[int], None]) -> None:
    """Begin to seal what waits, hold it up where leaves and tiles are written but not the sums, and call `kill`."""
    with suppress(psycopg.OperationalError), neighborhood.database() as obstacle, neighborhood.database() as watch:

        def is_half_way() -> bool:
            row = watch.execute(_HALF_WAY).fetchone()
            return row is not None and bool(row[0])

        wait_until(lambda: not is_half_way())
        with obstacle.transaction():
            obstacle.execute("LOCK TABLE ledger_tally IN EXCLUSIVE MODE")
            process = neighborhood.installation.start("ledger", "seal", log=log)
            wait_until(is_half_way, seconds=240)
            kill(process.pid)
            assert process.wait(60) != 0


@pytest.fixture(scope="module", autouse=True)
def _server(neighborhood: Neighborhood) -> Iterator[None]:
    """Kept running between the commands, each of which would start and stop it otherwise."""
    with neighborhood.server():
        yield


@pytest.fixture(scope="module")
def report(neighborhood: Neighborhood, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """After the sealing process was killed, and then the database under another one, and a third one got through."""
    log, var = tmp_path_factory.mktemp("sealing") / "log", neighborhood.installation.var
    neighborhood.record_many(DEEDS)
    kill_half_way(neighborhood, log, lambda number: os.kill(number, signal.SIGKILL))
    kill_half_way(neighborhood, log, lambda number: kill_database(var))
    neighborhood.installation.must("ledger", "seal")
    return verified(neighborhood.installation)


class TestSealingThatIsKilled:
    def test_seals_nothing_by_halves(self, report: dict[str, object]) -> None:
        assert (report["fault"], report["unsealed"]) == (None, 0)

    def test_seals_each_record_exactly_once(self, report: dict[str, object], neighborhood: Neighborhood) -> None:
        ((leaves, different, deeds),) = neighborhood.rows(
            "SELECT (SELECT count(*) FROM ledger_leaf), (SELECT count(DISTINCT deed_id) FROM ledger_leaf), "
            "(SELECT count(*) FROM ledger_deed)"
        )
        assert leaves == different == deeds == report["deeds"] >= DEEDS


class TestALedgerThatMovesHouse:
    def test_has_the_same_root_after_backup_and_restore(self, neighborhood: Neighborhood, tmp_path: Path) -> None:
        neighborhood.record_many(3)
        neighborhood.installation.must("ledger", "seal")
        neighborhood.installation.must("backup", tmp_path / "backup")
        there = Installation(neighborhood.installation.var.parent / "restored")
        there.must("restore", tmp_path / "backup")
        ((size, root),) = neighborhood.rows("SELECT size, root FROM ledger_seal ORDER BY size DESC LIMIT 1")
        report = verified(there)
        assert (report["size"], report["root"], report["fault"], report["unsealed"]) == (size, root, None, 0)
