"""Whatever the case, no roster breaks a rule. The rules are said here a second time, without the code that is tested."""

from itertools import combinations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongjian.work.volunteering.roster import Case, Pair, gaps, mend, solve
from gongjian.work.volunteering.roster.tests.cases import cases, neighborhood

slow = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def faults(case: Case, pairs: frozenset[Pair]) -> list[str]:
    return [
        fault
        for pair in pairs - case.locked
        for fault in (*_of_the_pair(case, pair), *_beside_others(case, pair, pairs), *_of_hours(case, pair, pairs))
    ] + [
        f"{shift.key} overfull"
        for shift in case.shifts
        if len(inside := {p for p in pairs if p.shift == shift.key}) > shift.maximum and not inside <= case.locked
    ]


def _of_the_pair(case: Case, pair: Pair) -> list[str]:
    person, shift = case.volunteer[pair.volunteer], case.shift[pair.shift]
    found = []
    if pair in case.barred:
        found.append(f"{pair} barred")
    if shift.skills - person.skills:
        found.append(f"{pair} without skill")
    if person.available is not None:
        moment = shift.start
        while moment < shift.end:  # every minute must lie in a window; windows begin and end at full hours
            if not any(window.start <= moment < window.end for window in person.available):
                found.append(f"{pair} has no time at {moment}")
                break
            moment += (shift.end - shift.start) / shift.minutes * 60
    if any(window.start < shift.end and shift.start < window.end for window in person.engaged):
        found.append(f"{pair} engaged elsewhere")
    if person.reach is not None and person.home and shift.at and person.home.meters_to(shift.at) > person.reach:
        found.append(f"{pair} too far")
    return found


def _beside_others(case: Case, pair: Pair, pairs: frozenset[Pair]) -> list[str]:
    shift = case.shift[pair.shift]
    others = [case.shift[p.shift] for p in pairs if p.volunteer == pair.volunteer and p != pair]
    return [
        f"{pair} without rest beside {other.key}"
        for other in others
        if not (other.end + case.rules.rest <= shift.start or shift.end + case.rules.rest <= other.start)
    ]


def _of_hours(case: Case, pair: Pair, pairs: frozenset[Pair]) -> list[str]:
    person, shift, rules = case.volunteer[pair.volunteer], case.shift[pair.shift], case.rules
    mine = [case.shift[p.shift] for p in pairs if p.volunteer == pair.volunteer]
    day = [one for one in mine if one.start.date() == shift.start.date()]
    week = [one for one in mine if one.start.isocalendar()[:2] == shift.start.isocalendar()[:2]]
    limits = [(day, rules.per_day), (week, rules.per_week), (week, person.per_week), (mine, rules.in_all), (mine, person.most)]
    return [
        f"{pair} more than {limit}"
        for some, limit in limits
        if limit is not None and sum((one.end - one.start for one in some), start=limit * 0) > limit
    ]


class TestSolve:
    @slow
    @given(cases())
    def test_no_rule_is_broken_and_every_lock_is_kept(self, case: Case) -> None:
        roster = solve(case, seconds=5, workers=1)
        assert faults(case, roster.pairs) == []
        assert case.locked <= roster.pairs

    @slow
    @given(cases())
    def test_nothing_costs_less_than_the_bound(self, case: Case) -> None:
        roster = solve(case, seconds=5, workers=1)
        assert roster.bound <= roster.cost + 1e-6

    @slow
    @given(cases(people=3, shifts=3))
    def test_no_roster_at_all_has_more_seats_taken(self, case: Case) -> None:
        roster = solve(case, seconds=5, workers=1)
        every = [Pair(one.key, shift.key) for one in case.volunteers for shift in case.shifts]
        free = [pair for pair in every if pair not in case.locked]
        allowed = (
            case.locked | set(some)
            for size in range(len(free) + 1)
            for some in combinations(free, size)
            if not faults(case, case.locked | set(some))
        )
        skills_first = case.weights.seat, case.weights.skill
        assert _missing(case, roster.pairs, skills_first) == min(_missing(case, pairs, skills_first) for pairs in allowed)

    def test_a_large_case_by_way_of_the_linear_program(self) -> None:
        case = neighborhood(80, 28, 4, slots=(10, 14))
        roster = solve(case, seconds=20)
        assert faults(case, roster.pairs) == []
        assert 0 <= roster.gap < 0.5


class TestMend:
    @slow
    @given(cases(), st.data())
    def test_rules_hold_after_any_change(self, case: Case, data: st.DataObject) -> None:
        other = data.draw(cases(people=len(case.volunteers), shifts=len(case.shifts)))
        roster = mend(other, solve(case, seconds=2, workers=1).pairs, seconds=2, workers=1)
        assert faults(other, roster.pairs) == []
        assert other.locked <= roster.pairs


class TestGaps:
    @slow
    @given(cases())
    def test_every_empty_seat_is_explained_by_everybody(self, case: Case) -> None:
        roster = solve(case, seconds=5, workers=1)
        for gap in gaps(case, roster.pairs):
            inside = sum(pair.shift == gap.shift for pair in roster.pairs)
            assert sum(gap.left_out.values()) == len(case.volunteers) - inside
            assert gap.left_out.get("free", 0) == 0


def _missing(case: Case, pairs: frozenset[Pair], weights: tuple[int, int]) -> int:
    """What the empty seats and the missing skills weigh."""
    total = 0
    for shift in case.shifts:
        inside = [case.volunteer[pair.volunteer] for pair in pairs if pair.shift == shift.key]
        total += weights[0] * max(0, shift.minimum - len(inside))
        for skill, count in shift.some.items():
            total += weights[1] * max(0, count - sum(skill in one.skills for one in inside))
    return total
