"""What a settlement is made from, and what cannot be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from stdnum.cn import uscc

from gongjian.kernel.errors import InvalidMany
from gongjian.work.projects.settling.rent import DAY, Days, add_months

MOST_MONTHS = 60


@dataclass(frozen=True)
class Relief:
    """`months` calendar months from the one that `first` lies in, in which `factor` (0 to 1) of the rent is still owed."""

    first: date
    months: int
    factor: Fraction

    @property
    def days(self) -> Days:
        return Days(self.first.replace(day=1), add_months(self.first, self.months) - DAY)


@dataclass(frozen=True)
class Amount:
    name: str
    amount: Decimal


@dataclass(frozen=True)
class Lease:
    """Money in yuan, at most two decimals. `paid_until` and `vacated` are the last days of rent paid and of use.

    `remitted`: the rent went into the treasury, so that a refund of it takes the treasury's way and the deposit's does not.
    """

    tenant: str
    premises: str
    term: Days
    monthly_rent: Decimal
    paid_until: date
    vacated: date
    deposit: Decimal
    credit_code: str = ""
    owner: str = ""
    area: Decimal | None = None
    relief: Sequence[Relief] = ()
    relief_basis: str = ""
    utilities: Sequence[Amount] = field(default_factory=tuple)
    others: Sequence[Amount] = field(default_factory=tuple)
    earlier_arrears: Decimal = Decimal(0)
    remitted: bool = False

    @property
    def used(self) -> Days:
        return Days(self.term.first, self.vacated)


def check(lease: Lease) -> None:
    """Raises InvalidMany with a sentence for each field that cannot be."""
    faults = dict(reversed(list(_faults(lease))))
    if faults:
        raise InvalidMany(faults)


def _faults(lease: Lease) -> Iterator[tuple[str, str]]:
    if lease.term.last < lease.term.first:
        yield "lease", _("租期的结束早于开始，请核对合同。")
    if lease.credit_code and not uscc.is_valid(lease.credit_code):
        yield "credit_code", _("统一社会信用代码的校验位不对，请核对。")
    if not lease.term.first - DAY <= lease.paid_until:
        yield "paid_until", _("租金付到的日子早于租期开始，请核对。")
    if not lease.term.first <= lease.vacated <= lease.term.last:
        yield "vacated", _("腾退的日子不在租期里，请核对。")
    yield from _faults_of_money(lease)
    yield from _faults_of_relief(lease)


def _faults_of_money(lease: Lease) -> Iterator[tuple[str, str]]:
    named = [("monthly_rent", lease.monthly_rent), ("deposit", lease.deposit), ("earlier_arrears", lease.earlier_arrears)]
    named += [("utilities", one.amount) for one in lease.utilities] + [("others", one.amount) for one in lease.others]
    for field_name, amount in named:
        if amount < 0:
            yield field_name, _("金额不能是负数：%(amount)s。") % {"amount": amount}
        elif amount != amount.quantize(Decimal("0.01")):
            yield field_name, _("金额最多到分：%(amount)s。") % {"amount": amount}


def _faults_of_relief(lease: Lease) -> Iterator[tuple[str, str]]:
    if lease.relief and not lease.relief_basis.strip():
        yield "relief", _("减免要写明依据的文件。")
    taken: list[Days] = []
    for rule in lease.relief:
        if not (1 <= rule.months <= MOST_MONTHS and 0 <= rule.factor <= 1):
            yield "relief", _("减免的月数要在 1 到 %(most)s 之间，仍付的比例在 0 到 1 之间。") % {"most": MOST_MONTHS}
            continue
        if rule.days.first < lease.term.first.replace(day=1) or rule.days.last > _end_of_month(lease.term.last):
            yield (
                "relief",
                _("减免的月份（%(first)s 起 %(months)s 个月）超出了租期。")
                % {
                    "first": rule.first.strftime("%Y-%m"),
                    "months": rule.months,
                },
            )
        elif any(len(rule.days.within(other)) for other in taken):
            yield "relief", _("两条减免落在同一个月。")
        taken.append(rule.days)


def _end_of_month(day: date) -> date:
    return add_months(day, 1) - DAY
