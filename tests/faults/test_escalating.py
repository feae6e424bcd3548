"""Warnings that are killed half-way: the worker's process, then the database under it."""

import json
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest

from gongjian.operations.tests.gongjian_command import wait_until
from tests.faults.neighborhood import Neighborhood
from tests.faults.serving import kill_database

WHISTLES = 200
_BLOW = f"""
import json
from datetime import timedelta
from django.contrib.auth.models import AnonymousUser
from django_scopes import scope
from gongjian.kernel import clock
from gongjian.registry.models import Office
from gongjian.registry.tests.factories import first_community
from gongjian.work.whistles import services
office = Office.objects.first()
with scope(office=office), clock.set_to(clock.now() - timedelta(hours=3)):
    place = first_community(office)
    for number in range({WHISTLES}):
        report = services.Report(text=f"三号楼第{{number}}盏路灯不亮", place=place)
        services.report_publicly(AnonymousUser(), office=office, report=report)
print(json.dumps("blown"))
"""
_CHECK = """
from gongjian.work.whistles.tasks import check_all_clocks
check_all_clocks(0)
"""
_GIVEN = "SELECT count(DISTINCT whistle_id) FROM whistles_escalation"
_TWICE = """
SELECT count(*) FROM (
    SELECT 1 FROM whistles_happening WHERE kind = 'escalated' GROUP BY whistle_id, detail HAVING count(*) > 1
) repeated
"""


def kill_half_way(neighborhood: Neighborhood, log: Path, kill: Callable[[int], None]) -> None:
    """Let a worker warn until some more are done, and call `kill`."""
    with suppress(psycopg.OperationalError), neighborhood.database() as watch:
        before = _count(watch, _GIVEN)
        process = neighborhood.installation.start("shell", "--no-imports", "-c", _CHECK, log=log)
        wait_until(lambda: _count(watch, _GIVEN) > before + 10, seconds=240)
        kill(process.pid)
        assert process.wait(60) != 0


def _count(connection: psycopg.Connection[Any], question: str) -> int:
    row = connection.execute(question).fetchone()
    connection.commit()
    assert row is not None
    return int(row[0])


@pytest.fixture(scope="module", autouse=True)
def _server(neighborhood: Neighborhood) -> Iterator[None]:
    with neighborhood.server():
        yield


@pytest.fixture(scope="module")
def left(neighborhood: Neighborhood, tmp_path_factory: pytest.TempPathFactory) -> list[int]:
    """How many were left undone by each of the two that were killed; a third worker got through."""
    log, var = tmp_path_factory.mktemp("escalating") / "log", neighborhood.installation.var
    said = neighborhood.installation.must("shell", "--no-imports", "-c", _BLOW)
    assert json.loads(said.splitlines()[-1]) == "blown"
    undone = []
    for kill in (lambda number: os.kill(number, signal.SIGKILL), lambda number: kill_database(var)):
        kill_half_way(neighborhood, log, kill)
        ((given,),) = neighborhood.rows(_GIVEN)
        undone.append(WHISTLES - given)
    neighborhood.installation.must("shell", "--no-imports", "-c", _CHECK)
    return undone


class TestAWorkerThatIsKilled:
    def test_was_killed_in_the_middle(self, left: list[int]) -> None:
        assert WHISTLES > left[0] > left[1] > 0

    def test_leaves_each_warning_to_be_given_exactly_once(self, left: list[int], neighborhood: Neighborhood) -> None:
        ((escalations, whistles, twice),) = neighborhood.rows(
            f"SELECT (SELECT count(*) FROM whistles_escalation), ({_GIVEN}), ({_TWICE})"
        )
        assert (escalations, whistles, twice) == (3 * WHISTLES, WHISTLES, 0)

    def test_leaves_no_whistle_half_warned(self, left: list[int], neighborhood: Neighborhood) -> None:
        """The color stands on the whistle if and only if the warning was given."""
        ((different,),) = neighborhood.rows(
            "SELECT count(*) FROM whistles_whistle w WHERE w.color IS DISTINCT FROM "
            "(SELECT max(e.color) FROM whistles_escalation e WHERE e.whistle_id = w.id)"
        )
        assert different == 0
