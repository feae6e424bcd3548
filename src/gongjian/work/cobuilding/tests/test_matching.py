"""The pure part of matching: limits, scores, and plans that keep the limits and are never worth less than the greedy one."""

from collections import Counter
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongjian.work.cobuilding.matching.facts import Chosen, Offered, Record, Task, Wanted, Weights, Window
from gongjian.work.cobuilding.matching.limits import fits
from gongjian.work.cobuilding.matching.pairs import candidates
from gongjian.work.cobuilding.matching.reasons import OTHER_THING, why_not
from gongjian.work.cobuilding.matching.solving import solve
from gongjian.work.cobuilding.matching.words import Likeness, vectors
from gongjian.work.cobuilding.matching.worth import Worth

HERE, THERE = (34.7904, 113.6826), (34.7838, 113.6879)
ALWAYS = Window(100)


def need(key: int = 1, left: int = 40_00, **details: Any) -> Wanted:
    plain = {"at_least": 0, "window": ALWAYS, "conditions": frozenset(), "name": "折叠椅", "community": "a", "point": HERE}
    return Wanted(**{"key": key, "kind": "goods", "unit": "piece", "left": left, **plain, **details})


def offer(key: int = 1, left: int = 40_00, **details: Any) -> Offered:
    plain = {"organization": key, "at_least": 0, "window": ALWAYS, "conditions": frozenset(), "name": "折叠椅"}
    return Offered(**{"key": key, "kind": "goods", "unit": "piece", "left": left, **plain, **details})


class TestFits:
    def test_what_is_alike_fits(self) -> None:
        assert fits(need(), offer())

    @pytest.mark.parametrize(
        ("wanted", "offered"),
        [
            ({"conditions": frozenset({"free"})}, {}),
            ({"window": Window(100, 120)}, {"window": Window(121)}),
            ({"window": Window(100, weekdays=frozenset({1, 2}))}, {"window": Window(100, weekdays=frozenset({3}))}),
            ({"window": Window(100, minutes=(540, 600))}, {"window": Window(100, minutes=(580, 700))}),
            ({"at_least": 50_00, "left": 60_00}, {"left": 40_00}),
            ({}, {"community": "b", "point": THERE, "only_own_community": True}),
            ({"farthest_meters": 500}, {"community": "b", "point": THERE}),
        ],
    )
    def test_hard_limits(self, wanted: dict, offered: dict) -> None:
        assert not fits(need(**wanted), offer(**offered))

    def test_the_last_bit_of_a_need_may_be_smaller_than_it_asks_for(self) -> None:
        assert fits(need(left=5_00, at_least=10_00), offer(left=5_00))

    def test_near_enough_is_near_enough(self) -> None:
        assert fits(need(farthest_meters=1000), offer(community="b", point=THERE))


class TestScores:
    def scored(self, *offers: Offered, **details: Any) -> dict[int, int]:
        pairs, _fitting = candidates(Task([need()], list(offers), **details))
        return {pair.offer: pair.score for pair in pairs}

    def test_like_words_count(self) -> None:
        scores = self.scored(offer(1, name="宴会厅椅子"), offer(2, name="折叠桌椅"))
        assert scores[2] > scores[1]

    def test_the_near_before_the_far(self) -> None:
        scores = self.scored(offer(1, community="b", point=THERE), offer(2, community="a", point=HERE))
        assert scores[2] > scores[1]

    def test_who_kept_their_word_before_who_did_not(self) -> None:
        scores = self.scored(offer(1), offer(2), records={1: Record(kept=3, satisfied=3), 2: Record(lapsed=3)})
        assert scores[1] > scores[2]

    def test_the_office_sets_what_counts(self) -> None:
        far, alike = offer(1, community="b", point=THERE), offer(2, community="a", point=HERE, name="宴会厅椅子")
        near_only = self.scored(far, alike, weights=Weights(words=0, nearness=100, record=0))
        words_only = self.scored(far, alike, weights=Weights(words=100, nearness=0, record=0))
        assert near_only[2] > near_only[1]
        assert words_only[1] > words_only[2]

    def test_goods_whose_names_have_nothing_in_common_are_no_pair(self) -> None:
        assert not self.scored(offer(1, name="台式电脑"))
        assert why_not(need(), [offer(1, name="台式电脑")]) == {OTHER_THING: 1}

    def test_a_room_is_a_room_whatever_its_name(self) -> None:
        room = need(kind="space", unit="square_meter", name="社区书屋")
        pairs, _seen = candidates(Task([room], [offer(kind="space", unit="square_meter", name="三楼空房")]))
        assert len(pairs) == 1

    def test_a_pair_that_a_person_dismissed_does_not_come_again(self) -> None:
        assert not self.scored(offer(7), vetoed=frozenset({(1, 7)}))

    def test_names_are_compared_by_characters_and_their_pairs(self) -> None:
        one, same, other = vectors(["老人助餐", "老人 助餐！", "消毒液"])
        likeness = Likeness({1: same, 2: other}).to(one)
        assert round(likeness[1], 6) == 1
        assert 2 not in likeness


