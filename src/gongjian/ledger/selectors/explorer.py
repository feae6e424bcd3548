"""The ledger explorer: which deeds somebody looks for, their totals and their pivot."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.kernel.quantities import Quantity
from gongjian.ledger.models import Confirmation, DeedKind, Level
from gongjian.ledger.models.deeds import LATE_AFTER, Category
from gongjian.ledger.selectors.deeds import visible_deeds, with_level, with_words
from gongjian.ledger.statistics import Slice, totals_by
from gongjian.registry.models import Place

MOST_ROWS, MOST_COLUMNS = 40, 24
"""What a pivot shows; the rest is summed up as one row or column."""


@dataclass(frozen=True)
class Wanted:
    """`slice` is what sums know of; `late` and `words` narrow the list alone."""

    slice: Slice
    late: bool = False
    words: str = ""

    @property
    def is_counted(self) -> bool:
        """Whether the totals count exactly what the list shows."""
        return not (self.late or self.words)


def find_deeds(account: Any, wanted: Wanted) -> QuerySet[Any]:
    """The deeds that `account` may see, with their level; order and page them by key."""
    deeds = visible_deeds(account).filter(*_conditions(wanted))
    return with_level(with_words(deeds, wanted.words) if wanted.words else deeds)


def _conditions(wanted: Wanted) -> list[Any]:
    slice_, found = wanted.slice, []
    if slice_.organization:
        found.append(Q(organization=slice_.organization))
    if slice_.kind:
        found.append(Q(kind=slice_.kind))
    if slice_.category:
        found.append(Q(kind__in=_codes(slice_.category)))
    if slice_.place:
        found.append(Q(place__in=_inside(slice_.place)))
    if slice_.since:
        found.append(Q(occurred_to__gte=slice_.since))
    if slice_.until:
        found.append(Q(occurred_to__lte=slice_.until))
    if slice_.level is not None:
        found += _at_level(slice_.level)
    if wanted.late:
        found.append(Q(recorded_at__date__gt=F("occurred_to") + LATE_AFTER))
    return found


def _codes(category: str) -> list[str]:
    """Named one by one: of a subquery the planner knows nothing, and then reads too much."""
    return list(DeedKind.objects.filter(category=category).values_list("pk", flat=True))


def _inside(place: Place) -> list[int]:
    return list(Place.objects.filter(Q(path=place.path) | Q(path__startswith=place.path + "/")).values_list("pk", flat=True))


def _at_level(level: int) -> list[Any]:
    """Asked of the confirmations by their own index; reversals, which copy a level, are left out."""
    confirmations = Confirmation.objects.filter(deed=OuterRef("pk"))
    conditions: list[Any] = [Q(reverses__isnull=True)]
    if level > Level.DECLARED:
        conditions.append(Exists(confirmations.filter(level=level)))
    if level < Level.THIRD_PARTY:
        conditions.append(~Exists(confirmations.filter(level__gt=level)))
    return conditions


@dataclass(frozen=True)
class Totals:
    deeds: int
    quantities: list[Quantity]


@dataclass(frozen=True)
class Heading:
    """A row or column of a pivot: what it is called, and the filter that shows its deeds (None for what was summed up)."""

    label: str
    filter: dict[str, str] | None


@dataclass(frozen=True)
class Pivot:
    """`cells[row][column]`; `sums` and `foot` are the totals of rows and columns."""

    rows: list[Heading]
    columns: list[Heading]
    cells: list[list[Decimal]]
    sums: list[Decimal]
    foot: list[Decimal]


def totals_of(groups: Sequence[dict[str, Any]]) -> Totals:
    """From the groups of a pivot that has `unit` among its dimensions."""
    by_unit: dict[str, Decimal] = {}
    for group in groups:
        if group["unit"]:
            by_unit[group["unit"]] = by_unit.get(group["unit"], Decimal(0)) + group["quantity"]
    quantities = [Quantity(value, unit) for unit, value in sorted(by_unit.items(), key=lambda item: -item[1]) if value]
    return Totals(sum(group["deeds"] for group in groups), quantities)


def grouped(wanted: Slice, row: str, column: str) -> list[dict[str, Any]]:
    """One query for totals and pivot together."""
    return totals_by(wanted, list(dict.fromkeys(["unit", row, column])))


def pivot(groups: Sequence[dict[str, Any]], *, row: str, column: str, measure: str) -> Pivot:
    """`measure` is `deeds` or `quantity`; rows and columns of time in their order, others by size."""
    values: dict[tuple[Any, Any], Decimal] = {}
    for group in groups:
        key = group[row], group[column]
        values[key] = values.get(key, Decimal(0)) + group[measure]
    row_keys, column_keys = _ordered(values, 0, row, MOST_ROWS), _ordered(values, 1, column, MOST_COLUMNS)
    cells = [[_cell(values, r, c, row_keys, column_keys) for c in column_keys] for r in row_keys]
    return Pivot(
        [_heading(row, key) for key in row_keys],
        [_heading(column, key) for key in column_keys],
        cells,
        [sum(line, Decimal(0)) for line in cells],
        [sum(line, Decimal(0)) for line in zip(*cells, strict=True)],
    )


REST = object()
"""The key of what is left over."""


def _ordered(values: dict[tuple[Any, Any], Decimal], side: int, dimension: str, most: int) -> list[Any]:
    sums: dict[Any, Decimal] = {}
    for key, value in values.items():
        sums[key[side]] = sums.get(key[side], Decimal(0)) + value
    largest = sorted(sums, key=lambda key: -sums[key])
    if dimension in ("month", "year", "level"):
        latest = sorted(sums)[-most:]
        return latest if len(sums) <= most else [REST, *latest]
    return largest if len(largest) <= most else [*largest[:most], REST]


def _cell(values: dict[tuple[Any, Any], Decimal], row: Any, column: Any, rows: list[Any], columns: list[Any]) -> Decimal:
    if row is not REST and column is not REST:
        return values.get((row, column), Decimal(0))
    return sum(
        (
            value
            for (r, c), value in values.items()
            if (r == row or (row is REST and r not in rows)) and (c == column or (column is REST and c not in columns))
        ),
        Decimal(0),
    )


def _heading(dimension: str, key: Any) -> Heading:
    if key is REST:
        return Heading(_("其余"), None)
    if key is None:
        return Heading(_("未写明"), None)
    worded = HEADINGS.get(dimension)
    return worded(key) if worded else Heading(str(key), {dimension: str(key)})


HEADINGS: dict[str, Callable[[Any], Heading]] = {
    "category": lambda key: Heading(str(Category(key).label), {"category": key}),
    "level": lambda key: Heading(str(Level(key).label), {"level": str(key)}),
    "month": lambda key: Heading(f"{key:%Y-%m}", {"since": f"{key:%Y-%m}", "until": f"{key:%Y-%m}"}),
    "year": lambda key: Heading(str(key), {"since": f"{key}-01", "until": f"{key}-12"}),
}
"""Dimensions whose keys are not what people call them."""
