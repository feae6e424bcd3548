from collections.abc import Callable
from typing import Any

from gongjian.kernel import clock
from gongjian.kernel.tests.matrix import Case
from gongjian.work.care.tests.factories import make_pairing, make_visit
from tests.permissions.world import OFFICE

SEEING = OFFICE | {"auditor", "community_worker", "other_community_worker", "unit_liaison", "other_unit_liaison"}
MANAGERS = {"office_clerk", "community_worker"}
PAIRING = {"community_worker", "unit_liaison"}


def _of(name: str) -> Callable[[Any], dict[str, Any]]:
    return lambda world: {"pk": world.things[name].pk}


def _month(world: Any) -> dict[str, Any]:
    return {"community": world.community.pk, "year": clock.today().year, "month": clock.today().month}


MATRIX = [
    Case("care:pairings", allowed=SEEING),
    Case("care:pair", allowed=MANAGERS | {"other_community_worker"}),
    Case("care:pair", method="post", allowed=MANAGERS | {"other_community_worker"}),
    Case("care:credits", allowed=MANAGERS | {"other_community_worker"}),
    Case("care:credit", method="post", allowed=MANAGERS, kwargs=_month),
    Case("care:cadences", allowed=OFFICE),
    Case("care:cadences", method="post", allowed=OFFICE),
    Case("care:pairing", allowed=OFFICE | {"auditor"} | PAIRING, kwargs=_of("pairing")),
    Case("care:notes", method="post", allowed=PAIRING, kwargs=_of("pairing")),
    Case("care:visit", allowed=PAIRING, kwargs=_of("pairing")),
    Case("care:visit", method="post", allowed=PAIRING, kwargs=_of("pairing")),
    Case("care:change", allowed=PAIRING, kwargs=_of("pairing")),
    Case("care:change", method="post", allowed=PAIRING, kwargs=_of("pairing")),
    *[
        case
        for verb in ("family", "carer", "risk", "consent", "pause", "end")
        for case in (
            Case(f"care:{verb}", allowed=MANAGERS, kwargs=_of("pairing")),
            Case(f"care:{verb}", method="post", allowed=MANAGERS, kwargs=_of("pairing")),
        )
    ],
    Case("care:resume", method="post", allowed=MANAGERS, kwargs=_of("pairing")),
    Case("care:forget", method="post", allowed=MANAGERS, kwargs=_of("pairing")),
]


def build(world: Any) -> None:
    pairing = make_pairing(by=world.accounts["office_clerk"], community=world.community, organization=world.organization)
    world.things["pairing"] = pairing
    make_visit(pairing, by=world.accounts["community_worker"], doer="community")
