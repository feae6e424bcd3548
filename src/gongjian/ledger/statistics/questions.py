"""The statistics by name: what an engine adds up, and what is worked out from that."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from gongjian.ledger.statistics import expressions
from gongjian.ledger.statistics.engines import Engine, Row
from gongjian.ledger.statistics.expressions import Asked
from gongjian.ledger.statistics.points import Rule, rules_of
from gongjian.ledger.statistics.ratios import change, herfindahl, share


@dataclass(frozen=True)
class Question:
    asked: Asked = field(default_factory=Asked)
    by: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class _KindOfCatalogue:
    code: str
    category: str


def answer(engine: Engine, name: str, question: Question) -> list[Row]:
    """Rows in one order on every engine."""
    return _ANSWERS[name](engine, question)


def _totals(engine: Engine, question: Question) -> list[Row]:
    return _standing(engine.rows(expressions.totals(engine.tables, question.asked, question.by)))


def _verification(engine: Engine, question: Question) -> list[Row]:
    return [
        {name: value for name, value in row.items() if name != "quantity"}
        | {
            "confirmed_rate": share(row["confirmed"], row["deeds"]),
            "third_party_rate": share(row["third_party"], row["deeds"]),
        }
        for row in _totals(engine, question)
    ]


def _trend(engine: Engine, question: Question) -> list[Row]:
    """Month by month, beside the month before and the same month of the year before."""
    by = tuple(name for name in question.by if name not in ("month", "year"))
    rows = [row for row in engine.rows(expressions.trend(engine.tables, question.asked, by)) if row["deeds"]]
    keys = [name for name in rows[0] if name not in ("deeds", "confirmed", "third_party", "month")] if rows else []
    counted: dict[tuple[Any, ...], int] = {(row["month"], *(row[key] for key in keys)): row["deeds"] for row in rows}

    def then(row: Row, month: int) -> int:
        return counted.get((month, *(row[key] for key in keys)), 0)

    for row in rows:
        month = row["month"]
        row["month_before"] = then(row, month - 89 if month % 100 == 1 else month - 1)
        row["year_before"] = then(row, month - 100)
        row["year_change"] = change(row["deeds"], row["year_before"])
    return sorted(rows, key=lambda row: (row["month"], *(_sortable(row[key]) for key in keys)))


def _concentration(engine: Engine, question: Question) -> list[Row]:
    by = tuple(name for name in question.by if name != "organization")
    found = _standing(engine.rows(expressions.concentration(engine.tables, question.asked, by)))
    return [
        {name: value for name, value in row.items() if name != "squares"}
        | {"top_share": share(row["top"], row["deeds"]), "herfindahl": herfindahl(row["squares"], row["deeds"])}
        for row in found
    ]


def _scores(engine: Engine, question: Question) -> list[Row]:
    """Points of every organization by the rules, best first, equal points sharing a place."""
    tables = engine.tables
    kinds = [_KindOfCatalogue(row["kind"], row["category"]) for row in engine.rows(tables.kinds.select("kind", "category"))]
    deeds, quantities = (sorted({rule.min_level for rule in question.rules if rule.per == per}) for per in ("deed", "unit"))
    rows = (
        engine.rows(expressions.amounts(tables, question.asked, deeds=deeds, quantities=quantities)) if question.rules else []
    )
    scored = points_of(rows, {kind.code: rules_of(question.rules, kind) for kind in kinds})
    ordered = sorted(scored.items(), key=lambda item: (-item[1], item[0]))
    found: list[Row] = []
    for position, ((office, organization), points) in enumerate(ordered, start=1):
        shared = found[-1]["rank"] if found and found[-1]["points"] == points else position
        found.append({"rank": shared, "office": office, "organization": organization, "points": points})
    return found


def points_of(rows: Iterable[Row], by_kind: Mapping[str, Sequence[Rule]]) -> dict[tuple[str, int], Decimal]:
    """(office, organization) → points, from `expressions.amounts`."""
    done: dict[tuple[str, int], dict[Rule, Any]] = {}
    for row in rows:
        of_rule = done.setdefault((row["office"], row["organization"]), {})
        for rule in by_kind.get(row["kind"], ()):
            measure = "quantity" if rule.per == "unit" else "deeds"
            of_rule[rule] = of_rule.get(rule, 0) + row[f"{measure}_{rule.min_level}"]
    return {doer: sum((_worth(rule, amount) for rule, amount in of_rule.items()), Decimal(0)) for doer, of_rule in done.items()}


def _worth(rule: Rule, amount: Any) -> Decimal:
    deeds, quantity = (0, amount) if rule.per == "unit" else (amount, Decimal(0))
    return rule.worth(deeds, quantity)[0]


def _standing(rows: Iterable[Row]) -> list[Row]:
    """Those with deeds, largest first; names of text in the order of their characters, which databases do not agree about."""
    kept = [row for row in rows if row["deeds"]]
    keys = [name for name in kept[0] if name not in _MEASURES] if kept else []
    return sorted(kept, key=lambda row: (-row["deeds"], *(_sortable(row[key]) for key in keys)))


def _sortable(value: Any) -> tuple[bool, Any]:
    return value is None, value if value is not None else 0


_MEASURES = {"deeds", "confirmed", "third_party", "quantity", "organizations", "top", "squares"}
_ANSWERS: dict[str, Callable[[Engine, Question], list[Row]]] = {
    "totals": _totals,
    "trend": _trend,
    "verification": _verification,
    "concentration": _concentration,
    "scores": _scores,
}
USUALLY_BY = {"totals": ("category",), "verification": ("category",)}
"""What is told apart unless asked otherwise."""
