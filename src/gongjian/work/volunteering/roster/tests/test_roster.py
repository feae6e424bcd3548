"""What each preference and each rule does, one at a time."""

from dataclasses import replace

import pytest

from gongjian.work.volunteering.roster import (
    Case,
    Pair,
    Point,
    Reason,
    Rules,
    Shift,
    Volunteer,
    Window,
    broken,
    coverage,
    fairness,
    gaps,
    mend,
    solve,
)
from gongjian.work.volunteering.roster.candidates import Candidates
from gongjian.work.volunteering.roster.greedy import greedy
from gongjian.work.volunteering.roster.tests.cases import at, hours, neighborhood, shift

HERE, FAR_AWAY = Point(35.0, 113.9), Point(35.2, 113.9)


def roster(*volunteers: Volunteer, shifts: list[Shift], **more: object) -> set[Pair]:
    return set(solve(Case(volunteers, tuple(shifts), **more), seconds=5, workers=1).pairs)


class TestPreferences:
    def test_hours_are_shared_alike(self) -> None:
        shifts = [shift(key, day=key) for key in range(6)]
        pairs = roster(Volunteer(1), Volunteer(2), Volunteer(3), shifts=shifts)
        assert sorted(pair.volunteer for pair in pairs) == [1, 1, 2, 2, 3, 3]

    def test_who_served_much_before_serves_less_now(self) -> None:
        shifts = [shift(key, day=key) for key in range(4)]
        pairs = roster(Volunteer(1, served=hours(16)), Volunteer(2), shifts=shifts)
        assert {pair.volunteer for pair in pairs} == {2}

    def test_a_wish_is_heard(self) -> None:
        shifts = [shift(1, day=0), shift(2, day=1)]
        pairs = roster(Volunteer(1, wishes=frozenset({2})), Volunteer(2, avoids=frozenset({2})), shifts=shifts)
        assert pairs == {Pair(1, 2), Pair(2, 1)}

    def test_friends_serve_together(self) -> None:
        shifts = [shift(1, minimum=2), shift(2, minimum=2, day=2)]
        people = [Volunteer(1, friends=frozenset({3})), Volunteer(2), Volunteer(3), Volunteer(4)]
        pairs = roster(*people, shifts=shifts)
        where = {pair.volunteer: pair.shift for pair in pairs}
        assert where[1] == where[3]

    def test_friends_of_a_locked_person_are_drawn_to_the_same_shift(self) -> None:
        shifts = [shift(1, minimum=2), shift(2, minimum=1)]
        people = [Volunteer(1), Volunteer(2), Volunteer(3, friends=frozenset({1}))]
        assert Pair(3, 1) in roster(*people, shifts=shifts, locked=frozenset({Pair(1, 1)}))

    def test_the_nearer_one_comes(self) -> None:
        people = [Volunteer(1, home=FAR_AWAY), Volunteer(2, home=HERE)]
        assert roster(*people, shifts=[shift(1, at=HERE)]) == {Pair(2, 1)}


class TestRules:
    def test_a_shift_over_midnight_needs_the_window_on_both_days(self) -> None:
        night = shift(1, hour=22, hours=6)
        until_midnight = (Window(at(0, 18), at(1, 0)),)
        both = (*until_midnight, Window(at(1, 0), at(1, 6)))
        assert roster(Volunteer(1, available=until_midnight), shifts=[night]) == set()
        assert roster(Volunteer(1, available=both), shifts=[night]) == {Pair(1, 1)}

    def test_some_of_a_shift_must_know_first_aid(self) -> None:
        first_aid = Volunteer(3, skills=frozenset({"first-aid"}), served=hours(40))
        pairs = roster(Volunteer(1), Volunteer(2), first_aid, shifts=[shift(1, minimum=2, some={"first-aid": 1})])
        assert Pair(3, 1) in pairs
        assert len(pairs) == 2

    def test_locks_are_kept_even_where_they_break_a_rule(self) -> None:
        shifts = [shift(1), shift(2, hour=9)]
        case = Case((Volunteer(1), Volunteer(2)), tuple(shifts), locked=frozenset({Pair(1, 1), Pair(1, 2)}))
        pairs = solve(case, seconds=5, workers=1).pairs
        assert case.locked <= pairs
        assert broken(case, pairs) == {Pair(1, 1): Reason.BUSY, Pair(1, 2): Reason.BUSY}


class TestGaps:
    @pytest.mark.parametrize(
        ("person", "reason"),
        [
            (Volunteer(1, available=()), Reason.UNAVAILABLE),
            (Volunteer(1, home=FAR_AWAY, reach=2000), Reason.FAR),
            (Volunteer(1, per_week=hours(3)), Reason.PER_WEEK),
            (Volunteer(1, most=hours(2)), Reason.IN_ALL),
        ],
    )
    def test_names_the_rule(self, person: Volunteer, reason: Reason) -> None:
        case = Case((person,), (shift(1, at=HERE),))
        (gap,) = gaps(case, set())
        assert gap.left_out == {reason: 1}

    def test_who_is_busy_elsewhere_and_who_needs_rest(self) -> None:
        shifts = (shift(1), shift(2), shift(3, hour=14))
        case = Case((Volunteer(1),), shifts, rules=Rules(rest=hours(8), per_day=None))
        found = {gap.shift: dict(gap.left_out) for gap in gaps(case, {Pair(1, 1)})}
        assert found == {2: {Reason.BUSY: 1}, 3: {Reason.REST: 1}}

    def test_a_skill_that_lacks_has_a_line_of_its_own(self) -> None:
        case = Case((Volunteer(1), Volunteer(2)), (shift(1, minimum=1, maximum=1, some={"driving": 1}),))
        (gap,) = gaps(case, {Pair(1, 1)})
        assert (gap.skill, gap.missing, dict(gap.left_out)) == ("driving", 1, {Reason.SKILL: 1})


class TestMend:
    def test_only_what_is_near_the_change_changes(self) -> None:
        case = neighborhood(40, 21, 1)
        before = solve(case, seconds=5).pairs
        gone = min(pair for pair in before if case.shift[pair.shift].start >= at(10, 0))
        after = mend(replace(case, barred=frozenset({gone})), before, seconds=3).pairs
        assert gone not in after
        moved = {case.shift[pair.shift].start for pair in after ^ before}
        assert max(abs(moment - case.shift[gone.shift].start) for moment in moved) <= hours(32)
        assert len(after ^ before) <= 8

    def test_who_left_is_replaced(self) -> None:
        case = Case((Volunteer(1), Volunteer(2)), (shift(1),))
        left = replace(case, volunteers=(Volunteer(2),))
        assert mend(left, {Pair(1, 1)}, around={1}, seconds=2).pairs == {Pair(2, 1)}

    def test_an_unchanged_roster_stays(self) -> None:
        case = neighborhood(30, 7, 1)
        before = solve(case, seconds=5).pairs
        assert mend(case, before, around={case.shifts[0].key}, seconds=3).pairs == before


class TestAgainstGreedy:
    def test_a_scarce_roster_is_fuller_than_the_greedy_one(self) -> None:
        case = neighborhood(30, 14, 2, slots=(2, 4))
        by_hand = greedy(Candidates.all(case)).pairs
        ours = solve(case, seconds=8).pairs
        assert coverage(case, ours) >= coverage(case, by_hand)
        assert 0 < fairness(case, ours) <= 1


class TestSteady:
    def test_the_same_case_gives_the_same_roster(self) -> None:
        case = neighborhood(30, 7, 2)
        assert len({solve(case, seconds=0.3, steady=True).pairs for _run in range(2)}) == 1
