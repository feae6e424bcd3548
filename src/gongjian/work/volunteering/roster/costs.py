"""What a roster costs in the units of `Weights`: what the optimization makes small, said without it."""

from collections.abc import Collection, Iterator
from itertools import pairwise
from math import gcd
from statistics import median_low

from gongjian.work.volunteering.roster.case import Case, Pair
from gongjian.work.volunteering.roster.workload import Workload, in_minutes

BANDS = 16
"""Steps of a person's load, each as long as a usual shift and dearer than the one before; the last has no end."""


class LoadScale:
    """Minutes as whole `unit`s, and the steps whose rising price keeps the sum of squares of all loads small."""

    def __init__(self, case: Case) -> None:
        self._hour = case.weights.load
        self.unit = gcd(*(shift.minutes for shift in case.shifts)) or 60
        width = max(1, median_low(shift.minutes for shift in case.shifts) // self.unit) if case.shifts else 1
        self._edges = [step * width for step in range(BANDS)] + [10**6]

    def units(self, minutes: int) -> int:
        return -(-minutes // self.unit)

    def steps(self, carried: int) -> Iterator[tuple[int, int]]:
        """(room in units, cost of each unit) for what is added to so many units, cheapest first."""
        for step, (low, high) in enumerate(pairwise(self._edges)):
            if high > carried:
                yield high - max(low, carried), -(-self._hour * step * self.unit // 60)

    def cost(self, units: int) -> int:
        total = 0
        for room, cost in self.steps(0):
            total += cost * min(room, units)
            units -= min(room, units)
        return total


def preference(case: Case, pair: Pair, before: Collection[Pair] = ()) -> int:
    """What this pair costs beside the load: the way, less wishes met and less what is not changed."""
    weights = case.weights
    cost = (case.meters(pair) or 0) * weights.kilometer // 1000
    person = case.volunteer[pair.volunteer]
    cost += weights.wish * ((pair.shift in person.avoids) - (pair.shift in person.wishes))
    return cost - weights.keep * (pair in before)


def shortage(work: Workload) -> int:
    """What the seats and skills cost that are missing."""
    weights = work.case.weights
    seats = sum(work.missing(shift.key) for shift in work.case.shifts)
    skills = sum(count for shift in work.case.shifts for count in work.missing_skills(shift.key).values())
    return weights.seat * seats + weights.skill * skills


def cost(work: Workload, before: Collection[Pair] = ()) -> int:
    case, scale = work.case, LoadScale(work.case)
    loads = sum(scale.cost(scale.units(work.minutes(one.key) + in_minutes(one.served))) for one in case.volunteers)
    together = sum(len(work.shifts(one) & work.shifts(other)) for one, other in case.friends)
    preferences = sum(preference(case, pair, before) for pair in work.pairs)
    return shortage(work) + loads + preferences - case.weights.friend * together
