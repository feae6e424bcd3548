"""Questions about proposals: the calendar with its coverage, the figures, one shift with everybody who could be in it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.errors import Missing
from gongjian.registry.models import Account
from gongjian.work.volunteering import roster as solver
from gongjian.work.volunteering.models import Activity, Assignment, Post, Roster, Shift, Volunteer
from gongjian.work.volunteering.selectors.reach import activities
from gongjian.work.volunteering.selectors.roster_case import before_of, case_of, midnight
from gongjian.work.volunteering.telling_rosters import forbidden, lacking, left_out

WEEK = 7
RELATED = ("activity__place", "activity__organization", "activity__office", "created_by", "adopted_by")


def get_roster(account: Account, pk: int) -> Roster:
    """Raises Missing for a proposal of an activity that the account does not reach."""
    found = Roster.objects.filter(activity__in=activities(account), pk=pk).select_related(*RELATED).first()
    if found is None:
        raise Missing(_("没有这个排班方案。"))
    return found


def rosters_of(activity: Activity) -> QuerySet[Roster]:
    return Roster.objects.filter(activity=activity).select_related("created_by", "adopted_by")


@dataclass(frozen=True)
class Seat:
    volunteer: Volunteer
    locked: bool

    @property
    def name(self) -> str:
        return self.volunteer.person.name


@dataclass(frozen=True)
class Covered:
    """A shift with those in it."""

    shift: Shift
    seats: list[Seat]

    @property
    def missing(self) -> int:
        return max(0, self.shift.least - len(self.seats))

    @property
    def kind(self) -> str:
        return "late" if self.missing else "done"


@dataclass(frozen=True)
class Day:
    """`columns`: for each post of the calendar the shifts of that day there."""

    date: date
    columns: list[list[Covered]]


@dataclass(frozen=True)
class Calendar:
    """A week. `previous` and `next` are other weeks with shifts, if there are any."""

    first: date
    posts: list[str]
    days: list[Day]
    previous: date | None
    next: date | None


def calendar_of_activity(activity: Activity, week: date | None) -> Calendar:
    """What is booked now."""
    shifts = activity.shifts.filter(cancelled_at=None)
    booked = Assignment.objects.filter(state=Assignment.State.BOOKED)
    return _calendar(shifts, booked, _asked_week(shifts, week))


def calendar_of_roster(roster: Roster, week: date | None) -> Calendar:
    shifts = roster.activity.shifts.filter(cancelled_at=None)
    span = midnight(roster.first), midnight(roster.last + timedelta(days=1))
    shifts = shifts.filter(begins__gte=span[0], begins__lt=span[1])
    return _calendar(shifts, roster.places.all(), week or roster.first)


def _asked_week(shifts: "QuerySet[Shift]", week: date | None) -> date:
    if week is not None:
        return week
    ahead = shifts.filter(ends__gt=clock.now()).order_by("begins").values_list("begins", flat=True).first()
    last = ahead or shifts.order_by("-begins").values_list("begins", flat=True).first()
    return day_of(last) if last else clock.today()


def _calendar(shifts: "QuerySet[Shift]", places: "QuerySet[Any]", week: date) -> Calendar:
    first = week - timedelta(days=week.weekday())
    begins, ends = midnight(first), midnight(first + timedelta(days=WEEK))
    rows = list(shifts.filter(begins__gte=begins, begins__lt=ends).select_related("post").order_by("begins", "pk"))
    seats = seats_of(places.filter(shift__in=[row.pk for row in rows]))
    posts = sorted({row.post for row in rows if row.post}, key=lambda post: post.pk)
    columns: list[Post | None] = [*posts, *([None] if any(row.post is None for row in rows) else [])]

    def on(day: date) -> list[list[Covered]]:
        today = [row for row in rows if day_of(row.begins) == day]
        return [[Covered(row, seats[row.pk]) for row in today if row.post == post] for post in columns]

    days = [Day(day, on(day)) for day in (first + timedelta(days=number) for number in range(WEEK))]
    earlier = shifts.filter(begins__lt=begins).order_by("-begins").values_list("begins", flat=True).first()
    later = shifts.filter(begins__gte=ends).order_by("begins").values_list("begins", flat=True).first()
    names = [post.name if post else "" for post in columns]
    served = [day for day in days if any(day.columns)]
    return Calendar(first, names, served, earlier and day_of(earlier), later and day_of(later))


def seats_of(places: "QuerySet[Any]") -> dict[int, list[Seat]]:
    found: dict[int, list[Seat]] = defaultdict(list)
    for place in places.select_related("volunteer__person").order_by("volunteer__number"):
        found[place.shift_id].append(Seat(place.volunteer, place.locked))
    return found


def day_of(moment: datetime) -> date:
    return timezone.localtime(moment).date()


@dataclass(frozen=True)
class Figures:
    """What the proposal comes to. `fairness` in percent: 100 when everybody serves alike."""

    seats: int
    filled: int
    people: int
    most_hours: Decimal
    least_hours: Decimal
    fairness: int

    @property
    def percent(self) -> int:
        return self.filled * 100 // self.seats if self.seats else 100


def figures(case: solver.Case, pairs: frozenset[solver.Pair]) -> Figures:
    work = solver.Workload(case, pairs)
    loads = [work.minutes(one.key) for one in case.volunteers]
    needed = sum(shift.minimum for shift in case.shifts)
    return Figures(
        seats=needed,
        filled=needed - sum(work.missing(shift.key) for shift in case.shifts),
        people=sum(1 for load in loads if load),
        most_hours=Decimal(max(loads, default=0)) / 60,
        least_hours=Decimal(min(loads, default=0)) / 60,
        fairness=int(solver.fairness(case, pairs) * 100),
    )


@dataclass(frozen=True)
class ToldGap:
    shift: Shift
    lacking: str
    left_out: str


def told_gaps(roster: Roster) -> list[ToldGap]:
    """The reasons as they were when the search ended."""
    shifts = Shift.objects.filter(pk__in=[gap["shift"] for gap in roster.gaps]).select_related("post").in_bulk()
    known = [gap for gap in roster.gaps if gap["shift"] in shifts]
    return [ToldGap(shifts[gap["shift"]], lacking(gap), left_out(gap["left_out"], gap["skill"])) for gap in known]


@dataclass(frozen=True)
class Candidate:
    volunteer: Volunteer
    hours: Decimal
    wishes: bool
    forbidden: str


@dataclass(frozen=True)
class ShiftOfRoster:
    shift: Shift
    inside: list[Seat]
    free: list[Candidate]
    others: list[Candidate]
    missing: int
    missing_skills: dict[str, int]


def shift_of_roster(roster: Roster, pk: int) -> ShiftOfRoster:
    """Those in it, those who could be put in (who carries least first), and why not the others. Raises Missing."""
    case = case_of(roster)
    if pk not in case.shift:
        raise Missing(_("这一班不在这个方案里，或者已经开始了。"))
    work = solver.Workload(case, before_of(roster))
    shift = Shift.objects.select_related("post", "activity__place").get(pk=pk)
    found = [
        _candidate(work, pk, volunteer)
        for volunteer in Volunteer.objects.filter(pk__in=list(case.volunteer)).select_related("person")
        if volunteer.pk not in work.people(pk)
    ]
    found.sort(key=lambda one: (not one.wishes, one.hours, one.volunteer.number))
    return ShiftOfRoster(
        shift=shift,
        inside=seats_of(roster.places.filter(shift=pk))[pk],
        free=[one for one in found if not one.forbidden],
        others=[one for one in found if one.forbidden],
        missing=work.missing(pk),
        missing_skills=work.missing_skills(pk),
    )


def _candidate(work: solver.Workload, shift: int, volunteer: Volunteer) -> Candidate:
    person = work.case.volunteer[volunteer.pk]
    reason = work.why_not(solver.Pair(volunteer.pk, shift))
    return Candidate(volunteer, Decimal(work.minutes(volunteer.pk)) / 60, shift in person.wishes, forbidden(reason))
