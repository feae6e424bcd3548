"""From what was found to points, line by line. Exact: decimals only, and the same whatever the order of the findings."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Context, Decimal, localcontext
from typing import Any

from gongjian.work.ratings.scoring.blueprint import Blueprint, Choice, Dimension, Indicator, Kind

_EXACT = Context(prec=60)
"""Amounts of 16 digits, points, times and weight: their product never needs rounding."""

ZERO = Decimal(0)


@dataclass(frozen=True)
class Finding:
    """What a person found: the grade chosen, the items met, how often each fault, or a veto with its reason."""

    choice: int | None = None
    met: tuple[int, ...] = ()
    times: tuple[int, ...] = ()
    vetoed: bool = False
    why: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def finding_from(content: Mapping[str, Any]) -> Finding:
    return Finding(
        content.get("choice"),
        tuple(content.get("met", ())),
        tuple(content.get("times", ())),
        bool(content.get("vetoed")),
        content.get("why", ""),
    )


@dataclass(frozen=True)
class Part:
    """`times` times `points`: a grade, an item, a fault, or what the ledger counted (`label` empty)."""

    label: str
    times: Decimal
    points: Decimal
    at_least: Decimal | None = None


@dataclass(frozen=True)
class Line:
    """How an indicator scored. `raw` is the sum of its parts, `points` what cap and weight make of it, negative if deducted.

    `amount`: what the ledger counted. `missing`: nobody has checked it yet; it then counts nothing.
    """

    code: str
    name: str
    kind: str
    weight: Decimal
    full: Decimal
    parts: tuple[Part, ...]
    raw: Decimal
    points: Decimal
    cap: Decimal | None = None
    amount: Decimal | None = None
    deed_kind: str = ""
    measure: str = ""
    missing: bool = False
    vetoed: bool = False
    why: str = ""

    @property
    def is_capped(self) -> bool:
        return self.cap is not None and self.raw > self.cap


@dataclass(frozen=True)
class DimensionScore:
    """`points` never fall below zero, whatever was deducted."""

    code: str
    name: str
    full: Decimal
    lines: tuple[Line, ...]
    points: Decimal

    @property
    def deducted_to_zero(self) -> bool:
        return sum((line.points for line in self.lines), ZERO) < 0


@dataclass(frozen=True)
class Score:
    dimensions: tuple[DimensionScore, ...]

    @property
    def total(self) -> Decimal:
        with localcontext(_EXACT):
            return sum((dimension.points for dimension in self.dimensions), ZERO)

    @property
    def vetoes(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines() if line.vetoed)

    @property
    def missing(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines() if line.missing)

    def lines(self) -> tuple[Line, ...]:
        return tuple(line for dimension in self.dimensions for line in dimension.lines)


def compute(blueprint: Blueprint, findings: Mapping[str, Finding], amounts: Mapping[str, Decimal]) -> Score:
    """`findings` and `amounts` by the code of the indicator; what the ledger has nothing of is zero."""
    with localcontext(_EXACT):
        return Score(tuple(_dimension(dimension, findings, amounts) for dimension in blueprint.dimensions))


def _dimension(dimension: Dimension, findings: Mapping[str, Finding], amounts: Mapping[str, Decimal]) -> DimensionScore:
    lines = tuple(
        _from_ledger(one, amounts.get(one.code, ZERO)) if one.ledger else _by_person(one, findings.get(one.code))
        for one in dimension.indicators
    )
    points = max(ZERO, sum((line.points for line in lines), ZERO))
    return DimensionScore(dimension.code, dimension.name, dimension.full, lines, points)


def _from_ledger(indicator: Indicator, amount: Decimal) -> Line:
    assert indicator.ledger is not None
    counted = {"amount": amount, "deed_kind": indicator.ledger.kind, "measure": indicator.ledger.measure}
    if indicator.kind == Kind.VETO:
        vetoed = amount >= indicator.ledger.at_least
        return _line(indicator, (Part("", amount, ZERO, indicator.ledger.at_least),), vetoed=vetoed, **counted)
    if indicator.kind == Kind.GRADED:
        reached = _grade(indicator.choices, amount)
        parts = (Part("", Decimal(1), reached.points, reached.at_least),) if reached else ()
        return _line(indicator, parts, **counted)
    return _line(indicator, (Part("", amount, indicator.ledger.points),), **counted)


def _grade(choices: tuple[Choice, ...], amount: Decimal) -> Choice | None:
    """The highest step that the amount reaches, however they were written down."""
    reached = [choice for choice in choices if choice.at_least is not None and amount >= choice.at_least]
    return max(reached, key=lambda choice: choice.at_least or ZERO, default=None)


def _by_person(indicator: Indicator, finding: Finding | None) -> Line:
    if finding is None:
        return _line(indicator, (), missing=True)
    if indicator.kind == Kind.VETO:
        return _line(indicator, (), vetoed=finding.vetoed, why=finding.why)
    if indicator.kind == Kind.GRADED:
        chosen = [] if finding.choice is None else [(finding.choice, 1)]
    elif indicator.kind == Kind.ITEMIZED:
        chosen = [(number, 1) for number in finding.met]
    else:
        chosen = [(number, times) for number, times in enumerate(finding.times) if times]
    parts = tuple(
        Part(indicator.choices[number].label, Decimal(times), indicator.choices[number].points) for number, times in chosen
    )
    return _line(indicator, parts)


def _line(indicator: Indicator, parts: tuple[Part, ...], **more: Any) -> Line:
    raw = sum((part.times * part.points for part in parts), ZERO)
    kept = raw if indicator.cap is None else min(raw, indicator.cap)
    signed = -kept if indicator.kind == Kind.DEDUCTION else kept
    return Line(
        code=indicator.code,
        name=indicator.name,
        kind=indicator.kind,
        weight=indicator.weight,
        full=indicator.full,
        parts=parts,
        raw=raw,
        cap=indicator.cap,
        points=signed * indicator.weight,
        **more,
    )
