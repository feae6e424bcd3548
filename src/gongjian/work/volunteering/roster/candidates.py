"""Which pairs are worth deciding on: nobody else is given a variable."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Self

from gongjian.work.volunteering.roster.case import Case, Pair, Shift, Volunteer
from gongjian.work.volunteering.roster.workload import Workload


class Candidates:
    """Pairs that no rule forbids by itself or beside the locked assignments."""

    def __init__(self, case: Case, pairs: Iterable[Pair], locked: Workload | None = None) -> None:
        self.case, self.locked = case, locked or Workload(case)
        self._of: dict[int, list[int]] = defaultdict(list)
        self._in: dict[int, list[int]] = defaultdict(list)
        for pair in pairs:
            self._of[pair.volunteer].append(pair.shift)
            self._in[pair.shift].append(pair.volunteer)

    @classmethod
    def all(cls, case: Case, shifts: Collection[int] | None = None) -> Self:
        """Everybody who may be in one of `shifts`; without them, in any shift."""
        locked = Workload(case)
        open_shifts = [
            one for one in case.shifts if (shifts is None or one.key in shifts) and len(locked.people(one.key)) < one.maximum
        ]
        return cls(case, (pair for person in case.volunteers for pair in _possible(locked, person, open_shifts)), locked)

    def among(self, pairs: Collection[Pair]) -> "Candidates":
        return Candidates(self.case, (pair for pair in self.pairs() if pair in pairs), self.locked)

    def beside(self, fixed: Collection[Pair]) -> "Candidates":
        """What is left to decide when these are fixed too."""
        case = replace(self.case, locked=self.case.locked | frozenset(fixed))
        locked = Workload(case)
        left = (pair for pair in self.pairs() if pair not in locked.pairs and locked.why_not(pair) is None)
        return Candidates(case, left, locked)

    def people(self, shift: int) -> list[int]:
        return self._in[shift]

    def shifts(self, volunteer: int) -> list[int]:
        return self._of[volunteer]

    def pairs(self) -> Iterator[Pair]:
        return (Pair(key, shift) for shift, people in self._in.items() for key in people)

    def __len__(self) -> int:
        return sum(map(len, self._in.values()))


def _possible(locked: Workload, person: Volunteer, shifts: list[Shift]) -> Iterator[Pair]:
    """What `Workload.why_not` would say, asked once for all shifts that are alike in skills, time and place."""
    alike: dict[tuple[object, ...], bool] = {}
    for shift in shifts:
        pair = Pair(person.key, shift.key)
        if pair in locked.pairs or pair in locked.case.barred:
            continue
        kind = (shift.skills, shift.start, shift.end, shift.at)
        if kind not in alike:
            alike[kind] = locked.never(pair) is None and locked.by_work(pair) is None
        if alike[kind]:
            yield pair
