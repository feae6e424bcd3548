from typing import Any

from django_scopes import scope

from gongjian.chronicle.reading.tests.factories import make_report
from gongjian.kernel.tests.matrix import Case
from tests.permissions.world import OFFICE

READERS = {"community_worker", "other_community_worker", "unit_liaison", "other_unit_liaison", "office_clerk"}
LOOKERS = OFFICE | {"auditor", "community_worker"}
ACCEPTERS = {"office_clerk", "community_worker"}


def _report(world: Any) -> dict[str, Any]:
    return {"pk": world.told_report.pk}


def _proposal(world: Any) -> dict[str, Any]:
    return {"pk": world.told_report.pk, "number": 1}


MATRIX = [
    Case("reading:reports", allowed=READERS),
    Case("reading:reports", method="post", allowed=READERS),
    Case("reading:report", allowed=LOOKERS, kwargs=_report),
    Case("reading:report", method="post", allowed=ACCEPTERS, kwargs=_report),
    Case("reading:proposal", allowed=ACCEPTERS, kwargs=_proposal),
    Case("reading:proposal", method="post", allowed=ACCEPTERS, kwargs=_proposal),
]


def build(world: Any) -> None:
    with scope(office=world.office):
        world.things["told_report"] = make_report(world.office, world.accounts["community_worker"])
