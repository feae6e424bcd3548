"""Deadlines in natural and in working time, with stops, each able to say how it was reached.

Hours run on by the minute: natural ones always, working ones inside the working hours of working days. Days are whole: the day
of the beginning does not count (the way of Civil Code §201), and the last one ends at midnight, or for working days at the
close of work. While a stop lasts no hour runs, and no day that it touches counts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.workdays import WorkCalendar

FARTHEST = timedelta(days=3650)
"""No limit reaches further; a calendar without a working day would otherwise be searched forever."""


class TimeUnit(models.TextChoices):
    HOURS = "hours", _("小时")
    DAYS = "days", _("天")
    WORKING_HOURS = "working_hours", _("工作小时")
    WORKING_DAYS = "working_days", _("工作日")


@dataclass(frozen=True)
class Limit:
    """So much of a unit, e.g. `Limit(5, TimeUnit.WORKING_DAYS)`."""

    amount: int
    unit: str

    @property
    def is_working(self) -> bool:
        return self.unit in (TimeUnit.WORKING_HOURS, TimeUnit.WORKING_DAYS)

    @property
    def is_days(self) -> bool:
        return self.unit in (TimeUnit.DAYS, TimeUnit.WORKING_DAYS)

    def __str__(self) -> str:
        return f"{self.amount} {TimeUnit(self.unit).label}"


@dataclass(frozen=True)
class Stop:
    """From `begin` to `end` the clock stood still; `end` None: it still does."""

    begin: datetime
    end: datetime | None = None

    def cuts(self, begin: datetime, end: datetime) -> bool:
        return self.begin < end and (self.end is None or begin < self.end)


@dataclass(frozen=True)
class Step:
    """One line of how a deadline was reached: a day or stretch, how much of the limit it used, and why it did or did not."""

    begin: datetime
    end: datetime
    counted: bool
    reason: str


@dataclass(frozen=True)
class Due:
    """`at` is None while a stop without end keeps it open. `assumed`: a day beyond the published calendar was needed."""

    at: datetime | None
    steps: list[Step] = field(default_factory=list)
    assumed: bool = False


@dataclass(frozen=True)
class WorkingTime:
    """The working hours of every working day, as pairs of local times in order, and the calendar that tells the days."""

    hours: Sequence[tuple[time, time]]
    calendar: WorkCalendar

    def due(self, start: datetime, limit: Limit, stops: Sequence[Stop] = ()) -> Due:
        """When `limit` is used up, counted from `start`."""
        if limit.is_days:
            return self._due_by_days(timezone.localtime(start), limit, stops)
        return self._due_by_hours(start, timedelta(hours=limit.amount), stops, working=limit.is_working)

    def measure(self, start: datetime, end: datetime, stops: Sequence[Stop] = (), *, working: bool) -> timedelta:
        """How much time counted between two moments."""
        total = timedelta()
        for begin, until in self._stretches(start, stops, working=working):
            if begin >= end:
                break
            total += min(until, end) - begin
        return total

    def advance(self, start: datetime, span: timedelta, stops: Sequence[Stop] = (), *, working: bool) -> datetime | None:
        """The moment at which `span` of counted time has passed since `start`; None if a stop keeps it open."""
        return self._due_by_hours(start, span, stops, working=working).at

    def _due_by_hours(self, start: datetime, span: timedelta, stops: Sequence[Stop], *, working: bool) -> Due:
        left, assumed = span, False
        steps: list[Step] = []
        for begin, end in self._stretches(start, stops, working=working):
            assumed |= working and not self.calendar.is_published(_day(begin))
            used = min(left, end - begin)
            steps.append(Step(begin, begin + used, counted=True, reason=""))
            left -= used
            if not left:
                return Due(begin + used, steps, assumed)
        return Due(None, steps, assumed)

    def _due_by_days(self, start: datetime, limit: Limit, stops: Sequence[Stop]) -> Due:
        day, left, assumed = start.date(), limit.amount, False
        steps: list[Step] = []
        while left and day - start.date() < FARTHEST:
            day += timedelta(days=1)
            begin, end = _midnight(day), _midnight(day + timedelta(days=1))
            if any(stop.end is None and stop.begin < end for stop in stops):
                return Due(None, steps, assumed)
            reason = self._why_not(day, begin, end, limit, stops)
            assumed |= limit.is_working and not self.calendar.is_published(day)
            left -= not reason
            steps.append(Step(begin, end, counted=not reason, reason=reason))
        at = self._close_of(day) if limit.is_working else _midnight(day + timedelta(days=1))
        return Due(at, steps, assumed)

    def _why_not(self, day: date, begin: datetime, end: datetime, limit: Limit, stops: Sequence[Stop]) -> str:
        if limit.is_working and not self.calendar.is_workday(day):
            return str(_("非工作日"))
        return str(_("时钟停走")) if any(stop.cuts(begin, end) for stop in stops) else ""

    def _close_of(self, day: date) -> datetime:
        return timezone.make_aware(datetime.combine(day, self.hours[-1][1]))

    def _stretches(self, start: datetime, stops: Sequence[Stop], *, working: bool) -> Iterator[tuple[datetime, datetime]]:
        """The stretches of counting time after `start`, in order and without end; ends at an open stop."""
        for begin, end in self._working_stretches(start) if working else _natural_stretches(start):
            yield from _without_stops(begin, end, stops)
            if any(stop.end is None and stop.begin < end for stop in stops):
                return

    def _working_stretches(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        first = _day(start)
        for offset in range(FARTHEST.days):
            day = first + timedelta(days=offset)
            if not self.calendar.is_workday(day):
                continue
            for opening, closing in self.hours:
                begin = max(start, timezone.make_aware(datetime.combine(day, opening)))
                end = timezone.make_aware(datetime.combine(day, closing))
                if begin < end:
                    yield begin, end


def _natural_stretches(start: datetime) -> Iterator[tuple[datetime, datetime]]:
    yield start, start + FARTHEST


def _without_stops(begin: datetime, end: datetime, stops: Sequence[Stop]) -> Iterator[tuple[datetime, datetime]]:
    for stop in sorted(stops, key=lambda stop: stop.begin):
        if not stop.cuts(begin, end):
            continue
        if begin < stop.begin:
            yield begin, stop.begin
        if stop.end is None or stop.end >= end:
            return
        begin = max(begin, stop.end)
    if begin < end:
        yield begin, end


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
