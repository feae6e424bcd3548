"""The roster a careful person would write: the scarcest shift first, each seat to whoever carries least."""

from collections.abc import Iterable, Iterator

from gongjian.work.volunteering.roster.candidates import Candidates
from gongjian.work.volunteering.roster.case import Case, Pair
from gongjian.work.volunteering.roster.workload import Workload, in_minutes


def greedy(candidates: Candidates) -> Workload:
    """Nobody is moved once placed."""
    return fill(Workload(candidates.case), candidates)


def fill(work: Workload, candidates: Candidates) -> Workload:
    """Give every seat still empty to somebody who may have it; afterwards nobody left out could be added."""
    carried = {one.key: work.minutes(one.key) + in_minutes(one.served) for one in work.case.volunteers}
    for shift in _scarcest_first(work.case, candidates):
        for pair in _wanted(work, candidates, shift, carried):
            work.add(pair)
            carried[pair.volunteer] += work.case.shift[shift].minutes
    return work


def _scarcest_first(case: Case, candidates: Candidates) -> Iterable[int]:
    spare = {one.key: len(candidates.people(one.key)) / max(1, one.minimum) for one in case.shifts}
    return sorted(spare, key=lambda key: (spare[key], case.shift[key].start, key))


def _wanted(work: Workload, candidates: Candidates, shift: int, carried: dict[int, int]) -> Iterator[Pair]:
    """First those with the skills of which some are asked, then anybody, until the shift has its minimum."""
    people = candidates.people(shift)
    if not people or not (work.missing(shift) or work.missing_skills(shift)):
        return
    order = sorted(people, key=lambda key: (carried[key], shift not in work.case.volunteer[key].wishes, key))
    for skill in work.missing_skills(shift):
        for key in order:
            if skill in work.case.volunteer[key].skills and skill in work.missing_skills(shift):
                yield from _free(work, Pair(key, shift))
    for key in order:
        if not work.missing(shift):
            return
        yield from _free(work, Pair(key, shift))


def _free(work: Workload, pair: Pair) -> Iterator[Pair]:
    if pair not in work.pairs and work.why_not(pair) is None:
        yield pair
