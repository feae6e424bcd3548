"""Which shifts exclude one another."""

from collections.abc import Iterator
from datetime import timedelta

from gongjian.work.volunteering.roster.case import Shift


def cliques(shifts: list[Shift], rest: timedelta) -> Iterator[list[Shift]]:
    """The largest sets of shifts of which nobody can serve two: those that share a moment once each is prolonged by `rest`."""
    together: list[Shift] = []
    for shift in sorted(shifts, key=lambda one: (one.start, one.end, one.key)):
        still = [one for one in together if one.end + rest > shift.start]
        if len(still) < len(together) and len(together) > 1:
            yield together
        together = [*still, shift]
    if len(together) > 1:
        yield together
