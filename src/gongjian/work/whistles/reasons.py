"""How a due date was reached, in sentences that a neighbor understands."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.kernel.deadlines import Step
from gongjian.work.whistles.clocks import Clock

DAY = timedelta(days=1)


def moment(at: datetime) -> str:
    """11月23日 8:27; midnight belongs to the day that it ends."""
    there = timezone.localtime(at)
    if (there.hour, there.minute, there.second) == (0, 0, 0):
        before = there - DAY
        return _("%(month)s月%(day)s日 24:00") % {"month": before.month, "day": before.day}
    facts = {"month": there.month, "day": there.day, "time": f"{there.hour}:{there:%M}"}
    return _("%(month)s月%(day)s日 %(time)s") % facts


def why(clock: Clock) -> list[str]:
    """Line by line: from when, how much, what counted and what did not, and where that leads."""
    facts = {"start": moment(clock.start), "limit": clock.limit}
    lines = [_("%(start)s 起算，时限 %(limit)s。") % facts]
    if clock.limit.is_days:
        lines.append(_("头一天不算，从第二天数起。"))
    lines += _counted(clock)
    if clock.due.assumed:
        lines.append(_("有的日子还没有公布放假安排，先按周一到周五上班推算。"))
    return [*lines, _conclusion(clock)]


def _counted(clock: Clock) -> Iterator[str]:
    for (counted, reason), steps in groupby(clock.due.steps, key=lambda step: (step.counted, step.reason)):
        if clock.limit.is_days:
            yield _days(list(steps), counted=counted, reason=reason)
        else:
            yield from (_stretch(step) for step in steps)
    if clock.stops and not clock.limit.is_days:
        yield _("暂停的时间不算。")


def _days(steps: Sequence[Step], *, counted: bool, reason: str) -> str:
    first, last = (timezone.localtime(step.begin) for step in (steps[0], steps[-1]))
    facts = {"from": _date(first), "to": _date(last), "days": len(steps), "reason": reason}
    if counted:
        return (_("%(from)s：算 1 天。") if len(steps) == 1 else _("%(from)s到%(to)s：算 %(days)s 天。")) % facts
    return (_("%(from)s：%(reason)s，不算。") if len(steps) == 1 else _("%(from)s到%(to)s：%(reason)s，不算。")) % facts


def _stretch(step: Step) -> str:
    minutes = round((step.end - step.begin).total_seconds() / 60)
    facts = {"from": moment(step.begin), "to": moment(step.end), "hours": minutes // 60, "minutes": minutes % 60}
    if not facts["minutes"]:
        return _("%(from)s到%(to)s：算 %(hours)s 小时。") % facts
    return _("%(from)s到%(to)s：算 %(hours)s 小时 %(minutes)s 分。") % facts


def _date(at: datetime) -> str:
    return _("%(month)s月%(day)s日") % {"month": at.month, "day": at.day}


def _conclusion(clock: Clock) -> str:
    if clock.due_at is None:
        return _("现在停着钟，恢复以后接着算。")
    if clock.extended_to:
        return _("后来批准延期到 %(at)s。") % {"at": moment(clock.extended_to)}
    return _("所以是 %(at)s。") % {"at": moment(clock.due_at)}
