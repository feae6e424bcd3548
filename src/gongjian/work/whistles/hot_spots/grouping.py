"""Which points belong together: near one another, or of one place. Near linear in their number."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians, sqrt

from gongjian.work.whistles.selectors.places import METERS_PER_DEGREE

FEW = 64
"""So few comparisons are done rather than avoided."""
Flat = tuple[float, float]
"""Meters to the east and to the north of nowhere in particular."""


@dataclass(frozen=True)
class Point:
    """What is to be grouped: `kind` must be equal; then an equal `place` binds, and so does nearness."""

    key: int
    kind: Hashable
    place: Hashable | None = None
    at: Flat | None = None


class Unions:
    """Union-find with path halving."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def find(self, one: int) -> int:
        parent = self._parent
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    def unite(self, one: int, other: int) -> None:
        self._parent[self.find(one)] = self.find(other)

    def groups(self) -> Iterable[list[int]]:
        found: defaultdict[int, list[int]] = defaultdict(list)
        for one in range(len(self._parent)):
            found[self.find(one)].append(one)
        return found.values()


def flat(latitude: float, longitude: float, *, around: float) -> Flat:
    """On a plane that touches at the latitude `around`; good for the few kilometers of an office."""
    return float(longitude) * METERS_PER_DEGREE * cos(radians(around)), float(latitude) * METERS_PER_DEGREE


def grouped(points: Sequence[Point], meters: float) -> list[list[int]]:
    """Positions in `points`, group by group. A chain binds: the ends of a group may lie further apart than `meters`."""
    unions = Unions(len(points))
    places: dict[Hashable, int] = {}
    located: defaultdict[Hashable, list[int]] = defaultdict(list)
    for position, point in enumerate(points):
        if point.place is not None:
            unions.unite(position, places.setdefault((point.kind, point.place), position))
        if point.at is not None:
            located[point.kind].append(position)
    for positions in located.values():
        _unite_near(unions, {position: points[position].at or (0.0, 0.0) for position in positions}, meters)
    return list(unions.groups())


def _unite_near(unions: Unions, at: dict[int, Flat], meters: float) -> None:
    """Cells so small that all within one are near: they are united at once, and only pairs of cells are left to compare."""
    side = meters / sqrt(2) * (1 - 1e-12)
    cells: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for position, (east, north) in at.items():
        cells[int(east // side), int(north // side)].append(position)
    for members in cells.values():
        for member in members[1:]:
            unions.unite(member, members[0])
    for one, other in _neighbors(cells):
        if unions.find(one[0]) != unions.find(other[0]) and _touch(one, other, at, meters):
            unions.unite(one[0], other[0])


_STEPS = sorted(
    ((east, north) for east in range(-2, 3) for north in range(-2, 3) if (east, north) > (0, 0)), key=lambda step: hypot(*step)
)


def _neighbors(cells: dict[tuple[int, int], list[int]]) -> Iterator[tuple[list[int], list[int]]]:
    """Nearest first: what is bound by them need not be compared any more."""
    for east, north in _STEPS:
        for (x, y), members in cells.items():
            if others := cells.get((x + east, y + north)):
                yield members, others


def _touch(one: list[int], other: list[int], at: dict[int, Flat], meters: float) -> bool:
    """Whether any two lie within `meters`; only those near the other cell's box can."""
    if len(one) * len(other) <= FEW:
        return _any_near([at[p] for p in one], [at[p] for p in other], meters)
    first, second = {at[p] for p in one}, {at[p] for p in other}
    first, second = _close_to(first, second, meters), _close_to(second, first, meters)
    return _any_near(first, second, meters)


def _any_near(first: Collection[Flat], second: Collection[Flat], meters: float) -> bool:
    return any(hypot(e - east, n - north) <= meters for e, n in first for east, north in second)


def _close_to(points: set[Flat], others: set[Flat], meters: float) -> set[Flat]:
    west, east = min(e for e, _ in others) - meters, max(e for e, _ in others) + meters
    south, north = min(n for _, n in others) - meters, max(n for _, n in others) + meters
    return {(e, n) for e, n in points if west <= e <= east and south <= n <= north}
