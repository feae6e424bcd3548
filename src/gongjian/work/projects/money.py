"""Yuan to the cent, exactly."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

CENT = Decimal("0.01")


def to_cent(amount: Decimal | Fraction) -> Decimal:
    """Half a cent goes up, away from zero."""
    if isinstance(amount, Decimal):
        return amount.quantize(CENT, ROUND_HALF_UP)
    cents = amount * 100
    whole, rest = divmod(abs(cents.numerator), cents.denominator)
    rounded = whole + (2 * rest >= cents.denominator)
    return Decimal(rounded if cents >= 0 else -rounded) * CENT


def split(total: Decimal, weights: Sequence[Fraction]) -> list[Decimal]:
    """`total` by weight, each part whole cents and all parts together exactly `total`.

    Every part is cut down to the cent; the cents that are left go to those cut most, the earlier first where two are alike.
    Weights are not negative and not all zero.
    """
    cents, whole = int(total / CENT), sum(weights)
    exact = [cents * weight / whole for weight in weights]
    parts = [share.numerator // share.denominator for share in exact]
    left = cents - sum(parts)
    most_cut = sorted(range(len(parts)), key=lambda at: (parts[at] - exact[at], at))
    for at in most_cut[:left]:
        parts[at] += 1
    return [part * CENT for part in parts]
