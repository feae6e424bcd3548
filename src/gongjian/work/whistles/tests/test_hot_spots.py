"""Grouping against brute force, and what makes a hot spot."""

import random
from datetime import timedelta
from decimal import Decimal
from math import hypot

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongjian.kernel import clock
from gongjian.registry.services.places import add_place
from gongjian.registry.tests.factories import first_community, make_community
from gongjian.work.whistles.hot_spots.grouping import Point, flat, grouped
from gongjian.work.whistles.hot_spots.words import binding_words, frequencies, words_in
from gongjian.work.whistles.models import Whistle
from gongjian.work.whistles.selectors.hot_spots import hot_spots
from gongjian.work.whistles.selectors.places import meters as meters_between
from gongjian.work.whistles.selectors.policies import policy
from gongjian.work.whistles.tests.factories import make_category, make_whistle


def by_brute_force(points, meters):
    """Every pair is compared, and labels are spread until nothing changes."""
    label = list(range(len(points)))
    changed = True
    while changed:
        changed = False
        for i, one in enumerate(points):
            for j in range(i):
                if label[i] != label[j] and together(one, points[j], meters):
                    label[i] = label[j] = min(label[i], label[j])
                    changed = True
    return partition([[i for i in range(len(points)) if label[i] == name] for name in set(label)])


def together(one, other, meters):
    near = one.at and other.at and hypot(one.at[0] - other.at[0], one.at[1] - other.at[1]) <= meters
    return one.kind == other.kind and bool(near or (one.place is not None and one.place == other.place))


def partition(groups):
    return {frozenset(group) for group in groups}


class TestGrouping:
    @pytest.mark.parametrize("seed", range(30))
    def test_it_agrees_with_brute_force(self, seed):
        chance = random.Random(seed)
        side = chance.choice([300, 900, 2500])
        points = [
            Point(
                key,
                kind=chance.randrange(3),
                place=chance.randrange(8) if chance.random() < 0.3 else None,
                at=(chance.uniform(-side, side), chance.uniform(-side, side)) if chance.random() < 0.8 else None,
            )
            for key in range(120)
        ]
        assert partition(grouped(points, 100)) == by_brute_force(points, 100)

    def test_the_limit_itself_still_binds_and_more_does_not(self):
        def apart(distance):
            return len(grouped([Point(1, "a", at=(0.0, 0.0)), Point(2, "a", at=(distance, 0.0))], 200))

        assert (apart(200.0), apart(200.01)) == (1, 2)

    def test_a_corner_apart_over_two_cells_binds(self):
        points = [Point(1, "a", at=(140.0, 140.0)), Point(2, "a", at=(283.0, 142.0)), Point(3, "a", at=(-1000.0, 0.0))]
        assert partition(grouped(points, 200)) == {frozenset({0, 1}), frozenset({2})}

    def test_the_plane_measures_as_the_room_does(self):
        here, there = flat(34.75, 113.66, around=34.75), flat(34.752, 113.663, around=34.75)
        measured = hypot(here[0] - there[0], here[1] - there[1])
        assert measured == pytest.approx(meters_between(34.75, 113.66, 34.752, 113.663), rel=1e-6)


def cut(texts):
    return [words_in(text) for text in texts]


class TestWords:
    def test_they_are_what_is_said_here_and_not_elsewhere(self):
        here = ["三号楼电梯又停了，老人下不了楼", "电梯坏了三天没人修", "我们小区电梯困人了"]
        elsewhere = ["三号楼前垃圾没有清", "小区路灯坏了三天", "老人说广场太吵", "垃圾桶满了没人管"] * 5
        words = binding_words(cut(here), frequencies(cut(elsewhere)), len(elsewhere))
        assert words[0] == "电梯"
        assert "垃圾" not in words

    def test_what_one_alone_said_binds_nobody(self):
        assert "住在" not in binding_words(cut(["我住在五号楼，漏水", "楼顶漏水"]), frequencies(cut(["路灯"])), 1)


@pytest.fixture
def compound(office):
    return add_place(office, first_community(office), "compound", office.code + "001-1", "梧桐苑")


def report(count, **values):
    category = values.pop("category", None) or make_category()
    made = [make_whistle(**values) for _ in range(count)]
    Whistle.objects.filter(pk__in=[one.pk for one in made]).update(category=category)
    return made


@pytest.mark.django_db
class TestHotSpots:
    def test_three_of_one_kind_in_one_compound_are_one(self, office, compound):
        made = report(3, place=compound)
        (spot,) = hot_spots(policy())
        assert (spot.place, spot.count, sorted(spot.whistles)) == (compound, 3, [one.pk for one in made])

    def test_a_building_belongs_to_its_compound(self, office, compound):
        building = add_place(office, compound, "building", compound.code + "-1", "1号楼")
        report(2, place=compound)
        report(1, place=building)
        assert [spot.place for spot in hot_spots(policy())] == [compound]

    def test_two_are_too_few(self, office, compound):
        report(2, place=compound)
        assert hot_spots(policy()) == []

    def test_other_kinds_and_the_mere_community_do_not_bind(self, office, compound):
        report(2, place=compound)
        report(2, place=compound, category=make_category("lamp"))
        report(5, place=first_community(office), category=make_category("noise"))
        assert hot_spots(policy()) == []

    def test_near_ones_bind_across_communities(self, office):
        for number, place in enumerate((first_community(office), make_community(office), first_community(office))):
            latitude = Decimal("34.750000") + number * Decimal("0.001")  # some 111 m further north each
            report(1, place=place, latitude=latitude, longitude=Decimal("113.66"))
        report(1, latitude=Decimal("34.80"), longitude=Decimal("113.66"))
        (spot,) = hot_spots(policy())
        assert (spot.count, spot.place, spot.across) == (3, None, 223)

    def test_what_is_older_than_the_window_is_past(self, office, compound):
        with clock.set_to(clock.now() - timedelta(days=31)):
            report(3, place=compound)
        assert hot_spots(policy()) == []

    def test_voices_weigh_as_well(self, office, compound):
        other = add_place(office, first_community(office), "compound", office.code + "001-2", "银杏里")
        report(4, place=compound)
        loud = report(3, place=other)
        Whistle.objects.filter(pk=loud[0].pk).update(voices=9)
        assert [(spot.place, spot.count, spot.voices) for spot in hot_spots(policy())] == [(other, 3, 11), (compound, 4, 4)]

    def test_the_number_of_queries_does_not_grow(self, office, compound):
        report(3, place=compound)
        rules = policy()
        with CaptureQueriesContext(connection) as few:
            hot_spots(rules)
        for number in range(4):
            place = add_place(office, first_community(office), "compound", f"{office.code}001-9{number}", f"{number}院")
            report(3, place=place, category=make_category(f"kind{number}"))
        with CaptureQueriesContext(connection) as many:
            assert len(hot_spots(rules)) == 5
        assert len(many) == len(few) == 4
