from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from gongjian.kernel.quantities import CHINESE, ENGLISH, Approximation, Quantity, Unit


def quantity(value: object, unit: str, approximation: str = "exact") -> Quantity:
    return Quantity(Decimal(str(value)), unit, approximation)


class TestInChinese:
    @pytest.mark.parametrize(
        ("said", "meant"),
        [
            ("近2万元", quantity(20_000, "yuan", "nearly")),
            ("60余万元", quantity(600_000, "yuan", "over")),
            ("2600余小时", quantity(2600, "hour", "over")),
            ("106名", quantity(106, "person")),
            ("620平方米", quantity("620.00", "m2")),
            ("1.5万元", quantity(15_000, "yuan")),
            ("2.5小时", quantity("2.50", "hour")),
            ("约3000份", quantity(3000, "document", "about")),
            ("1台", quantity(1, "elevator")),
            ("0次", quantity(0, "time")),
            ("-5元", quantity(-5, "yuan")),
        ],
    )
    def test_as_the_newspaper_says_it(self, said: str, meant: Quantity) -> None:
        assert meant.in_chinese() == said

    def test_a_figure_that_is_no_round_thousand_keeps_its_digits(self) -> None:
        assert quantity(12_345, "yuan").in_chinese() == "12345元"


class TestInEnglish:
    @pytest.mark.parametrize(
        ("said", "meant"),
        [
            ("nearly 20,000 yuan", quantity(20_000, "yuan", "nearly")),
            ("over 600,000 yuan", quantity(600_000, "yuan", "over")),
            ("over 2,600 hours", quantity(2600, "hour", "over")),
            ("106 people", quantity(106, "person")),
            ("1 person", quantity(1, "person")),
            ("about 2.5 m²", quantity("2.50", "m2", "about")),
            ("1 elevator", quantity("1.00", "elevator")),
        ],
    )
    def test_as_one_says_it(self, said: str, meant: Quantity) -> None:
        assert meant.in_english() == said


class TestStr:
    def test_in_the_readers_language(self) -> None:
        meant = quantity(20_000, "yuan", "nearly")
        with override("zh-hans"):
            assert (str(meant), meant.number, meant.unit_name) == ("近2万元", "近2万", "元")
        with override("en"):
            assert (str(meant), meant.number, meant.unit_name) == ("nearly 20,000 yuan", "nearly 20,000", "yuan")

    @given(
        value=st.decimals(min_value=0, max_value=10**12, places=2),
        unit=st.sampled_from(Unit.values),
        approximation=st.sampled_from(Approximation.values),
    )
    def test_no_figure_is_written_with_an_exponent(self, value: Decimal, unit: str, approximation: str) -> None:
        meant = Quantity(value, unit, approximation)
        digits = meant.in_english() + meant.in_chinese()
        assert "E" not in digits.replace("E+", "E")
        assert "E+" not in digits


def test_every_unit_has_words_in_both_languages() -> None:
    assert ENGLISH.keys() == CHINESE.keys() == set(Unit.values)
