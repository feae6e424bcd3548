"""How soon a whistle is due, as one glance takes it in: words, an icon and a color that say the same."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.due import due
from gongjian.work.whistles.clocks import Clock, Clocks
from gongjian.work.whistles.models import Escalation, Whistle
from gongjian.work.whistles.reasons import moment, why

Color = Whistle.Color
BADGES = {Color.NONE: "plain", Color.BLUE: "later", Color.YELLOW: "soon", Color.RED: "late"}
ICONS = {Color.NONE: "clock", Color.BLUE: "bell", Color.YELLOW: "alert-triangle", Color.RED: "flame"}


@dataclass(frozen=True)
class Told:
    """`badge` and `icon` are those of `<c-badge>`."""

    words: str
    badge: str
    icon: str


@dataclass(frozen=True)
class ToldClock:
    """One clock for the page: `why` line by line."""

    label: str
    at: str
    told: Told
    why: list[str]


def told_due(whistle: Whistle) -> Told:
    """The clock that is due next, from what is stored with the whistle."""
    if not whistle.is_open:
        return Told(str(whistle.get_state_display()), "done" if whistle.state == "closed" else "plain", "circle-check")
    if whistle.suspended:
        return Told(_("停着钟"), "plain", "player-pause")
    if whistle.reported_at:
        return Told(_("已反馈"), "done", "check")
    color = Color(whistle.color)
    return Told(_next(whistle), BADGES[color], ICONS[color])


def _next(whistle: Whistle) -> str:
    waits = whistle.responded_at is None and whistle.response_due_at is not None
    at = whistle.response_due_at if waits else whistle.resolution_due_at
    if at is not None and at < clock.now():
        return (_("响应%(late)s") if waits else _("办结%(late)s")) % {"late": _soon(at)}
    return (_("响应 %(due)s") if waits else _("办结 %(due)s")) % {"due": _soon(at)}


def _soon(at: datetime | None) -> str:
    return due(at, clock.now()).words


def told_clocks(read: Clocks | None) -> list[ToldClock]:
    return [_told_clock(one) for one in read.both()] if read else []


def _told_clock(read: Clock) -> ToldClock:
    at = moment(read.due_at) if read.due_at else _("停着钟")
    return ToldClock(str(Escalation.Clock(read.name).label), at, _state_of(read), why(read))


def _state_of(read: Clock) -> Told:
    if read.met_at:
        if read.was_late:
            return Told(_("%(at)s 办到，晚了") % {"at": moment(read.met_at)}, "late", "flame")
        return Told(_("%(at)s 办到") % {"at": moment(read.met_at)}, "done", "check")
    if read.due_at is None:
        return Told(_("停着钟"), "plain", "player-pause")
    color = read.color_at(clock.now())
    return Told(_soon(read.due_at), BADGES[color], ICONS[color])
