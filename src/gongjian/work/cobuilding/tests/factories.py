"""A cast and small makers for the tests of co-building. Call them inside an office's scope."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from gongjian.kernel import clock
from gongjian.ledger.catalogue import load_catalogue
from gongjian.ledger.tests.factories import image_file
from gongjian.registry.models import Account, Office, Organization, Place, Role
from gongjian.registry.services.party import found_party_organization
from gongjian.registry.tests.factories import first_community, make_account, make_clerk, make_community, make_organization
from gongjian.work.cobuilding import services
from gongjian.work.cobuilding.models import Agreement, AgreementRoom, Claim, Need, Offer, ReportIn

_numbers = count(1)
PARTS = [(side, part) for side in ("organization", "community") for part in ("in_charge", "liaison")]


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


PERSONS = [services.Named(side, part, f"{side}样例", "0371-00000000") for side, part in PARTS]


def make_agreement(cast: Cast, number: str = "", **details: Any) -> Agreement:
    """A draft for a year from today on."""
    facts = {
        "number": number or f"共建-{next(_numbers)}",
        "title": "共驻共建协议",
        "content": "把空着的办公区拿出来，给老人和居民用。",
        "duties_organization": "提供场地\n参加活动",
        "duties_community": "管好用好\n组织活动",
        "begins_on": clock.today(),
        "ends_on": clock.today() + timedelta(days=365),
        "persons": PERSONS,
        **details,
    }
    return services.draft_agreement(cast.worker, organization=cast.organization, place=cast.community, **facts)


def make_signed(cast: Cast, **details: Any) -> Agreement:
    agreement = make_agreement(cast, **details)
    copy = image_file(color="blue")
    return services.sign_agreement(cast.worker, agreement=agreement, signed_on=clock.today(), papers=[copy])


def make_room(cast: Cast, agreement: Agreement, **details: Any) -> AgreementRoom:
    facts = {
        "place": cast.community,
        "name": "自用办公区",
        "area": Decimal(620),
        "ownership": "产权归单位（样例）",
        "purpose": "老年人日间照料",
        "safety": "organization",
        "utilities": "community",
        "exit_terms": "提前三个月说",
        **details,
    }
    return services.add_room(cast.worker, agreement=agreement, **facts)


def make_report_in(cast: Cast, **details: Any) -> ReportIn:
    """Of a branch in the cast's organization."""
    if not {"party", "person"} & details.keys():
        name = f"样例党支部{next(_numbers)}"
        details["party"] = found_party_organization(cast.clerk, name=name, kind="branch", organization=cast.organization)
    facts = {"place": cast.community, "post": "楼院清洁", "reported_on": clock.today(), **details}
    return services.report_in(cast.worker, **facts)
