"""The hard limits: what cannot be put together at all."""

import math

from gongjian.work.cobuilding.matching.facts import Offered, Wanted, Window

CALLED = frozenset({"people", "goods", "service"})
"""What these are, only their names say: chairs are no computers, while a room is a room."""
LEAST_ALIKE = 0.06
"""Of 1, by `words.Likeness`."""
SHORTEST = 30
"""Minutes that two daily windows must have in common."""


def fits(need: Wanted, offer: Offered) -> bool:
    """Kind and unit are the same already."""
    return (
        need.conditions <= offer.conditions
        and least(need, offer) <= min(need.left, offer.left)
        and in_time(need.window, offer.window)
        and in_reach(need, offer)
    )


def same_thing(need: Wanted, likeness: float) -> bool:
    """Whether the names have anything in common, where it takes names to tell."""
    return need.kind not in CALLED or likeness >= LEAST_ALIKE


def least(need: Wanted, offer: Offered) -> int:
    """The smallest part that both find worth the effort; what is left may be less."""
    return max(min(need.at_least, need.left), min(offer.at_least, offer.left), 1)


def in_time(a: Window, b: Window) -> bool:
    if (a.until is not None and a.until < b.since) or (b.until is not None and b.until < a.since):
        return False
    if a.weekdays and b.weekdays and a.weekdays.isdisjoint(b.weekdays):
        return False
    if a.minutes is None or b.minutes is None:
        return True
    return min(a.minutes[1], b.minutes[1]) - max(a.minutes[0], b.minutes[0]) >= SHORTEST


def in_reach(need: Wanted, offer: Offered) -> bool:
    if offer.only_own_community and offer.community != need.community:
        return False
    if need.farthest_meters is None or offer.community is None or offer.community == need.community:
        return True
    meters = distance(need, offer)
    return meters is None or meters <= need.farthest_meters


def distance(need: Wanted, offer: Offered) -> float | None:
    """Meters as the crow flies; None where one of the two is nowhere. Good to a few meters within a city."""
    if need.point is None or offer.point is None:
        return None
    (a_lat, a_lon), (b_lat, b_lon) = need.point, offer.point
    north = math.radians(a_lat - b_lat)
    east = math.radians(a_lon - b_lon) * math.cos(math.radians((a_lat + b_lat) / 2))
    return math.hypot(north, east) * 6_371_000
