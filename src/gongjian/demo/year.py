"""Playing the year: units declare their deeds, communities confirm them, the ledger is sealed, all under a set clock."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zlib import crc32

from gongjian.demo.facts import Facts, moment, read
from gongjian.demo.pictures import draw_sample
from gongjian.kernel import clock
from gongjian.ledger.models import Deed, DeedKind, Evidence, Level
from gongjian.ledger.sealing.sealer import seal
from gongjian.ledger.selectors import level_of
from gongjian.ledger.services import DeedSource, confirm_deed, record_deed, take_in_evidence
from gongjian.registry.models import Account, Person, Place
from gongjian.registry.selectors import find_organization

YEAR_BEGINS = date(2020, 1, 1)


@dataclass(frozen=True)
class Event:
    at: datetime
    act: Callable[[], Any]


def events() -> list[Event]:
    """Everything that happens with the ledger in the year, in the order of time."""
    facts = read("deeds")
    organizations = {entry["key"]: entry for entry in read("organizations")["organization"]}
    people = {entry["key"]: entry for entry in read("people")["person"]}
    planned = [
        *(e for deed in facts["deed"] for e in _organization_deed(_keyed(deed, "doer"), organizations[deed["doer"]])),
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
    recorded = _within_the_day(facts["recorded"], facts["key"])
    community = str(facts.get("place") or organization["community"])[:12]
    yield Event(recorded, lambda: _declare(facts, organization["liaison"], organization=organization))
    yield Event(recorded + timedelta(days=3), lambda: _confirm(facts, f"community-{community[-3:]}", Level.COMMUNITY))
    if facts.get("level", 1) == Level.THIRD_PARTY:
        yield Event(recorded + timedelta(days=6), lambda: _confirm(facts, "clerk", Level.THIRD_PARTY))


def _personal_deed(facts: Facts, person: Facts) -> Iterator[Event]:
    recorded = _within_the_day(facts["recorded"], facts["key"])
    yield Event(recorded, lambda: _declare(facts, "clerk", person=person))
    worker = f"community-{person['community'][-3:]}"
    yield Event(recorded + timedelta(days=3), lambda: _confirm(facts, worker, Level.COMMUNITY))


def _within_the_day(day: str, key: str) -> datetime:
    return moment(day, 9 + crc32(key.encode()) % 8, crc32(key.encode()) % 60)


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
        evidence=[_evidence(actor, facts, "现场")],
        source=DeedSource("demo", facts["key"]),
        **_when(facts),
    )


def _when(facts: Facts) -> dict[str, Any]:
    if "day" in facts:
        return {"occurred_from": date.fromisoformat(facts["day"])}
    return {
        "occurred_from": YEAR_BEGINS,
        "occurred_to": date.fromisoformat(facts["recorded"]),
        "precision": Deed.Precision.YEAR,
    }


def _confirm(facts: Facts, username: str, level: Level) -> None:
    deed = Deed.objects.select_related("place", "organization").get(source_room="demo", source_key=facts["key"])
    if level_of(deed) >= level:
        return
    actor = Account.objects.get(username=username)
    on_behalf_of = facts["third"] if level == Level.THIRD_PARTY else str(actor.active_assignments[0].community)
    evidence = [_evidence(actor, facts, "确认书")] if level == Level.THIRD_PARTY else []
    confirm_deed(actor, deed=deed, level=level, on_behalf_of=on_behalf_of, evidence=evidence)


def _evidence(actor: Account, facts: Facts, what: str) -> Evidence:
    title = facts["statement"].replace("{数}", "").replace("{日}", "")[:24]
    picture = draw_sample(
        f"{facts['key']}-{what}", title=title, subtitle=f"{what} · {facts['recorded']}", taken=clock.now() - timedelta(hours=1)
    )
    return take_in_evidence(actor, file=picture, caption=f"{what}（样例）：{title}", public=True)
