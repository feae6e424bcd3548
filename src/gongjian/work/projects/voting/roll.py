"""Who may vote: exclusive units, their areas, and who counts as one head."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Context, Decimal
from fractions import Fraction
from functools import cached_property

from django.utils.translation import gettext as _

from gongjian.kernel.errors import InvalidMany

SOURCES = ("register", "survey", "contract")
"""Where an area is taken from, the first that there is: Supreme People's Court on divided ownership (2020), §8."""
DEVELOPER = "developer"
_EXACT = Context(prec=60)
"""More digits than the areas of any roll have together."""


@dataclass(frozen=True)
class Unit:
    """An exclusive unit. `areas` in m² by source; a developer's unsold or undelivered unit has `developer` set."""

    number: str
    areas: Mapping[str, Decimal]
    owners: Sequence[str] = ()
    developer: bool = False

    @cached_property
    def area_source(self) -> str:
        return next((source for source in SOURCES if source in self.areas), "")

    @cached_property
    def area(self) -> Decimal:
        return self.areas[self.area_source]

    @property
    def holder(self) -> tuple[str, ...]:
        """Whoever holds it counts as one head, however many units they hold: §9 of the same interpretation."""
        return (DEVELOPER,) if self.developer else tuple(sorted(self.owners))


@dataclass(frozen=True)
class Holding:
    """What one head holds: a person, the joint owners of the same units, or the developer."""

    holder: tuple[str, ...]
    units: Sequence[Unit] = field(default_factory=list)

    @property
    def area(self) -> Fraction:
        return area_of([self])


def area_of(held: Iterable[Holding]) -> Fraction:
    """Summed as decimals, which for thousands of units is much faster than as fractions and just as exact."""
    total = Decimal(0)
    for holding in held:
        for unit in holding.units:
            total = _EXACT.add(total, unit.area)
    return Fraction(total)


def holdings(units: Sequence[Unit]) -> list[Holding]:
    """One for each head. Raises InvalidMany, by unit number, for a roll that cannot be counted."""
    faults = dict(_faults(units))
    if faults:
        raise InvalidMany(faults)
    found: dict[tuple[str, ...], list[Unit]] = {}
    for unit in units:
        found.setdefault(unit.holder, []).append(unit)
    return [Holding(holder, held) for holder, held in found.items()]


def _faults(units: Sequence[Unit]) -> Iterator[tuple[str, str]]:
    if not units:
        yield "units", _("名册里一户也没有。")
    seen: set[str] = set()
    for unit in units:
        said = {"unit": unit.number}
        if unit.number in seen:
            yield unit.number, _("%(unit)s 在名册里出现了两次，只能留一条。") % said
        elif not unit.area_source:
            yield unit.number, _("%(unit)s 没有面积：按登记簿、测绘、合同的顺序至少填一个。") % said
        elif unit.area <= 0:
            yield unit.number, _("%(unit)s 的面积要大于零。") % said
        elif not unit.developer and not any(owner.strip() for owner in unit.owners):
            yield unit.number, _("%(unit)s 没有业主；未售出的请标明属于建设单位。") % said
        elif len(set(unit.owners)) < len(unit.owners):
            yield unit.number, _("%(unit)s 的同一位业主写了两次。") % said
        seen.add(unit.number)
