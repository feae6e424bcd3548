"""From points to stars: thresholds, caps on the share, vetoes."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from typing import Any, TypeVar

from gongjian.work.ratings.scoring.blueprint import Blueprint, StarLevel
from gongjian.work.ratings.scoring.computing import Score

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Short:
    """What a level asks for and somebody does not have; `dimension` empty is the total."""

    dimension: str
    asked: Decimal
    has: Decimal


@dataclass(frozen=True)
class Rank:
    """`stars` won. `held_back`: stars whose thresholds were reached, but the cap was full.

    `short`: what is missing for `next_stars`, the level above that was not reached.
    """

    stars: int
    place: int | None
    vetoed: bool = False
    held_back: int = 0
    next_stars: int = 0
    short: tuple[Short, ...] = field(default=())


def rank(blueprint: Blueprint, scores: Mapping[Key, Score]) -> dict[Key, Rank]:
    """The stars of each candidate. A veto leaves none. A cap takes equal points together or not at all."""
    places = _places(scores)
    won: dict[Key, int] = {}
    held: dict[Key, int] = {}
    for level in blueprint.levels:
        reaching = [key for key in scores if key not in won and reaches(scores[key], level)]
        free = _slots(level, len(scores)) - len(won)
        taken = _best(reaching, scores, free)
        won |= dict.fromkeys(taken, level.stars)
        for key in reaching:
            if key not in taken:
                held.setdefault(key, level.stars)
    return {key: _rank(blueprint, score, won.get(key, 0), places.get(key), held.get(key, 0)) for key, score in scores.items()}


def reaches(score: Score, level: StarLevel) -> bool:
    return not score.vetoes and not _shortfall(score, level)


def _shortfall(score: Score, level: StarLevel) -> tuple[Short, ...]:
    short = [Short("", level.total, score.total)] if score.total < level.total else []
    for dimension in score.dimensions:
        asked = level.dimensions.get(dimension.code, Decimal(0))
        if dimension.points < asked:
            short.append(Short(dimension.name, asked, dimension.points))
    return tuple(short)


def _slots(level: StarLevel, candidates: int) -> int:
    """How many may hold the level or a higher one: rounded down, so that the share is never exceeded."""
    if level.most_percent is None:
        return candidates
    return int(candidates * level.most_percent // 100)


def _best(reaching: list[Any], scores: Mapping[Any, Score], free: int) -> set[Any]:
    taken: set[Any] = set()
    by_points = sorted(reaching, key=lambda key: -scores[key].total)
    for _total, group in groupby(by_points, key=lambda key: scores[key].total):
        together = set(group)
        if len(taken) + len(together) > free:
            break
        taken |= together
    return taken


def _places(scores: Mapping[Key, Score]) -> dict[Key, int]:
    """By total points, vetoed ones left out."""
    totals = sorted((score.total for score in scores.values() if not score.vetoes), reverse=True)
    return {key: totals.index(score.total) + 1 for key, score in scores.items() if not score.vetoes}


def _rank(blueprint: Blueprint, score: Score, stars: int, place: int | None, held_back: int) -> Rank:
    above = [level for level in blueprint.levels if level.stars > max(stars, held_back)]
    following = above[-1] if above and not score.vetoes else None
    return Rank(
        stars=stars,
        place=place,
        vetoed=bool(score.vetoes),
        held_back=held_back,
        next_stars=following.stars if following else 0,
        short=_shortfall(score, following) if following else (),
    )
