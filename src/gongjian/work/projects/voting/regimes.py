"""Which majority is needed: by the day of the vote and by its matter.

From 2021-01-01 Civil Code §278; before, Property Law §76. “以上” includes the number itself (Civil Code §1259),
“过半数” does not.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _

CIVIL_CODE_SINCE = date(2021, 1, 1)


class Matter(StrEnum):
    """`funds` and `alteration` are items 6 and 7 of §278, `common_use` item 8; a retrofit elevator is an alteration."""

    FUNDS = "funds"
    ALTERATION = "alteration"
    COMMON_USE = "common_use"
    ORDINARY = "ordinary"


@dataclass(frozen=True)
class Majority:
    """A share that must be reached, or, if `more`, exceeded."""

    share: Fraction
    more: bool = False

    def is_met(self, part: Fraction, whole: Fraction) -> bool:
        """Exactly, without dividing; nothing is no majority of nothing."""
        needed = self.share * whole
        return whole > 0 and (part > needed if self.more else part >= needed)


HALF, TWO_THIRDS, THREE_QUARTERS = Majority(Fraction(1, 2), more=True), Majority(Fraction(2, 3)), Majority(Fraction(3, 4))


@dataclass(frozen=True)
class Regime:
    """`taking_part` of all owners, and `agreeing` of those who took part; of all owners where no taking part is asked for.

    Each by area and by heads.
    """

    code: str
    source: Any
    agreeing: Majority
    taking_part: Majority | None = None


def regime_of(day: date, matter: Matter) -> Regime:
    """The rule for a vote that ended on `day`."""
    if day >= CIVIL_CODE_SINCE:
        hard = matter is not Matter.ORDINARY
        return Regime("civil-code-278", _("《民法典》第二百七十八条"), THREE_QUARTERS if hard else HALF, TWO_THIRDS)
    hard = matter in (Matter.FUNDS, Matter.ALTERATION)
    return Regime("property-law-76", _("《物权法》第七十六条"), TWO_THIRDS if hard else HALF)
