from typing import Any

from gongjian.honors.models import Certificate
from gongjian.honors.tests.factories import Team, certified
from gongjian.kernel.tests.matrix import Case
from tests.permissions.world import OFFICE, SIGNED_IN

READERS = OFFICE | {"auditor"}


def _slug(world: Any) -> dict[str, Any]:
    return {"slug": world.campaign.slug}


def _number(world: Any) -> dict[str, Any]:
    return {"number": world.certificate.number}


API = [
    Case("api:list_campaigns", allowed=SIGNED_IN, token="honors:read"),
    Case("api:get_campaign", allowed=SIGNED_IN, token="honors:read", kwargs=_slug),
    Case("api:list_scores", allowed=READERS, token="honors:read", kwargs=_slug),
    Case("api:get_certificate", allowed=SIGNED_IN, token="honors:read", kwargs=_number),
    Case("api:get_certificate_proof", allowed=SIGNED_IN, token="honors:read", kwargs=_number),
]
MATRIX = [*API]


def build(world: Any) -> None:
    team = Team(world.accounts["office_clerk"], world.accounts["office_leader"], world.accounts["community_worker"])
    world.things["campaign"] = certified(world.office, team)
    world.things["certificate"] = Certificate.objects.get()
