"""Telling of a clock that reached a color; each color of a due date once."""

from gongjian.kernel import clock
from gongjian.work.whistles.clocks import Clock, Clocks
from gongjian.work.whistles.models import Escalation, Happening, Whistle
from gongjian.work.whistles.services.noting import note
from gongjian.work.whistles.services.telling import tell_leaders, tell_office, tell_organization

Color = Whistle.Color


def warn(whistle: Whistle, read: Clocks) -> None:
    """The unique key of `Escalation` is what makes two workers warn once."""
    for clock_ in read.both():
        _warn(whistle, clock_)


def _warn(whistle: Whistle, read: Clock) -> None:
    """One row for each color that was reached, one message for the worst of the new ones."""
    now, due_at = clock.now(), read.due_at
    if not read.runs or due_at is None:
        return
    fresh = [
        color
        for color, at in read.thresholds()
        if at <= now
        and Escalation.objects.get_or_create(
            whistle=whistle, clock=read.name, color=color, due_at=due_at, defaults={"at": now}
        )[1]
    ]
    if fresh:
        worst = max(fresh)
        words = f"{Escalation.Clock(read.name).label}：{worst.label}"
        note(None, whistle, Happening.Kind.ESCALATED, words=words, clock=read.name, color=int(worst))
        _tell(whistle, worst)


def _tell(whistle: Whistle, color: Color) -> None:
    kind = f"whistles.{color.name.lower()}"
    if whistle.lead is not None:
        tell_organization(whistle, whistle.lead, kind, urgent=color == Color.RED)
    if color >= Color.YELLOW or whistle.lead is None:
        tell_office(whistle, kind)
    if color == Color.RED:
        tell_leaders(whistle, kind)
