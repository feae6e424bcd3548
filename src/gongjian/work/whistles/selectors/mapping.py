"""What a map shows: the office's own places as a plain base, and whistles as points."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from gongjian.registry.models import Place
from gongjian.work.whistles.models import Whistle
from gongjian.work.whistles.selectors.places import TOLD
from gongjian.work.whistles.selectors.policies import policy
from gongjian.work.whistles.selectors.selection import NEWEST
from gongjian.work.whistles.told import told_due


def landmarks() -> list[dict[str, Any]]:
    """Places with coordinates, for labels and for finding the nearest; JSON. The office's center where no place has any."""
    known = Place.objects.filter(level__in=TOLD, latitude__isnull=False, longitude__isnull=False)
    found = [_landmark(place) for place in known]
    rules = policy()
    if not found and rules.center_latitude is not None and rules.center_longitude is not None:
        center = {"latitude": float(rules.center_latitude), "longitude": float(rules.center_longitude)}
        return [{"id": None, "name": rules.office.short_name, "community": True, **center}]
    return found


def _landmark(place: Place) -> dict[str, Any]:
    return {
        "id": place.pk,
        "name": place.name,
        "community": place.level == Place.Level.COMMUNITY,
        "latitude": float(place.latitude or 0),
        "longitude": float(place.longitude or 0),
    }


def points(found: QuerySet[Whistle], *, most: int = 500) -> dict[str, Any]:
    """GeoJSON (RFC 7946) of the newest that can be placed; where no point was given, that of the place."""
    somewhere = Q(latitude__isnull=False) | Q(place__latitude__isnull=False)
    rows = found.filter(somewhere).order_by(*NEWEST)[:most]
    return {"type": "FeatureCollection", "features": [_feature(whistle) for whistle in rows]}


def _feature(whistle: Whistle) -> dict[str, Any]:
    known = whistle if whistle.latitude is not None else whistle.place
    assert known is not None
    where = [float(known.longitude or 0), float(known.latitude or 0)]
    told = told_due(whistle)
    return {
        "type": "Feature",
        "id": whistle.pk,
        "geometry": {"type": "Point", "coordinates": where},
        "properties": {
            "number": whistle.number,
            "text": whistle.text[:60],
            "due": told.words,
            "color": whistle.color,
            "url": reverse("whistles:whistle", args=[whistle.pk]),
        },
    }
