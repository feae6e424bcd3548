"""How many working days a public notice has hung, computed from what happened, never counted down.

The day on which the notice is hung out does not count (the way of Civil Code §201), a working day counts once it is over,
and no day counts on which a well-founded objection was open: from the day it came in to the day it was answered.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from gongjian.honors.models import Objection, PublicNotice
from gongjian.kernel import clock
from gongjian.kernel.workdays import WorkCalendar


@dataclass(frozen=True)
class NoticeClock:
    """`last_day` is the last one that must pass, None while the clock stands still or the notice is over.

    `is_assumed`: some of its days lie beyond the published calendar, where only Monday to Friday can be assumed.
    """

    required: int
    elapsed: int
    stopped: bool
    last_day: date | None
    is_assumed: bool

    @property
    def left(self) -> int:
        return max(0, self.required - self.elapsed)

    @property
    def is_over(self) -> bool:
        return self.left == 0


@dataclass(frozen=True)
class Stop:
    first: date
    last: date | None

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


def read(
    notice: PublicNotice, objections: Iterable[Objection] | None = None, calendar: WorkCalendar | None = None
) -> NoticeClock:
    """Give `objections` (all of this notice) and a calendar when many notices are read."""
    calendar = calendar or WorkCalendar()
    stops = stops_of(notice.objections.all() if objections is None else objections)
    today = timezone.localtime(notice.ended_at).date() if notice.ended_at else clock.today()
    counted = _counting_days(notice.published_on, today, stops, calendar)
    stopped = notice.ended_at is None and any(stop.last is None for stop in stops)
    over = notice.ended_at is not None or stopped
    last = None if over else _last_day(notice, counted, today, stops, calendar)
    until = last or today
    return NoticeClock(
        required=notice.workdays,
        elapsed=len(counted),
        stopped=stopped,
        last_day=last,
        is_assumed=not (calendar.is_published(notice.published_on) and calendar.is_published(until)),
    )


def stops_of(objections: Iterable[Objection]) -> list[Stop]:
    return [
        Stop(
            timezone.localtime(objection.received_at).date(),
            timezone.localtime(objection.answered_at).date() if objection.answered_at else None,
        )
        for objection in objections
        if objection.well_founded
    ]


def _counting_days(published: date, today: date, stops: list[Stop], calendar: WorkCalendar) -> list[date]:
    """Working days after publication that are over and were not stopped."""
    days = (published + timedelta(days=n) for n in range(1, (today - published).days))
    return [day for day in days if calendar.is_workday(day) and not any(stop.covers(day) for stop in stops)]


def _last_day(notice: PublicNotice, counted: list[date], today: date, stops: list[Stop], calendar: WorkCalendar) -> date:
    """The working day that completes the notice if nothing more stops it."""
    if len(counted) >= notice.workdays:
        return counted[notice.workdays - 1]
    day, missing = max(today, notice.published_on + timedelta(days=1)), notice.workdays - len(counted)
    while True:
        missing -= calendar.is_workday(day) and not any(stop.covers(day) for stop in stops)
        if missing == 0:
            return day
        day += timedelta(days=1)
