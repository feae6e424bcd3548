"""Settlements to the cent: worked by hand, and whatever the lease."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.kernel.errors import InvalidMany
from gongjian.work.projects.settling.lease import Amount, Lease, Relief
from gongjian.work.projects.settling.rent import Days, add_months, rent_of
from gongjian.work.projects.settling.sheet import Part, settle

BASIS = "样例文件〔2020〕1 号"
THREE_FREE_TWO_HALF = [Relief(date(2020, 2, 1), 3, Fraction(0)), Relief(date(2020, 5, 1), 2, Fraction(1, 2))]


def lease(**changes: Any) -> Lease:
    values: dict[str, Any] = {
        "tenant": "样例小吃店",
        "premises": "样例路 1 号",
        "term": Days(date(2019, 7, 1), date(2021, 6, 30)),
        "monthly_rent": Decimal("3100.00"),
        "paid_until": date(2020, 12, 31),
        "vacated": date(2020, 10, 15),
        "deposit": Decimal("1250.00"),
    }
    return Lease(**values | changes)


class TestWorkedByHand:
    def test_prepaid_rent_by_the_day_relief_deposit_and_what_is_owed(self) -> None:
        """16 of October's 31 days are 1600.00; November and December 3100.00 each; relief 3 × 3100 + 2 × 1550."""
        found = settle(
            lease(
                relief=THREE_FREE_TWO_HALF,
                relief_basis=BASIS,
                utilities=[Amount("水费", Decimal("86.40")), Amount("电费", Decimal("213.65"))],
                others=[Amount("垃圾清运", Decimal("60.00"))],
            )
        )
        assert found.total(Part.PREPAID) == Decimal("7800.00")
        assert found.total(Part.RELIEF) == Decimal("12400.00")
        assert found.total(Part.UTILITIES) == Decimal("-300.05")
        assert found.net == Decimal("1250.00") + Decimal("7800.00") + Decimal("12400.00") - Decimal("360.05")
        assert next(line.how for line in found.lines if line.part is Part.PREPAID) == "2020-10-16 – 2020-10-31: 3100.00 × 16/31"
        assert "× 1/2" in [line.how for line in found.lines if line.part is Part.RELIEF][-1]

    def test_rent_that_was_not_paid_is_owed_and_relief_lowers_it(self) -> None:
        """Unpaid April to June 2020, 3 × 3100 owed; April was free and May, June half: 3100 + 1550 + 1550 relieved of them,
        and February and March, which were paid, come back."""
        found = settle(
            lease(paid_until=date(2020, 3, 31), vacated=date(2020, 6, 30), relief=THREE_FREE_TWO_HALF, relief_basis=BASIS)
        )
        assert found.total(Part.ARREARS) == Decimal("-9300.00")
        assert found.total(Part.RELIEF) == Decimal("12400.00")
        assert found.net == Decimal("1250.00") + Decimal("3100.00")

    def test_half_a_cent_goes_up(self) -> None:
        """1000.01 × 15/30 = 500.005."""
        found = settle(lease(monthly_rent=Decimal("1000.01"), vacated=date(2020, 11, 15), paid_until=date(2020, 11, 30)))
        assert found.total(Part.PREPAID) == Decimal("500.01")

    def test_a_leap_february_has_twenty_nine_days(self) -> None:
        assert rent_of(Days(date(2020, 2, 1), date(2020, 2, 28)), Decimal(2900)) == 2800

    def test_remitted_rent_and_the_deposit_stand_apart(self) -> None:
        found = settle(lease(remitted=True, relief=THREE_FREE_TWO_HALF, relief_basis=BASIS))
        assert found.refund_of_remitted_rent == Decimal("20200.00")
        assert settle(lease()).refund_of_remitted_rent == 0

    def test_a_tenant_who_owes_more_has_a_negative_net(self) -> None:
        assert settle(lease(paid_until=date(2020, 7, 31), earlier_arrears=Decimal("100"))).net < 0


