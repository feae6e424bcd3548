"""The cost by floor and area: share_i = k_i·a_i / Σ(k·a) × (total − subsidies), in cents that sum to it exactly.

By agreement; without one, by area alone (Civil Code §283), which is every coefficient 1.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from gongjian.kernel.errors import InvalidMany
from gongjian.work.projects.money import CENT, split


@dataclass(frozen=True)
class Flat:
    """`area` in m²."""

    number: str
    floor: int
    area: Decimal


@dataclass(frozen=True)
class Share:
    flat: Flat
    coefficient: Decimal
    amount: Decimal


def shares(
    flats: Sequence[Flat], *, coefficients: Mapping[int, Decimal], total: Decimal, subsidies: Decimal = Decimal(0)
) -> list[Share]:
    """What each flat pays, in yuan to the cent. Raises InvalidMany by field for what cannot be divided."""
    faults = dict(_faults(flats, coefficients, total, subsidies))
    if faults:
        raise InvalidMany(faults)
    weights = [Fraction(coefficients[flat.floor]) * Fraction(flat.area) for flat in flats]
    amounts = split(total - subsidies, weights)
    return [Share(flat, coefficients[flat.floor], amount) for flat, amount in zip(flats, amounts, strict=True)]


def _faults(
    flats: Sequence[Flat], coefficients: Mapping[int, Decimal], total: Decimal, subsidies: Decimal
) -> Iterator[tuple[str, str]]:
    if total <= 0 or total != total.quantize(CENT):
        yield "total", _("总造价要大于零，最多到分。")
    if not 0 <= subsidies <= total or subsidies != subsidies.quantize(CENT):
        yield "subsidies", _("补贴不能是负数，也不能超过总造价，最多到分。")
    if any(factor < 0 for factor in coefficients.values()):
        yield "coefficients", _("楼层系数不能是负数。")
    missing = sorted({flat.floor for flat in flats} - coefficients.keys())
    if missing:
        yield "coefficients", _("这些楼层没有系数：%(floors)s。") % {"floors": "、".join(map(str, missing))}
    elif not any(coefficients[flat.floor] * flat.area for flat in flats):
        yield "coefficients", _("没有一户要分摊：请核对系数和面积。")
    numbers = [flat.number for flat in flats]
    if len(set(numbers)) < len(numbers):
        yield "flats", _("有的房号写了两次。")
    if any(flat.area <= 0 for flat in flats):
        yield "flats", _("每一户的面积都要大于零。")
