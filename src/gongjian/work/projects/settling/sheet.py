"""The settlement sheet: net = deposit + prepaid unused rent + relief − arrears − utilities − other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from django.utils.translation import gettext as _

from gongjian.work.projects.money import to_cent
from gongjian.work.projects.settling.lease import Lease, Relief, check
from gongjian.work.projects.settling.rent import DAY, Days, month_of, rent_of


class Part(StrEnum):
    DEPOSIT = "deposit"
    PREPAID = "prepaid"
    RELIEF = "relief"
    ARREARS = "arrears"
    UTILITIES = "utilities"
    OTHER = "other"


@dataclass(frozen=True)
class Line:
    """`amount` in yuan to the cent, positive for the tenant, negative against; `how` is the calculation in words."""

    part: Part
    name: str
    how: str
    amount: Decimal


@dataclass(frozen=True)
class Settlement:
    lease: Lease
    lines: Sequence[Line]

    @property
    def net(self) -> Decimal:
        """What the landlord pays; negative: what the tenant still owes."""
        return sum((line.amount for line in self.lines), Decimal(0))

    def total(self, part: Part) -> Decimal:
        return sum((line.amount for line in self.lines if line.part is part), Decimal(0))

    @property
    def refund_of_remitted_rent(self) -> Decimal:
        """Prepaid rent and relief of rent that had gone into the treasury; a deposit never goes there."""
        return self.total(Part.PREPAID) + self._paid_relief() if self.lease.remitted else Decimal(0)

    def _paid_relief(self) -> Decimal:
        """Relief of rent that was never paid lowers arrears and is no refund."""
        return max(Decimal(0), self.total(Part.RELIEF) + min(Decimal(0), self.total(Part.ARREARS)))


def settle(lease: Lease) -> Settlement:
    """Raises InvalidMany for a lease that cannot be settled; see `lease.check`."""
    check(lease)
    return Settlement(lease, [line for line in _lines(lease) if line.amount])


def _lines(lease: Lease) -> Iterator[Line]:
    yield Line(Part.DEPOSIT, _("押金"), _("合同押金，全额退还"), to_cent(lease.deposit))
    yield from _prepaid(lease)
    for rule in lease.relief:
        yield from _relief(lease, rule)
    yield from _arrears(lease)
    for part, amounts in ((Part.UTILITIES, lease.utilities), (Part.OTHER, lease.others)):
        for one in amounts:
            yield Line(part, one.name, _("按单据"), -to_cent(one.amount))


def _prepaid(lease: Lease) -> Iterator[Line]:
    for part in Days(lease.vacated + DAY, lease.paid_until).months():
        yield _rent_line(Part.PREPAID, _("已付未用的租金"), part, lease.monthly_rent, Fraction(1))


def _relief(lease: Lease, rule: Relief) -> Iterator[Line]:
    """Of the months in which the premises were still used."""
    for part in rule.days.within(lease.used).months():
        yield _rent_line(Part.RELIEF, _("租金减免"), part, lease.monthly_rent, 1 - rule.factor)


def _arrears(lease: Lease) -> Iterator[Line]:
    for part in Days(lease.paid_until + DAY, lease.vacated).months():
        yield _rent_line(Part.ARREARS, _("欠付的租金"), part, lease.monthly_rent, Fraction(-1))
    if lease.earlier_arrears:
        yield Line(Part.ARREARS, _("以前的欠费"), _("按双方核对"), -to_cent(lease.earlier_arrears))


def _rent_line(part: Part, name: str, days: Days, monthly: Decimal, factor: Fraction) -> Line:
    """A month or a part of one, with the calculation that a tenant can repeat."""
    whole = month_of(days.first)
    share = "" if abs(factor) == 1 else f" × {abs(factor)}"
    how = f"{days.first:%Y-%m-%d} – {days.last:%Y-%m-%d}: {monthly} × {len(days)}/{len(whole)}{share}"
    return Line(part, name, how, to_cent(rent_of(days, monthly) * factor))
