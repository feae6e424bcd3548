from typing import Any

from gongjian.honors.tests.factories import Team, certified
from gongjian.kernel.tests.matrix import Case
from tests.permissions.world import EVERYBODY, OFFICE


def _slug(world: Any) -> dict[str, Any]:
    return {"slug": world.told_campaign.slug}


MATRIX = [
    Case("chronicle:honor_page", allowed=EVERYBODY, kwargs=_slug),
    Case("chronicle:honor_page_json", allowed=EVERYBODY, kwargs=_slug),
    Case("chronicle:honor_page_deeds", allowed=EVERYBODY, kwargs=_slug),
    Case("chronicle:rewrite", method="post", allowed=OFFICE, kwargs=_slug),
]


def build(world: Any) -> None:
    accounts = world.accounts
    team = Team(accounts["office_clerk"], accounts["office_leader"], accounts["community_worker"])
    world.things["told_campaign"] = certified(world.office, team)
