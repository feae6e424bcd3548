"""Where synthetic deeds stand: offices, communities, organizations and the two accounts that record and confirm them."""

import random
from dataclasses import dataclass
from itertools import count

from django_scopes import scope

from gongjian.ledger.models import DeedKind
from gongjian.registry.models import Account, Office, Organization, Place
from gongjian.registry.services.accounts import add_account
from gongjian.registry.services.places import add_place

DEEDS_PER_ORGANIZATION = 5000
KINDS_PER_ORGANIZATION = (4, 5, 6)


@dataclass(frozen=True)
class Doer:
    """An organization with what it usually does, and who writes it down."""

    office_id: int
    place_id: int
    organization_id: int
    recorder_id: int
    confirmer_id: int
    behalf: str
    kinds: list[DeedKind]


def first_office() -> Office:
    """The office that the first host name opens; a synthetic one on an empty installation."""
    return Office.objects.order_by("pk").first() or make_office()


def make_office() -> Office:
    codes = (f"990{number:06d}" for number in count(1))
    code = next(code for code in codes if not Office.objects.filter(code=code).exists())
    office = Office.objects.create(code=code, name=f"合成街道{code[-3:]}", short_name=f"合成{code[-3:]}")
    with scope(office=office):
        province = add_place(office, None, "province", "99", "合成省")
        subdistrict = add_place(office, province, "subdistrict", code, office.name)
        for number in range(1, 11):
            add_place(office, subdistrict, "community", f"{code}{number:03d}", f"合成{number}号社区")
    return office


def settle(office: Office, deeds: int, chance: random.Random) -> list[Doer]:
    """Organizations enough for `deeds`, each in one community with a handful of kinds."""
    with scope(office=office):
        communities = list(Place.objects.filter(level=Place.Level.COMMUNITY))
        recorder, confirmer = _account(office, "recorder"), _account(office, "confirmer")
        organizations = _organizations(office, max(12, deeds // DEEDS_PER_ORGANIZATION), communities)
        kinds = list(DeedKind.objects.all())
    return [
        Doer(
            office_id=office.pk,
            place_id=organization.community_id or communities[0].pk,
            organization_id=organization.pk,
            recorder_id=recorder.pk,
            confirmer_id=confirmer.pk,
            behalf=f"{organization.community}居委会",
            kinds=chance.sample(kinds, chance.choice(KINDS_PER_ORGANIZATION)),
        )
        for organization in organizations
    ]


def _account(office: Office, part: str) -> Account:
    """An account that nobody can sign in with."""
    username = f"synthetic-{part}-{office.code}"
    known = Account.objects.filter(username=username).first()
    return known or add_account(office, username=username, name="合成数据", password=None, is_active=False)


def _organizations(office: Office, number: int, communities: list[Place]) -> list[Organization]:
    names = [f"合成单位{n:05d}" for n in range(1, number + 1)]
    Organization.objects.bulk_create(
        [
            Organization(
                office=office,
                name=name,
                kind=Organization.Kind.COMPANY,
                community=communities[n % len(communities)],
                pinyin=f"hechengdanwei{n:05d}",
            )
            for n, name in enumerate(names)
        ],
        ignore_conflicts=True,
    )
    return list(Organization.objects.filter(name__in=names).select_related("community"))
