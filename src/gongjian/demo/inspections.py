"""The check of 2020 and its talk, as the page tells; then the last weeks: hazards in every state, one inspection ahead."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from gongjian.demo.confirming import Event, confirm, evidence_of, within_the_day
from gongjian.demo.facts import Facts, moment, read
from gongjian.demo.pictures import draw_sample
from gongjian.kernel import clock
from gongjian.ledger.models import Deed, Level
from gongjian.registry.models import Account, Organization, Place
from gongjian.registry.selectors import find_organization
from gongjian.work.inspections.models import Finding, Inspection, Lecture
from gongjian.work.inspections.selectors.inspections import items_of
from gongjian.work.inspections.services import mending
from gongjian.work.inspections.services.closing import Told, close_inspection
from gongjian.work.inspections.services.lectures import Held, record_lecture
from gongjian.work.inspections.services.planning import Plan, TakingPart, plan_inspection
from gongjian.work.inspections.services.walking import Found, answer_item, report_finding


def inspected_in_the_year() -> Iterator[Event]:
    facts = read("inspections")
    checked, talked = facts["checked"], facts["talked"]
    worker = f"community-{checked['place'][9:12]}"
    done, held = within_the_day(checked["day"], "checked"), within_the_day(talked["day"], "talked")
    yield Event(moment(checked["planned"], 9), lambda: _plan_of_2020(checked))
    yield Event(done, lambda: _close_of_2020(checked))
    yield Event(done + timedelta(days=3), lambda: _stand_behind(checked, "inspection:", worker))
    yield Event(held, lambda: _talk(talked))
    yield Event(held + timedelta(days=3), lambda: _stand_behind(talked, "lecture:", worker))


def account(username: str) -> Account:
    return Account.objects.get(username=username)


def organization(name: str) -> Organization:
    found = find_organization(name)
    assert found is not None, name
    return found


def _plan_of_2020(facts: Facts) -> None:
    if not Inspection.objects.filter(title=facts["title"]).exists():
        parties = [TakingPart(organization(name)) for name in facts["organizations"]]
        _plan(facts, date.fromisoformat(facts["day"]), parties)


def _plan(facts: Facts, day: date, parties: list[TakingPart]) -> Inspection:
    plan = Plan(
        title=facts["title"],
        place=Place.objects.get(code=facts["place"]),
        spot=facts["spot"],
        planned_for=day,
        kinds=facts["kinds"],
        parties=parties,
    )
    return plan_inspection(account("clerk"), plan=plan)


@transaction.atomic
def _close_of_2020(facts: Facts) -> None:
    inspection = Inspection.objects.select_related("place").get(title=facts["title"])
    if inspection.state == Inspection.State.CLOSED:
        return
    _answer(inspection)
    clerk = account("clerk")
    evidence = [evidence_of(clerk, _keyed(facts, "checked"), "现场")]
    close_inspection(
        clerk, inspection=inspection, told=Told(facts["statement"], precision=Deed.Precision.YEAR, evidence=evidence)
    )


def _keyed(facts: Facts, key: str) -> Facts:
    return facts | {"key": f"inspections-{key}", "recorded": facts["day"]}


def _answer(inspection: Inspection, problems: int = 0) -> None:
    for number, (item, _known) in enumerate(items_of(inspection)):
        verdict = "problem" if number < problems else "fine"
        answer_item(account("clerk"), inspection=inspection, item=item, verdict=verdict)


def _talk(facts: Facts) -> None:
    if Lecture.objects.filter(title=facts["title"]).exists():
        return
    actor = account("liaison-veterans")
    held = Held(
        place=Place.objects.get(code=facts["place"]),
        organization=organization(facts["organization"]),
        title=facts["title"],
        held_on=date.fromisoformat(facts["day"]),
        form=Lecture.Form.TALK,
        statement=facts["statement"],
        precision=Deed.Precision.YEAR,
        evidence=[evidence_of(actor, _keyed(facts, "talked"), "现场")],
    )
    record_lecture(actor, held=held)


def _stand_behind(facts: Facts, source: str, worker: str) -> None:
    for deed in Deed.objects.filter(source_room="inspections", source_key__startswith=source).select_related("place"):
        confirm(_keyed(facts, source), deed, worker, Level.COMMUNITY)


def is_inspected() -> bool:
    return Inspection.objects.filter(planned_for__year__gt=2020).exists()


def lately() -> list[Event]:
    """In the order of time."""
    facts, today = read("inspections"), clock.today()
    planned = [
        *(event for one in facts["inspection"] for event in _inspection(one, today - timedelta(days=one["ago"]))),
        *(_lecture(one, today - timedelta(days=one["ago"])) for one in facts["lecture"]),
    ]
    return sorted(planned, key=lambda event: event.at)


def _inspection(facts: Facts, day: date) -> Iterator[Event]:
    parties = [TakingPart(organization(name), people) for name, people in facts["parties"]]
    yield Event(moment(min(day, clock.today()) - timedelta(days=2), 9), lambda: _plan(facts, day, parties))
    if facts["ago"] < 0:
        return
    yield Event(moment(day, 10), lambda: _walk(facts, day))
    for number, one in enumerate(facts.get("finding", [])):
        yield from _mending(one, moment(day + timedelta(days=1), 9 + number))


@transaction.atomic
def _walk(facts: Facts, day: date) -> None:
    inspection = Inspection.objects.select_related("place", "organization").get(title=facts["title"], planned_for=day)
    clerk = account("clerk")
    for one in facts.get("finding", []):
        report_finding(clerk, inspection=inspection, found=_found(one, day))
    _answer(inspection, problems=len(facts.get("finding", [])))
    close_inspection(clerk, inspection=inspection)


def _found(facts: Facts, day: date) -> Found:
    return Found(
        text=facts["text"],
        severity=facts["severity"],
        responsible=facts["responsible"],
        due_on=day + timedelta(days=facts["limit"]) if "limit" in facts else None,
        photos=[_picture(facts, "整改前")],
    )


def _picture(facts: Facts, what: str) -> Any:
    key = f"{facts['text']}-{what}"
    return draw_sample(key, title=facts["text"], subtitle=what, taken=clock.now() - timedelta(minutes=5))


def _mending(facts: Facts, at: datetime) -> Iterator[Event]:
    if facts["end"] in ("mended", "passed"):
        yield Event(at, lambda: _mended(facts))
    if facts["end"] == "passed":
        yield Event(at + timedelta(days=1), lambda: mending.recheck(account("clerk"), finding=_of(facts), passed=True))
    if facts["end"] == "transferred":
        yield Event(at, lambda: _transferred(facts))


def _of(facts: Facts) -> Finding:
    return Finding.objects.get(text=facts["text"])


def _mended(facts: Facts) -> None:
    photos = [_picture(facts, "整改后")]
    mending.report_mended(account("clerk"), finding=_of(facts), words="按要求改好了（样例）", photos=photos)


def _transferred(facts: Facts) -> None:
    mending.transfer(
        account("clerk"), finding=_of(facts), department=organization(facts["department"]), words="拒不恢复原状（样例）"
    )


def _lecture(facts: Facts, day: date) -> Event:
    return Event(moment(day, 15), lambda: _give(facts, day))


def _give(facts: Facts, day: date) -> None:
    place, giver = Place.objects.get(code=facts["place"]), organization(facts["organization"])
    held = Held(place=place, organization=giver, title=facts["title"], held_on=day, people=facts["people"])
    record_lecture(account("clerk"), held=held)