class TestWhatCannotBe:
    @pytest.mark.parametrize(
        ("changes", "field", "why"),
        [
            ({"term": Days(date(2021, 1, 1), date(2020, 1, 1))}, "lease", "早于开始"),
            ({"vacated": date(2019, 6, 30)}, "vacated", "不在租期里"),
            ({"vacated": date(2021, 7, 1)}, "vacated", "不在租期里"),
            ({"paid_until": date(2019, 6, 29)}, "paid_until", "早于租期"),
            ({"deposit": Decimal("-1")}, "deposit", "负数"),
            ({"monthly_rent": Decimal("1.001")}, "monthly_rent", "最多到分"),
            ({"utilities": [Amount("水费", Decimal("-3"))]}, "utilities", "负数"),
            ({"credit_code": "91410000000000000X"}, "credit_code", "校验位"),
            ({"relief": THREE_FREE_TWO_HALF}, "relief", "依据"),
            ({"relief": [Relief(date(2019, 5, 1), 1, Fraction(0))], "relief_basis": BASIS}, "relief", "超出了租期"),
            ({"relief": [Relief(date(2021, 6, 1), 2, Fraction(0))], "relief_basis": BASIS}, "relief", "超出了租期"),
            ({"relief": [Relief(date(2020, 2, 1), 0, Fraction(0))], "relief_basis": BASIS}, "relief", "月数"),
            ({"relief": [Relief(date(2020, 2, 1), 1, Fraction(2))], "relief_basis": BASIS}, "relief", "比例"),
            ({"relief": [THREE_FREE_TWO_HALF[0]] * 2, "relief_basis": BASIS}, "relief", "同一个月"),
        ],
    )
    def test_it_is_said_beside_its_field(self, changes: dict[str, Any], field: str, why: str) -> None:
        with pytest.raises(InvalidMany) as refused:
            settle(lease(**changes))
        assert why in str(refused.value.sentences[field])


MONEY = st.decimals("0", "99999.99", places=2)


@st.composite
def leases(draw: Any) -> Lease:
    first = draw(st.dates(date(2015, 1, 1), date(2020, 1, 1)))
    last = first + timedelta(days=draw(st.integers(0, 1500)))
    vacated = draw(st.dates(first, last))
    month, relief = first.replace(day=1), []
    for months in draw(st.lists(st.integers(1, 3), max_size=3)):
        if add_months(month, months) <= add_months(last, 1):
            relief.append(Relief(month, months, draw(st.fractions(0, 1, max_denominator=4))))
        month = add_months(month, months)
    return lease(
        term=Days(first, last),
        vacated=vacated,
        paid_until=draw(st.dates(first - timedelta(days=1), last + timedelta(days=400))),
        monthly_rent=draw(MONEY),
        deposit=draw(MONEY),
        relief=relief,
        relief_basis=BASIS,
        utilities=[Amount("水费", draw(MONEY))],
        earlier_arrears=draw(MONEY),
    )


@given(leases())
def test_the_printed_lines_sum_to_the_net_exactly(one: Lease) -> None:
    found = settle(one)
    assert found.net == sum((line.amount for line in found.lines), Decimal(0))
    assert all(line.amount == line.amount.quantize(Decimal("0.01")) for line in found.lines)
    assert found.net == sum((found.total(part) for part in Part), Decimal(0))


@given(leases())
def test_the_lines_are_within_half_a_cent_each_of_the_exact_sum(one: Lease) -> None:
    found = settle(one)
    exact = [rent_of(rule.days.within(one.used), one.monthly_rent) * (1 - rule.factor) for rule in one.relief]
    relieved = sum(exact, Fraction(0))
    lines = [line for line in found.lines if line.part is Part.RELIEF]
    months = sum(rule.months for rule in one.relief)
    assert abs(sum(Fraction(line.amount) for line in lines) - relieved) <= Fraction(months, 200)


@given(leases())
def test_a_day_longer_costs_what_a_day_costs(one: Lease) -> None:
    """Between vacating and paid_until no day is both refunded and owed, and none is forgotten."""
    prepaid = Days(one.vacated + timedelta(days=1), one.paid_until)
    owed = Days(one.paid_until + timedelta(days=1), one.vacated)
    assert not (len(prepaid) and len(owed))
    assert sum(len(part) for part in prepaid.months()) == len(prepaid)
    assert sum(len(part) for part in owed.months()) == len(owed)
