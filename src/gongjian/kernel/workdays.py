"""Working days: the published calendar with its make-up days (调休), corrected by the office's own table."""

from datetime import date, timedelta
from functools import cache

import chinese_calendar
from django.dispatch import Signal

from gongjian.kernel.kept import kept
from gongjian.kernel.models import CalendarDay

calendar_changed = Signal()
"""Sent inside the transaction that corrected a day; whoever counts working days counts anew."""


class WorkCalendar:
    """The corrections are read once; make a new one for each question asked at a different time."""

    def __init__(self) -> None:
        self._corrections = kept("kernel.corrections", lambda: dict(CalendarDay.objects.values_list("day", "working")))

    def is_workday(self, day: date) -> bool:
        if day in self._corrections:
            return self._corrections[day]
        if self.is_published(day):
            return bool(chinese_calendar.is_workday(day))
        return day.weekday() < 5

    def is_published(self, day: date) -> bool:
        """False where only Monday to Friday can be assumed; pages must say so."""
        return day.year in _published_years()

    def add(self, start: date, workdays: int) -> date:
        """The day on which `workdays` whole working days after `start` (not counting it) have begun their last one."""
        day = start
        while workdays > 0:
            day += timedelta(days=1)
            workdays -= self.is_workday(day)
        return day

    def between(self, first: date, last: date) -> int:
        """Working days from `first` to `last`, both included; 0 if they are reversed."""
        span = (last - first).days + 1
        return sum(self.is_workday(first + timedelta(days=offset)) for offset in range(max(0, span)))


def last_published_year() -> int:
    """After it only Monday to Friday is assumed."""
    return max(_published_years())


@cache
def _published_years() -> frozenset[int]:
    calendar = chinese_calendar.constants
    return frozenset(day.year for day in (*calendar.workdays, *calendar.holidays))
