"""Open whistles that seem to tell of the same thing."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from gongjian.kernel import clock
from gongjian.registry.models import Place
from gongjian.work.whistles.models import OPEN_STATES, Whistle
from gongjian.work.whistles.selectors.places import community_of

RECENT = timedelta(days=60)
MOST_READ = 200
LEAST_ALIKE = 0.3
"""The share of neighboring pairs of characters that the shorter text has in common with the other."""


def similar_open(
    text: str,
    place: Place | None,
    latitude: Decimal | float | None = None,
    longitude: Decimal | float | None = None,
    *,
    besides: int | None = None,
    most: int = 3,
) -> list[Whistle]:
    """In the same community, most alike first; over the whole office where the place is not known."""
    wanted = _pairs(text)
    if len(wanted) < 3:
        return []
    likeness = {whistle: _likeness(wanted, whistle.text) for whistle in _recent(place, besides)}
    alike = [whistle for whistle, share in likeness.items() if share >= LEAST_ALIKE]
    return sorted(alike, key=lambda whistle: (-likeness[whistle], -whistle.pk))[:most]


def _recent(place: Place | None, besides: int | None) -> list[Whistle]:
    conditions: dict[str, Any] = {"state__in": OPEN_STATES, "received_at__gte": clock.now() - RECENT}
    if community := community_of(place):
        conditions["community"] = community
    found = (
        Whistle.objects.filter(**conditions).exclude(pk=besides or 0).select_related("category", "place", "community", "lead")
    )
    return list(found.order_by("-received_at", "-pk")[:MOST_READ])


def _pairs(text: str) -> set[str]:
    signs = "".join(character for character in text if character.isalnum())
    return {signs[at : at + 2] for at in range(len(signs) - 1)}


def _likeness(wanted: set[str], text: str) -> float:
    other = _pairs(text)
    return len(wanted & other) / max(1, min(len(wanted), len(other)))
