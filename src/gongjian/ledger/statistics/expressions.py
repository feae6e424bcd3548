"""The statistics as Ibis expressions, written once for every engine.

Engines only count and add, in whole numbers and decimals; what is divided or rounded is worked out from that in `questions`,
so that no engine rounds in its own way.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis
from ibis import Table

from gongjian.ledger.statistics.records import Tables

DIMENSIONS = {
    "office": ("office",),
    "organization": ("office", "organization"),
    "place": ("office", "place"),
    "kind": ("kind",),
    "category": ("category",),
    "unit": ("unit",),
    "month": ("month",),
    "year": ("year",),
}
"""What a statistic can be told apart by, and the columns that name it across installations."""
OF_KINDS = {"category", "unit"}
TOP = 10
LEVELS = (0, 1, 2)


@dataclass(frozen=True)
class Asked:
    """Which records: empty means all. `since` and `until` are days that a deed ended on."""

    office: str = ""
    organization: int | None = None
    kind: str = ""
    category: str = ""
    since: date | None = None
    until: date | None = None
    public_only: bool = False


def totals(tables: Tables, asked: Asked, by: Sequence[str]) -> Table:
    """`deeds` that stand, `confirmed` by the community or higher, by a `third_party`; `quantity` where one unit is meant."""
    rows = chosen(tables, asked, by)
    measures = {"deeds": reaching(rows, 0), "confirmed": reaching(rows, 1), "third_party": reaching(rows, 2)}
    if {"kind", "unit"} & set(by):
        measures["quantity"] = amount_reaching(rows, 0)
    found = rows.aggregate(by=_columns(by), **measures)
    return _largest_first(found, by)


def trend(tables: Tables, asked: Asked, by: Sequence[str]) -> Table:
    """The same month by month."""
    rows = chosen(tables, asked, by)
    keys = _columns(["month", *by])
    found = rows.aggregate(by=keys, deeds=reaching(rows, 0), confirmed=reaching(rows, 1), third_party=reaching(rows, 2))
    return found.order_by(keys)


def concentration(tables: Tables, asked: Asked, by: Sequence[str]) -> Table:
    """Over the organizations with deeds that stand: how many, their deeds, those of the ten largest, and the sum of squares."""
    rows = chosen(tables, asked, by)
    keys = _columns(by)
    rows = rows.filter(rows.organization.notnull())
    one = [*keys, *(key for key in DIMENSIONS["organization"] if key not in keys)]
    each = rows.aggregate(by=one, deeds=reaching(rows, 0))
    each = each.filter(each.deeds > 0)
    position = ibis.row_number().over(group_by=keys, order_by=[each.deeds.desc(), each.office, each.organization])
    each = each.mutate(position=position)
    found = each.aggregate(
        by=keys,
        organizations=each.count(),
        deeds=each.deeds.sum(),
        top=each.deeds.sum(where=each.position < TOP),
        squares=(each.deeds * each.deeds).sum(),
    )
    return _largest_first(found, by)


def amounts(tables: Tables, asked: Asked, *, deeds: Iterable[int] = LEVELS, quantities: Iterable[int] = LEVELS) -> Table:
    """What scores are made of: for each organization and kind, deeds and quantity at each of these levels or above it."""
    rows = chosen(tables, asked, ())
    rows = rows.filter(rows.organization.notnull())
    measures = {f"deeds_{level}": reaching(rows, level) for level in deeds}
    measures |= {f"quantity_{level}": amount_reaching(rows, level) for level in quantities}
    return rows.aggregate(by=["office", "organization", "kind"], **measures)


def chosen(tables: Tables, asked: Asked, by: Sequence[str]) -> Table:
    """The records asked for, with what `by` needs of their kinds."""
    rows = tables.records
    conditions = [
        rows[name] == value
        for name, value in (("office", asked.office), ("organization", asked.organization), ("kind", asked.kind))
        if value not in ("", None)
    ]
    if asked.since:
        conditions += [rows.year >= asked.since.year, rows.occurred_to >= ibis.literal(asked.since)]
    if asked.until:
        conditions += [rows.year <= asked.until.year, rows.occurred_to <= ibis.literal(asked.until)]
    if asked.public_only:
        conditions.append(rows.public)
    if conditions:
        rows = rows.filter(conditions)
    if asked.category or OF_KINDS & set(by):
        kinds = tables.kinds.select("kind", "category", "unit")
        rows = rows.join(kinds, "kind")
        rows = rows.filter(rows.category == asked.category) if asked.category else rows
    return rows


def reaching(rows: Table, level: int) -> Any:
    """How many deeds stand at this level or above it."""
    return rows.sign.sum(where=_crossing(rows, level)).fill_null(0).cast("int64")


def amount_reaching(rows: Table, level: int) -> Any:
    return rows.quantity.sum(where=_crossing(rows, level)).fill_null(0).cast("decimal(38, 2)")


def _crossing(rows: Table, level: int) -> Any:
    entered = rows.from_level < level
    return entered & (rows.level >= level) if level else entered


def _columns(by: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(column for name in by for column in DIMENSIONS[name]))


def _largest_first(found: Table, by: Sequence[str]) -> Table:
    return found.order_by(found.deeds.desc(), *_columns(by))
