"""How likely two whistles tell of the same thing: alike in words, close in place, close in time."""

import math
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from gongjian.work.whistles.words.concepts import agreement, concepts
from gongjian.work.whistles.words.terms import normal, rare_terms, similarity, terms

__all__ = ["ALIKE", "Fresh", "Known", "likeness", "rare_terms", "similarity", "terms"]

ALIKE = 0.7
"""From here on two whistles are shown to the clerk as one matter; chosen on `data/duplicates.jsonl`."""

COMMUNITY_DEPTH = 4
"""`Place.path` of a community has this many slashes: a compound or street below it says which one, the community does not."""
NEAR = 60.0
"""Meters within which two points may be one spot."""
FORGOTTEN = timedelta(days=90)
"""What was blown longer ago is another occasion, however alike."""
_BUILDING = re.compile(r"(\d+)(?:号楼|栋|幢)")


@dataclass(frozen=True)
class Telling:
    text: str
    terms: tuple[int, ...]
    place_path: str
    lat: float | None
    lon: float | None
    at: datetime


@dataclass(frozen=True)
class Fresh(Telling):
    """What somebody tells just now."""


@dataclass(frozen=True)
class Known(Telling):
    """A whistle that is there already."""

    id: int = 0


def likeness(fresh: Fresh, known: Known) -> float:
    """0 to 1: from `ALIKE` on probably the same matter at the same place in the same days."""
    nearby = _same_time(fresh.at, known.at) * _same_place(fresh, known)
    return round(nearby * _same_matter(fresh, known), 4) if nearby else 0.0


def _same_time(a: datetime, b: datetime) -> float:
    apart = abs(a - b)
    return 0.0 if apart > FORGOTTEN else math.exp(-apart / FORGOTTEN)


def _same_place(a: Telling, b: Telling) -> float:
    """Another building number or another compound rules it out; the community alone leaves it open."""
    mine, theirs = _buildings(a.text), _buildings(b.text)
    if mine and theirs and not mine & theirs:
        return 0.0
    meters = _meters(a, b)
    if meters is not None and meters > 5 * NEAR:
        return 0.0
    by_path = _path_relation(a.place_path, b.place_path)
    by_point = None if meters is None else math.exp(-((meters / NEAR) ** 2) / 2)
    known = [value for value in (by_path, by_point) if value is not None]
    return max(known) if known else 0.5


def _path_relation(a: str, b: str) -> float | None:
    if not a or not b:
        return None
    short, long = sorted((a.rstrip("/"), b.rstrip("/")), key=len)
    if short == long:
        return 1.0 if short.count("/") > COMMUNITY_DEPTH else 0.7
    if not long.startswith(short + "/"):
        return 0.0
    return 0.95 if short.count("/") > COMMUNITY_DEPTH else 0.7


def _meters(a: Telling, b: Telling) -> float | None:
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    north = (a.lat - b.lat) * 111_320
    east = (a.lon - b.lon) * 111_320 * math.cos(math.radians(a.lat))
    return math.hypot(north, east)


def _same_matter(a: Telling, b: Telling) -> float:
    """A logistic of what the wordings share, fitted on `data/duplicates.jsonl`."""
    (my_things, my_troubles), (their_things, their_troubles) = concepts(a.text), concepts(b.text)
    things, troubles = agreement(my_things, their_things), agreement(my_troubles, their_troubles)
    score = (
        -5.5
        + 2.0 * similarity(a.terms, b.terms)
        + 1.0 * _shared_pairs(a.text, b.text)
        + (2.5 if things is None else 5.0 * things)
        + (2.5 if troubles is None else 3.7 * troubles)
    )
    return 1 / (1 + math.exp(-score))


def _shared_pairs(a: str, b: str) -> float:
    """Pairs of neighboring characters in both, over the geometric mean."""
    one, other = _pairs(a), _pairs(b)
    return len(one & other) / (len(one) * len(other)) ** 0.5 if one and other else 0.0


@lru_cache(maxsize=4096)
def _pairs(text: str) -> frozenset[str]:
    plain = "".join(filter(str.isalnum, _BUILDING.sub("", normal(text))))
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1))


@lru_cache(maxsize=4096)
def _buildings(text: str) -> frozenset[str]:
    return frozenset(_BUILDING.findall(normal(text)))
