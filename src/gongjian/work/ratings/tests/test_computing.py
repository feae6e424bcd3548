"""Points and stars. Every number in the worked examples was computed by hand."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.work.ratings.scoring.blueprint import Blueprint, Choice, Dimension, FromLedger, Indicator, Kind, StarLevel
from gongjian.work.ratings.scoring.computing import Finding, Score, compute, finding_from
from gongjian.work.ratings.scoring.starring import Short, rank
from gongjian.work.ratings.tests.factories import small

D = Decimal
GOOD = {"i1": Finding(choice=0), "i3": Finding(met=(0, 1)), "i4": Finding(times=(0,)), "i5": Finding()}


def points(findings, amounts=None):
    return compute(small(), findings, amounts or {})


class TestByHand:
    def test_a_whole_sheet(self):
        """环境: 好 10; three law deeds × 2 = 6, × 1.5 = 9: 19. 平安: 4 + 6 = 10, two heaps × 1.5 = −3: 7. In total 26."""
        score = points(GOOD | {"i4": Finding(times=(2,))}, {"i2": D(3)})
        assert [(line.code, line.points) for line in score.lines()] == [
            ("i1", D(10)),
            ("i2", D("9.0")),
            ("i3", D(10)),
            ("i4", D("-3.0")),
            ("i5", D(0)),
        ]
        assert [dimension.points for dimension in score.dimensions] == [D(19), D(7)]
        assert score.total == D(26)
        assert score.missing == ()

    def test_the_cap_cuts_before_the_weight(self):
        """Five deeds × 2 = 10, at most 6, × 1.5 = 9."""
        line = points(GOOD, {"i2": D(5)}).lines()[1]
        assert (line.raw, line.is_capped, line.points) == (D(10), True, D(9))

    def test_quantities_with_cents_stay_exact(self):
        hours = Indicator("i", "时长", Kind.ITEMIZED, D("0.03"), ledger=FromLedger("h", points=D("0.07")), cap=D(1000))
        score = compute(Blueprint((Dimension("d", "志愿", (hours,)),)), {}, {"i": D("1234.56")})
        assert score.total == D("1234.56") * D("0.07") * D("0.03") == D("2.592576")

    def test_a_deduction_takes_at_most_its_cap(self):
        """Four heaps × 1.5 = 6, at most 5: 10 − 5 = 5."""
        assert points(GOOD | {"i4": Finding(times=(4,))}).dimensions[1].points == D(5)

    def test_a_dimension_never_falls_below_zero(self):
        score = points({"i3": Finding(), "i4": Finding(times=(9,)), "i5": Finding()})
        assert score.dimensions[1].points == 0
        assert score.dimensions[1].deducted_to_zero
        assert score.total == 0

    def test_what_nobody_checked_counts_nothing_and_is_named(self):
        score = points({}, {"i2": D(1)})
        assert [line.code for line in score.missing] == ["i1", "i3", "i4", "i5"]
        assert score.total == D(3)

    def test_findings_are_written_and_read_again(self):
        found = Finding(1, (0, 2), (1, 0), vetoed=True, why="有")
        assert finding_from(found.as_json()) == found


class TestGradesOfTheLedger:
    steps = Indicator(
        "i",
        "活动",
        Kind.GRADED,
        ledger=FromLedger("x"),
        choices=(Choice("", D(5), D(2)), Choice("", D(20), D("9.5")), Choice("", D(10), D(4))),
    )

    @pytest.mark.parametrize(
        ("amount", "expected"),
        [("0", 0), ("1.99", 0), ("2", 5), ("3.99", 5), ("4", 10), ("9.49", 10), ("9.5", 20), ("1000", 20)],
    )
    def test_the_highest_step_reached_counts_in_whatever_order_they_stand(self, amount, expected):
        blueprint = Blueprint((Dimension("d", "方面", (self.steps,)),))
        assert compute(blueprint, {}, {"i": D(amount)}).total == expected

    @pytest.mark.parametrize(("amount", "vetoed"), [("0", False), ("1.99", False), ("2", True), ("3", True)])
    def test_a_veto_of_the_ledger_begins_exactly_there(self, amount, vetoed):
        veto = Indicator("i", "事故", Kind.VETO, ledger=FromLedger("x", at_least=D(2)))
        score = compute(Blueprint((Dimension("d", "方面", (veto,)),)), {}, {"i": D(amount)})
        assert bool(score.vetoes) is vetoed


def plain(total, *, vetoed=False, second="0"):
    """A score of two dimensions, the second of which is named; `small()` has the levels 5 (25; 15, 8; half) and 3 (12; 5)."""
    one = Indicator("a", "甲", Kind.ITEMIZED, choices=(Choice("有", D(total) - D(second)),))
    two = Indicator("b", "乙", Kind.ITEMIZED, choices=(Choice("有", D(second)),))
    veto = Indicator("v", "否决", Kind.VETO)
    blueprint = Blueprint((Dimension("d1", "环境", (one, veto)), Dimension("d2", "平安", (two,))))
    found = {"a": Finding(met=(0,)), "b": Finding(met=(0,)), "v": Finding(vetoed=vetoed)}
    return compute(blueprint, found, {})


def stars(*scores, levels=()):
    ranked = rank(Blueprint(levels=levels or small().levels), dict(enumerate(scores)))
    return [ranked[number].stars for number in range(len(scores))]


class TestThresholds:
    @pytest.mark.parametrize(
        ("total", "second", "expected"),
        [
            ("25", "8", 5),
            ("24.99", "8", 3),
            ("25", "7.99", 3),
            ("25", "10.01", 3),  # the first dimension has 14.99 of 15
            ("25", "10", 5),
            ("12", "7", 3),
            ("11.99", "6", 0),
            ("12", "7.01", 0),  # the first dimension has 4.99 of 5
        ],
    )
    def test_they_hold_to_the_cent_in_total_and_in_each_dimension(self, total, second, expected):
        assert stars(plain(total, second=second), plain("0")) == [expected, 0]

    def test_what_is_missing_for_the_next_level_is_said(self):
        ranked = rank(small(), {"a": plain("20", second="7")})
        assert ranked["a"].next_stars == 5
        assert ranked["a"].short == (Short("", D(25), D(20)), Short("环境", D(15), D(13)), Short("平安", D(8), D(7)))


class TestCaps:
    """At most half may hold five stars."""

    def high(self, total="26"):
        return plain(total, second="9")

    @pytest.mark.parametrize(("candidates", "free"), [(1, 0), (2, 1), (3, 1), (4, 2), (5, 2), (6, 3)])
    def test_the_share_is_rounded_down_and_never_exceeded(self, candidates, free):
        scores = [self.high(str(D(26) + number)) for number in range(candidates)]
        assert sorted(stars(*scores), reverse=True) == [5] * free + [3] * (candidates - free)

    def test_the_best_come_first(self):
        assert stars(self.high("26"), self.high("28"), self.high("27"), plain("0")) == [3, 5, 5, 0]

    def test_equal_points_across_the_limit_stay_out_together(self):
        assert stars(self.high("28"), self.high("27"), self.high("27"), plain("0")) == [5, 3, 3, 0]
        held = rank(small(), dict(enumerate([self.high("27")] * 3)))
        assert [one.held_back for one in held.values()] == [5, 5, 5]

    def test_vetoed_candidates_count_for_the_share_but_hold_no_place_in_it(self):
        assert stars(self.high("28"), plain("29", second="9", vetoed=True)) == [5, 0]

    def test_who_holds_more_stars_fills_the_share_of_fewer(self):
        levels = (StarLevel(5, D(25), most_percent=D(50)), StarLevel(4, D(20), most_percent=D(50)), StarLevel(3, D(10)))
        assert stars(self.high(), plain("22"), plain("21"), plain("0"), levels=levels) == [5, 4, 3, 0]

    @pytest.mark.parametrize(("percent", "free"), [("33.33", 0), ("33.34", 1), ("66.66", 1), ("66.67", 2), ("100", 3)])
    def test_percents_hold_to_the_hundredth(self, percent, free):
        levels = (StarLevel(5, D(25), most_percent=D(percent)),)
        assert sum(one == 5 for one in stars(self.high("26"), self.high("27"), self.high("28"), levels=levels)) == free


class TestVeto:
    def test_it_beats_points(self):
        ranked = rank(small(), {"a": plain("29", second="9", vetoed=True), "b": plain("13", second="1")})
        assert (ranked["a"].stars, ranked["a"].place, ranked["a"].vetoed) == (0, None, True)
        assert (ranked["b"].stars, ranked["b"].place) == (3, 1)


totals = st.integers(0, 4000).map(lambda cents: D(cents) / 100)
candidates = st.lists(st.tuples(totals, st.booleans()), min_size=1, max_size=12)


def a_third(total, share=3):
    """Of a total, cut to the cent."""
    return total / share // D("0.01") * D("0.01")


def scores_of(drawn) -> dict[int, Score]:
    return {n: plain(total, second=a_third(total), vetoed=vetoed) for n, (total, vetoed) in enumerate(drawn)}


class TestAlways:
    @given(candidates, st.integers(0, 11))
    def test_the_order_of_candidates_changes_nothing(self, drawn, turn):
        scores = scores_of(drawn)
        order = list(reversed(scores))
        turned = {key: scores[key] for key in order[turn:] + order[:turn]}
        assert rank(small(), turned) == rank(small(), scores)

    @given(candidates)
    def test_a_veto_leaves_no_star_and_no_cap_is_exceeded(self, drawn):
        ranked = rank(small(), scores_of(drawn))
        assert all(ranked[number].stars == 0 for number, (_total, vetoed) in enumerate(drawn) if vetoed)
        assert 2 * sum(one.stars == 5 for one in ranked.values()) <= len(drawn)

    @given(candidates)
    def test_more_points_never_win_fewer_stars(self, drawn):
        scores = {n: plain(total, second=a_third(total, 2)) for n, (total, _veto) in enumerate(drawn)}
        ranked = rank(small(), scores)
        for (a, one), (b, other) in product(scores.items(), repeat=2):
            above = all(x.points >= y.points for x, y in zip(one.dimensions, other.dimensions, strict=True))
            assert not above or ranked[a].stars >= ranked[b].stars

    @given(
        st.integers(0, 1),
        st.sets(st.integers(0, 1)),
        st.integers(0, 9),
        st.booleans(),
        st.decimals(0, 10**12, places=2),
        st.permutations(["i1", "i3", "i4", "i5"]),
    )
    def test_the_order_of_findings_changes_nothing_and_sums_are_exact(  # noqa: PLR0917
        self, grade, met, faults, vetoed, amount, order
    ):
        found = {
            "i1": Finding(choice=grade),
            "i3": Finding(met=tuple(sorted(met))),
            "i4": Finding(times=(faults,)),
            "i5": Finding(vetoed=vetoed),
        }
        score = compute(small(), {code: found[code] for code in order}, {"i2": amount})
        assert score == compute(small(), found, {"i2": amount})
        cents = 100 * [10, 2][grade] + int(100 * D("1.5") * min(2 * amount, 6))
        safety = max(0, 100 * sum([4, 6][n] for n in met) - min(150 * faults, 500))
        assert 100 * score.total == cents + safety
