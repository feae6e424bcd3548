"""The open needs and offers as the plain facts that matching works on."""

from datetime import time
from decimal import Decimal

from django.db.models import Count, Q

from gongjian.registry.models import Place
from gongjian.work.cobuilding.matching.facts import Offered, Record, Task, Wanted, Weights, Window
from gongjian.work.cobuilding.models import Claim, Dismissal, Listing, MatchingRun, Need, Offer, State
from gongjian.work.cobuilding.models.claims import RECEIVED
from gongjian.work.cobuilding.selectors.listings import needs, offers

HUNDREDTHS = 100
COMMUNITY_DEPTH = 4
"""`Place.path` of a community has this many slashes."""


def task_of(run: MatchingRun) -> Task:
    """Constant number of queries."""
    communities = {place.path: place for place in Place.objects.filter(level=Place.Level.COMMUNITY)}
    return Task(
        needs=[_wanted(need, communities) for need in needs()],
        offers=[_offered(offer, communities) for offer in offers()],
        records=records(),
        weights=Weights(run.words, run.nearness, run.record, run.fairness),
        vetoed=frozenset(Dismissal.objects.values_list("need", "offer")) | _proposed(),
    )


def records() -> dict[int, Record]:
    """How each organization's claims ended. A claim kept and well rated counts double."""
    found = Claim.objects.values("organization").annotate(
        kept=Count("pk", filter=Q(state__in=RECEIVED)),
        lost=Count("pk", filter=Q(state=State.LAPSED, giver_agreed=True, beneficiary_agreed=True)),
        liked=Count("pk", filter=Q(satisfaction="satisfied")),
        passable=Count("pk", filter=Q(satisfaction="basically")),
    )
    return {row["organization"]: Record(row["kept"], row["lost"], row["liked"] + Decimal(row["passable"]) / 2) for row in found}


def _proposed() -> frozenset[tuple[int, int]]:
    """What is being talked about already need not be suggested."""
    live = Claim.objects.filter(state=State.PROPOSED, need__isnull=False, offer__isnull=False)
    return frozenset(live.values_list("need", "offer"))


def _wanted(need: Need, communities: dict[str, Place]) -> Wanted:
    path = _community_path(need.place)
    return Wanted(
        need.pk,
        need.kind,
        need.unit,
        _hundredths(need.left.value),
        _hundredths(need.at_least or Decimal(0)),
        _window(need),
        frozenset(need.conditions),
        need.title,
        path,
        _point(need.place, communities.get(path)),
        need.farthest_meters,
    )


def _offered(offer: Offer, communities: dict[str, Place]) -> Offered:
    path = _community_path(offer.place) if offer.place else None
    return Offered(
        offer.pk,
        offer.organization_id,
        offer.kind,
        offer.unit,
        _hundredths(offer.left.value),
        _hundredths(offer.at_least or Decimal(0)),
        _window(offer),
        frozenset(offer.conditions),
        offer.title,
        path,
        _point(offer.place, communities.get(path or "")) if offer.place else None,
        offer.reach == Offer.Reach.COMMUNITY,
    )


def _window(listing: Listing) -> Window:
    minutes = None
    if listing.hours_from is not None and listing.hours_to is not None:
        minutes = (_minutes(listing.hours_from), _minutes(listing.hours_to))
    until = listing.until_day.toordinal() if listing.until_day else None
    return Window(listing.from_day.toordinal(), until, frozenset(listing.weekdays), minutes)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _community_path(place: Place) -> str:
    return "/".join(place.path.split("/")[: COMMUNITY_DEPTH + 1])


def _point(place: Place, community: Place | None) -> tuple[float, float] | None:
    """Where the place lies, or else its community."""
    for one in (place, community):
        if one is not None and one.latitude is not None and one.longitude is not None:
            return float(one.latitude), float(one.longitude)
    return None


def _hundredths(quantity: Decimal) -> int:
    return int(quantity * HUNDREDTHS)
