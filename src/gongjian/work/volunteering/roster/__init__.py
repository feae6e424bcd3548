"""Who serves when: a pure solver on plain data, without Django."""

from gongjian.work.volunteering.roster.case import Case, Pair, Point, Rules, Shift, Volunteer, Weights, Window
from gongjian.work.volunteering.roster.explaining import Gap, gaps, why_left_out
from gongjian.work.volunteering.roster.measures import broken, coverage, fairness
from gongjian.work.volunteering.roster.mending import mend
from gongjian.work.volunteering.roster.solving import Roster, solve
from gongjian.work.volunteering.roster.workload import Reason, Workload

__all__ = [
    "Case",
    "Gap",
    "Pair",
    "Point",
    "Reason",
    "Roster",
    "Rules",
    "Shift",
    "Volunteer",
    "Weights",
    "Window",
    "Workload",
    "broken",
    "coverage",
    "fairness",
    "gaps",
    "mend",
    "solve",
    "why_left_out",
]