class TestSolve:
    def test_a_need_of_forty_is_met_by_three(self) -> None:
        plan = solve(Task([need()], [offer(1, 20_00), offer(2, 12_00), offer(3, 8_00)]))
        assert sorted(one.quantity for one in plan.chosen) == [8_00, 12_00, 20_00]

    def test_one_partner_rather_than_crumbs_of_many(self) -> None:
        plan = solve(Task([need()], [offer(1, 40_00), *(offer(key, 1_00) for key in range(2, 9))]))
        assert [(one.pair.offer, one.quantity) for one in plan.chosen] == [(1, 40_00)]

    def test_not_one_organization_carries_all(self) -> None:
        needs = [need(key, 1_00) for key in range(1, 7)]
        offers = [offer(1, 6_00), *(offer(key, 1_00, name="桌椅") for key in range(2, 7))]
        task = Task(needs, offers)
        alone = solve(replace(task, weights=Weights(fairness=0)))
        shared = solve(replace(task, weights=Weights(fairness=400)))
        assert Counter(one.pair.organization for one in alone.chosen)[1] == 6
        assert Counter(one.pair.organization for one in shared.chosen)[1] < 6
        assert len(shared.chosen) == 6

    def test_it_looks_further_than_the_best_pair(self) -> None:
        """The greedy way gives the near offer to the need that could have had the other one."""
        needs = [need(1, 10_00, name="折叠椅"), need(2, 10_00, name="折叠椅", conditions=frozenset({"free"}))]
        offers = [offer(1, 10_00, conditions=frozenset({"free"})), offer(2, 10_00, name="椅")]
        plan = solve(Task(needs, offers))
        assert {(one.pair.need, one.pair.offer) for one in plan.chosen} == {(1, 2), (2, 1)}
        assert plan.total > plan.greedy_total

    def test_of_what_nobody_has_it_says_so(self) -> None:
        plan = solve(Task([need(), need(2, kind="space", unit="m2")], [offer()]))
        assert plan.fitting == {1: 1, 2: 0}

    def test_nothing_with_nothing_is_nothing(self) -> None:
        assert solve(Task([], [])).chosen == []
        assert solve(Task([need()], [])).gap == 0


SMALL = st.integers(1, 6).map(lambda pieces: pieces * 100)
LEASTS = st.integers(0, 3).map(lambda pieces: pieces * 100)
NEEDS = st.lists(st.builds(need, left=SMALL, at_least=LEASTS, name=st.sampled_from(["椅", "桌椅", "书"])), max_size=3)
OFFERS = st.lists(
    st.builds(offer, left=SMALL, at_least=LEASTS, organization=st.integers(1, 2), name=st.sampled_from(["椅", "桌椅", "书"])),
    max_size=3,
)


def numbered(found: list[Any]) -> list[Any]:
    return [replace(one, key=key) for key, one in enumerate(found, start=1)]


@settings(max_examples=60, deadline=None)
@given(NEEDS.map(numbered), OFFERS.map(numbered), st.sampled_from([0, 20, 300]))
def test_every_plan_keeps_the_limits_and_lies_between_the_greedy_one_and_the_bound(
    needs: list[Wanted], offers: list[Offered], fairness: int
) -> None:
    task = Task(needs, offers, weights=Weights(fairness=fairness))
    plan = solve(task)
    for side, listings in (("need", needs), ("offer", offers)):
        given_away = Counter[int]()
        for one in plan.chosen:
            given_away[getattr(one.pair, side)] += one.quantity
        assert all(given_away[listing.key] <= listing.left for listing in listings)
    assert all(one.quantity >= one.pair.least and one.quantity % 100 == 0 for one in plan.chosen)
    assert plan.greedy_total <= plan.total <= plan.bound


@settings(max_examples=25, deadline=None)
@given(st.lists(SMALL, min_size=1, max_size=2), st.lists(SMALL, min_size=1, max_size=2), st.sampled_from([0, 50]))
def test_no_plan_at_all_is_worth_more_than_the_bound(lefts: list[int], stocks: list[int], fairness: int) -> None:
    needs = [need(key, left) for key, left in enumerate(lefts, 1)]
    offers = [offer(key, left, organization=1) for key, left in enumerate(stocks, 1)]
    task = Task(needs, offers, weights=Weights(fairness=fairness))
    plan, worth = solve(task), Worth.of(task)
    pairs, _fitting = candidates(task)
    for quantities in product(*(range(0, pair.most + 100, 100) for pair in pairs)):
        chosen = [Chosen(pair, quantity) for pair, quantity in zip(pairs, quantities, strict=True) if quantity]
        taken = [Counter[int](), Counter[int]()]
        for one in chosen:
            taken[0][one.pair.need] += one.quantity
            taken[1][one.pair.offer] += one.quantity
        if all(taken[0][n.key] <= n.left for n in needs) and all(taken[1][o.key] <= o.left for o in offers):
            assert worth.of_plan(chosen) <= plan.bound
