"""The ledger explorer: which deeds somebody looks for, their totals and their pivot."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
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

Number = int | Decimal
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
    cells: list[list[Number]]
    sums: list[Number]
    foot: list[Number]


def sums(wanted: Slice, *, row: str, column: str, measure: str) -> tuple[Totals, Pivot, str]:
    """Totals, pivot and what it measures in the end: unlike units are not added up.

    Both from one reading of the tallies where rows or columns keep the units apart anyway.
    """
    if not {row, column} & {"kind", "category"}:
        summed = totals(wanted)
        measure = _measurable(summed, measure)
        return summed, pivot(wanted, row=row, column=column, measure=measure), measure
    groups = totals_by(wanted, ["unit", row, column])
    summed = _totals(groups)
    measure = _measurable(summed, measure)
    return summed, laid_out(groups, row=row, column=column, measure=measure), measure


def _measurable(summed: Totals, measure: str) -> str:
    return measure if len(summed.quantities) == 1 else "deeds"


def totals(wanted: Slice) -> Totals:
    return _totals(totals_by(wanted, ["unit"]))


def _totals(groups: Sequence[dict[str, Any]]) -> Totals:
    by_unit: dict[str, Decimal] = {}
    for group in groups:
        if group["unit"]:
            by_unit[group["unit"]] = by_unit.get(group["unit"], Decimal(0)) + group["quantity"]
    counted = sorted(((unit, quantity) for unit, quantity in by_unit.items() if quantity), key=lambda pair: -pair[1])
    return Totals(sum(group["deeds"] for group in groups), [Quantity(quantity, unit) for unit, quantity in counted])


def pivot(wanted: Slice, *, row: str, column: str, measure: str) -> Pivot:
    """`measure` is `deeds` or `quantity`; rows and columns of time in their order, others by size."""
    groups = totals_by(wanted, [row, column], quantity=measure == "quantity")
    return laid_out(groups, row=row, column=column, measure=measure)


def laid_out(groups: Sequence[dict[str, Any]], *, row: str, column: str, measure: str) -> Pivot:
    """Groups as rows and columns; what is too much is summed up."""
    cut = [(group[row], group[column], group[measure]) for group in groups]
    row_keys = _ordered(((key, value) for key, _column, value in cut), row, MOST_ROWS)
    column_keys = _ordered(((key, value) for _row, key, value in cut), column, MOST_COLUMNS)
    cells = _cells(cut, row_keys, column_keys)
    return Pivot(
        [_heading(row, key) for key in row_keys],
        [_heading(column, key) for key in column_keys],
        cells,
        [sum(line) for line in cells],
        [sum(line) for line in zip(*cells, strict=True)],
    )


REST = object()
"""The key of what is left over."""


def _ordered(values: Iterable[tuple[Any, Number]], dimension: str, most: int) -> list[Any]:
    sums: dict[Any, Number] = defaultdict(int)
    for key, value in values:
        sums[key] += value
    if dimension in ("month", "year", "level"):
        latest = sorted(sums)[-most:]
        return latest if len(sums) <= most else [REST, *latest]
    largest = sorted(sums, key=lambda key: -sums[key])
    return largest if len(largest) <= most else [*largest[:most], REST]


def _cells(cut: Iterable[tuple[Any, Any, Number]], row_keys: list[Any], column_keys: list[Any]) -> list[list[Number]]:
    """Each value goes to its own row and column, or to those of what is left over."""
    at_row, at_column = ({key: position for position, key in enumerate(keys)} for keys in (row_keys, column_keys))
    other_row, other_column = at_row.get(REST, -1), at_column.get(REST, -1)
    cells: list[list[Number]] = [[0] * len(column_keys) for _ in row_keys]
    for row, column, value in cut:
        cells[at_row.get(row, other_row)][at_column.get(column, other_column)] += value
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
