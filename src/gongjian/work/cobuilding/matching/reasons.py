"""Why nothing fits a need: of the offers of its kind, how many fail at which limit."""

from collections import Counter
from collections.abc import Iterable

from gongjian.work.cobuilding.matching.facts import Offered, Wanted
from gongjian.work.cobuilding.matching.limits import in_reach, in_time, least

TIME, PLACE, CONDITIONS, QUANTITY, DISMISSED = "time", "place", "conditions", "quantity", "dismissed"
OTHER_THING = "other_thing"


def why_not(need: Wanted, offers: Iterable[Offered], vetoed: frozenset[tuple[int, int]] = frozenset()) -> Counter[str]:
    """For a need that nothing fits: each offer counts at the first limit it fails. Empty where nobody offers the kind."""
    alike = (offer for offer in offers if (offer.kind, offer.unit) == (need.kind, need.unit))
    return Counter(_reason(need, offer, vetoed) for offer in alike)


def _reason(need: Wanted, offer: Offered, vetoed: frozenset[tuple[int, int]]) -> str:
    if not in_time(need.window, offer.window):
        return TIME
    if not in_reach(need, offer):
        return PLACE
    if not need.conditions <= offer.conditions:
        return CONDITIONS
    if least(need, offer) > min(need.left, offer.left):
        return QUANTITY
    return DISMISSED if (need.key, offer.key) in vetoed else OTHER_THING
