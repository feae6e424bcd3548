"""Where the numbers of a pivot lead: the explorer's own filter, narrowed to what the number counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.http import QueryDict

from gongjian.ledger.selectors.explorer import Heading, Pivot

_NOT_A_FILTER = {"rows", "columns", "measure", "cursor"}


@dataclass(frozen=True)
class Number:
    """`href` is empty where nothing single is counted."""

    value: Decimal
    href: str


@dataclass(frozen=True)
class Line:
    label: str
    numbers: list[Number]
    total: Number


def lines(pivot: Pivot, asked: QueryDict) -> Iterator[Line]:
    """The rows of `pivot`, every number with its link."""
    kept = {name: str(value) for name, value in asked.items() if name not in _NOT_A_FILTER and value}
    for row, cells, total in zip(pivot.rows, pivot.cells, pivot.sums, strict=True):
        numbers = [
            Number(value, _link(kept, row, column) if value else "") for column, value in zip(pivot.columns, cells, strict=True)
        ]
        yield Line(row.label, numbers, Number(total, _link(kept, row)))


def _link(kept: dict[str, str], *headings: Heading) -> str:
    """Of a month and a year that cross, the month is what the cell counts."""
    filters = [heading.filter for heading in headings if heading.filter is not None]
    if len(filters) < len(headings):
        return ""
    narrowed = dict(kept)
    for filter_ in sorted(filters, key=_is_month):
        narrowed |= filter_
    return f"?{urlencode(narrowed)}#deeds"


def _is_month(filter_: dict[str, str]) -> bool:
    return "since" in filter_ and filter_["since"] == filter_["until"]
