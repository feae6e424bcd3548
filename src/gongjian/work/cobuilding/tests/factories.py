"""A cast and small makers for the tests of co-building. Call them inside an office's scope."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from gongjian.kernel import clock
from gongjian.ledger.catalogue import load_catalogue
from gongjian.registry.models import Account, Office, Organization, Place, Role
from gongjian.registry.tests.factories import first_community, make_account, make_clerk, make_community, make_organization
from gongjian.work.cobuilding import services
from gongjian.work.cobuilding.models import Claim, Need, Offer


@dataclass(frozen=True)
class Cast:
    """Everybody whom a claim takes."""

    office: Office
    community: Place
    worker: Account
    organization: Organization
    liaison: Account
    clerk: Account


def make_cast(office: Office) -> Cast:
    load_catalogue()
    community, organization = first_community(office), make_organization(office)
    return Cast(
        office,
        community,
        make_account(office, Role.COMMUNITY_WORKER, community=community),
        organization,
        make_account(office, Role.UNIT_LIAISON, organization=organization),
        make_clerk(office),
    )


def facts(**details: Any) -> dict[str, Any]:
    details.setdefault("unit", "piece")
    return {
        "kind": "goods",
        "title": "折叠椅",
        "quantity": Decimal(40),
        "from_day": clock.today(),
        "until_day": clock.today() + timedelta(days=60),
        **details,
    }


def make_need(cast: Cast, *, place: Place | None = None, farthest_meters: int | None = None, **details: Any) -> Need:
    place = place or cast.community
    return services.post_need(cast.clerk, place=place, farthest_meters=farthest_meters, **facts(**details))


def make_offer(cast: Cast, *, organization: Organization | None = None, **details: Any) -> Offer:
    where = {name: details.pop(name) for name in ("place", "reach") if name in details}
    return services.post_offer(cast.clerk, organization=organization or cast.organization, **where, **facts(**details))


def make_claim(cast: Cast, *, need: Need | None = None, quantity: Any = 12, **details: Any) -> Claim:
    """Proposed by the organization."""
    need = need or make_need(cast)
    return services.claim_need(cast.liaison, need=need, organization=cast.organization, quantity=Decimal(quantity), **details)


def make_agreed(cast: Cast, **details: Any) -> Claim:
    return services.agree(cast.worker, claim=make_claim(cast, **details))


def make_accepted(cast: Cast, **details: Any) -> Claim:
    claim = make_agreed(cast, **details)
    services.report(cast.liaison, claim=claim)
    return services.accept(cast.worker, claim=claim, delivered=claim.quantity)


def second_unit(cast: Cast) -> tuple[Organization, Account]:
    other = make_organization(cast.office)
    return other, make_account(cast.office, Role.UNIT_LIAISON, organization=other)


def another_community(cast: Cast) -> tuple[Place, Account]:
    place = make_community(cast.office)
    return place, make_account(cast.office, Role.COMMUNITY_WORKER, community=place)
