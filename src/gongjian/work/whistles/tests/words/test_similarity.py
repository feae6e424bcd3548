from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongjian.work.whistles.selectors.similar import Frequencies, telling_terms
from gongjian.work.whistles.words.duplicates import agree, shipped_pairs
from gongjian.work.whistles.words.similarity import ALIKE, Fresh, Known, likeness
from gongjian.work.whistles.words.terms import MOST_TERMS, normal, rare_terms, similarity, terms

MORNING = datetime(2026, 3, 2, 9, tzinfo=UTC)
COMMUNITY = "41/4101/410105/410105002/410105002012"
YARD = f"{COMMUNITY}/Y01"


def tell(kind, text, *, place=YARD, at=MORNING, point=(None, None)):
    return kind(text, tuple(terms(text)), place, *point, at)


def alike(a, b, **second):
    return likeness(tell(Fresh, a), tell(Known, b, **second))


class TestTerms:
    @settings(deadline=None)  # the first word loads the dictionary
    @given(st.text(max_size=300))
    def test_are_few_different_signed_32_bit_numbers(self, text):
        found = terms(text)
        assert len(found) == len(set(found)) <= MOST_TERMS
        assert all(-(2**31) <= term < 2**31 for term in found)

    def test_never_change_since_they_are_stored(self):
        assert terms("三号楼停电") == terms("3号楼停电") == terms("３号楼停电")
        assert terms("停电") == [-1898962284]

    def test_pass_over_words_that_say_nothing(self):
        assert terms("你好，请问怎么处理，谢谢") == []

    @pytest.mark.parametrize(
        ("written", "plain"), [("十二号楼", "12号楼"), ("二十单元", "20单元"), ("十号楼", "10号楼"), ("一个", "一个")]
    )
    def test_count_buildings_in_arabic(self, written, plain):
        assert normal(written) == plain

    def test_the_rarest_come_first(self):
        assert rare_terms([1, 2, 3, 4, 3], {1: 900, 2: 5, 3: 40}, 2) == [4, 2]


class TestSimilarity:
    def test_is_one_for_the_same_and_zero_for_nothing_shared(self):
        assert similarity([1, 2, 3], [3, 2, 1]) == pytest.approx(1)
        assert similarity([1, 2], [3]) == similarity([], [1]) == 0

    @settings(deadline=None)  # the first word loads the dictionary
    @given(st.lists(st.integers()), st.lists(st.integers()))
    def test_is_symmetric_and_between_zero_and_one(self, a, b):
        assert 0 <= similarity(a, b) == similarity(b, a) <= 1 + 1e-9


class TestLikeness:
    def test_other_words_for_one_matter_are_alike(self):
        assert alike("3号楼停水一天了", "三号楼家里没水，什么时候来水") >= ALIKE

    def test_another_building_is_another_matter(self):
        assert alike("3号楼停水一天了", "5号楼停水一天了") == 0

    def test_another_compound_is_another_matter(self):
        assert alike("小区停水一天了", "小区停水一天了", place=f"{COMMUNITY}/Y02") == 0

    def test_another_trouble_at_the_same_place_is_another_matter(self):
        assert alike("3号楼停水一天了", "3号楼楼道堆满杂物") < ALIKE

    def test_last_year_is_another_occasion(self):
        assert alike("3号楼停水", "3号楼停水", at=MORNING - timedelta(days=365)) == 0
        assert alike("3号楼停水", "3号楼停水", at=MORNING - timedelta(days=2)) >= ALIKE

    def test_a_far_point_rules_it_out_and_a_near_one_may_stand_for_a_missing_place(self):
        here, far = (34.7800, 113.6800), (34.7900, 113.6800)
        fresh = tell(Fresh, "路灯不亮，晚上黑漆漆", place="", point=here)
        assert likeness(fresh, tell(Known, "路灯坏了好几盏，看不见路", place="", point=here)) >= ALIKE
        assert likeness(fresh, tell(Known, "路灯坏了好几盏，看不见路", place="", point=far)) == 0

    def test_nothing_known_of_the_place_is_never_enough(self):
        assert likeness(tell(Fresh, "路灯不亮", place=""), tell(Known, "路灯不亮", place="")) < ALIKE

    @settings(deadline=None)  # the first word loads the dictionary
    @given(st.text(max_size=80), st.text(max_size=80))
    def test_is_symmetric_and_between_zero_and_one(self, a, b):
        assert 0 <= alike(a, b) == alike(b, a) <= 1


class TestTheLabelledPairs:
    def test_are_many_and_mostly_hard(self):
        pairs = list(shipped_pairs())
        assert len(pairs) >= 320
        assert sum(pair.hard and not pair.same for pair in pairs) >= 100
        assert sum(pair.hard and pair.same for pair in pairs) >= 100

    def test_are_told_apart(self):
        found = agree(shipped_pairs())
        assert found.precision >= 0.95
        assert found.recall >= 0.85

    def test_words_alone_would_not_tell_them_apart(self):
        """The check above must be able to fail: without places and dates every repeated wording is a duplicate."""
        pairs = list(shipped_pairs())
        found = [pair.same for pair in pairs if similarity(pair.fresh.terms, pair.known.terms) >= 0.4]
        assert sum(found) / len(found) < 0.85


class TestTellingTerms:
    SHARES = {1: 0.001, 2: 0.01, 3: 0.02, 4: 0.03, 5: 0.1, 6: 0.2}

    def test_a_small_register_is_asked_for_all(self):
        assert telling_terms([6, 5, 4, 3, 2, 1], Frequencies(self.SHARES, 500)) == [1, 2, 3, 4, 5, 6]

    def test_a_large_one_only_for_what_brings_few(self):
        assert telling_terms([6, 5, 4, 3, 2, 1], Frequencies(self.SHARES, 40_000)) == [1, 2, 3, 4]

    def test_four_are_asked_for_however_common(self):
        assert telling_terms([5, 6], Frequencies(self.SHARES, 1_000_000)) == [5, 6]

    def test_unknown_terms_are_rare(self):
        assert telling_terms(list(range(10, 30)), Frequencies(self.SHARES, 1_000_000)) == list(range(10, 18))
