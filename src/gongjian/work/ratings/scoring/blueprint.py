"""What a version of a scheme says: dimensions, indicators, star levels. Plain values, written to and read from JSON."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    GRADED = "graded", _("分档")
    ITEMIZED = "itemized", _("逐项")
    DEDUCTION = "deduction", _("扣分")
    VETO = "veto", _("一票否决")


class Measure(models.TextChoices):
    DEEDS = "deeds", _("按条数")
    QUANTITY = "quantity", _("按数量合计")


@dataclass(frozen=True)
class Choice:
    """A grade, an item that is met or not, or a fault. `at_least`: of a grade that the ledger decides, from how much on."""

    label: str
    points: Decimal = Decimal(0)
    at_least: Decimal | None = None


@dataclass(frozen=True)
class FromLedger:
    """Deeds of one kind in the round's period, or in its last `months`, confirmed at least as far as `min_level`.

    `points` for each deed or unit (itemized, deduction); `at_least`: from how much on it vetoes.
    """

    kind: str
    measure: str = Measure.DEEDS
    min_level: int = 1
    months: int | None = None
    points: Decimal = Decimal(0)
    at_least: Decimal = Decimal(1)


@dataclass(frozen=True)
class Indicator:
    """`cap`: the most that it gives (itemized from the ledger) or takes (deduction). `about` tells how to check it."""

    code: str
    name: str
    kind: str
    weight: Decimal = Decimal(1)
    choices: tuple[Choice, ...] = ()
    ledger: FromLedger | None = None
    cap: Decimal | None = None
    about: str = ""

    @property
    def is_checked_by_a_person(self) -> bool:
        return self.ledger is None

    @property
    def full(self) -> Decimal:
        """The most it can give, with its weight."""
        if self.kind == Kind.GRADED:
            return max((choice.points for choice in self.choices), default=Decimal(0)) * self.weight
        if self.kind == Kind.ITEMIZED:
            whole = sum((choice.points for choice in self.choices), Decimal(0))
            return (whole if self.cap is None else self.cap) * self.weight
        return Decimal(0)


@dataclass(frozen=True)
class Dimension:
    code: str
    name: str
    indicators: tuple[Indicator, ...] = ()

    @property
    def full(self) -> Decimal:
        return sum((indicator.full for indicator in self.indicators), Decimal(0))

    @property
    def checked(self) -> tuple[Indicator, ...]:
        """What a person looks at on site."""
        return tuple(indicator for indicator in self.indicators if indicator.is_checked_by_a_person)


@dataclass(frozen=True)
class StarLevel:
    """What `stars` ask for: points in total and per dimension.

    `most_percent`: of all candidates, how many may hold that many stars or more.
    """

    stars: int
    total: Decimal
    dimensions: Mapping[str, Decimal] = field(default_factory=dict)
    most_percent: Decimal | None = None


@dataclass(frozen=True)
class Blueprint:
    """`levels` from the highest down."""

    dimensions: tuple[Dimension, ...] = ()
    levels: tuple[StarLevel, ...] = ()

    @property
    def full(self) -> Decimal:
        return sum((dimension.full for dimension in self.dimensions), Decimal(0))

    def indicators(self) -> Iterator[Indicator]:
        return (indicator for dimension in self.dimensions for indicator in dimension.indicators)

    def dimension(self, code: str) -> Dimension | None:
        return next((dimension for dimension in self.dimensions if dimension.code == code), None)

    def indicator(self, code: str) -> Indicator | None:
        return next((indicator for indicator in self.indicators() if indicator.code == code), None)

    def dimension_of(self, code: str) -> Dimension | None:
        """The dimension in which an indicator stands."""
        return next((d for d in self.dimensions if any(indicator.code == code for indicator in d.indicators)), None)

    def as_json(self) -> dict[str, Any]:
        written: dict[str, Any] = _plain(asdict(self))
        return written


def read(content: Mapping[str, Any]) -> Blueprint:
    """What was saved, and checked then."""
    levels = [_level(one) for one in content.get("levels", [])]
    return Blueprint(
        dimensions=tuple(_dimension(one) for one in content.get("dimensions", [])),
        levels=tuple(sorted(levels, key=lambda level: -level.stars)),
    )


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return str(value) if isinstance(value, Decimal) else value


def _dimension(values: Mapping[str, Any]) -> Dimension:
    return Dimension(values["code"], values["name"], tuple(_indicator(one) for one in values.get("indicators", [])))


def _indicator(values: Mapping[str, Any]) -> Indicator:
    ledger = values.get("ledger")
    return Indicator(
        code=values["code"],
        name=values["name"],
        kind=values["kind"],
        weight=Decimal(str(values.get("weight", 1))),
        choices=tuple(_choice(one) for one in values.get("choices", [])),
        ledger=_from_ledger(ledger) if ledger else None,
        cap=_number(values.get("cap")),
        about=values.get("about", ""),
    )


def _choice(values: Mapping[str, Any]) -> Choice:
    return Choice(values["label"], Decimal(str(values.get("points", 0))), _number(values.get("at_least")))


def _from_ledger(values: Mapping[str, Any]) -> FromLedger:
    return FromLedger(
        kind=values["kind"],
        measure=values.get("measure", Measure.DEEDS),
        min_level=int(values.get("min_level", 1)),
        months=values.get("months"),
        points=Decimal(str(values.get("points", 0))),
        at_least=Decimal(str(values.get("at_least", 1))),
    )


def _level(values: Mapping[str, Any]) -> StarLevel:
    return StarLevel(
        stars=int(values["stars"]),
        total=Decimal(str(values["total"])),
        dimensions={code: Decimal(str(points)) for code, points in values.get("dimensions", {}).items()},
        most_percent=_number(values.get("most_percent")),
    )


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))
