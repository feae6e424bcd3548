"""What the working calendar says, day by day, and why."""

from calendar import Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from gongjian.kernel.models import CalendarDay
from gongjian.kernel.workdays import WorkCalendar


@dataclass(frozen=True)
class Day:
    """`why` is corrected, published or assumed; `unusual`: a working weekend or a free weekday."""

    day: date
    inside: bool
    working: bool
    why: str
    reason: str = ""

    @property
    def unusual(self) -> bool:
        return self.working != (self.day.weekday() < 5)


def month(first: date) -> Sequence[Sequence[Day]]:
    """Weeks from Monday, filled up with the days around; one query for the calendar and one for the reasons."""
    calendar, weeks = WorkCalendar(), Calendar().monthdatescalendar(first.year, first.month)
    days = [day for week in weeks for day in week]
    reasons = dict(CalendarDay.objects.filter(day__range=(days[0], days[-1])).values_list("day", "reason"))
    return [[_day(calendar, day, first, reasons) for day in week] for week in weeks]


def _day(calendar: WorkCalendar, day: date, first: date, reasons: dict[date, str]) -> Day:
    why = "corrected" if day in reasons else "published" if calendar.is_published(day) else "assumed"
    return Day(day, day.month == first.month, calendar.is_workday(day), why, reasons.get(day, ""))


def corrections(year: int) -> QuerySet[CalendarDay]:
    return CalendarDay.objects.filter(day__year=year).order_by("day")
