"""A proposal as a case for the solver: who may be in which shift, by all that is written down about them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongjian.kernel import clock
from gongjian.work.volunteering import roster as solver
from gongjian.work.volunteering.models import (
    Absence,
    Activity,
    Assignment,
    Availability,
    Companion,
    Enrollment,
    Roster,
    Shift,
    Volunteer,
    Wish,
)

State, Origin = Assignment.State, Assignment.Origin
MOVED = "重新排班时调开"
"""The answer that a place has which a later roster took back; its holder may be put there again."""


def shifts_of(roster: Roster) -> QuerySet[Shift]:
    """The shifts of the proposal's days that have not begun."""
    begins, ends = midnight(roster.first), midnight(roster.last + timedelta(days=1))
    found = Shift.objects.filter(activity=roster.activity_id, cancelled_at=None, begins__gte=begins, begins__lt=ends)
    return found.filter(begins__gt=clock.now()).order_by("begins", "post", "pk")


def people_of(activity: Activity) -> QuerySet[Volunteer]:
    """Who was accepted for the activity, or stands in a shift of it already."""
    accepted = Enrollment.objects.filter(call__activity=activity, state=Enrollment.State.ACCEPTED)
    booked = Assignment.objects.filter(shift__activity=activity, state=State.BOOKED)
    found = Volunteer.objects.filter(Q(pk__in=accepted.values("volunteer")) | Q(pk__in=booked.values("volunteer")))
    return found.filter(retired_at=None).select_related("person__community").order_by("pk")


def booked_in(roster: Roster) -> QuerySet[Assignment]:
    return Assignment.objects.filter(shift__in=shifts_of(roster), state=State.BOOKED)


def case_of(roster: Roster) -> solver.Case:
    """In a constant number of queries."""
    shifts = list(shifts_of(roster).select_related("post__place", "activity__place").prefetch_related("needs__skill"))
    people = list(people_of(roster.activity).prefetch_related("skills"))
    known = {one.pk for one in people}, {one.pk for one in shifts}
    return solver.Case(
        volunteers=tuple(_Volunteers(roster, people, known[1]).all()),
        shifts=tuple(_shift(one) for one in shifts),
        rules=solver.Rules(
            rest=timedelta(hours=roster.rest_hours),
            per_day=_hours(roster.hours_a_day),
            per_week=_hours(roster.hours_a_week),
            in_all=_hours(roster.hours_in_all),
        ),
        locked=frozenset(pair for pair in _locked(roster) if _is_known(pair, known)),
        barred=frozenset(pair for pair in _barred(roster, people, shifts) if _is_known(pair, known)),
    )


def before_of(roster: Roster) -> frozenset[solver.Pair]:
    """The proposal's own places, else what is booked now."""
    rows: Iterable[tuple[int, int]] = roster.places.values_list("volunteer_id", "shift_id")
    if roster.state in (Roster.State.WAITING, Roster.State.SOLVING):
        rows = booked_in(roster).values_list("volunteer_id", "shift_id")
    return frozenset(solver.Pair(*row) for row in rows)


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _shift(shift: Shift) -> solver.Shift:
    where: Any = shift.post or shift.activity.place
    if where.latitude is None and shift.post:
        where = shift.post.place
    return solver.Shift(
        key=shift.pk,
        start=timezone.localtime(shift.begins),
        end=timezone.localtime(shift.ends),
        minimum=shift.least,
        maximum=shift.most,
        some={need.skill.name: need.at_least for need in shift.needs.all()},
        at=_point(where),
    )


def _point(place: Any) -> solver.Point | None:
    if place is None or place.latitude is None or place.longitude is None:
        return None
    return solver.Point(float(place.latitude), float(place.longitude))


def _hours(number: int | None) -> timedelta | None:
    return None if number is None else timedelta(hours=number)


def _locked(roster: Roster) -> Iterator[solver.Pair]:
    """What was fixed by hand, and what people chose for themselves."""
    own_choice = booked_in(roster).filter(Q(locked=True) | ~Q(origin=Origin.ROSTER))
    for row in own_choice.values_list("volunteer_id", "shift_id"):
        yield solver.Pair(*row)
    for row in roster.places.filter(locked=True).values_list("volunteer_id", "shift_id"):
        yield solver.Pair(*row)


