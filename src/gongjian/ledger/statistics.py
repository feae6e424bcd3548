"""Sums over the ledger by who, what, when and where. They read the monthly tallies, so they cost the same at any size."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import ExtractYear

from gongjian.ledger.models import CurrentTally
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


def tallies(wanted: Slice) -> QuerySet[CurrentTally]:
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
    if wanted.reach:
        conditions &= wanted.reach.condition()
    return CurrentTally.objects.filter(conditions)


@dataclass(frozen=True)
class Total:
    deeds: int
    quantity: Decimal


def total(wanted: Slice) -> Total:
    """`quantity` makes sense only where one unit was asked for."""
    sums = tallies(wanted).aggregate(deeds=Sum("deeds"), quantity=Sum("quantity"))
    return Total(sums["deeds"] or 0, sums["quantity"] or Decimal(0))


def totals_by(wanted: Slice, dimensions: Sequence[str]) -> list[dict[str, Any]]:
    """Rows of the named DIMENSIONS with `deeds` and `quantity`, largest number of deeds first; empty groups left out."""
    columns = {name: DIMENSIONS[name] for name in dimensions}
    found = tallies(wanted)
    if "year" in columns:
        found = found.annotate(year=ExtractYear("month"))
    rows = found.values(*columns.values()).annotate(total_deeds=Sum("deeds"), total_quantity=Sum("quantity"))
    return [
        {name: row[column] for name, column in columns.items()}
        | {"deeds": row["total_deeds"], "quantity": row["total_quantity"]}
        for row in rows.order_by("-total_deeds", *columns.values())
        if row["total_deeds"]
    ]
