"""Times as the specification writes them: ISO 8601 in the profile of the W3C, with a zone."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.errors import Invalid

LONGEST = timedelta(days=90)
EARLIEST, LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Span:
    begin: datetime
    end: datetime


def told(moment: datetime | None) -> str:
    """In the office's zone, to the second; empty for None."""
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else ""


def read(text: str, name: str) -> datetime:
    """A moment, or a day's beginning; without a zone it is the office's. Raises Invalid."""
    try:
        moment = parse_datetime(text.strip()) or _beginning(text.strip())
        if moment is not None:
            aware = timezone.make_aware(moment) if timezone.is_naive(moment) else moment
            if EARLIEST <= aware <= LATEST:
                return aware
    except (ValueError, OverflowError):
        pass
    raise Invalid(_("%(name)s 不是日期，要像 2026-03-02T08:30:00+08:00 这样写。") % {"name": name}, code="date", field=name)


def _beginning(text: str) -> datetime | None:
    day = parse_date(text)
    return datetime(day.year, day.month, day.day) if day else None  # noqa: DTZ001


def span(start: str, end: str) -> Span:
    """The last 90 days; 90 days from `start` or up to `end`; or between both. Raises Invalid beyond 90 days."""
    begin, until = (read(text, name) if text else None for text, name in ((start, "start_date"), (end, "end_date")))
    if begin is None:
        until = until or clock.now()
        return Span(until - LONGEST, until)
    if until is None:
        return Span(begin, begin + LONGEST)
    if until < begin:
        raise Invalid(_("end_date 早于 start_date。"), code="dates", field="end_date")
    if until - begin > LONGEST:
        raise Invalid(_("一次最多查 90 天。"), code="dates", field="end_date")
    return Span(begin, until)
