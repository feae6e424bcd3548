"""The rules, asked of one person and one shift at a time, while a roster grows."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum

from gongjian.work.volunteering.roster.case import Case, Pair, Shift, Volunteer, Window


class Reason(StrEnum):
    """Which rule leaves a person out of a shift, in the order in which they are asked."""

    BARRED = "barred"
    SKILL = "skill"
    UNAVAILABLE = "unavailable"
    ENGAGED = "engaged"
    FAR = "far"
    BUSY = "busy"
    REST = "rest"
    PER_DAY = "per-day"
    PER_WEEK = "per-week"
    IN_ALL = "in-all"
    FULL = "full"
    FREE = "free"


class Workload:
    """Who is in which shift so far, starting from the locked assignments."""

    def __init__(self, case: Case, pairs: Iterable[Pair] = ()) -> None:
        self.case = case
        self.pairs: set[Pair] = set()
        self._of: dict[int, set[int]] = defaultdict(set)
        self._in: dict[int, set[int]] = defaultdict(set)
        self._open = {one.key: _merged(one.available) for one in case.volunteers}
        for pair in {*case.locked, *pairs}:
            self.add(pair)

    def add(self, pair: Pair) -> None:
        self.pairs.add(pair)
        self._of[pair.volunteer].add(pair.shift)
        self._in[pair.shift].add(pair.volunteer)

    def remove(self, pair: Pair) -> None:
        self.pairs.discard(pair)
        self._of[pair.volunteer].discard(pair.shift)
        self._in[pair.shift].discard(pair.volunteer)

    def people(self, shift: int) -> set[int]:
        return self._in[shift]

    def shifts(self, volunteer: int) -> set[int]:
        return self._of[volunteer]

    def minutes(self, volunteer: int) -> int:
        return sum(self.case.shift[key].minutes for key in self._of[volunteer])

    def missing(self, shift: int) -> int:
        return max(0, self.case.shift[shift].minimum - len(self._in[shift]))

    def missing_skills(self, shift: int) -> dict[str, int]:
        """How many people with each of the skills of which some are asked still lack."""
        asked = self.case.shift[shift].some
        there = [self.case.volunteer[key].skills for key in self._in[shift]]
        short = {skill: count - sum(skill in skills for skills in there) for skill, count in asked.items()}
        return {skill: count for skill, count in short.items() if count > 0}

    def never(self, pair: Pair) -> Reason | None:
        """Why this person can never be in this shift, whatever else they do."""
        person, shift = self.case.volunteer[pair.volunteer], self.case.shift[pair.shift]
        if pair in self.case.barred:
            return Reason.BARRED
        if not shift.skills <= person.skills:
            return Reason.SKILL
        if not self._is_available(person, shift):
            return Reason.UNAVAILABLE
        if any(window.start < shift.end and shift.start < window.end for window in person.engaged):
            return Reason.ENGAGED
        if person.reach is not None and (self.case.meters(pair) or 0) > person.reach:
            return Reason.FAR
        return None

    def why_not(self, pair: Pair) -> Reason | None:
        """Which rule forbids to add this pair now; of a pair that is in, which rule it breaks. None: it may be."""
        return self.never(pair) or self.by_work(pair) or self._by_seats(pair)

    def by_work(self, pair: Pair) -> Reason | None:
        """What this person's other shifts, or too few hours left, have against this one."""
        return self._by_time(pair) or self._by_hours(pair)

    def _is_available(self, person: Volunteer, shift: Shift) -> bool:
        windows = self._open[person.key]
        if windows is None:
            return True
        found = bisect_right(windows, shift.start, key=lambda window: window.start) - 1
        return found >= 0 and windows[found].end >= shift.end

    def _others(self, pair: Pair) -> Iterator[Shift]:
        return (self.case.shift[key] for key in self._of[pair.volunteer] if key != pair.shift)

    def _by_time(self, pair: Pair) -> Reason | None:
        shift, rest = self.case.shift[pair.shift], self.case.rules.rest
        others = list(self._others(pair))
        if any(overlap(shift, other, timedelta()) for other in others):
            return Reason.BUSY
        return Reason.REST if any(overlap(shift, other, rest) for other in others) else None

    def _by_hours(self, pair: Pair) -> Reason | None:
        shift, rules, person = self.case.shift[pair.shift], self.case.rules, self.case.volunteer[pair.volunteer]
        others = list(self._others(pair))
        day = [other for other in others if day_of(other) == day_of(shift)]
        week = [other for other in others if week_of(other) == week_of(shift)]
        for some, most, reason in (
            (day, rules.per_day, Reason.PER_DAY),
            (week, least(rules.per_week, person.per_week), Reason.PER_WEEK),
            (others, least(rules.in_all, person.most), Reason.IN_ALL),
        ):
            if most is not None and sum(other.minutes for other in some) + shift.minutes > in_minutes(most):
                return reason
        return None

    def _by_seats(self, pair: Pair) -> Reason | None:
        others = self._in[pair.shift] - {pair.volunteer}
        return Reason.FULL if len(others) >= self.case.shift[pair.shift].maximum else None


def overlap(one: Shift, other: Shift, rest: timedelta) -> bool:
    """Whether nobody can serve both with so much rest between them."""
    return one.start < other.end + rest and other.start < one.end + rest


def day_of(shift: Shift) -> date:
    return shift.start.date()


def week_of(shift: Shift) -> tuple[int, int]:
    year, week, _day = shift.start.isocalendar()
    return year, week


def least(*limits: timedelta | None) -> timedelta | None:
    """The narrowest of several limits, of which each may be missing."""
    return min((one for one in limits if one is not None), default=None)


def in_minutes(span: timedelta) -> int:
    return int(span.total_seconds()) // 60


def _merged(windows: tuple[Window, ...] | None) -> list[Window] | None:
    """In order, and touching windows as one: a shift may run from one into the next."""
    if windows is None:
        return None
    merged: list[Window] = []
    for window in sorted(windows):
        if merged and window.start <= merged[-1].end:
            merged[-1] = Window(merged[-1].start, max(merged[-1].end, window.end))
        else:
            merged.append(window)
    return merged
