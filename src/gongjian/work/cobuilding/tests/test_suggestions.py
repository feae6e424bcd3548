from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid, NotAllowed
from gongjian.work.cobuilding import services
from gongjian.work.cobuilding.models import Claim, MatchingRun, Suggestion
from gongjian.work.cobuilding.selectors.matching import get_suggestion, grounds, suggestions, unmatched, why_unmatched
from gongjian.work.cobuilding.selectors.open_listings import records
from gongjian.work.cobuilding.tests.factories import (
    Cast,
    another_community,
    make_accepted,
    make_agreed,
    make_need,
    make_offer,
    second_unit,
)


def run(cast: Cast) -> MatchingRun:
    return services.carry_out(services.ask_for_matching(cast.clerk))


class TestRun:
    def test_it_suggests_and_commits_nobody(self, cast: Cast) -> None:
        need, offer = make_need(cast), make_offer(cast, quantity=Decimal(25))
        done = run(cast)
        found = suggestions(cast.clerk).get()
        assert (found.need, found.offer, found.quantity) == (need, offer, 25)
        assert (done.state, done.needs, done.offers, done.pairs) == ("done", 1, 1, 1)
        assert not Claim.objects.exists()

    def test_one_at_a_time_and_a_lost_one_is_given_up(self, cast: Cast) -> None:
        lost = services.ask_for_matching(cast.clerk)
        with pytest.raises(Conflict, match="正在配对"):
            services.ask_for_matching(cast.clerk)
        with clock.set_to(clock.now() + timedelta(minutes=11)):
            services.ask_for_matching(cast.clerk)
        lost.refresh_from_db()
        assert lost.state == "failed"

    def test_carried_out_twice_it_suggests_once(self, cast: Cast) -> None:
        make_need(cast), make_offer(cast)
        asked = services.ask_for_matching(cast.clerk)
        services.carry_out(asked)
        services.carry_out(asked)
        assert Suggestion.objects.count() == 1

    def test_only_the_clerk_runs_it(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            services.ask_for_matching(cast.liaison)

    def test_each_side_sees_what_concerns_it(self, cast: Cast) -> None:
        make_need(cast), make_offer(cast)
        run(cast)
        _place, stranger = another_community(cast)
        _unit, liaison = second_unit(cast)
        assert suggestions(cast.worker).count() == suggestions(cast.liaison).count() == 1
        assert not suggestions(stranger).exists()
        assert not suggestions(liaison).exists()

    def test_what_was_claimed_since_is_no_longer_suggested(self, cast: Cast) -> None:
        need = make_need(cast)
        make_offer(cast)
        run(cast)
        make_agreed(cast, need=need, quantity=30)
        assert str(suggestions(cast.clerk).get().amount) == "10件"
        other, liaison = second_unit(cast)
        need.refresh_from_db()
        rest = services.claim_need(liaison, need=need, organization=other, quantity=Decimal(10))
        services.agree(cast.worker, claim=rest)
        assert not suggestions(cast.clerk).exists()

    def test_its_pages_cost_the_same_however_many_pairs(self, cast: Cast, django_assert_max_num_queries: Any) -> None:
        for number in range(6):
            make_need(cast, title=f"折叠椅{number}"), make_offer(cast, organization=second_unit(cast)[0])
        run(cast)
        with django_assert_max_num_queries(4):
            assert len([grounds(one) for one in suggestions(cast.clerk)]) == 6


class TestTake:
    def test_the_quantity_is_the_persons_own(self, cast: Cast) -> None:
        make_need(cast), make_offer(cast)
        run(cast)
        claim = services.take_suggestion(cast.liaison, suggestion=suggestions(cast.liaison).get(), quantity=Decimal(15))
        assert (claim.quantity, claim.state, claim.side) == (15, "proposed", "giver")
        assert not suggestions(cast.clerk).exists()

    def test_it_is_taken_up_once(self, cast: Cast) -> None:
        make_need(cast), make_offer(cast)
        run(cast)
        found = suggestions(cast.liaison).get()
        services.take_suggestion(cast.liaison, suggestion=found, quantity=Decimal(1))
        with pytest.raises(Conflict, match="有人用了"):
            services.take_suggestion(cast.worker, suggestion=found, quantity=Decimal(1))

    def test_strangers_take_up_nothing(self, cast: Cast) -> None:
        make_need(cast), make_offer(cast)
        run(cast)
        _unit, liaison = second_unit(cast)
        with pytest.raises(NotAllowed):
            services.take_suggestion(liaison, suggestion=suggestions(cast.clerk).get(), quantity=Decimal(1))


class TestDismiss:
    def test_it_does_not_come_again(self, cast: Cast) -> None:
        make_need(cast), make_offer(cast)
        run(cast)
        services.dismiss_suggestion(cast.worker, suggestion=suggestions(cast.worker).get(), reason="太高了老人坐不了")
        assert not suggestions(cast.clerk).exists()
        run(cast)
        assert not suggestions(cast.clerk).exists()
        assert "不合适 1 条" in why_unmatched(unmatched(cast.clerk)[0])

    def test_another_pair_of_the_same_need_stays(self, cast: Cast) -> None:
        make_need(cast), make_offer(cast, quantity=Decimal(20))
        make_offer(cast, organization=second_unit(cast)[0], quantity=Decimal(20))
        run(cast)
        first = suggestions(cast.clerk).first()
        assert first is not None
        services.dismiss_suggestion(cast.clerk, suggestion=first, reason="送不过来")
        assert suggestions(cast.clerk).exclude(pk=first.pk).count() == suggestions(cast.clerk).count() == 1

    def test_a_reason_is_asked_for(self, cast: Cast) -> None:
        make_need(cast), make_offer(cast)
        run(cast)
        with pytest.raises(Invalid, match="为什么不合适"):
            services.dismiss_suggestion(
                cast.clerk, suggestion=get_suggestion(cast.clerk, suggestions(cast.clerk)[0].pk), reason=""
            )


class TestUnmatched:
    def test_it_says_why(self, cast: Cast) -> None:
        make_need(cast, title="轮椅", conditions=["free"])
        make_need(cast, kind="vehicle", unit="time", title="面包车", quantity=Decimal(2))
        make_offer(cast)
        run(cast)
        told = {one.need.title: why_unmatched(one) for one in unmatched(cast.clerk)}
        assert told == {"轮椅": "条件不满足 1 条。", "面包车": "还没有单位提供这一类资源。"}

    def test_what_is_met_in_part_stands_there_with_the_rest(self, cast: Cast) -> None:
        make_need(cast), make_offer(cast, quantity=Decimal(25))
        run(cast)
        assert [str(one.amount) for one in unmatched(cast.worker)] == ["15件"]


class TestWeights:
    def test_they_hold_from_the_next_run_on(self, cast: Cast) -> None:
        services.change_weights(cast.clerk, words=10, nearness=0, record=90, fairness=0)
        asked = services.ask_for_matching(cast.clerk)
        assert (asked.words, asked.nearness, asked.record, asked.fairness) == (10, 0, 90, 0)

    @pytest.mark.parametrize("wrong", [{"words": 101}, {"words": -1}, {"words": 0, "nearness": 0, "record": 0}])
    def test_what_cannot_be(self, cast: Cast, wrong: dict) -> None:
        with pytest.raises(Invalid):
            services.change_weights(cast.clerk, **{"words": 1, "nearness": 1, "record": 1, "fairness": 1, **wrong})


def test_a_units_record_comes_from_its_claims(cast: Cast) -> None:
    services.rate(cast.worker, claim=make_accepted(cast), satisfaction="satisfied")
    services.lapse(cast.liaison, claim=make_agreed(cast), reason="来不及了")
    record = records()[cast.organization.pk]
    assert (record.kept, record.lapsed, record.satisfied) == (1, 1, 1)
