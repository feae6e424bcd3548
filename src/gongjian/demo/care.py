"""Three elders living alone: paired in 2020 and visited since then, as the page tells, and the last twelve months."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongjian.demo.confirming import Event, confirm, evidence_of, within_the_day
from gongjian.demo.facts import Facts, moment, read
from gongjian.kernel import clock
from gongjian.ledger.models import Deed, Level
from gongjian.registry.models import Account, Person, Place
from gongjian.registry.selectors import find_organization
from gongjian.registry.services.people import enter_person
from gongjian.work.care.models import Credit, Pairing, Visit
from gongjian.work.care.selectors.crediting import last_of_month
from gongjian.work.care.services import managing
from gongjian.work.care.services.crediting import Wording, credit_visits
from gongjian.work.care.services.pairing import Family, Told, pair_elders
from gongjian.work.care.services.visiting import Seen, log_visit

CONFIRMER = "community-012"
RARELY = timedelta(days=92)
YEAR = timedelta(days=365)
YEAR_BEGINS = date(2020, 1, 1)


def paired_in_the_year() -> Iterator[Event]:
    facts = read("care")
    pairing, year = facts["pairing"], facts["year"]
    paired = within_the_day(pairing["paired"], "care")
    yield Event(paired, lambda: _pair(pairing))
    yield Event(paired + timedelta(days=3), lambda: _stand_behind("pairing:", pairing))
    for week in range(year["weeks"]):
        day = date.fromisoformat(year["first"]) + timedelta(weeks=week)
        for number, name in enumerate(pairing["elders"]):
            yield _visit(name, day, 9 + number, doer="carer")
            if week % 2:
                yield _visit(name, day + timedelta(days=3), 15 + number, doer="organization", means="phone")
    credited = within_the_day(year["credited"], "care-credit")
    yield Event(credited, lambda: _credit_the_year(facts))
    yield Event(credited + timedelta(days=3), lambda: _stand_behind("credit:", pairing | {"statement": year["kept"]}))


def account(username: str) -> Account:
    return Account.objects.get(username=username)


def pairing_of(name: str) -> Pairing:
    return Pairing.objects.select_related("elder", "community", "organization", "carer").get(elder__name=name)


@transaction.atomic
def _pair(facts: Facts) -> None:
    if Pairing.objects.exists():
        return
    community = Place.objects.get(code=facts["community"])
    elders = [enter_person(account("clerk"), name=name, community=community) for name in facts["elders"]]
    worker = account("community")
    told = Told(
        facts["statement"],
        facts["beneficiary"],
        Deed.Precision.YEAR,
        since=YEAR_BEGINS,
        evidence=[evidence_of(worker, _keyed(facts, "pairing", facts["paired"]), "现场")],
    )
    pair_elders(
        worker,
        elders=elders,
        risk="high",
        organization=find_organization(facts["organization"]),
        carer=Person.objects.get(name=facts["carer"]),
        consent=facts["consent"],
        told=told,
    )


def _keyed(facts: Facts, key: str, recorded: str) -> Facts:
    return facts | {"key": f"care-{key}", "recorded": recorded}


def _stand_behind(source: str, facts: Facts) -> None:
    """The community's other worker confirms what the first one entered."""
    for deed in Deed.objects.filter(source_room="care", source_key__startswith=source).select_related("place", "organization"):
        confirm(_keyed(facts, source, facts["paired"]), deed, CONFIRMER, Level.COMMUNITY)


def _visit(name: str, day: date, hour: int, **seen: Any) -> Event:
    """Once: its number follows from whom and when."""
    slip = uuid.uuid5(uuid.NAMESPACE_OID, f"{name}-{day}-{hour}")
    details = {"means": "visit", "went": "well", "slip": slip, **seen}
    return Event(moment(day, hour), lambda: log_visit(account("liaison"), pairing=pairing_of(name), seen=Seen(**details)))


