"""Sealing that is killed half-way, and a ledger that moves house."""

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from gongjian.operations.tests.gongjian_command import Installation, wait_until
from tests.faults.neighborhood import Neighborhood, verified
from tests.faults.serving import kill_database

DEEDS = 15_000
_SEALING_HOLDS_ITS_LOCK = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"


def kill_while_sealing(neighborhood: Neighborhood, log: Path, kill: Callable[[int], None]) -> None:
    """Begin to seal what waits, and call `kill` with the number of the sealing process in the middle of it."""
    with neighborhood.database() as connection:

        def is_sealing() -> bool:
            row = connection.execute(_SEALING_HOLDS_ITS_LOCK).fetchone()
            return row is not None and bool(row[0])

        process = neighborhood.installation.start("ledger", "seal", log=log)
        wait_until(is_sealing, seconds=60)
        kill(process.pid)
        assert process.wait(60) != 0, "it had finished before"


class TestSealingThatIsKilled:
    @pytest.fixture(scope="class")
    def report(self, neighborhood: Neighborhood, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
        """After the sealing process was killed, and then the database under another one, and a third one got through."""
        log, var = tmp_path_factory.mktemp("sealing") / "log", neighborhood.installation.var
        neighborhood.record_many(DEEDS)
        kill_while_sealing(neighborhood, log, lambda number: os.kill(number, signal.SIGKILL))
        kill_while_sealing(neighborhood, log, lambda number: kill_database(var))
        neighborhood.installation.must("ledger", "seal")
        return verified(neighborhood.installation)

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
        here = neighborhood.installation
        here.must("ledger", "seal")
        here.must("backup", tmp_path / "backup")
        there = Installation(here.var.parent / "restored")
        there.must("restore", tmp_path / "backup")
        assert verified(there) == verified(here)
        assert size_of(there) == size_of(here)


def size_of(installation: Installation) -> object:
    """The log's size, root, time and key."""
    return json.loads(installation.must("ledger", "stats", "--json"))
