"""Rostering 500 volunteers over 900 shifts, beside the roster of a careful person who never takes back a seat."""

import random
import time
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from math import isfinite
from typing import TypeVar

from benchmarks.harness import Measurement, load_average, say, seconds
from gongjian.work.volunteering.roster import Case, Pair, Roster, broken, coverage, fairness, gaps, mend, solve
from gongjian.work.volunteering.roster.candidates import Candidates
from gongjian.work.volunteering.roster.greedy import greedy
from gongjian.work.volunteering.roster.tests.cases import neighborhood

NAME = "roster"
PEOPLE, DAYS, GATES = 500, 60, 5
SLOTS = (1, 3)
"""Of the 21 parts of a week so many are free: just too few people for every seat."""
LIMIT = 60.0
AGAIN = 5.0
T = TypeVar("T")
ROOM = 0.9
"""Of the limit is given to the search; what begins and ends it takes the rest."""


def measure() -> list[Measurement]:
    case = neighborhood(PEOPLE, DAYS, GATES, slots=SLOTS)
    by_hand, hand_time, _processor = _timed(lambda: greedy(Candidates.all(case)).pairs)
    ours, took, processor = _timed(lambda: solve(case, seconds=ROOM * LIMIT, workers=2))
    say(f"  load {load_average()}, {processor:.1f} s of processor time in {took:.1f} s, by hand {hand_time:.1f} s")
    return [
        _whole(ours, took, processor),
        _against("coverage", coverage, case, ours.pairs, frozenset(by_hand)),
        _against("fairness (Jain)", fairness, case, ours.pairs, frozenset(by_hand)),
        _again(ours),
    ]


def _timed(act: Callable[[], T]) -> tuple[T, float, float]:
    """The result, seconds by the clock and seconds of the processor."""
    started, processor = time.monotonic(), time.process_time()
    result = act()
    return result, time.monotonic() - started, time.process_time() - processor


def _whole(ours: Roster, took: float, processor: float) -> Measurement:
    faults = len(broken(ours.case, ours.pairs))
    return Measurement(
        f"roster of {len(ours.case.volunteers)} people and {len(ours.case.shifts)} shifts",
        f"{seconds(took)} ({processor:.0f} s processor), {_gap(ours)}, rules broken: {faults}",
        f"\u2264 {LIMIT:.0f} s",
        f"bound {ours.bound:,.0f} of cost {ours.cost:,}" if isfinite(ours.bound) else f"cost {ours.cost:,}",
        ours.cost / ours.bound if ours.bound > 0 else None,
        took <= LIMIT and not faults,
    )


def _gap(ours: Roster) -> str:
    """A machine that others keep busy may leave no time for a bound."""
    return f"gap {ours.gap:.1%}" if isfinite(ours.bound) else "no bound in this time"


def _against(
    name: str,
    figure: Callable[[Case, frozenset[Pair]], Fraction],
    case: Case,
    ours: frozenset[Pair],
    by_hand: frozenset[Pair],
) -> Measurement:
    mine, theirs = figure(case, ours), figure(case, by_hand)
    return Measurement(
        f"{name} of the roster",
        f"{float(mine):.4f}",
        "\u2265 greedy",
        f"{float(theirs):.4f}",
        float(mine / theirs),
        mine >= theirs,
    )


def _again(ours: Roster) -> Measurement:
    """One person cannot come to one shift."""
    chance = random.Random(2)
    gone = chance.choice(sorted(ours.pairs))
    changed = replace(ours.case, barred=frozenset({gone}))
    again, took, _processor = _timed(lambda: mend(changed, ours.pairs, seconds=ROOM * AGAIN * 0.6, workers=2))
    moved = len(again.pairs ^ ours.pairs)
    return Measurement(
        "decide again after one change",
        f"{seconds(took)}, {moved} assignments differ, {len(gaps(changed, again.pairs))} gaps explained",
        f"\u2264 {AGAIN:.0f} s",
        f"the whole roster {seconds(ours.seconds)}",
        took / ours.seconds,
        took <= AGAIN,
    )
