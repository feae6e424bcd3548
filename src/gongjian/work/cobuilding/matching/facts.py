"""The facts that matching works on, and what it says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Window:
    """Days as ordinals, `until` None without end; `weekdays` empty for any; minutes of the day, None for all day."""

    since: int
    until: int | None = None
    weekdays: frozenset[int] = frozenset()
    minutes: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A need. `left` and `at_least` in hundredths of its unit; `community` is a place's path; `point` in degrees."""

    key: int
    kind: str
    unit: str
    left: int
    at_least: int
    window: Window
    conditions: frozenset[str]
    name: str
    community: str
    point: tuple[float, float] | None = None
    farthest_meters: int | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer. `community` and `point` None where the means come to wherever they are needed."""

    key: int
    organization: int
    kind: str
    unit: str
    left: int
    at_least: int
    window: Window
    conditions: frozenset[str]
    name: str
    community: str | None = None
    point: tuple[float, float] | None = None
    only_own_community: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """What an organization's claims came to."""

    kept: int = 0
    lapsed: int = 0
    satisfied: Decimal = Decimal(0)

    @property
    def share(self) -> float:
        """0 to 1; one half for a newcomer, and slow to move from there."""
        return float((1 + self.kept + self.satisfied) / (2 + 2 * self.kept + self.lapsed))


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each thing counts, in any proportion. `fairness` is what each further part for one organization costs."""

    words: int = 40
    nearness: int = 30
    record: int = 30
    fairness: int = 20


@dataclass(frozen=True, slots=True)
class Pair:
    """What may be put together: between `least` and `most` hundredths. `score` 0 to 1000, made of the three parts 0 to 1000."""

    need: int
    offer: int
    organization: int
    least: int
    most: int
    score: int
    words: int
    nearness: int
    record: int
    meters: int | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    pair: Pair
    quantity: int


@dataclass(frozen=True)
class Task:
    needs: list[Wanted]
    offers: list[Offered]
    records: Mapping[int, Record] = field(default_factory=dict)
    weights: Weights = Weights()
    vetoed: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True)
class Plan:
    """`total` is what was reached, `bound` what could at most be; `gap` between them is proven. `pairs`: all that would fit.

    `fitting` counts, for each need, the offers that pass the hard limits: none is another matter than too few.
    """

    chosen: list[Chosen]
    total: int
    bound: int
    greedy_total: int
    pairs: int
    fitting: Mapping[int, int]

    @property
    def gap(self) -> float:
        return max(0.0, (self.bound - self.total) / self.bound) if self.bound > 0 else 0.0
