"""The three rates (三率) in exact fractions, each with what it was made of."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from gongjian.work.whistles.models import Policy


@dataclass(frozen=True)
class Share:
    """`numerator` of `denominator`; the numerator is no whole number where “basically satisfied” counts in part."""

    numerator: Fraction
    denominator: int

    @property
    def value(self) -> Fraction | None:
        return self.numerator / self.denominator if self.denominator else None

    @property
    def percent(self) -> Decimal | None:
        return percent(self.value)

    @property
    def whole(self) -> str:
        """The percent without decimals, for the length of a bar; empty where there is nothing to divide by."""
        return "" if self.value is None else str(min(100, round(self.value * 100)))

    @property
    def top(self) -> Decimal:
        """The numerator as it is printed, e.g. 369.4."""
        return (Decimal(self.numerator.numerator) / self.numerator.denominator).quantize(Decimal("0.001")).normalize()

    @property
    def bar(self) -> float:
        return float(self.percent or 0)

    def as_json(self) -> dict[str, Any]:
        shown = None if self.percent is None else str(self.percent)
        return {"numerator": f"{self.top:f}", "denominator": self.denominator, "percent": shown}


def percent(value: Fraction | None) -> Decimal | None:
    """To one decimal, halves up, as one would by hand."""
    if value is None:
        return None
    tenths = Decimal(value.numerator * 1000) / Decimal(value.denominator)
    return (tenths.quantize(Decimal(1), ROUND_HALF_UP) / 10).quantize(Decimal("0.1"))


@dataclass(frozen=True)
class Tally:
    """What valid revisits said."""

    valid: int = 0
    contacted: int = 0
    solved: int = 0
    satisfied: int = 0
    basically: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(Tally)))

    @classmethod
    def total(cls, parts: "Iterable[Tally]") -> "Tally":
        return sum(parts, cls())


@dataclass(frozen=True)
class Rates:
    response: Share
    resolution: Share
    satisfaction: Share
    composite: Fraction | None

    @property
    def composite_percent(self) -> Decimal | None:
        return percent(self.composite)

    @property
    def composite_bar(self) -> float:
        return float(self.composite_percent or 0)

    def shares(self) -> tuple[Share, Share, Share]:
        return self.response, self.resolution, self.satisfaction

    def as_json(self) -> dict[str, Any]:
        names = ("response", "resolution", "satisfaction")
        parts = {name: share.as_json() for name, share in zip(names, self.shares(), strict=True)}
        composite = None if self.composite is None else str(self.composite_percent)
        return parts | {"composite": {"percent": composite}}


def rates_of(tally: Tally, policy: Policy) -> Rates:
    """Response R = contacted / valid, resolution S = solved / valid, satisfaction M = (satisfied + w·basically) / valid;
    composite = a·R + b·S + c·M. w, a, b and c are the office's.
    """
    weight = Fraction(policy.basically_satisfied_weight)
    response = Share(Fraction(tally.contacted), tally.valid)
    resolution = Share(Fraction(tally.solved), tally.valid)
    satisfaction = Share(tally.satisfied + weight * tally.basically, tally.valid)
    return Rates(response, resolution, satisfaction, _composite(policy, response, resolution, satisfaction))


def _composite(policy: Policy, response: Share, resolution: Share, satisfaction: Share) -> Fraction | None:
    if response.value is None or resolution.value is None or satisfaction.value is None:
        return None
    return (
        Fraction(policy.response_weight) * response.value
        + Fraction(policy.resolution_weight) * resolution.value
        + Fraction(policy.satisfaction_weight) * satisfaction.value
    )
