"""What is divided: exact fractions, rounded once, whichever engine counted."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

PLACES = Decimal("0.0001")


def share(part: int, whole: int) -> Decimal | None:
    """`part` of `whole` as a number from 0 to 1; None where there is nothing to divide by."""
    return _rounded(Fraction(part, whole)) if whole else None


def herfindahl(squares: int, whole: int) -> Decimal | None:
    """The sum of the squared shares: 1 where one does everything, 1/n where n do the same."""
    return _rounded(Fraction(squares, whole * whole)) if whole else None


def change(now: int, before: int) -> Decimal | None:
    """By how much `now` is more than `before`, as a share of it."""
    return _rounded(Fraction(now - before, before)) if before > 0 else None


def _rounded(exact: Fraction) -> Decimal:
    scaled = Decimal(exact.numerator * 10**8 // exact.denominator).scaleb(-8)
    return scaled.quantize(PLACES, ROUND_HALF_UP)
