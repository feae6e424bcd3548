from typing import Any

from django_scopes import scope

from gongjian.kernel.tests.matrix import Case
from gongjian.work.projects.elevators.tests.factories import make_retrofit
from gongjian.work.projects.tests.factories import Cast
from tests.permissions.world import EVERYBODY, OFFICE

KEEPERS = {"office_clerk", "community_worker", "unit_liaison"}
VIEWERS = OFFICE | {"auditor"} | KEEPERS
SOMEWHERE = VIEWERS | {"other_community_worker", "other_unit_liaison"}


def _one(world: Any) -> dict[str, Any]:
    return {"pk": world.retrofit.pk}


def _step(world: Any) -> dict[str, Any]:
    return _one(world) | {"code": "wishes"}


def _project(world: Any) -> dict[str, Any]:
    return {"project": world.retrofit.project_id}


MATRIX = [
    Case("elevators:retrofits", allowed=SOMEWHERE),
    Case("elevators:statuses", allowed=EVERYBODY),
    Case("elevators:status", allowed=EVERYBODY, kwargs=_one),
    Case("elevators:tables", allowed=SOMEWHERE),
    Case("elevators:tables", method="post", allowed={"office_clerk"}),
    Case("elevators:shipped", method="post", allowed={"office_clerk"}),
    Case("elevators:open", allowed=KEEPERS, kwargs=_project),
    Case("elevators:open", method="post", allowed=KEEPERS, kwargs=_project),
    Case("elevators:retrofit", allowed=VIEWERS, kwargs=_one),
    Case("elevators:costs", allowed=KEEPERS, kwargs=_one),
    Case("elevators:costs", method="post", allowed=KEEPERS, kwargs=_one),
    Case("elevators:agree", allowed=KEEPERS, kwargs=_one),
    Case("elevators:agree", method="post", allowed=KEEPERS, kwargs=_one),
    Case("elevators:step", allowed=KEEPERS, kwargs=_step),
    Case("elevators:step", method="post", allowed=KEEPERS, kwargs=_step),
    Case("elevators:stop", allowed=KEEPERS, kwargs=_one),
    Case("elevators:stop", method="post", allowed=KEEPERS, kwargs=_one),
    Case("elevators:paper", allowed=VIEWERS, kwargs=_one),
    Case("elevators:export", allowed=VIEWERS, kwargs=_one),
]


def build(world: Any) -> None:
    with scope(office=world.office):
        accounts = world.accounts
        cast = Cast(
            world.office,
            world.community,
            accounts["community_worker"],
            world.organization,
            accounts["unit_liaison"],
            accounts["office_clerk"],
        )
        world.things["retrofit"] = make_retrofit(cast)
