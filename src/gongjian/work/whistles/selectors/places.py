"""Where a whistle belongs."""

from decimal import Decimal
from math import cos, hypot, radians

from gongjian.registry.models import Place
from gongjian.work.whistles.models import Policy

METERS_PER_DEGREE = 111_320


def community_of(place: Place | None) -> Place | None:
    """The community that `place` is or lies in."""
    if place is None or place.level == Place.Level.COMMUNITY:
        return place
    codes = place.path.split("/")
    paths = ["/".join(codes[:n]) for n in range(1, len(codes))]
    return Place.objects.filter(level=Place.Level.COMMUNITY, path__in=paths).first()


def meters(
    latitude: Decimal | float, longitude: Decimal | float, to_latitude: Decimal | float, to_longitude: Decimal | float
) -> float:
    """Between two points of one city; the curve of the earth does not matter there."""
    north = (float(to_latitude) - float(latitude)) * METERS_PER_DEGREE
    east = (float(to_longitude) - float(longitude)) * METERS_PER_DEGREE * cos(radians(float(latitude)))
    return hypot(north, east)


def is_outside(policy: Policy, latitude: Decimal | None, longitude: Decimal | None) -> bool:
    """False where the office has not said where it lies."""
    if latitude is None or longitude is None or policy.center_latitude is None or policy.center_longitude is None:
        return False
    return meters(latitude, longitude, policy.center_latitude, policy.center_longitude) > policy.radius_meters
