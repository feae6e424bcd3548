"""Open whistles that tell of the same thing: alike in words, close in place, close in time."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from heapq import nlargest
from itertools import accumulate

from django.db import connection

from gongjian.kernel import clock
from gongjian.registry.models import Place
from gongjian.work.whistles.models import OPEN_STATES, Whistle
from gongjian.work.whistles.words.similarity import ALIKE, Fresh, Known, likeness
from gongjian.work.whistles.words.terms import rare_terms, similarity, terms

RECENT = timedelta(days=90)
MOST_READ = 200
MOST_COMPARED = 24
"""Reading what a text is about takes longer than counting the terms that it shares."""
RAREST = 8
"""Terms of the text to look for. Its common ones would bring half of the register."""
SURELY = 4
MOST_EXPECTED = 800
"""Whistles that all terms looked for may bring, beyond the first `SURELY`: each is read before the newest are chosen."""
SHOWN_FROM = ALIKE * 0.65
"""Somebody who types is shown more than is surely the same; they decide."""
KEPT_SECONDS = 600
UNTOLD = ("reporter_name", "reporter_phone", "reporter_email")
"""Encrypted, and nobody is shown them here."""
_COLUMNS = ("pk", "text", "terms", "place__path", "latitude", "longitude", "blown_at")

_FREQUENCIES = """
SELECT term, share
FROM pg_stats, unnest(most_common_elems::text::int[], most_common_elem_freqs) AS common (term, share)
WHERE schemaname = current_schema() AND tablename = 'whistles_whistle' AND attname = 'terms' AND term IS NOT NULL
"""
"""What PostgreSQL knows of the column anyway: a term that is not listed is rare."""


def similar_open(
    text: str,
    place: Place | None,
    latitude: Decimal | float | None = None,
    longitude: Decimal | float | None = None,
    *,
    besides: int | None = None,
    most: int = 3,
) -> list[Whistle]:
    """Most alike first; over the whole office, since neighbors do not agree on where a community ends."""
    told = tuple(terms(text))
    rarest = telling_terms(told, frequencies())
    if not rarest:
        return []
    fresh = Fresh(text, told, place.path if place else "", _number(latitude), _number(longitude), clock.now())
    shares = {known.id: likeness(fresh, known) for known in _closest(told, _candidates(rarest, besides))}
    alike = sorted((key for key, share in shares.items() if share >= SHOWN_FROM), key=lambda key: (-shares[key], -key))[:most]
    found = Whistle.objects.select_related("category", "place", "community", "lead").defer(*UNTOLD).in_bulk(alike)
    return [found[key] for key in alike]


@dataclass(frozen=True)
class Frequencies:
    """Share of whistles that have each common term, and how many whistles are open."""

    shares: dict[int, float]
    open: int


def telling_terms(told: Sequence[int], known: Frequencies) -> list[int]:
    """The rarest terms: as many as together bring few whistles, so that a large register is no slower to look through."""
    rarest = rare_terms(told, known.shares, RAREST)
    brought = accumulate(known.open * known.shares.get(term, 0.0) for term in rarest)
    return [
        term for place, (term, rows) in enumerate(zip(rarest, brought, strict=True)) if place < SURELY or rows <= MOST_EXPECTED
    ]


def _candidates(rarest: list[int], besides: int | None) -> list[Known]:
    """By the partial index over open whistles, so that a register of a million costs no more than what is open."""
    open_ones = Whistle.objects.filter(state__in=OPEN_STATES, terms__overlap=rarest, blown_at__gte=clock.now() - RECENT)
    rows = open_ones.exclude(pk=besides or 0).order_by("-blown_at").values_list(*_COLUMNS)[:MOST_READ]
    return [
        Known(text, tuple(words), path or "", _number(latitude), _number(longitude), at, key)
        for key, text, words, path, latitude, longitude, at in rows
    ]


def _closest(told: tuple[int, ...], candidates: list[Known]) -> list[Known]:
    return nlargest(MOST_COMPARED, candidates, key=lambda known: similarity(told, known.terms))


def _number(value: Decimal | float | None) -> float | None:
    return None if value is None else float(value)


_kept: tuple[float, Frequencies] = (-KEPT_SECONDS, Frequencies({}, 0))


def frequencies() -> Frequencies:
    """At most ten minutes old."""
    global _kept  # noqa: PLW0603
    if time.monotonic() - _kept[0] > KEPT_SECONDS:
        with connection.cursor() as cursor:
            cursor.execute(_FREQUENCIES)
            shares = dict(cursor.fetchall())
        _kept = time.monotonic(), Frequencies(shares, Whistle.objects.filter(state__in=OPEN_STATES).count())
    return _kept[1]
