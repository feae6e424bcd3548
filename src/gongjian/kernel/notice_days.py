"""How many working days a public notice has hung, computed from what happened, never counted down.

The day on which the notice is hung out does not count (the way of Civil Code §201), a working day counts once it is over,
and no day counts on which a well-founded objection was open: from the day it came in to the day it was answered.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

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
    """Days that do not count; `last` None while it lasts."""

    first: date
    last: date | None

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


def stop_between(received_at: datetime, answered_at: datetime | None) -> Stop:
    return Stop(timezone.localtime(received_at).date(), timezone.localtime(answered_at).date() if answered_at else None)


def read_clock(
    *,
    published_on: date,
    workdays: int,
    ended_at: datetime | None,
    stops: Sequence[Stop],
    calendar: WorkCalendar | None = None,
) -> NoticeClock:
    """Give a calendar when many notices are read."""
    calendar = calendar or WorkCalendar()
    today = timezone.localtime(ended_at).date() if ended_at else clock.today()
    counted = _counting_days(published_on, today, stops, calendar)
    stopped = ended_at is None and any(stop.last is None for stop in stops)
    over = ended_at is not None or stopped
    last = None if over else _last_day(published_on, workdays, counted, today, stops, calendar)
    return NoticeClock(
        required=workdays,
        elapsed=len(counted),
        stopped=stopped,
        last_day=last,
        is_assumed=not (calendar.is_published(published_on) and calendar.is_published(last or today)),
    )


def _counting_days(published: date, today: date, stops: Sequence[Stop], calendar: WorkCalendar) -> list[date]:
    """Working days after publication that are over and were not stopped."""
    days = (published + timedelta(days=n) for n in range(1, (today - published).days))
    return [day for day in days if calendar.is_workday(day) and not any(stop.covers(day) for stop in stops)]


def _last_day(  # noqa: PLR0917 - one question's whole state, asked in one place
    published: date, workdays: int, counted: list[date], today: date, stops: Sequence[Stop], calendar: WorkCalendar
) -> date:
    """The working day that completes the notice if nothing more stops it."""
    if len(counted) >= workdays:
        return counted[workdays - 1]
    day, missing = max(today, published + timedelta(days=1)), workdays - len(counted)
    while True:
        missing -= calendar.is_workday(day) and not any(stop.covers(day) for stop in stops)
        if missing == 0:
            return day
        day += timedelta(days=1)