def _credit_the_year(facts: Facts) -> None:
    if Credit.objects.exists():
        return
    year, worker = facts["year"], account("community")
    first, last = date.fromisoformat(facts["pairing"]["paired"]), date.fromisoformat(year["credited"]) - timedelta(days=1)
    seen = {"statement": year["kept"]}
    wording = Wording(
        counted=year["counted"],
        kept=year["kept"],
        beneficiary=facts["pairing"]["beneficiary"],
        precision=Deed.Precision.YEAR,
        since=YEAR_BEGINS,
        evidence=[evidence_of(worker, _keyed(seen, "credit", year["credited"]), "现场")],
    )
    _credit(first, last, wording)


def _credit(first: date, last: date, wording: Wording | None = None) -> None:
    community = Place.objects.get(code=read("care")["pairing"]["community"])
    credit_visits(account("community"), community=community, first=first, last=last, wording=wording)


def is_visited() -> bool:
    return Visit.objects.filter(at__year__gt=2020).exists()


@dataclass(frozen=True)
class Since:
    """What happened since 2020, in the order of time: seldom at first, then a year by the risk of each."""

    today: date

    def events(self) -> list[Event]:
        facts = read("care")
        planned = [
            *(event for elder in facts["elder"] for event in self._elder(elder)),
            *self._credits(facts),
            self._unusual(facts["unusual"]),
        ]
        return sorted(planned, key=lambda event: event.at)

    @property
    def last_year(self) -> date:
        return self.today - YEAR

    def _elder(self, elder: Facts) -> Iterator[Event]:
        name, order = elder["name"], len(elder["notes"])
        yield self._managed(date(2020, 11, 10), 9 + order, name, lambda p, w: managing.set_risk(w, pairing=p, risk="general"))
        day = date(2020, 11, 20)
        while day < self.last_year:
            yield _visit(name, day, 9 + order, doer="carer", means="visit" if day.month % 2 else "phone")
            day += RARELY - timedelta(days=2)
        yield self._managed(self.last_year, 8, name, lambda p, w: managing.set_risk(w, pairing=p, risk=elder["risk"]))
        yield self._managed(self.last_year, 9, name, lambda p, w: managing.set_family(w, pairing=p, family=_family(elder)))
        yield from self._year_of(elder)

    def _year_of(self, elder: Facts) -> Iterator[Event]:
        name, away = elder["name"], [self.today - timedelta(days=ago) for ago in elder.get("hospital", [])]
        if away:
            yield self._managed(away[0], 8, name, lambda p, w: managing.pause(w, pairing=p, words="住院（样例）"))
            yield self._managed(away[1], 8, name, lambda p, w: managing.resume(w, pairing=p))
        day, number = self.today - timedelta(days=elder["last"]), 0
        while day > self.last_year:
            if not away or not away[0] <= day <= away[1]:
                note = elder["notes"][number % len(elder["notes"])] if number % 4 == 0 else ""
                yield _visit(name, day, 10, doer="carer", means=("visit", "visit", "phone")[number % 3], note=note)
            day, number = day - timedelta(days=elder["every"]), number + 1

    def _managed(self, day: date, hour: int, name: str, act: Callable[[Pairing, Account], Any]) -> Event:
        return Event(moment(day, hour), lambda: act(pairing_of(name), account("community")))

    def _credits(self, facts: Facts) -> Iterator[Event]:
        """The years between at once, then month by month; the last one is left for whoever opens My desk."""
        begin = date.fromisoformat(facts["year"]["credited"])
        last = last_of_month(self.last_year.replace(day=1))
        while last < (self.today.replace(day=1) - timedelta(days=1)).replace(day=1):
            yield Event(_noon(last + timedelta(days=2)), partial(_credit, begin, last))
            begin = last + timedelta(days=1)
            last = last_of_month(begin)

    def _unusual(self, facts: Facts) -> Event:
        day = self.today - timedelta(days=facts["days"])
        return _visit(facts["name"], day, 11, doer="carer", went="unusual", cause=facts["cause"])


def _family(elder: Facts) -> Family:
    name, _sign, relation = elder["contact"].rstrip("）").partition("（")
    return Family(address=elder["address"], name=name, relation=relation, phone=elder["phone"])


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def since_then() -> list[Event]:
    return Since(clock.today()).events()
