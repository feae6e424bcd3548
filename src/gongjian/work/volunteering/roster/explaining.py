"""Why a shift stays empty: who is left out by which rule."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from gongjian.work.volunteering.roster.case import Case, Pair
from gongjian.work.volunteering.roster.workload import Reason, Workload


@dataclass(frozen=True)
class Gap:
    """`missing` people, with `skill` if one is named. `left_out` counts everybody who is not in the shift, once."""

    shift: int
    skill: str | None
    missing: int
    left_out: Mapping[Reason, int]


def gaps(case: Case, pairs: Collection[Pair]) -> list[Gap]:
    """One for each shift that lacks people and for each skill that lacks in it, in the order of the case."""
    work = Workload(case, pairs)
    found = []
    for shift in case.shifts:
        if missing := work.missing(shift.key):
            found.append(Gap(shift.key, None, missing, _left_out(work, shift.key, None)))
        for skill, count in work.missing_skills(shift.key).items():
            found.append(Gap(shift.key, skill, count, _left_out(work, shift.key, skill)))
    return found


def _left_out(work: Workload, shift: int, skill: str | None) -> Counter[Reason]:
    reasons: Counter[Reason] = Counter()
    for person in work.case.volunteers:
        if person.key not in work.people(shift):
            reasons[why_left_out(work, Pair(person.key, shift), skill)] += 1
    return reasons


def why_left_out(work: Workload, pair: Pair, skill: str | None = None) -> Reason:
    """The first rule against this pair; of somebody without the skill in question, the skill. FREE: no rule at all."""
    if skill is not None and skill not in work.case.volunteer[pair.volunteer].skills:
        return Reason.SKILL
    return work.why_not(pair) or Reason.FREE