def _barred(roster: Roster, people: list[Volunteer], shifts: list[Shift]) -> Iterator[solver.Pair]:
    """Taken out by hand, withdrawn or declined, or too young."""
    for row in roster.bars.values_list("volunteer_id", "shift_id"):
        yield solver.Pair(*row)
    left = Assignment.objects.filter(shift__in=shifts, state__in=(State.WITHDRAWN, State.DECLINED))
    for row in left.exclude(answer=MOVED).values_list("volunteer_id", "shift_id"):
        yield solver.Pair(*row)
    for person in people:
        if not may_come(person, roster.activity):
            yield from (solver.Pair(person.pk, shift.pk) for shift in shifts)


def may_come(person: Volunteer, activity: Activity) -> bool:
    """Minors come where their age is admitted, and never where it is dangerous."""
    today = clock.today()
    if person.born is None or not person.is_minor(today):
        return True
    birthday = (today.year - activity.least_age, today.month, today.day)
    return not activity.dangerous and (person.born.year, person.born.month, person.born.day) <= birthday


def _is_known(pair: solver.Pair, known: tuple[set[int], set[int]]) -> bool:
    return pair.volunteer in known[0] and pair.shift in known[1]


class _Volunteers:
    """People with their times, engagements, wishes and friends, each table read once."""

    def __init__(self, roster: Roster, people: list[Volunteer], shifts: set[int]) -> None:
        self.roster, self.people = roster, people
        self._weekly = _grouped(Availability.objects.filter(volunteer__in=people))
        self._absent = _grouped(Absence.objects.filter(volunteer__in=people, last__gte=roster.first, first__lte=roster.last))
        self._wishes = _grouped(Wish.objects.filter(shift__in=shifts))
        self._friends = _grouped(Companion.objects.filter(volunteer__in=people))
        elsewhere = Assignment.objects.filter(volunteer__in=people, state=State.BOOKED).exclude(shift__in=shifts)
        span = midnight(roster.first), midnight(roster.last + timedelta(days=2))
        self._engaged = _grouped(elsewhere.filter(begins__lt=span[1], ends__gt=span[0]))

    def all(self) -> Iterator[solver.Volunteer]:
        for person in self.people:
            wishes = self._wishes[person.pk]
            yield solver.Volunteer(
                key=person.pk,
                skills=frozenset(skill.name for skill in person.skills.all()),
                available=self._windows(person.pk),
                engaged=tuple(solver.Window(_local(one.begins), _local(one.ends)) for one in self._engaged[person.pk]),
                per_week=_hours(person.most_hours_a_week),
                home=_point(person.person.community),
                wishes=frozenset(one.shift_id for one in wishes if one.kind == Wish.Kind.PREFER),
                avoids=frozenset(one.shift_id for one in wishes if one.kind == Wish.Kind.AVOID),
                friends=frozenset(one.companion_id for one in self._friends[person.pk]),
            )

    def _windows(self, key: int) -> tuple[solver.Window, ...] | None:
        """None: always. Weekly windows on the days that no absence covers, else those days whole."""
        weekly, absent = self._weekly[key], self._absent[key]
        if not weekly and not absent:
            return None
        first = self.roster.first - timedelta(days=1)
        days = [first + timedelta(days=number) for number in range((self.roster.last - first).days + 2)]
        present = [day for day in days if not any(one.first <= day <= one.last for one in absent)]
        if not weekly:
            return tuple(solver.Window(midnight(day), midnight(day + timedelta(days=1))) for day in present)
        return tuple(_window(day, one) for day in present for one in weekly if one.weekday == day.isoweekday())


def _window(day: date, weekly: Availability) -> solver.Window:
    """One that ends no later than it begins runs over midnight."""
    begins = timezone.make_aware(datetime.combine(day, weekly.begins))
    last = day if weekly.ends > weekly.begins else day + timedelta(days=1)
    return solver.Window(begins, timezone.make_aware(datetime.combine(last, weekly.ends)))


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment)


def _grouped(rows: "QuerySet[Any]") -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.volunteer_id].append(row)
    return found
