"""From the clock on the wall to moments, and back. Where clocks are changed, some times do not exist and others come twice."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Invalid
from gongjian.work.sharing.models.venues import MIDNIGHT, Closure, OpeningHours, clock_face

FIRST_YEAR, LAST_YEAR = 1900, 2999
"""Days outside have no week before or after, or no moment in UTC."""


@dataclass(frozen=True)
class Window:
    """Minutes since midnight of one day; `closes` up to 24:00."""

    opens: int
    closes: int

    def __str__(self) -> str:
        return f"{clock_face(self.opens)}–{clock_face(self.closes)}"


def moment(day: date, at: time, *, field: str) -> datetime:
    """That wall-clock time, in UTC, where differences are true. Raises Invalid for one that clocks skip or repeat."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Invalid(_("没有这样的日子，请核对年份。"), code="year", field="day")
    naive = datetime.combine(day, at)
    zone = timezone.get_current_timezone()
    first, second = naive.replace(tzinfo=zone, fold=0), naive.replace(tzinfo=zone, fold=1)
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != naive:
        raise Invalid(
            _("这一天拨快了钟，%(time)s 这个时刻不存在，请换一个时间。") % {"time": f"{at:%H:%M}"}, code="skipped", field=field
        )
    if first.utcoffset() != second.utcoffset():
        raise Invalid(
            _("这一天拨慢了钟，%(time)s 会出现两次，请换一个时间。") % {"time": f"{at:%H:%M}"}, code="twice", field=field
        )
    return first.astimezone(UTC)


def span(day: date, begins: time, ends: time) -> tuple[datetime, datetime]:
    """Of one day; an end of 00:00 is the end of that day. Raises Invalid."""
    if ends != time.min and ends <= begins:
        raise Invalid(_("结束时间要晚于开始时间。"), code="ends-before", field="ends")
    first = moment(day, begins, field="begins")
    last_day = day + timedelta(days=1) if ends == time.min else day
    return first, moment(last_day, ends, field="ends")


def midnight(day: date) -> datetime:
    """With which the day begins; where clocks skip it, the first moment after."""
    return timezone.make_aware(datetime.combine(day, time.min))


def wall_minutes(begins: datetime, ends: datetime) -> tuple[date, int, int]:
    """The local day, and minutes since its midnight; an end at the next midnight is MIDNIGHT, a later one is beyond it."""
    first, last = timezone.localtime(begins), timezone.localtime(ends)
    days = (last.date() - first.date()).days
    return first.date(), first.hour * 60 + first.minute, days * MIDNIGHT + last.hour * 60 + last.minute


def windows_of(day: date, hours: Iterable[OpeningHours]) -> list[Window]:
    """Of a venue's hours; closures are another matter."""
    return _windows(day.weekday(), hours)


def _windows(weekday: int, hours: Iterable[OpeningHours]) -> list[Window]:
    return sorted((Window(h.opens, h.closes) for h in hours if h.weekday == weekday), key=lambda window: window.opens)


def told_week(hours: Iterable[OpeningHours]) -> list[tuple[str, str]]:
    """Days of equal hours in one line: (“周一至周五”, “09:00–12:00、14:00–18:00”)."""
    by_day = {day: "、".join(map(str, _windows(day, hours))) for day in range(7)}
    runs: list[tuple[int, int, str]] = []
    for day, told in by_day.items():
        if told and runs and runs[-1][1:] == (day - 1, told):
            runs[-1] = (runs[-1][0], day, told)
        elif told:
            runs.append((day, day, told))
    names = dict(OpeningHours.Weekday.choices)
    return [(str(names[first]) if first == last else f"{names[first]}–{names[last]}", told) for first, last, told in runs]


def closed_on(day: date, closures: Iterable[Closure]) -> Closure | None:
    return next((closure for closure in closures if closure.days.lower <= day < closure.days.upper), None)
