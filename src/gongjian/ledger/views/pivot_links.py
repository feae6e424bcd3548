"""Where the numbers of a pivot lead: the explorer's own filter, narrowed to what the number counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict

from gongjian.ledger.selectors.explorer import Heading, Pivot

_NOT_A_FILTER = {"rows", "columns", "measure", "cursor"}


@dataclass(frozen=True)
class Number:
    """`href` is empty where nothing single is counted."""

    value: int | Decimal
    href: str


@dataclass(frozen=True)
class Line:
    label: str
    numbers: list[Number]
    total: Number


def lines(pivot: Pivot, asked: QueryDict) -> Iterator[Line]:
    """The rows of `pivot`, every number with its link."""
    kept = {name: str(value) for name, value in asked.items() if name not in _NOT_A_FILTER and value}
    narrowed_by = {name for head in (*pivot.rows, *pivot.columns) for name in head.filter or {}}
    asked_still = urlencode({name: value for name, value in kept.items() if name not in narrowed_by})
    columns = [_Narrowing.of(head) for head in pivot.columns]
    for head, cells, total in zip(pivot.rows, pivot.cells, pivot.sums, strict=True):
        row = _Narrowing.of(head)
        numbers = [
            Number(value, row.link(asked_still, column) if value else "") for column, value in zip(columns, cells, strict=True)
        ]
        yield Line(head.label, numbers, Number(total, row.link(urlencode({**kept, **(head.filter or {})}))))


@dataclass(frozen=True)
class _Narrowing:
    """A heading's part of a link, encoded once however many cells it has; None where nothing single is counted."""

    encoded: str | None
    is_year: bool
    is_month: bool

    @classmethod
    def of(cls, head: Heading) -> Self:
        since, until = (head.filter or {}).get("since"), (head.filter or {}).get("until")
        return cls(
            None if head.filter is None else urlencode(head.filter), since != until, since is not None and since == until
        )

    def link(self, asked: str, crossing: Self | None = None) -> str:
        """Of a month and a year that cross, the month is what the cell counts."""
        parts = [asked, self.encoded] if crossing is None else [asked, self.encoded, crossing.encoded]
        if None in parts:
            return ""
        if crossing and (self.is_month and crossing.is_year):
            parts.remove(crossing.encoded)
        elif crossing and (self.is_year and crossing.is_month):
            parts.remove(self.encoded)
        return f"?{'&'.join(filter(None, parts))}#deeds"
