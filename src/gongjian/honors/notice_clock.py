"""The clock of a campaign's public notice; how days are counted stands in `kernel.notice_days`."""

from collections.abc import Iterable

from gongjian.honors.models import Objection, PublicNotice
from gongjian.kernel.notice_days import NoticeClock, read_clock, stop_between
from gongjian.kernel.workdays import WorkCalendar


def read(
    notice: PublicNotice, objections: Iterable[Objection] | None = None, calendar: WorkCalendar | None = None
) -> NoticeClock:
    """Give `objections` (all of this notice) and a calendar when many notices are read."""
    found = notice.objections.all() if objections is None else objections
    return read_clock(
        published_on=notice.published_on,
        workdays=notice.workdays,
        ended_at=notice.ended_at,
        stops=[stop_between(one.received_at, one.answered_at) for one in found if one.well_founded],
        calendar=calendar,
    )
