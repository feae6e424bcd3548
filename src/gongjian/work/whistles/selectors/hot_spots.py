"""Hot spots (热点): several whistles of one minor class in one compound, or near one another, within some days."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from gongjian.kernel import clock
from gongjian.registry.models import Place
from gongjian.work.whistles.hot_spots.grouping import Flat, Point, flat, grouped
from gongjian.work.whistles.hot_spots.words import binding_words, frequencies, words_in
from gongjian.work.whistles.models import Category, Policy, Whistle
from gongjian.work.whistles.selectors.operations import NOT_OURS

BACKGROUND = 4000
"""So many texts, evenly taken, say how people usually write."""
LISTENED = 200
"""So many texts of one hot spot say what it is about."""
Level = Place.Level
_COLUMNS = ("pk", "category_id", "place_id", "community_id", "latitude", "longitude", "voices", "blown_at")


@dataclass(frozen=True)
class HotSpot:
    """`place` is the compound, or the community of all of them, or None; `across` in meters, None without coordinates.

    `weight` is whistles and voices together, the order of hot spots.
    """

    category: Category
    place: Place | None
    whistles: Sequence[int]
    voices: int
    first: Any
    last: Any
    across: int | None
    words: Sequence[str] = ()

    @property
    def count(self) -> int:
        return len(self.whistles)

    @property
    def weight(self) -> int:
        return self.count + self.voices


def hot_spots(policy: Policy, *, most: int = 50) -> list[HotSpot]:
    """Of the last `policy.hot_spot_days`, heaviest first. Four queries, however many whistles there are."""
    since = clock.now() - timedelta(days=policy.hot_spot_days)
    window = Whistle.objects.filter(blown_at__gte=since, category__isnull=False).exclude(state__in=NOT_OURS)
    rows: list[Any] = list(window.order_by("pk").values_list(*_COLUMNS, named=True))
    places = {place.pk: place for place in Place.objects.all()}
    spots_of = _spots(places)
    points = _points(rows, spots_of)
    found = [group for group in grouped(points, policy.hot_spot_meters) if len(group) >= policy.hot_spot_least]
    found.sort(key=lambda group: (-len(group) - sum(rows[p].voices for p in group), rows[group[0]].pk))
    categories = Category.objects.in_bulk({rows[group[0]].category_id for group in found[:most]})
    shown = [_spot([(rows[p], points[p]) for p in group], categories, places) for group in found[:most]]
    return _with_words(shown, [row.pk for row in rows])


def _spots(places: dict[int, Place]) -> dict[int, int]:
    """The compound or street that a place is or lies in; communities and above bind nothing."""
    own = {pk: pk for pk, place in places.items() if place.level in (Level.COMPOUND, Level.STREET, Level.BUILDING)}
    for pk, place in places.items():
        if place.level == Level.BUILDING and place.parent_id in own:
            own[pk] = place.parent_id
    return own


def _points(rows: Sequence[Any], spots_of: dict[int, int]) -> list[Point]:
    around = next((float(row.latitude) for row in rows if row.latitude is not None), 0.0)
    return [Point(row.pk, row.category_id, spots_of.get(row.place_id), _at(row, around)) for row in rows]


def _at(row: Any, around: float) -> Flat | None:
    return None if row.latitude is None else flat(row.latitude, row.longitude, around=around)


def _spot(members: Sequence[tuple[Any, Point]], categories: dict[int, Category], places: dict[int, Place]) -> HotSpot:
    rows = [row for row, _point in members]
    return HotSpot(
        category=categories[rows[0].category_id],
        place=_common([point.place for _row, point in members], places) or _common([r.community_id for r in rows], places),
        whistles=[row.pk for row in rows],
        voices=sum(row.voices for row in rows),
        first=min(row.blown_at for row in rows),
        last=max(row.blown_at for row in rows),
        across=_across([point.at for _row, point in members if point.at]),
    )


def _common(keys: Iterable[Any], places: dict[int, Place]) -> Place | None:
    different = set(keys)
    return places.get(different.pop()) if len(different) == 1 else None


def _across(at: Sequence[Flat]) -> int | None:
    if not at:
        return None
    spans = [float(max(axis) - min(axis)) for axis in zip(*at, strict=True)]
    return round(max(spans))


def _with_words(spots: list[HotSpot], window: Sequence[int]) -> list[HotSpot]:
    """Each held against an even sample of the rest of the window."""
    if not spots:
        return []
    sample = set(window[:: len(window) // BACKGROUND + 1])
    wanted = sample.union(*(spot.whistles[-LISTENED:] for spot in spots))
    texts = dict(Whistle.objects.filter(pk__in=wanted).values_list("pk", "text"))
    said = {pk: words_in(texts[pk]) for pk in wanted}
    usual = frequencies(said[pk] for pk in sample)
    return [replace(spot, words=_words(spot, said, usual, sample)) for spot in spots]


def _words(spot: HotSpot, said: dict[int, set[str]], usual: Counter[str], sample: set[int]) -> list[str]:
    own = sample.intersection(spot.whistles)
    rest, place = usual - frequencies(said[pk] for pk in own), spot.place.name if spot.place else ""
    here = [{word for word in said[pk] if word not in place} for pk in spot.whistles[-LISTENED:]]
    return binding_words(here, rest, len(sample) - len(own))
