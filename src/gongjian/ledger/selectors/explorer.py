"""The ledger explorer: which deeds somebody looks for, their totals and their pivot."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.kernel.quantities import Quantity
from gongjian.ledger.models import Confirmation, Level
from gongjian.ledger.models.deeds import LATE_AFTER, Category
from gongjian.ledger.selectors.deeds import codes_of, visible_deeds, with_level, with_words
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
        found.append(Q(kind__in=codes_of(slice_.category)))
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


def totals(wanted: Slice) -> Totals:
    groups = totals_by(wanted, ["unit"])
    counted = sorted((group for group in groups if group["unit"] and group["quantity"]), key=lambda group: -group["quantity"])
    return Totals(
        sum(group["deeds"] for group in groups), [Quantity(Decimal(group["quantity"]), group["unit"]) for group in counted]
    )


def pivot(wanted: Slice, *, row: str, column: str, measure: str) -> Pivot:
    """`measure` is `deeds` or `quantity`; rows and columns of time in their order, others by size."""
    groups = totals_by(wanted, [row, column], quantity=measure == "quantity")
    return laid_out(groups, row=row, column=column, measure=measure)


def laid_out(groups: Sequence[dict[str, Any]], *, row: str, column: str, measure: str) -> Pivot:
    """Groups as rows and columns; what is too much is summed up."""
    values: dict[tuple[Any, Any], Decimal] = {}
    for group in groups:
        key = group[row], group[column]
        values[key] = values.get(key, Decimal(0)) + group[measure]
    row_keys, column_keys = _ordered(values, 0, row, MOST_ROWS), _ordered(values, 1, column, MOST_COLUMNS)
    cells = _cells(values, row_keys, column_keys)
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


def _cells(values: dict[tuple[Any, Any], Decimal], rows: list[Any], columns: list[Any]) -> list[list[Decimal]]:
    """Each value goes to its own row and column, or to those of what is left over."""
    at_row, at_column = ({key: position for position, key in enumerate(keys)} for keys in (rows, columns))
    cells = [[Decimal(0)] * len(columns) for _ in rows]
    for (row, column), value in values.items():
        line = cells[at_row[row] if row in at_row else at_row[REST]]
        line[at_column[column] if column in at_column else at_column[REST]] += value
    return cells


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
