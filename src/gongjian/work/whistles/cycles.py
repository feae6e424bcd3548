"""The month of assessment (考核期), named after its end: from the 19th on, 19 September to 18 October is 2026-10.

A whistle belongs to the cycle in which it was blown, however late it was answered or revisited.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.errors import Invalid


@dataclass(frozen=True)
class Cycle:
    """From `first` to `last`, both included, in the office's time zone."""

    first: date
    last: date

    @property
    def name(self) -> str:
        return f"{self.last:%Y-%m}"

    @property
    def begin(self) -> datetime:
        return midnight(self.first)

    @property
    def end(self) -> datetime:
        """The first moment that no longer belongs to it."""
        return midnight(self.last + timedelta(days=1))

    @property
    def previous(self) -> "Cycle":
        return cycle_of(self.first - timedelta(days=1), self.first.day)

    @property
    def next(self) -> "Cycle":
        return cycle_of(self.last + timedelta(days=1), self.first.day)


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def cycle_of(day: date, first_day: int) -> Cycle:
    """The cycle that `day` lies in."""
    first = day.replace(day=first_day)
    if first > day:
        first = _month_before(first)
    return Cycle(first, _month_after(first) - timedelta(days=1))


def cycle_named(name: str, first_day: int) -> Cycle:
    """`2026-10`. Raises Invalid for anything else."""
    found = re.fullmatch(r"(\d{4})-(\d{1,2})", name.strip())
    if not found or not 1 <= int(found[2]) <= 12 or not 2000 <= int(found[1]) <= 2200:
        raise Invalid(_("考核期请写成“2026-10”这样的年月。"), code="cycle", field="cycle")
    month = date(int(found[1]), int(found[2]), 1)
    return cycle_of(month if first_day == 1 else month.replace(day=first_day) - timedelta(days=1), first_day)


def cycle_or_current(name: str, first_day: int) -> Cycle:
    """The one named; without a name the one that runs today."""
    return cycle_named(name, first_day) if name else cycle_of(clock.today(), first_day)


def _month_before(day: date) -> date:
    return (day.replace(day=1) - timedelta(days=1)).replace(day=day.day)


def _month_after(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=7)).replace(day=day.day)
