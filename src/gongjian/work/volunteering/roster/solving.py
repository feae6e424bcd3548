"""From a case to a roster: small cases whole, large ones by way of the linear program."""

from collections.abc import Collection
from dataclasses import dataclass, field
from time import monotonic

from gongjian.work.volunteering.roster.bounding import Bounding
from gongjian.work.volunteering.roster.candidates import Candidates
from gongjian.work.volunteering.roster.case import Case, Pair
from gongjian.work.volunteering.roster.costs import cost, shortage
from gongjian.work.volunteering.roster.greedy import fill
from gongjian.work.volunteering.roster.model import Model
from gongjian.work.volunteering.roster.relaxation import relax
from gongjian.work.volunteering.roster.workload import Workload

SMALL = 12_000
"""Pairs that are decided on all at once."""
CHOICE = 20
"""So many people for each shift of a large case, before prices tell who else is worth a variable."""
SHARES = (0.25, 0.25, 0.3)
"""Of the time left, for each round of the linear program."""
CLOSE = 0.005
"""A roster that no other can beat by more than this share is good enough."""


@dataclass(frozen=True)
class Roster:
    """`cost` and `bound` are in the units of `Weights`: no roster of this case can cost less than `bound`."""

    case: Case
    pairs: frozenset[Pair]
    cost: int
    bound: float
    seconds: float

    @property
    def gap(self) -> float:
        """How much cheaper a roster could be at most, as a share of what this one costs."""
        return max(0.0, self.cost - self.bound) / max(1.0, abs(self.cost))


@dataclass
class Time:
    """What is left of the seconds granted, and how they are spent."""

    granted: float
    workers: int
    steady: bool
    started: float = field(default_factory=monotonic)

    @property
    def spent(self) -> float:
        return monotonic() - self.started

    @property
    def left(self) -> float:
        return max(0.2, self.granted - self.spent)


def solve(case: Case, *, seconds: float = 60, workers: int = 2, before: Collection[Pair] = (), steady: bool = False) -> Roster:
    """The best roster found within so many seconds; `before` is a roster of which much should stay.

    `steady`: one worker, whose effort is counted in steps instead of seconds: the same roster on every machine.
    """
    return decide(Candidates.all(case), seconds=seconds, workers=workers, before=before, steady=steady)


def decide(
    candidates: Candidates, *, seconds: float, workers: int = 2, before: Collection[Pair] = (), steady: bool = False
) -> Roster:
    time = Time(seconds, workers, steady)
    if not len(candidates):
        return _roster(candidates, Workload(candidates.case), None, time, before)
    start = _start(candidates, before)
    search = _search if len(candidates) <= SMALL else _search_large
    work, bound = search(candidates, start, time, before)
    return _roster(candidates, fill(work, candidates), bound, time, before)


def _start(candidates: Candidates, before: Collection[Pair]) -> Workload:
    """What the rules leave of the roster before, filled up."""
    work = Workload(candidates.case)
    for pair in candidates.among(before).pairs() if before else ():
        if work.why_not(pair) is None:
            work.add(pair)
    return fill(work, candidates)


def _search(candidates: Candidates, start: Workload, time: Time, before: Collection[Pair]) -> tuple[Workload, float]:
    from ortools.sat.python import cp_model

    model = Model(candidates, before)
    model.hint(start.pairs)
    solver = cp_model.CpSolver()
    if time.steady:
        solver.parameters.max_deterministic_time = time.granted
    else:
        solver.parameters.max_time_in_seconds = time.left
    solver.parameters.num_workers = 1 if time.steady else time.workers
    solver.parameters.relative_gap_limit = CLOSE / 5
    status = solver.solve(model.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return start, float("-inf")
    chosen = {pair for pair, variable in model.chosen.items() if solver.boolean_value(variable)}
    return Workload(candidates.case, chosen), solver.best_objective_bound


def _search_large(candidates: Candidates, start: Workload, time: Time, before: Collection[Pair]) -> tuple[Workload, float]:
    """Fix what the linear program makes whole, and decide on the rest."""
    few, whole = _few(candidates, start), frozenset[Pair]()
    bounding, bound = Bounding(candidates, before), float("-inf")
    for share in SHARES:
        found = relax(Model(candidates.among(few), before), seconds=share * (time.granted * 100 if time.steady else time.left))
        if found is None:
            break
        least = bounding.bound(found.worth)
        whole, bound = found.whole, max(bound, least.cost)
        if found.cost - bound <= CLOSE * abs(bound):
            break
        few |= least.choices
    rest = candidates.among(few).beside(whole)
    work, _bound = _search(rest, fill(Workload(rest.case), rest) if whole else start, time, before)
    return Workload(candidates.case, work.pairs), bound


def _few(candidates: Candidates, start: Workload) -> set[Pair]:
    """For each shift those in it, those who wish it and those whom the fewest others have chosen yet."""
    case, used, few = candidates.case, dict.fromkeys(candidates.case.volunteer, 0), set(start.pairs)
    for shift in case.shifts:
        people = candidates.people(shift.key)
        order = sorted(people, key=lambda key: (shift.key not in case.volunteer[key].wishes, used[key], key))
        skilled = [key for key in order if any(skill in case.volunteer[key].skills for skill in shift.some)]
        for key in {*order[:CHOICE], *skilled[: CHOICE // 2]}:
            used[key] += 1
            few.add(Pair(key, shift.key))
    return few


def _roster(candidates: Candidates, work: Workload, bound: float | None, time: Time, before: Collection[Pair]) -> Roster:
    """The bound of the model leaves out what the locked assignments cost by themselves."""
    locked = candidates.locked
    standing = cost(locked, before) - shortage(locked)
    total = cost(work, before)
    return Roster(candidates.case, frozenset(work.pairs), total, total if bound is None else standing + bound, time.spent)
