"""Playing the year: units declare their deeds, communities confirm them, the ledger is sealed, all under a set clock."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from gongjian.demo.care import paired_in_the_year
from gongjian.demo.cobuilding import signed_in_the_year
from gongjian.demo.confirming import Event, confirm, evidence_of, when, within_the_day
from gongjian.demo.elevator import retrofitted_in_the_year
from gongjian.demo.facts import Facts, moment, read
from gongjian.demo.goods import donated_in_the_year
from gongjian.demo.inspections import inspected_in_the_year
from gongjian.demo.projects import built_in_the_year
from gongjian.demo.sharing import given_in_the_year
from gongjian.demo.vacating import vacated_in_the_year
from gongjian.kernel import clock
from gongjian.ledger.models import Deed, DeedKind, Level
from gongjian.ledger.sealing.sealer import seal
from gongjian.ledger.services import DeedSource, record_deed
from gongjian.registry.models import Account, Person, Place
from gongjian.registry.selectors import find_organization


def events() -> list[Event]:
    """Everything that happens with the ledger in the year, in the order of time."""
    facts = read("deeds")
    organizations = {entry["key"]: entry for entry in read("organizations")["organization"]}
    people = {entry["key"]: entry for entry in read("people")["person"]}
    planned = [
        *(e for deed in facts["deed"] for e in _organization_deed(_keyed(deed, "doer"), organizations[deed["doer"]])),
        *signed_in_the_year(organizations),
        *given_in_the_year(organizations),
        *vacated_in_the_year(organizations),
        *retrofitted_in_the_year(organizations),
        *donated_in_the_year(organizations),
        *paired_in_the_year(),
        *inspected_in_the_year(),
        *built_in_the_year(organizations),
        *(e for deed in facts["personal"] for e in _personal_deed(_keyed(deed, "person"), people[deed["person"]])),
        *(Event(moment(date(2020, month, 1), 2), seal) for month in range(2, 13)),
    ]
    return sorted(planned, key=lambda event: event.at)


def play_event(event: Event) -> None:
    with clock.set_to(event.at):
        event.act()


def _keyed(facts: Facts, doer: str) -> Facts:
    """A key that is unique over all doers, in front of the deed's own."""
    return facts | {"key": f"{facts[doer]}-{facts['key']}"}


def _organization_deed(facts: Facts, organization: Facts) -> Iterator[Event]:
    recorded = within_the_day(facts["recorded"], facts["key"])
    community = str(facts.get("place") or organization["community"])[:12]
    yield Event(recorded, lambda: _declare(facts, organization["liaison"], organization=organization))
    yield Event(
        recorded + timedelta(days=3), lambda: confirm(facts, _deed(facts), f"community-{community[-3:]}", Level.COMMUNITY)
    )
    if facts.get("level", 1) == Level.THIRD_PARTY:
        yield Event(recorded + timedelta(days=6), lambda: confirm(facts, _deed(facts), "clerk", Level.THIRD_PARTY))


def _personal_deed(facts: Facts, person: Facts) -> Iterator[Event]:
    recorded = within_the_day(facts["recorded"], facts["key"])
    yield Event(recorded, lambda: _declare(facts, "clerk", person=person))
    worker = f"community-{person['community'][-3:]}"
    yield Event(recorded + timedelta(days=3), lambda: confirm(facts, _deed(facts), worker, Level.COMMUNITY))


def _declare(facts: Facts, username: str, *, organization: Facts | None = None, person: Facts | None = None) -> Deed:
    actor = Account.objects.get(username=username)
    where = facts.get("place") or {**(organization or {}), **(person or {})}["community"]
    known = Deed.objects.filter(source_room="demo", source_key=facts["key"]).first()
    return known or record_deed(
        actor,
        kind=DeedKind.objects.get(code=facts["kind"]),
        place=Place.objects.get(code=where),
        organization=find_organization(organization["name"]) if organization else None,
        person=Person.objects.get(name=person["name"]) if person else None,
        statement=facts["statement"],
        quantity=Decimal(facts["quantity"]) if "quantity" in facts else None,
        approximation=facts.get("approximation", "exact"),
        beneficiary=facts.get("beneficiary", ""),
        evidence=[evidence_of(actor, facts, "现场")],
        source=DeedSource("demo", facts["key"]),
        **when(facts),
    )


def _deed(facts: Facts) -> Deed:
    return Deed.objects.select_related("place", "organization").get(source_room="demo", source_key=facts["key"])
