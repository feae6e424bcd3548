"""How soon: a deadline as one says it, and how urgent it looks."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import ClassVar

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

_INSTANT = timedelta(microseconds=1)
"""Midnight belongs to the day that it ends."""


@dataclass(frozen=True)
class Due:
    """`kind` is one of KINDS, most urgent first; `words` is for the badge."""

    kind: str
    words: str

    KINDS: ClassVar[tuple[str, ...]] = ("late", "today", "week", "later")

    @property
    def badge(self) -> str:
        return {"late": "late", "today": "soon", "week": "later", "later": "plain"}[self.kind]


def due(moment: datetime | None, now: datetime) -> Due:
    """The deadline `moment` seen from `now`, in the office's time zone; None is whenever."""
    if moment is None:
        return Due("later", _("不限时"))
    if moment < now:
        return Due("late", _how_late(moment, now))
    there, here = timezone.localtime(moment - _INSTANT), timezone.localtime(now)
    days = (there.date() - here.date()).days
    if days == 0:
        return Due("today", _("%(time)s 到点") % {"time": _time_of(moment)})
    if days == 1:
        return Due("week", _("明天"))
    if days < 7:
        return Due("week", date_format(there, "D"))
    return Due("later", date_format(there, "MONTH_DAY_FORMAT"))


def _time_of(moment: datetime) -> str:
    there = timezone.localtime(moment)
    return "24:00" if there.time() == time.min else f"{there:%H:%M}"


def _how_late(moment: datetime, now: datetime) -> str:
    hours = max(1, int((now - moment).total_seconds() // 3600))
    if hours < 24:
        return ngettext("逾期 %(n)d 小时", "逾期 %(n)d 小时", hours) % {"n": hours}
    return ngettext("逾期 %(n)d 天", "逾期 %(n)d 天", hours // 24) % {"n": hours // 24}
