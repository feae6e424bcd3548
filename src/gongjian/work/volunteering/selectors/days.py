"""A day as the coordinator sees it, and the roll of a shift."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.db.models import Count, Q
from django.utils import timezone

from gongjian.kernel import clock
from gongjian.registry.models import Account
from gongjian.work.volunteering.models import Activity, Assignment, Attendance, Shift
from gongjian.work.volunteering.selectors.reach import activities


@dataclass(frozen=True)
class Covered:
    """A shift with how many are booked, on duty, gone. `kind`: how it looks."""

    shift: Shift
    here: int
    left: int

    @property
    def missing(self) -> int:
        return max(0, self.shift.least - self.shift.booked)

    @property
    def absent(self) -> int:
        """Booked, but not seen since the shift began."""
        return max(0, self.shift.booked - self.here - self.left) if self.shift.begins <= clock.now() else 0

    @property
    def kind(self) -> str:
        if self.missing:
            return "late"
        return "soon" if self.absent and self.shift.ends > clock.now() else "done"


@dataclass(frozen=True)
class OfActivity:
    activity: Activity
    shifts: list[Covered]


def day(account: Account, on: date) -> list[OfActivity]:
    """All shifts that touch the day, in a constant number of queries."""
    begins = timezone.make_aware(datetime.combine(on, time.min))
    rows = covered(Q(activity__in=activities(account), begins__lt=begins + timedelta(days=1), ends__gt=begins))
    grouped = groupby(sorted(rows, key=lambda one: one.shift.activity_id), key=lambda one: one.shift.activity)
    return [OfActivity(activity, list(shifts)) for activity, shifts in grouped]


def covered(condition: Q) -> list[Covered]:
    served = ~Q(attendances__state=Attendance.State.REFUSED)
    rows = (
        Shift.objects.filter(condition, cancelled_at=None)
        .select_related("activity", "post")
        .annotate(
            here=Count("attendances", filter=Q(attendances__state=Attendance.State.HERE)),
            gone=Count("attendances", filter=served & Q(attendances__ended__isnull=False)),
        )
        .order_by("begins", "post", "pk")
    )
    return [Covered(shift, shift.here, shift.gone) for shift in rows]


@dataclass(frozen=True)
class Line:
    """One person on a shift's roll."""

    assignment: Assignment
    attendance: Attendance | None


def roll(shift: Shift) -> list[Line]:
    """Those booked by number, then those who wait or asked."""
    rows = shift.assignments.filter(state__in=Assignment.LIVE).select_related("volunteer__person", "organization")
    order = {Assignment.State.BOOKED: 0, Assignment.State.ASKED: 1, Assignment.State.WAITING: 2}
    served = {row.volunteer_id: row for row in shift.attendances.exclude(state=Attendance.State.REFUSED).order_by("began")}
    people = sorted(rows, key=lambda one: (order[Assignment.State(one.state)], one.at, one.pk))
    return [Line(assignment, served.get(assignment.volunteer_id)) for assignment in people]
