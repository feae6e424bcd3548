"""Who answers the demo's whistles, what they are about, and where they lie on the map."""

from decimal import Decimal

from django.utils import timezone

from gongjian.demo.facts import Facts, read
from gongjian.kernel import clock
from gongjian.registry.models import Account, ApiToken, Organization, Place
from gongjian.registry.selectors import find_organization
from gongjian.registry.services.organizations import enter_organization
from gongjian.registry.services.places import locate_place
from gongjian.registry.services.tokens import keep_token
from gongjian.work.whistles.models import Category, Policy
from gongjian.work.whistles.services.configuring import change_policy, load_shipped_categories

LEADS = {
    "环境卫生": "clean",
    "物业管理": "estate",
    "市政设施": "roads",
    "违法建设": "law",
    "噪声扰民": "law",
    "消防安全": "fire",
    "园林绿化": "green",
    "加装电梯": "estate",
    "城市管理": "law",
}


def set_up_whistles(clerk: Account) -> None:
    """What is already there stays."""
    facts = read("whistles")
    _units(clerk, facts)
    _locate(clerk, facts)
    if not Policy.objects.exists():
        center = facts["center"]
        change_policy(
            clerk,
            center_latitude=Decimal(center["latitude"]),
            center_longitude=Decimal(center["longitude"]),
            radius_meters=center["radius_meters"],
            approval_required=True,
        )
    if not Category.objects.exists():
        load_shipped_categories(clerk)
        _give_leads(facts)


def _units(clerk: Account, facts: Facts) -> None:
    for unit in facts["unit"]:
        if not find_organization(unit["name"]):
            enter_organization(clerk, name=unit["name"], kind=unit["kind"])
    for place in Place.objects.filter(level=Place.Level.COMMUNITY):
        name = f"{place.name}居委会（样例）"
        if not find_organization(name):
            enter_organization(clerk, name=name, kind=Organization.Kind.COMMITTEE, community=place)


def _locate(clerk: Account, facts: Facts) -> None:
    for code, (latitude, longitude) in facts["points"].items():
        place = Place.objects.get(code=code)
        if place.latitude is None:
            locate_place(clerk, place=place, latitude=Decimal(latitude), longitude=Decimal(longitude))


def _give_leads(facts: Facts) -> None:
    names = {unit["key"]: unit["name"] for unit in facts["unit"]}
    for major, key in LEADS.items():
        Category.objects.filter(major=major).update(lead=find_organization(names[key]))


def keep_demo_key() -> None:
    """Open311 clients may try the demo with the key `demo`; as if it were given out today, whenever that is."""
    clerk = Account.objects.get(username="clerk")
    if not ApiToken.objects.filter(account=clerk, expires_at__gt=timezone.now()).exists():
        with clock.set_to(timezone.now()):
            keep_token(clerk, name="Open311", secret="demo", scopes=["open311:write"])  # noqa: S106
