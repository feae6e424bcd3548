"""The recruitment call of February 2020, replayed: 106 cadres answer, are rostered, tick in and out, and leave their hours."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zlib import crc32

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from gongjian.demo.confirming import Event
from gongjian.demo.facts import Facts, moment, read
from gongjian.demo.pictures import draw_sample
from gongjian.kernel import clock
from gongjian.ledger.models import Level
from gongjian.ledger.services import take_in_evidence
from gongjian.registry.models import Account, Place
from gongjian.registry.selectors import find_organization
from gongjian.work.volunteering import codes, services
from gongjian.work.volunteering.models import Activity, Attendance, Call, Shift, Volunteer
from gongjian.work.volunteering.services.adopting import adopt_roster
from gongjian.work.volunteering.services.rostering import propose_roster, solve_roster

STRANGER = AnonymousUser()
ABSENT_EVERY = 90
"""One place in so many stays empty: somebody fell ill."""
CONFIRMED_EVERY = timedelta(days=14)


def duty_events() -> list[Event]:
    """In the order of time. A step that was taken before is passed over, so that a play broken off goes on."""
    facts = read("volunteering")["duty"]
    first, last = date.fromisoformat(facts["first"]), date.fromisoformat(facts["last"])
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    planned = [
        Event(moment(facts["planned"], 9), lambda: _plan(facts)),
        Event(moment(facts["planned"], 15), lambda: _answer(facts)),
        Event(moment(facts["first"], 7) - timedelta(days=1), lambda: _roster(facts)),
        *(event for day in days for event in _duty(facts, day)),
        *(Event(moment(day, 21), lambda: _confirm(facts)) for day in [*days[13::14], last]),
        Event(moment(facts["ended"], 10), lambda: _finish(facts)),
        Event(moment(facts["credited"], 10), lambda: _credit(facts)),
        Event(moment(facts["credited"], 16) + timedelta(days=3), lambda: _stand_behind(facts, Level.COMMUNITY)),
        Event(moment(facts["credited"], 10) + timedelta(days=6), lambda: _stand_behind(facts, Level.THIRD_PARTY)),
    ]
    return sorted(planned, key=lambda event: event.at)


def account(username: str) -> Account:
    return Account.objects.get(username=username)


def activity_of(facts: Facts) -> Activity:
    return Activity.objects.select_related("place", "organization", "team").get(title=facts["title"])


def plan(
    facts: Facts, actor: Account, first: date, last: date, *, weekdays: frozenset[int] = frozenset(), **details: Any
) -> Activity:
    """The activity with its shifts, open."""
    organizer = find_organization(facts["organizer"])
    assert organizer is not None, facts["organizer"]
    words = ("title", "content", "beneficiary", "responsible", "risks", "insurance")
    activity = services.plan_activity(
        actor,
        place=Place.objects.get(code=facts["place"]),
        organization=organizer,
        **{name: facts[name] for name in words},
        **details,
    )
    pattern = services.Pattern(
        first,
        last,
        times=_times(facts["times"]),
        weekdays=weekdays,
        posts=facts["posts"],
        least=facts["least"],
        most=facts["most"],
    )
    services.lay_out_shifts(actor, activity=activity, pattern=pattern)
    return services.open_activity(actor, activity=activity)


def _times(spans: list[str]) -> list[tuple[time, time]]:
    return [(time.fromisoformat(a), time.fromisoformat(b)) for a, b in (span.split("-") for span in spans)]


@transaction.atomic
def _plan(facts: Facts) -> None:
    if Activity.objects.filter(title=facts["title"]).exists():
        return
    liaison = account(facts["liaison"])
    dates = date.fromisoformat(facts["first"]), date.fromisoformat(facts["last"])
    activity = plan(facts, liaison, *dates, field="epidemic", dangerous=True, rest_hours=8)
    call = services.draft_call(
        liaison,
        activity=activity,
        title=facts["call"],
        text=facts["text"],
        closes_at=moment(facts["first"], 0),
        audience="organization",
        organization=activity.organization,
        mode="roster",
    )
    services.open_call(liaison, call=call)


def _answer(facts: Facts) -> None:
    """On their phones, one after another, until everybody has."""
    call = activity_of(facts).calls.select_related("activity__organization", "organization").get()
    if call.state != Call.State.OPEN:
        return
    names = [surname + given for given in facts["given"] for surname in facts["surnames"]][: facts["people"]]
    for number, name in enumerate(names, start=1):
        introduction = services.Introduction(name=name, phone=f"1380000{number:04d}", organization=call.organization)
        volunteer = services.take_in_volunteer(STRANGER, office=call.office, introduction=introduction)
        services.answer_call(STRANGER, call=call, volunteer=volunteer)


@transaction.atomic
def _roster(facts: Facts) -> None:
    liaison, activity = account(facts["liaison"]), activity_of(facts)
    call = activity.calls.get()
    if call.state != Call.State.OPEN:
        return
    services.close_call(liaison, call=call)
    first, last = date.fromisoformat(facts["first"]), date.fromisoformat(facts["last"])
    rules: dict[str, Any] = {"hours_a_day": 4, "hours_a_week": 8, "steady": True}
    roster = propose_roster(liaison, activity=activity, first=first, last=last, **rules)
    adopt_roster(liaison, roster=solve_roster(roster=roster))


def _duty(facts: Facts, day: date) -> list[Event]:
    """At each change of shift the organizer ticks who came and who goes; the first morning they scan the code."""
    spans = [(moment(day, a.hour, a.minute), moment(day, b.hour, b.minute)) for a, b in _times(facts["times"])]
    return [event for begin, end in spans for event in (_coming(facts, begin), _going(facts, begin, end))]


def _coming(facts: Facts, begin: datetime) -> Event:
    return Event(begin, lambda: _come(facts, begin))


def _going(facts: Facts, begin: datetime, end: datetime) -> Event:
    return Event(end, lambda: _go(facts, begin, end))


def _on_duty(facts: Facts, begin: datetime) -> list[tuple[Shift, list[Volunteer]]]:
    shifts = Shift.objects.filter(activity__title=facts["title"], begins=begin)
    related = shifts.select_related("activity__place", "activity__organization", "post").order_by("post")
    return [(shift, _came(shift)) for shift in related]


def _came(shift: Shift) -> list[Volunteer]:
    booked = shift.assignments.filter(state="booked").select_related("volunteer__person").order_by("pk")
    return [
        place.volunteer for place in booked if crc32(f"{place.volunteer.number}{place.begins.date()}".encode()) % ABSENT_EVERY
    ]


def _come(facts: Facts, begin: datetime) -> None:
    worker, scans = account(facts["worker"]), begin == moment(facts["first"], 8)
    for shift, people in _on_duty(facts, begin):
        if shift.attendances.exists():
            continue
        if scans:
            proof = services.Proof(code=codes.code_at(shift.secret, clock.now()))
            for volunteer in people:
                services.check_in(STRANGER, shift=shift, volunteer=volunteer, proof=proof)
        else:
            services.tick_in(worker, shift=shift, volunteers=people, at=begin)


def _go(facts: Facts, begin: datetime, end: datetime) -> None:
    worker = account(facts["worker"])
    for shift, people in _on_duty(facts, begin):
        services.tick_out(worker, shift=shift, volunteers=people, at=end)


def _confirm(facts: Facts) -> None:
    waiting = Attendance.objects.filter(shift__activity__title=facts["title"], state="left")
    services.confirm_hours(account(facts["liaison"]), attendances=list(waiting), quality="good")


def _finish(facts: Facts) -> None:
    activity = activity_of(facts)
    if activity.state == Activity.State.OPEN:
        services.finish_activity(account(facts["liaison"]), activity=activity)


def _credit(facts: Facts) -> None:
    if Attendance.objects.filter(shift__activity__title=facts["title"], state="confirmed", deed=None).exists():
        services.credit_hours(account(facts["liaison"]), activity=activity_of(facts))


def _stand_behind(facts: Facts, level: Level) -> None:
    activity = activity_of(facts)
    if level == Level.COMMUNITY:
        worker = account(facts["worker"])
        services.stand_behind_hours(worker, activity=activity, level=level, on_behalf_of=str(activity.place))
        return
    clerk = account("clerk")
    picture = draw_sample("duty-paper", title=facts["title"], subtitle="居民代表确认书（样例）", taken=clock.now())
    paper = take_in_evidence(clerk, file=picture, caption=f"确认书（样例）：{facts['title']}", public=True)
    services.stand_behind_hours(clerk, activity=activity, level=level, on_behalf_of=facts["third"], evidence=[paper])
