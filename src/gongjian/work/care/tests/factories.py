"""Makers of pairings and visits, through the services that pages call."""

from datetime import datetime
from typing import Any

from django.apps import apps
from django_scopes import get_scope

from gongjian.ledger.catalogue import load_catalogue
from gongjian.ledger.models import DeedKind
from gongjian.registry.models import Account, Person, Place, Role
from gongjian.registry.tests.factories import first_community, make_account, make_clerk, make_organization, make_person
from gongjian.work.care.models import Pairing, Visit
from gongjian.work.care.services.pairing import pair_elders
from gongjian.work.care.services.visiting import Seen, log_visit

CONSENT = "当面说明后签字（样例）"


def make_elder(community: Place | None = None, name: str = "") -> Person:
    office = get_scope()["office"]
    return make_person(office, name, community=community or first_community(office))


def make_pairing(*, by: Account | None = None, community: Place | None = None, **details: Any) -> Pairing:
    """Of one elder with an organization of its own, unless a carer or an organization is named."""
    office = get_scope()["office"]
    if not DeedKind.objects.exists():
        load_catalogue()
    details = {"risk": "high", "consent": CONSENT, **details}
    if not {"organization", "carer"} & details.keys():
        details["organization"] = make_organization(office)
    return pair_elders(by or make_clerk(office), elders=[make_elder(community)], **details)[0]


def make_worker(pairing: Pairing) -> Account:
    return make_account(pairing.office, Role.COMMUNITY_WORKER, community=pairing.community)


def make_liaison(pairing: Pairing) -> Account:
    return make_account(pairing.office, Role.UNIT_LIAISON, organization=pairing.organization)


def make_carer(pairing: Pairing) -> Account:
    """The account of the pairing's carer."""
    account = make_account(pairing.office, Role.VOLUNTEER)
    account.person = pairing.carer
    account.save()
    return account


def make_visit(pairing: Pairing, *, by: Account | None = None, at: datetime | None = None, **more: Any) -> Visit:
    seen = Seen(**{"means": "visit", "went": "well", "at": at, **more})
    return log_visit(by or make_liaison(pairing), pairing=pairing, seen=seen)


def handed_on() -> list[Any]:
    """What became of referrals: whistles, found by name because rooms do not import one another."""
    return list(apps.get_model("whistles", "Whistle")._default_manager.all())
