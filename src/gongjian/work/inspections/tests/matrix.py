import uuid
from collections.abc import Callable
from typing import Any

from gongjian.kernel.tests.matrix import Case
from gongjian.ledger.services import take_in_files
from gongjian.ledger.tests.factories import image_file
from gongjian.work.inspections.models import FindingPhoto
from gongjian.work.inspections.services.mending import transfer
from gongjian.work.inspections.tests.factories import make_finding, make_inspection
from tests.permissions.world import OFFICE, STAFF

CONDUCTING = {"office_clerk", "community_worker"}
PLANNING = CONDUCTING | {"other_community_worker"}
WALKING = CONDUCTING | {"unit_liaison"}
SEEING = OFFICE | {"auditor", "community_worker", "unit_liaison"}
"""A department sees what was transferred to it, and the inspection that it comes from."""


def _of(name: str) -> Callable[[Any], dict[str, Any]]:
    return lambda world: {"pk": world.things[name].pk}


def _photo(world: Any) -> dict[str, Any]:
    return {"pk": world.hazard.pk, "photo": world.hazard_photo.pk}


MATRIX = [
    Case("inspections:inspections", allowed=STAFF),
    Case("inspections:plan", allowed=PLANNING),
    Case("inspections:plan", method="post", allowed=PLANNING),
    Case("inspections:inspection", allowed=SEEING | {"other_unit_liaison"}, kwargs=_of("inspection")),
    Case("inspections:walk", allowed=WALKING, kwargs=_of("inspection")),
    Case("inspections:sync", method="post", allowed=WALKING, kwargs=_of("inspection")),
    Case("inspections:close", method="post", allowed=CONDUCTING, kwargs=_of("inspection")),
    Case("inspections:cancel", method="post", allowed=CONDUCTING, kwargs=_of("inspection")),
    *[Case(f"inspections:{name}", allowed=STAFF) for name in ("hazards", "map", "points", "export", "lectures")],
    Case("inspections:finding", allowed=SEEING, kwargs=_of("hazard")),
    Case("inspections:photo", allowed=SEEING, kwargs=_photo),
    Case("inspections:mend", method="post", allowed=WALKING, kwargs=_of("hazard"), data=lambda world: {"words": "换了新管"}),
    *[
        Case(f"inspections:{verb}", method="post", allowed=CONDUCTING, kwargs=_of("hazard"), data=data)
        for verb, data in [
            ("recheck", lambda world: {"passed": "1"}),
            ("limit", lambda world: {"due_on": world.hazard.due_on.isoformat(), "words": "等配件"}),
            ("transfer", lambda world: {"department": world.department.name, "words": "拒不整改"}),
        ]
    ],
    Case(
        "inspections:settle",
        method="post",
        allowed={"office_clerk", "other_unit_liaison"},
        kwargs=_of("moved_hazard"),
        data=lambda world: {"done": "1", "words": "处理了"},
    ),
    Case("api:list_inspections", allowed=STAFF, token="inspections:read"),
    Case("api:list_hazards", allowed=STAFF, token="inspections:read"),
    Case(
        "api:report_hazard",
        method="post",
        allowed=WALKING,
        kwargs=_of("inspection"),
        data=lambda world: {"slip": str(uuid.uuid4()), "text": "插座烧黑", "severity": "minor"},
        token="inspections:write",
    ),
    Case("inspections:record_lecture", allowed=PLANNING | {"unit_liaison", "other_unit_liaison"}),
    Case("inspections:record_lecture", method="post", allowed=PLANNING | {"unit_liaison", "other_unit_liaison"}),
    Case("inspections:checklists", allowed={"office_clerk"}),
    Case("inspections:revise", allowed={"office_clerk"}, kwargs=lambda world: {"kind": "gas"}, shared=True),
    Case("inspections:revise", method="post", allowed={"office_clerk"}, kwargs=lambda world: {"kind": "gas"}, shared=True),
]


def build(world: Any) -> None:
    clerk = world.accounts["office_clerk"]
    inspection = make_inspection(by=clerk, place=world.community, parties=[world.organization])
    world.things["inspection"] = inspection
    hazard = make_finding(inspection, by=clerk, responsible=world.organization.name)
    (evidence,) = take_in_files(clerk, files=[image_file()])
    world.things["hazard"] = hazard
    world.things["hazard_photo"] = FindingPhoto.objects.create(finding=hazard, evidence=evidence, moment="before")
    department = world.accounts["other_unit_liaison"].active_assignments[0].organization
    world.things["department"] = department
    moved = make_finding(inspection, by=clerk, responsible=world.organization.name)
    world.things["moved_hazard"] = transfer(clerk, finding=moved, department=department, words="拒不整改")
