"""What is to be rostered, as plain data. Keys are the caller's own numbers; times are aware and in one time zone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple


class Pair(NamedTuple):
    """One volunteer in one shift."""

    volunteer: int
    shift: int


class Window(NamedTuple):
    start: datetime
    end: datetime


class Point(NamedTuple):
    """Degrees."""

    latitude: float
    longitude: float

    def meters_to(self, other: "Point") -> int:
        """Along the great circle."""
        here, there = radians(self.latitude), radians(other.latitude)
        across = sin(radians(other.longitude - self.longitude) / 2) ** 2
        half = sin((there - here) / 2) ** 2 + cos(here) * cos(there) * across
        return round(2 * 6_371_000 * asin(sqrt(half)))


@dataclass(frozen=True, slots=True)
class Volunteer:
    """`available` None: always. `per_week` and `most` (in all) are own limits; fairness counts in what was `served` before."""

    key: int
    skills: frozenset[str] = frozenset()
    available: tuple[Window, ...] | None = None
    engaged: tuple[Window, ...] = ()
    """Times given to something that this roster does not decide on."""
    per_week: timedelta | None = None
    most: timedelta | None = None
    served: timedelta = timedelta()
    home: Point | None = None
    reach: int | None = None
    """Meters; nobody is sent farther from home than they said."""
    wishes: frozenset[int] = frozenset()
    """Shifts this person would like."""
    avoids: frozenset[int] = frozenset()
    """Shifts this person would rather not have."""
    friends: frozenset[int] = frozenset()
    """Volunteers this person would like to serve with."""


@dataclass(frozen=True, slots=True)
class Shift:
    """Needs at least `minimum` people and takes at most `maximum`; each of them has all `skills`.

    `some` says of how many at least a further skill is asked: {"first-aid": 1}.
    """

    key: int
    start: datetime
    end: datetime
    minimum: int
    maximum: int
    skills: frozenset[str] = frozenset()
    some: Mapping[str, int] = field(default_factory=dict)
    at: Point | None = None

    @property
    def minutes(self) -> int:
        return int((self.end - self.start).total_seconds()) // 60


@dataclass(frozen=True, slots=True)
class Rules:
    """Between two shifts of a person lies `rest`; a shift belongs to the day and the ISO week in which it begins."""

    rest: timedelta = timedelta(hours=8)
    per_day: timedelta | None = timedelta(hours=8)
    per_week: timedelta | None = timedelta(hours=40)
    in_all: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Weights:
    """What one thing is worth against another. An empty seat outweighs every preference of one person."""

    seat: int = 20_000
    skill: int = 12_000
    load: int = 10
    """For each hour, times how many shifts the person already carries."""
    wish: int = 60
    friend: int = 25
    kilometer: int = 6
    keep: int = 150
    """For each assignment of the roster before that stays."""


@dataclass(frozen=True)
class Case:
    """`locked` assignments are kept whatever they break; `barred` ones are never made."""

    volunteers: tuple[Volunteer, ...]
    shifts: tuple[Shift, ...]
    rules: Rules = Rules()
    locked: frozenset[Pair] = frozenset()
    barred: frozenset[Pair] = frozenset()
    weights: Weights = Weights()

    @cached_property
    def volunteer(self) -> dict[int, Volunteer]:
        return {one.key: one for one in self.volunteers}

    @cached_property
    def shift(self) -> dict[int, Shift]:
        return {one.key: one for one in self.shifts}

    def meters(self, pair: Pair) -> int | None:
        """None where one of the two places is unknown."""
        home, at = self.volunteer[pair.volunteer].home, self.shift[pair.shift].at
        if home is None or at is None:
            return None
        if (home, at) not in self._meters:
            self._meters[home, at] = home.meters_to(at)
        return self._meters[home, at]

    @cached_property
    def _meters(self) -> dict[tuple[Point, Point], int]:
        return {}

    @cached_property
    def friends(self) -> list[tuple[int, int]]:
        """Each pair once; who names a friend need not be named back."""
        named = {tuple(sorted((one.key, friend))) for one in self.volunteers for friend in one.friends if friend != one.key}
        return sorted((low, high) for low, high in named if low in self.volunteer and high in self.volunteer)
