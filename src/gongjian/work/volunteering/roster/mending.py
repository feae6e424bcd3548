"""After a small change: what the change does not touch stays, what it touches is decided anew."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from gongjian.work.volunteering.roster.candidates import Candidates
from gongjian.work.volunteering.roster.case import Case, Pair
from gongjian.work.volunteering.roster.solving import Roster, decide
from gongjian.work.volunteering.roster.workload import Workload

NEAR = timedelta(days=1)
AT_MOST = 60
"""Shifts that are decided anew."""


def mend(case: Case, before: Collection[Pair], *, around: Collection[int] = (), seconds: float = 5, workers: int = 2) -> Roster:
    """The roster `before` under the rules of now, changed only in shifts near those in `around` and those that lost somebody.

    Without either, near the shifts that lack people. The bound is that of the neighborhood.
    """
    standing, lost = _still_allowed(case, before)
    open_shifts = _near(case, {*around, *lost} or _lacking(case, standing))
    fixed = frozenset(pair for pair in standing.pairs if pair.shift not in open_shifts)
    beside = replace(case, locked=case.locked | fixed)
    roster = decide(Candidates.all(beside, open_shifts), seconds=seconds, workers=workers, before=frozenset(before))
    return replace(roster, case=case)


def _still_allowed(case: Case, before: Collection[Pair]) -> tuple[Workload, set[int]]:
    """Locked assignments first; then what the rules allow beside them, in the order of the calendar."""
    work, lost = Workload(case), set()
    known = [pair for pair in before if pair.volunteer in case.volunteer and pair.shift in case.shift]
    for pair in sorted(known, key=lambda one: (case.shift[one.shift].start, one)):
        if pair not in work.pairs and work.why_not(pair) is None:
            work.add(pair)
        elif pair not in work.pairs:
            lost.add(pair.shift)
    return work, lost


def _lacking(case: Case, work: Workload) -> set[int]:
    return {one.key for one in case.shifts if work.missing(one.key) or work.missing_skills(one.key)}


def _near(case: Case, centers: Collection[int]) -> set[int]:
    moments = [case.shift[key].start for key in centers]

    def away(moment: datetime) -> timedelta:
        return min((abs(moment - center) for center in moments), default=timedelta.max)

    close = [one for one in case.shifts if away(one.start) <= NEAR + case.rules.rest]
    order = sorted(close, key=lambda one: (one.key not in centers, away(one.start), one.key))
    return {one.key for one in order[: max(AT_MOST, len(centers))]}
