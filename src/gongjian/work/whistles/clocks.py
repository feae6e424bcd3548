"""The two clocks of a whistle, read from what happened to it and from nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from gongjian.kernel.deadlines import Due, Limit, Stop, WorkingTime
from gongjian.work.whistles.models import Escalation, Happening, Policy, Whistle

Kind = Happening.Kind
BEGINNINGS = (Kind.BLOWN, Kind.REOPENED)
Color = Whistle.Color


@dataclass(frozen=True)
class Clock:
    """One clock. `due.at` is None while it is stopped; `extended_to` replaces what the limit gave; `met_at`: in time or not."""

    name: str
    start: datetime
    limit: Limit
    due: Due
    stops: tuple[Stop, ...]
    blue_at: datetime | None
    yellow_at: datetime | None
    met_at: datetime | None = None
    extended_to: datetime | None = None

    @property
    def due_at(self) -> datetime | None:
        return self.due.at and (self.extended_to or self.due.at)

    @property
    def runs(self) -> bool:
        return self.met_at is None and self.due_at is not None

    @property
    def was_late(self) -> bool:
        return self.met_at is not None and self.due_at is not None and self.met_at > self.due_at

    def thresholds(self) -> list[tuple[Color, datetime]]:
        """When it turns to which color, in order."""
        pairs = ((Color.BLUE, self.blue_at), (Color.YELLOW, self.yellow_at), (Color.RED, self.due_at))
        return [(color, at) for color, at in pairs if at is not None]

    def color_at(self, moment: datetime) -> Color:
        if not self.runs:
            return Color.NONE
        return max((color for color, at in self.thresholds() if at <= moment), default=Color.NONE)

    def next_after(self, moment: datetime) -> datetime | None:
        return min((at for _, at in self.thresholds() if at > moment), default=None) if self.runs else None


@dataclass(frozen=True)
class Clocks:
    response: Clock
    resolution: Clock

    def both(self) -> tuple[Clock, Clock]:
        return self.response, self.resolution

    def color_at(self, moment: datetime) -> Color:
        return max(clock.color_at(moment) for clock in self.both())

    def next_after(self, moment: datetime) -> datetime | None:
        return min((at for clock in self.both() if (at := clock.next_after(moment))), default=None)


@dataclass(frozen=True)
class _Counting:
    policy: Policy
    time: WorkingTime
    stops: tuple[Stop, ...]


def read(whistle: Whistle, happenings: Iterable[Happening], policy: Policy, time: WorkingTime) -> Clocks | None:
    """None before the whistle was blown. `happenings` are all of this whistle, oldest first."""
    current = [h for h in happenings if h.round == whistle.round]
    start = next((h.at for h in current if h.kind in BEGINNINGS), None)
    if start is None:
        return None
    limits, counting = whistle.category or policy, _Counting(policy, time, stops_of(current))
    extended = next((h.detail["until"] for h in reversed(current) if h.kind == Kind.EXTENDED), None)
    until = datetime.fromisoformat(extended) if extended else None
    response, resolution = Escalation.Clock
    return Clocks(
        _clock(response, start, limits.response_limit, counting, met_at=_responded(current)),
        _clock(resolution, start, limits.resolution_limit, counting, met_at=_reported(current), extended_to=until),
    )


def stops_of(happenings: Iterable[Happening]) -> tuple[Stop, ...]:
    stops: list[Stop] = []
    for happening in happenings:
        if happening.kind == Kind.SUSPENDED:
            stops.append(Stop(happening.at))
        elif happening.kind == Kind.RESUMED and stops and stops[-1].end is None:
            stops[-1] = Stop(stops[-1].begin, happening.at)
    return tuple(stops)


def _clock(name: str, start: datetime, limit: Limit, counting: _Counting, **facts: datetime | None) -> Clock:
    """`facts`: met_at, extended_to."""
    working, stops = counting.time, counting.stops
    due = working.due(start, limit, stops)
    end = due.at and (facts.get("extended_to") or due.at)
    counted = working.measure(start, end, stops, working=limit.is_working) if end else timedelta()
    blue, yellow = (
        working.advance(start, counted * float(share), stops, working=limit.is_working) if counted else None
        for share in (counting.policy.blue_share, counting.policy.yellow_share)
    )
    return Clock(name, start, limit, due, stops, blue, yellow, **facts)


def _responded(current: list[Happening]) -> datetime | None:
    """Contact made, or somebody on site."""
    return next((h.at for h in current if h.kind == Kind.ON_SITE or (h.kind == Kind.CONTACT and h.detail.get("reached"))), None)


def _reported(current: list[Happening]) -> datetime | None:
    """The lead's report that was not refused on site afterwards."""
    at: datetime | None = None
    for happening in current:
        if happening.kind == Kind.REPORTED and happening.detail.get("part") == "lead":
            at = happening.at
        elif happening.kind == Kind.REFUSED:
            at = None
    return at
