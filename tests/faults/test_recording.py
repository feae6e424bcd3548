"""Deeds that machines record while one part of the product after another is killed: none is lost, none is there twice."""

from collections import Counter

import pytest

from gongjian.operations.tests.gongjian_command import wait_until
from tests.faults.clients import Clients
from tests.faults.neighborhood import Neighborhood, verified
from tests.faults.serving import Serving, kill_database, running

BETWEEN_KILLS = 20


@pytest.fixture(scope="module")
def recorded(neighborhood: Neighborhood, tmp_path_factory: pytest.TempPathFactory) -> tuple[Clients, str]:
    """What was acknowledged, and what the supervisor said, after web server, worker and database were killed in turn."""
    with running(neighborhood.installation, tmp_path_factory.mktemp("recording") / "log") as serving:
        with Clients(neighborhood, serving.port) as clients:
            wait_for_more(clients)
            kill_child(serving, "web")
            wait_for_more(clients)
            kill_child(serving, "worker")
            wait_for_more(clients)
            kill_database(serving.var)
            wait_until(lambda: "The database had ended and was started again." in serving.said, seconds=240)
            wait_for_more(clients)
        assert clients.are_done
        said = serving.said
    return clients, said


def wait_for_more(clients: Clients) -> None:
    """Until so many further deeds were acknowledged."""
    wanted = len(clients.acknowledged) + BETWEEN_KILLS
    wait_until(lambda: len(clients.acknowledged) >= wanted, seconds=240)


def kill_child(serving: Serving, name: str) -> None:
    """And wait until there is another one."""
    killed = serving.child(name)
    killed.kill()
    wait_until(lambda: serving.child(name) not in (None, killed), seconds=240)


class TestDeedsRecordedWhilePartsAreKilled:
    def test_are_there_exactly_once(self, recorded: tuple[Clients, str], neighborhood: Neighborhood) -> None:
        clients, _said = recorded
        rows = neighborhood.rows("SELECT statement, id::text FROM ledger_deed WHERE statement LIKE '%台机器%'")
        assert Counter(statement for statement, _id in rows).most_common(1)[0][1] == 1
        assert dict(rows) == clients.acknowledged

    def test_stand_in_the_audit_log_exactly_once(self, recorded: tuple[Clients, str], neighborhood: Neighborhood) -> None:
        clients, _said = recorded
        rows = neighborhood.rows("SELECT thing_id FROM kernel_auditentry WHERE action = 'ledger.record_deed'")
        assert Counter(number for (number,) in rows) == Counter(clients.acknowledged.values())

    def test_the_clients_did_notice_the_kills(self, recorded: tuple[Clients, str]) -> None:
        clients, _said = recorded
        assert clients.failures

    def test_everything_came_back_by_itself(self, recorded: tuple[Clients, str]) -> None:
        _clients, said = recorded
        assert "The web process ended (signal SIGKILL); starting it again" in said
        assert "The worker process ended (signal SIGKILL); starting it again" in said


class TestTheLedger:
    def test_verifies_after_the_kills(self, recorded: tuple[Clients, str], neighborhood: Neighborhood) -> None:
        clients, _said = recorded
        neighborhood.installation.must("ledger", "seal")
        report = verified(neighborhood.installation)
        assert (report["fault"], report["unsealed"]) == (None, 0)
        assert report["deeds"] >= len(clients.acknowledged)
