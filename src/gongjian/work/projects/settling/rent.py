"""Rent by the day: a month's rent is spread over that month's own days."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Days:
    """From `first` to `last`, both included; empty where `last` lies before."""

    first: date
    last: date

    def __len__(self) -> int:
        return max(0, (self.last - self.first).days + 1)

    def within(self, other: "Days") -> "Days":
        return Days(max(self.first, other.first), min(self.last, other.last))

    def months(self) -> Iterator["Days"]:
        """The same days, cut at the ends of calendar months."""
        first = self.first
        while first <= self.last:
            end = month_of(first).last
            yield Days(first, min(end, self.last))
            first = end + DAY


def month_of(day: date) -> Days:
    return Days(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def add_months(month: date, count: int) -> date:
    """The first day of the month `count` months later."""
    index = month.year * 12 + month.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def rent_of(days: Days, monthly: Decimal) -> Fraction:
    """Exact, not yet rounded."""
    return sum((Fraction(monthly) * len(part) / len(month_of(part.first)) for part in days.months()), Fraction(0))
