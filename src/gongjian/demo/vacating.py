"""The sixteen shopfronts of 2020: a settlement each, signed, paid and closed; then the deeds of the unit that did it."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from gongjian.demo.confirming import Event, confirm, evidence_of
from gongjian.demo.facts import Facts, moment, read
from gongjian.demo.pictures import draw_sample
from gongjian.kernel import clock
from gongjian.ledger.models import Deed, Level
from gongjian.registry.models import Account, Organization, Place
from gongjian.registry.selectors import find_organization
from gongjian.work.projects.kinds import Part
from gongjian.work.projects.models import Project
from gongjian.work.projects.services import add_participant, open_project, start_project
from gongjian.work.projects.settling import services
from gongjian.work.projects.settling.lease import Amount
from gongjian.work.projects.settling.models import Clearance, ReliefRule, SafetyVisit, Settlement
from gongjian.work.projects.settling.services.clearing import finish_with

COLUMNS = ("tenant", "premises", "area", "monthly_rent", "paid_until", "vacated", "deposit", "water", "power")
State = Settlement.State


def vacated_in_the_year(organizations: dict[str, Facts]) -> Iterator[Event]:
    facts = read("settlements")
    organization = organizations[facts["doer"]]
    facts |= {"name": organization["name"], "liaison": organization["liaison"]}
    yield Event(moment(facts["opened"]), partial(_open, facts))
    for at, row in enumerate(facts["tenants"]):
        tenant = dict(zip(COLUMNS, row, strict=True))
        later = timedelta(minutes=10 * at)
        yield Event(moment(facts["opened"], 14) + later, partial(_draft, facts, tenant))
        yield Event(moment(facts["signed"], 9) + later, partial(_sign, facts, tenant))
        yield Event(moment(facts["paid"], 9) + later, partial(_pay, facts, tenant))
        yield Event(moment(facts["paid"], 15) + later, partial(_close, facts, tenant))
    for visit in facts["visit"]:
        yield Event(moment(visit["on"], 16), partial(_visit, facts, visit))
    yield Event(moment(facts["finished"]), partial(_finish, facts))
    yield Event(moment(facts["finished"]) + timedelta(days=3), partial(_confirm, facts))


def opened_project(facts: Facts, kind: str) -> Project:
    """As it is already, or opened and started by the clerk, led by the facts' organization."""
    place = Place.objects.get(code=facts["place"])
    known = Project.objects.select_related("place").filter(place=place, title=facts["title"]).first()
    if known:
        return known
    clerk = Account.objects.get(username="clerk")
    days = {"begins_on": date.fromisoformat(facts["begins"]), "ends_on": date.fromisoformat(facts["ends"])}
    project = open_project(clerk, place=place, kind=kind, title=facts["title"], **days)
    add_participant(clerk, project=project, organization=_unit(facts), part=Part.LEAD)
    return start_project(clerk, project=project)


def _unit(facts: Facts) -> Organization:
    found = find_organization(facts["name"])
    assert found is not None, facts["name"]
    return found


def _liaison(facts: Facts) -> Account:
    return Account.objects.get(username=facts["liaison"])


def _open(facts: Facts) -> None:
    opened_project(facts, "vacating")
    services.load_shipped_reliefs(Account.objects.get(username="clerk"))


def _draft(facts: Facts, tenant: Facts) -> None:
    if Settlement.objects.filter(premises=tenant["premises"]).exists():
        return
    days: dict[str, Any] = {name: date.fromisoformat(facts[name]) for name in ("lease_from", "lease_to", "relief_from")}
    days |= {name: date.fromisoformat(tenant[name]) for name in ("paid_until", "vacated")}
    sums: dict[str, Any] = {name: Decimal(tenant[name]) for name in ("area", "monthly_rent", "deposit")}
    sheet = services.Facts(
        tenant=tenant["tenant"],
        premises=tenant["premises"],
        relief=ReliefRule.objects.get(is_sample=True),
        utilities=[Amount("水费", Decimal(tenant["water"])), Amount("电费", Decimal(tenant["power"]))],
        **sums,
        **days,
    )
    project = opened_project(facts, "vacating")
    services.draft_settlement(_liaison(facts), project=project, organization=_unit(facts), facts=sheet)


def _settlement(tenant: Facts, state: str) -> Settlement | None:
    return Settlement.objects.filter(premises=tenant["premises"], state=state).first()


def _sign(facts: Facts, tenant: Facts) -> None:
    if one := _settlement(tenant, State.DRAFT):
        key, subtitle = f"settlement-{one.number}", f"承诺书签名 · {facts['signed']}"
        picture = draw_sample(key, title=tenant["tenant"], subtitle=subtitle, taken=clock.now())
        services.sign_settlement(_liaison(facts), settlement=one, signer=f"{tenant['tenant']}店主", signature=picture)


def _pay(facts: Facts, tenant: Facts) -> None:
    one = _settlement(tenant, State.FIXED)
    if one and one.net:
        on, document = date.fromisoformat(facts["paid"]), f"样例凭证{one.number}"
        services.pay_settlement(
            _liaison(facts), settlement=one, amount=abs(one.net), paid_on=on, way="transfer", document=document
        )


def _close(facts: Facts, tenant: Facts) -> None:
    if one := _settlement(tenant, State.PAID):
        services.close_settlement(_liaison(facts), settlement=one, cleared_on=date.fromisoformat(facts["cleared"]))


def _visit(facts: Facts, visit: Facts) -> None:
    if SafetyVisit.objects.filter(found=visit["found"]).exists():
        return
    services.record_visit(
        _liaison(facts),
        project=opened_project(facts, "vacating"),
        organization=_unit(facts),
        visited_on=date.fromisoformat(visit["on"]),
        people="机关两名干部（样例）",
        found=visit["found"],
    )


def _finish(facts: Facts) -> None:
    project, actor, unit = opened_project(facts, "vacating"), _liaison(facts), _unit(facts)
    if Clearance.objects.filter(project=project, organization=unit).exists():
        return
    shown = {"key": "clearance", "statement": facts["title"], "recorded": facts["finished"]}
    finish_with(actor, project=project, organization=unit, rounded=True, evidence=[evidence_of(actor, shown, "现场")])


def _confirm(facts: Facts) -> None:
    for deed in Deed.objects.select_related("place", "organization").filter(source_room="settling"):
        confirm(facts, deed, f"community-{facts['place'][-3:]}", Level.COMMUNITY)
