from typing import Any

from django_scopes import scope

from gongjian.kernel.tests.matrix import Case
from gongjian.work.projects.settling.tests import factories
from gongjian.work.projects.tests.factories import Cast
from tests.permissions.world import OFFICE

KEEPERS = {"office_clerk", "community_worker", "unit_liaison"}
VIEWERS = OFFICE | {"auditor"} | KEEPERS
SOMEWHERE = VIEWERS | {"other_community_worker", "other_unit_liaison"}


def _one(world: Any) -> dict[str, Any]:
    return {"pk": world.vacated.pk}


def _signed(world: Any) -> dict[str, Any]:
    return {"pk": world.signed_settlement.pk}


def _site(world: Any) -> dict[str, Any]:
    return {"project": world.vacated.project_id}


MATRIX = [
    Case("settling:settlements", allowed=SOMEWHERE),
    Case("settling:reliefs", allowed=SOMEWHERE),
    Case("settling:reliefs", method="post", allowed={"office_clerk"}),
    Case("settling:shipped", method="post", allowed={"office_clerk"}),
    Case("settling:draft", allowed=KEEPERS, kwargs=_site),
    Case("settling:draft", method="post", allowed=KEEPERS, kwargs=_site),
    Case("settling:site", allowed=VIEWERS, kwargs=_site),
    Case("settling:export", allowed=VIEWERS, kwargs=_site),
    Case("settling:visit", method="post", allowed=KEEPERS, kwargs=_site),
    Case("settling:finish", method="post", allowed=KEEPERS, kwargs=_site),
    Case("settling:settlement", allowed=VIEWERS, kwargs=_one),
    Case("settling:change", allowed=KEEPERS, kwargs=_one),
    Case("settling:change", method="post", allowed=KEEPERS, kwargs=_one),
    Case("settling:paper", allowed=VIEWERS, kwargs=_one),
    Case("settling:sign", method="post", allowed=KEEPERS, kwargs=_one),
    Case("settling:decide", method="post", allowed=KEEPERS, kwargs=_one),
    Case("settling:pay", method="post", allowed=KEEPERS, kwargs=_signed),
    Case("settling:close", method="post", allowed=KEEPERS, kwargs=_signed),
    Case("settling:signature", allowed=KEEPERS, kwargs=_signed),
    Case("settling:cancel", method="post", allowed=KEEPERS, kwargs=_one),
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
        world.things["vacated"] = factories.make_settlement(cast)
        world.things["signed_settlement"] = factories.sign(cast, factories.make_settlement(cast, world.vacated.project))
