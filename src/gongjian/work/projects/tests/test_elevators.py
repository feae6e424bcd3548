"""An elevator's cost in shares that sum exactly."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.kernel.errors import InvalidMany
from gongjian.work.projects.elevators.shares import Flat, shares
from gongjian.work.projects.money import split, to_cent

TABLE = {1: Decimal(0), 2: Decimal(0), 3: Decimal("0.7"), 4: Decimal("0.8"), 5: Decimal("0.9"), 6: Decimal("1.0")}
"""A published scheme; see the design's research on domain rules."""
HOUSE = [Flat(f"{floor}0{side}", floor, Decimal("85")) for floor in TABLE for side in (1, 2)]


class TestWorkedByHand:
    def test_six_floors_two_flats_each(self) -> None:
        """Σ k·a = 2 × 85 × 3.4 = 578; the sixth floor pays 85/578 of 350,000 each = 51,470.588…"""
        found = {
            one.flat.number: one.amount
            for one in shares(HOUSE, coefficients=TABLE, total=Decimal(500_000), subsidies=Decimal(150_000))
        }
        assert (found["101"], found["202"]) == (0, 0)
        assert found["601"] == Decimal("51470.59")
        assert found["301"] == Decimal("36029.41")
        assert sum(found.values()) == Decimal(350_000)

    def test_without_an_agreement_by_area_alone(self) -> None:
        flats = [Flat("甲", 1, Decimal("50")), Flat("乙", 6, Decimal("150"))]
        found = shares(flats, coefficients={1: Decimal(1), 6: Decimal(1)}, total=Decimal(400))
        assert [one.amount for one in found] == [100, 300]


class TestWhatCannotBe:
    @pytest.mark.parametrize(
        ("changes", "field", "why"),
        [
            ({"total": Decimal(0)}, "total", "大于零"),
            ({"total": Decimal("1.005")}, "total", "到分"),
            ({"subsidies": Decimal(600_000)}, "subsidies", "超过总造价"),
            ({"subsidies": Decimal(-1)}, "subsidies", "负数"),
            ({"coefficients": {1: Decimal(1)}}, "coefficients", "没有系数：2、3、4、5、6"),
            ({"coefficients": dict.fromkeys(TABLE, Decimal(0))}, "coefficients", "没有一户"),
            ({"coefficients": TABLE | {6: Decimal(-1)}}, "coefficients", "负数"),
            ({"flats": [*HOUSE, HOUSE[0]]}, "flats", "两次"),
            ({"flats": [*HOUSE, Flat("701", 6, Decimal(0))]}, "flats", "大于零"),
        ],
    )
    def test_it_is_said(self, changes: dict[str, object], field: str, why: str) -> None:
        arguments = {"flats": HOUSE, "coefficients": TABLE, "total": Decimal(500_000)} | changes
        with pytest.raises(InvalidMany) as refused:
            shares(**arguments)
        assert why in str(refused.value.sentences[field])


WEIGHTS = st.lists(st.fractions(0, 1000, max_denominator=1000), min_size=1, max_size=60).filter(any)


@given(st.decimals("0", "9999999.99", places=2), WEIGHTS)
def test_parts_sum_exactly_and_none_is_a_cent_off(total: Decimal, weights: list[Fraction]) -> None:
    parts = split(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(Fraction(part) - Fraction(total) * weight / sum(weights)) < Fraction(1, 100)
        assert weight or not part


@given(st.integers(-10_000, 10_000))
def test_half_a_cent_goes_away_from_zero_and_fractions_agree_with_decimals(thousandths: int) -> None:
    assert to_cent(Fraction(thousandths, 1000)) == to_cent(Decimal(thousandths) / 1000)
