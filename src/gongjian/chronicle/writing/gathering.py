"""What doers did in a period, gathered from the ledger kind by kind, at any size of the ledger."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Max, Min, Q, QuerySet, Sum, Window
from django.db.models.functions import RowNumber

from gongjian.kernel.quantities import Approximation, Quantity
from gongjian.ledger.models import Deed, DeedEvidence, DeedKind, Level
from gongjian.ledger.selectors import with_level

TOLD_ONE_BY_ONE = 3
"""Deeds of one kind by one doer beyond this number are told as a sum."""


@dataclass(frozen=True)
class Doer:
    """`column` is the deed's column that holds `pk`; those whom no column names one by one come under `office`."""

    column: str
    pk: int
    name: str
    kind: str = "person"

    @property
    def organization_id(self) -> int | None:
        return self.pk if self.column in ("organization", "team") else None


@dataclass
class OfOneKind:
    """A doer's deeds of one kind. `deeds` is empty where they are too many to be told one by one."""

    kind: DeedKind
    count: int
    quantity: Decimal | None
    exact: bool
    first: date
    last: date
    confirmed: int
    third_party: int
    deeds: list[Deed] = field(default_factory=list)

    @property
    def total(self) -> Quantity | None:
        if self.quantity is None:
            return None
        if len(self.deeds) == 1:
            return self.deeds[0].amount
        return Quantity(self.quantity, self.kind.unit, Approximation.EXACT if self.exact else Approximation.ABOUT).roughly()


@dataclass
class Gathered:
    """All of one doer's, in the order of the catalogue."""

    doer: Doer
    kinds: list[OfOneKind] = field(default_factory=list)
    evidence: int = 0

    def sum_of(self, name: str) -> int:
        return sum(getattr(of_kind, name) for of_kind in self.kinds)


def standing(deeds: QuerySet[Any], since: date, until: date) -> QuerySet[Any]:
    """Of `deeds`, those of the period that were not reversed, with their level."""
    return with_level(deeds.filter(reverses__isnull=True, occurred_to__range=(since, until))).filter(is_reversed=False)


def gather(deeds: QuerySet[Any], doers: Iterable[Doer]) -> list[Gathered]:
    """Of `deeds` (see `standing`), in the order of `doers`; three queries for each column that names doers."""
    found = {doer: Gathered(doer) for doer in doers}
    kinds = DeedKind.objects.in_bulk()
    for column in dict.fromkeys(doer.column for doer in found):
        by_doer = {doer.pk: one for doer, one in found.items() if doer.column == column}
        _gather_column(deeds.filter(**{f"{column}__in": list(by_doer)}), column, by_doer, kinds)
    return list(found.values())


def _gather_column(deeds: QuerySet[Any], column: str, by_doer: dict[int, Gathered], kinds: dict[str, DeedKind]) -> None:
    groups: dict[tuple[int, str], OfOneKind] = {}
    for row in _sums(deeds, column):
        group = _group(row, kinds[row["kind"]])
        groups[row[column], group.kind.code] = group
        by_doer[row[column]].kinds.append(group)
    for deed in _first_of_each_kind(deeds, column):
        group = groups[getattr(deed, f"{column}_id"), deed.kind_id]
        if group.count <= TOLD_ONE_BY_ONE:
            group.deeds.append(deed)
    links = DeedEvidence.objects.filter(deed__in=deeds.values("pk")).values_list(f"deed__{column}")
    for doer, evidence in links.annotate(Count("evidence", distinct=True)):
        by_doer[doer].evidence = evidence


def _group(row: dict[str, Any], kind: DeedKind) -> OfOneKind:
    return OfOneKind(
        kind=kind,
        count=row["count"],
        quantity=row["total_quantity"],
        exact=not row["inexact"],
        first=row["first"],
        last=row["last"],
        confirmed=row["confirmed"],
        third_party=row["third_party"],
    )


def _sums(deeds: QuerySet[Any], column: str) -> QuerySet[Any, dict[str, Any]]:
    inexact = Count("pk", filter=~Q(approximation=Approximation.EXACT))
    sums: QuerySet[Any, dict[str, Any]] = (
        deeds.values(column, "kind")
        .annotate(
            count=Count("pk"),
            total_quantity=Sum("quantity"),
            inexact=inexact,
            first=Min("occurred_to"),
            last=Max("occurred_to"),
            confirmed=Count("pk", filter=Q(level__gte=Level.COMMUNITY)),
            third_party=Count("pk", filter=Q(level__gte=Level.THIRD_PARTY)),
        )
        .order_by(column, "kind__order")
    )
    return sums


def _first_of_each_kind(deeds: QuerySet[Any], column: str) -> QuerySet[Any]:
    rank = Window(RowNumber(), partition_by=[F(column), F("kind")], order_by=["occurred_to", "id"])
    ranked: QuerySet[Any] = deeds.annotate(rank=rank).filter(rank__lte=TOLD_ONE_BY_ONE)
    return ranked.select_related("kind").order_by("occurred_to", "id")
