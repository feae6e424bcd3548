"""How good a roster is, in figures that can be compared."""

from collections.abc import Collection
from fractions import Fraction

from gongjian.work.volunteering.roster.case import Case, Pair
from gongjian.work.volunteering.roster.workload import Reason, Workload, in_minutes


def coverage(case: Case, pairs: Collection[Pair]) -> Fraction:
    """The share of all needed seats that are taken. 1 where none is needed."""
    work = Workload(case, pairs)
    needed = sum(shift.minimum for shift in case.shifts)
    return 1 - Fraction(sum(work.missing(shift.key) for shift in case.shifts), needed) if needed else Fraction(1)


def fairness(case: Case, pairs: Collection[Pair]) -> Fraction:
    """Jain's index of the hours of all: 1 when everybody serves alike, 1/n when one person serves alone."""
    work = Workload(case, pairs)
    loads = [work.minutes(one.key) + in_minutes(one.served) for one in case.volunteers]
    squares = sum(load * load for load in loads)
    return Fraction(sum(loads) ** 2, len(loads) * squares) if squares else Fraction(1)


def broken(case: Case, pairs: Collection[Pair]) -> dict[Pair, Reason]:
    """Which rule each assignment breaks; of a roster of ours, locked assignments alone can."""
    work = Workload(case, pairs)
    return {pair: reason for pair in sorted(work.pairs) if (reason := work.why_not(pair)) is not None}
