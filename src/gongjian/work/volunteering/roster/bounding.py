"""A bound that no roster can beat, over all pairs, from what the seats are worth (Lagrangian relaxation).

If every seat paid its worth to whoever takes it, each person would choose the shifts that pay best for them, alone. What all of
them would earn that way is more than any roster saves.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongjian.work.volunteering.roster.candidates import Candidates
from gongjian.work.volunteering.roster.case import Pair, Shift, Volunteer
from gongjian.work.volunteering.roster.costs import LoadScale, preference
from gongjian.work.volunteering.roster.model import SeatRow
from gongjian.work.volunteering.roster.workload import in_minutes, least

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Bound:
    """`cost` is in the terms of the model; `choices` are what each person would choose."""

    cost: float
    choices: frozenset[Pair]


class Bounding:
    """Asked again and again with other worths."""

    def __init__(self, candidates: Candidates, before: Collection[Pair] = ()) -> None:
        self.candidates, self.case = candidates, candidates.case
        self.scale = LoadScale(self.case)
        friendly: dict[int, float] = defaultdict(float)
        for pair in self.case.friends:
            for key in pair:
                friendly[key] += self.case.weights.friend / 2
        self._own = {pair: friendly[pair.volunteer] - preference(self.case, pair, before) for pair in candidates.pairs()}

    def bound(self, worth: Mapping[SeatRow, float]) -> Bound:
        """Holds for any `worth`; it is close for the duals of the linear program."""
        total = 0.0
        paid: dict[int, list[tuple[str | None, float]]] = defaultdict(list)
        for seat, dual in worth.items():
            value = min(float(seat.price), max(0.0, dual)) if seat.price else min(0.0, dual)
            total += value * seat.amount
            if value:
                paid[seat.shift].append((seat.skill, value))
        choices: set[Pair] = set()
        for person in self.case.volunteers:
            gain, chosen = self._best(person, paid)
            total -= gain
            choices |= chosen
        return Bound(total, frozenset(choices))

    def _best(self, person: Volunteer, paid: Mapping[int, list[tuple[str | None, float]]]) -> tuple[float, set[Pair]]:
        paying = []
        for key in self.candidates.shifts(person.key):
            pay = self._own[Pair(person.key, key)]
            pay += sum(value for skill, value in paid.get(key, ()) if skill is None or skill in person.skills)
            if pay > 0:
                paying.append((self.case.shift[key], pay))
        if not paying:
            return 0.0, set()
        paying.sort(key=lambda one: one[0].end)
        return self._choose(person, [shift for shift, _pay in paying], [pay for _shift, pay in paying])

    def _choose(self, person: Volunteer, shifts: list[Shift], pays: list[float]) -> tuple[float, set[Pair]]:
        """The best set of shifts with rest between them: by the end of the last shift and by the units served so far."""
        import numpy as np

        units = [self.scale.units(shift.minutes) for shift in shifts]
        room = min(sum(units), self._room(person))
        ends = [shift.end + self.case.rules.rest for shift in shifts]
        before = [bisect_right(ends, shift.start, hi=index) for index, shift in enumerate(shifts)]
        best = np.full((len(shifts) + 1, room + 1), -np.inf)
        best[:, 0] = 0.0
        for index, (size, pay) in enumerate(zip(units, pays, strict=True)):
            best[index + 1] = best[index]
            if size <= room:
                np.maximum(best[index + 1, size:], best[before[index], : room + 1 - size] + pay, out=best[index + 1, size:])
        earned = best[-1] - self._loads(person, room)
        at = int(earned.argmax())
        return float(earned[at]), {Pair(person.key, shifts[index].key) for index in _walk(best, before, units, at)}

    def _room(self, person: Volunteer) -> int:
        most = least(self.case.rules.in_all, person.most)
        if most is None:
            return 10**6
        return max(0, in_minutes(most) - self.candidates.locked.minutes(person.key)) // self.scale.unit

    def _loads(self, person: Volunteer, room: int) -> "NDArray[np.float64]":
        """What so many units more cost this person."""
        import numpy as np

        carried = self.scale.units(self.candidates.locked.minutes(person.key) + in_minutes(person.served))
        each = np.zeros(room + 1)
        at = 1
        for width, cost in self.scale.steps(carried):
            each[at : at + width] = cost
            at += width
        return np.cumsum(each)


def _walk(best: "NDArray[np.float64]", before: list[int], units: list[int], at: int) -> list[int]:
    """Which shifts the best value at `at` units came from."""
    taken, index = [], len(units)
    while index and at:
        if best[index, at] == best[index - 1, at]:
            index -= 1
            continue
        taken.append(index - 1)
        at -= units[index - 1]
        index = before[index - 1]
    return taken
