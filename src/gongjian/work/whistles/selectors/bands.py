"""How often a community whistles for others, against the office's band; and what both sides say of each other."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from gongjian.registry.models import Organization
from gongjian.work.whistles.cycles import Cycle
from gongjian.work.whistles.models import Dispatch, Policy, Rating
from gongjian.work.whistles.models.whistles import Satisfaction
from gongjian.work.whistles.rates import Share
from gongjian.work.whistles.selectors.operations import accepted_in

Side = Rating.Side


@dataclass(frozen=True)
class Said:
    """How many ratings of each kind."""

    satisfied: int = 0
    basically: int = 0
    dissatisfied: int = 0

    @property
    def count(self) -> int:
        return self.satisfied + self.basically + self.dissatisfied


@dataclass(frozen=True)
class Band:
    """`position` is low, within, high, or empty where nothing was whistled. `heard` of the community, `given` by it."""

    key: int
    label: str
    rate: Share
    position: str
    heard: Said
    given: Said


def bands(cycle: Cycle, policy: Policy) -> Sequence[Band]:
    """The whistle rate: dispatched (and not recalled) to others than the own committee, of all that were taken on."""
    own = Q(organization__kind=Organization.Kind.COMMITTEE, organization__community=OuterRef("community"))
    others = Dispatch.objects.filter(whistle=OuterRef("pk")).exclude(state=Dispatch.State.RECALLED).exclude(own)
    rows = accepted_in(cycle).filter(community__isnull=False).annotate(called=Exists(others))
    counted = rows.values("community", "community__name").annotate(all=Count("pk"), sent=Count("pk", filter=Q(called=True)))
    said = _said(cycle)
    return [
        _band(row, policy, said[row["community"], Side.ORGANIZATION], said[row["community"], Side.COMMUNITY])
        for row in counted.order_by("community__name")
    ]


def _band(row: Mapping[str, Any], policy: Policy, heard: Said, given: Said) -> Band:
    rate = Share(Fraction(row["sent"]), row["all"])
    return Band(row["community"], row["community__name"], rate, _position(rate, policy), heard, given)


def _position(rate: Share, policy: Policy) -> str:
    if rate.value is None:
        return ""
    if rate.value < Fraction(policy.whistle_rate_low):
        return "low"
    return "high" if rate.value > Fraction(policy.whistle_rate_high) else "within"


def _said(cycle: Cycle) -> "defaultdict[tuple[int, str], Said]":
    inside = Q(whistle__blown_at__gte=cycle.begin, whistle__blown_at__lt=cycle.end)
    rows = Rating.objects.filter(inside, side__in=(Side.ORGANIZATION, Side.COMMUNITY)).values("community", "side")
    counted = rows.annotate(**{kind: Count("pk", filter=Q(satisfaction=kind)) for kind in Satisfaction.values}).order_by()
    found: defaultdict[tuple[int, str], Said] = defaultdict(Said)
    for row in counted:
        found[row["community"], row["side"]] = Said(*(row[kind] for kind in Satisfaction.values))
    return found
