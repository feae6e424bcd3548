"""What everybody may see: open calls with the shifts that are left, and one's own page behind its link."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.errors import Missing
from gongjian.work.volunteering.models import LATEST_OUT, Activity, Assignment, Attendance, Call, Enrollment, Shift, SwapOffer

DAYS_AHEAD = 62


@dataclass(frozen=True)
class Day:
    date: Any
    shifts: list[Shift]


def open_calls() -> QuerySet[Call]:
    found = Call.objects.filter(state=Call.State.OPEN, closes_at__gt=clock.now(), activity__state=Activity.State.OPEN)
    return found.select_related("activity__place", "activity__organization", "organization").order_by("closes_at")


def call_by_token(token: str) -> Call:
    """Also one that is closed: its page says so. Raises Missing for a draft."""
    rows = Call.objects.exclude(state=Call.State.DRAFT)
    found = rows.select_related("activity__place", "activity__organization", "organization").filter(token=token).first()
    if found is None:
        raise Missing(_("没有这份招募令，或者还没有发布。"))
    return found


def is_open(call: Call) -> bool:
    return call.state == Call.State.OPEN and call.closes_at > clock.now()


def days_ahead(activity: Activity, *, most: int = 400) -> list[Day]:
    """The shifts to come, by day."""
    now = clock.now()
    rows = activity.shifts.filter(cancelled_at=None, ends__gt=now, begins__lt=now + timedelta(days=DAYS_AHEAD))
    return by_day(rows.select_related("post", "activity").order_by("begins", "post")[:most])


def not_begun(activity: Activity) -> list[Day]:
    """Of those to come, what a roster may still decide on."""
    now = clock.now()
    days = [Day(day.date, [shift for shift in day.shifts if shift.begins > now]) for day in days_ahead(activity)]
    return [day for day in days if day.shifts]


def by_day(shifts: Any) -> list[Day]:
    grouped = groupby(shifts, key=lambda shift: timezone.localtime(shift.begins).date())
    return [Day(day, list(rows)) for day, rows in grouped]


def enrollment_by_token(token: str) -> Enrollment:
    related = ("call__activity__place", "call__activity__organization", "volunteer__person__organization")
    found = Enrollment.objects.select_related(*related).filter(token=token).first()
    if found is None:
        raise Missing(_("没有这个报名，链接可能没有复制完整。"))
    return found


@dataclass(frozen=True)
class Mine:
    """One of my places, with what came of it."""

    assignment: Assignment
    attendance: Attendance | None
    offer: SwapOffer | None
    may_leave: bool

    @property
    def may_stamp(self) -> bool:
        """Booked, not checked out, and not over for long."""
        done = self.attendance is not None and self.attendance.ended is not None
        return self.assignment.state == Assignment.State.BOOKED and not done and self.assignment.ends + LATEST_OUT > clock.now()


def my_places(enrollment: Enrollment) -> list[Mine]:
    """In the activity of the call; past ones only where served."""
    now = clock.now()
    live = Assignment.objects.filter(volunteer=enrollment.volunteer, shift__activity=enrollment.call.activity)
    rows = list(live.filter(state__in=Assignment.LIVE).select_related("shift__post", "shift__activity").order_by("begins"))
    served = _attendances(enrollment)
    offers = {offer.assignment_id: offer for offer in open_offers(enrollment.call.activity)}
    return [
        Mine(row, served.get(row.shift_id), offers.get(row.pk), row.shift_id not in served and row.begins > now)
        for row in rows
        if row.ends > now or row.shift_id in served
    ]


def _attendances(enrollment: Enrollment) -> dict[int, Attendance]:
    rows = Attendance.objects.filter(volunteer=enrollment.volunteer, shift__activity=enrollment.call.activity)
    return {row.shift_id: row for row in rows.exclude(state=Attendance.State.REFUSED).order_by("began")}


def open_offers(activity: Activity) -> QuerySet[SwapOffer]:
    found: QuerySet[SwapOffer] = SwapOffer.objects.filter(
        assignment__shift__activity=activity, taken_at=None, taken_back_at=None, assignment__begins__gt=clock.now()
    )
    return found.select_related("assignment__shift__post", "assignment__shift__activity").order_by("assignment__begins")


def shift_now(post: int) -> Shift:
    """The shift at a post that goes on now, or begins within the hour. Raises Missing."""
    now = clock.now()
    soon = now + timedelta(hours=1)
    rows = Shift.objects.filter(post=post, cancelled_at=None, begins__lte=soon, ends__gt=now - timedelta(hours=4))
    found = list(rows.select_related("activity", "post").order_by("begins"))
    current = [shift for shift in found if shift.ends > now] or found[-1:]
    if not current:
        raise Missing(_("这个岗位现在没有班。"))
    return current[0]
