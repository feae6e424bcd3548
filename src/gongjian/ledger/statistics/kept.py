"""Sums over the ledger by who, what, when and where. They read the kept tallies, so they cost the same at any size."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Max, Q, QuerySet, Sum
from django.db.models.functions import ExtractYear

from gongjian.ledger.models import BroadTally, CurrentBroadTally, CurrentTally
from gongjian.ledger.selectors.reach import Reach
from gongjian.registry.models import Place

DIMENSIONS = {
    "unit": "kind__unit",
    "organization": "organization__name",
    "kind": "kind",
    "category": "kind__category",
    "month": "month",
    "year": "year",
    "place": "place__name",
    "level": "level",
}


@dataclass(frozen=True)
class Slice:
    """Which deeds: None or empty means all. `since` and `until` count by whole months."""

    organization: int | None = None
    kind: str = ""
    category: str = ""
    place: Place | None = None
    since: date | None = None
    until: date | None = None
    level: int | None = None
    min_level: int = 0
    public_only: bool = False
    organizations: tuple[int, ...] | None = None
    """Restricts to these; an empty tuple means none."""
    reach: Reach | None = None
    """Restricts to what somebody may see; None means no restriction beyond the others."""

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))


GRAINS = {
    BroadTally.Grain.OFFICE: {"month", "year", "kind", "level", "approximation", "quantity"},
    BroadTally.Grain.DOERS: {"month", "year", "organization", "place"},
    BroadTally.Grain.YEAR: {"year", "kind", "organization", "place", "level", "approximation", "quantity"},
}
"""What each grain keeps apart, that with fewest rows first."""
_COLUMN_OF = {"unit": "kind", "category": "kind"}


def tallies(wanted: Slice, *columns: str) -> QuerySet[Any]:
    """The rows of the broadest tally that keeps apart what `wanted` asks for and `columns` (DIMENSIONS and `quantity`)."""
    needed = _columns(wanted) | {_COLUMN_OF.get(column, column) for column in columns}
    grain = next((grain for grain, kept in GRAINS.items() if needed <= kept), None)
    found = CurrentBroadTally.objects.filter(grain=grain) if grain else CurrentTally.objects.all()
    return found.filter(_conditions(wanted)).order_by()


def _columns(wanted: Slice) -> set[str]:
    """What must be kept apart to tell what is wanted from what is not."""
    reach = wanted.reach if wanted.reach and not wanted.reach.whole else Reach()
    by_year = _begins_year(wanted.since) and _begins_year(wanted.until and _next_month(wanted.until))
    asked = {
        "organization": wanted.organization is not None or wanted.organizations is not None or bool(reach.organizations),
        "kind": bool(wanted.kind or wanted.category),
        "place": wanted.place is not None or bool(reach.communities),
        "year" if by_year else "month": bool(wanted.since or wanted.until),
        "level": wanted.level is not None or bool(wanted.min_level),
    }
    return {column for column, is_asked in asked.items() if is_asked}


def _begins_year(day: date | None) -> bool:
    return day is None or day.month == 1


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def _conditions(wanted: Slice) -> Q:
    conditions = Q(level__gte=wanted.min_level) if wanted.min_level else Q()
    plain = {
        "organization": wanted.organization,
        "kind": wanted.kind,
        "kind__category": wanted.category,
        "month__gte": wanted.since and wanted.since.replace(day=1),
        "month__lte": wanted.until and wanted.until.replace(day=1),
        "organization__in": wanted.organizations,
        "level": wanted.level,
    }
    conditions &= Q(**{name: value for name, value in plain.items() if value is not None and value != ""})
    if wanted.place:
        inside = Q(path=wanted.place.path) | Q(path__startswith=wanted.place.path + "/")
        conditions &= Q(place__in=Place.objects.filter(inside))
    if wanted.public_only:
        conditions &= Q(public=True)
    return conditions & wanted.reach.condition() if wanted.reach else conditions


@dataclass(frozen=True)
class Total:
    deeds: int
    quantity: Decimal


def total(wanted: Slice) -> Total:
    """`quantity` makes sense only where one unit was asked for."""
    sums = tallies(wanted, "quantity").aggregate(deeds=Sum("deeds"), quantity=Sum("quantity"))
    return Total(sums["deeds"] or 0, sums["quantity"] or Decimal(0))


def totals_by(wanted: Slice, dimensions: Sequence[str], *, quantity: bool = True) -> list[dict[str, Any]]:
    """Rows of the named DIMENSIONS with `deeds` and `quantity`, largest number of deeds first; empty groups left out.

    Without `quantity` less must be kept apart, and it is 0.
    """
    columns = {name: DIMENSIONS[name] for name in dimensions}
    found = tallies(wanted, *dimensions, *(["quantity"] if quantity else []))
    if "year" in columns:
        found = found.annotate(year=ExtractYear("month"))
    sums = {"total_deeds": Sum("deeds")} | ({"total_quantity": Sum("quantity")} if quantity else {})
    rows = found.values(*columns.values()).annotate(**sums).order_by("-total_deeds", *columns.values())
    names = [*columns, "deeds", "quantity"]
    return [
        dict(zip(names, row if quantity else (*row, Decimal(0)), strict=True))
        for row in rows.values_list(*columns.values(), *sums)
        if row[len(columns)]
    ]


def approximations(wanted: Slice) -> dict[str, set[str]]:
    """How exact the quantities of each kind are. Not for an organization by months: no tally keeps that apart."""
    found = tallies(wanted, "kind", "approximation").values_list("kind", "approximation").annotate(standing=Sum("deeds"))
    marks: dict[str, set[str]] = {}
    for kind, approximation, standing in found:
        if standing:
            marks.setdefault(kind, set()).add(approximation)
    return marks


def latest_month(until: date) -> date | None:
    """The latest that has public deeds and is not after `until`."""
    found = tallies(Slice(public_only=True, until=until), "month").filter(deeds__gt=0)
    latest: date | None = found.aggregate(latest=Max("month"))["latest"]
    return latest
