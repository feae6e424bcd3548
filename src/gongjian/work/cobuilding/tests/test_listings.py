from datetime import time, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid, NotAllowed
from gongjian.registry.models import Role
from gongjian.registry.tests.factories import make_account
from gongjian.work.cobuilding import services
from gongjian.work.cobuilding.models import Need
from gongjian.work.cobuilding.selectors.listings import needs
from gongjian.work.cobuilding.tests.factories import (
    Cast,
    another_community,
    facts,
    make_agreed,
    make_claim,
    make_need,
    make_offer,
    second_unit,
)


class TestPostNeed:
    def test_a_worker_posts_for_the_own_community(self, cast: Cast) -> None:
        need = services.post_need(cast.worker, place=cast.community, **facts())
        assert list(needs()) == [need]
        assert str(need.left) == "40件"

    def test_nobody_posts_for_another_community(self, cast: Cast) -> None:
        other, _worker = another_community(cast)
        with pytest.raises(NotAllowed):
            services.post_need(cast.worker, place=other, **facts())

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"quantity": Decimal(0)}, "quantity"),
            ({"quantity": Decimal(-3)}, "quantity"),
            ({"quantity": Decimal("2.5")}, "quantity"),
            ({"quantity": Decimal("NaN")}, "quantity"),
            ({"quantity": Decimal("1e12")}, "quantity"),
            ({"at_least": Decimal(41)}, "at_least"),
            ({"unit": "m2"}, "unit"),
            ({"kind": "gold"}, "kind"),
            ({"title": " "}, "title"),
            ({"hours_from": time(9)}, "hours_to"),
            ({"hours_from": time(9), "hours_to": time(9)}, "hours_to"),
            ({"weekdays": [8]}, "weekdays"),
            ({"conditions": ["quiet"]}, "conditions"),
        ],
    )
    def test_what_cannot_be_is_refused_beside_its_field(self, cast: Cast, wrong: dict, field: str) -> None:
        with pytest.raises(Invalid) as refused:
            make_need(cast, **wrong)
        assert refused.value.field == field
        assert not Need.objects.exists()

    def test_a_window_ends_after_it_begins_and_not_in_the_past(self, cast: Cast) -> None:
        today = clock.today()
        with pytest.raises(Invalid, match="早于开始"):
            make_need(cast, from_day=today, until_day=today - timedelta(days=1))
        with pytest.raises(Invalid, match="已经过去"):
            make_need(cast, from_day=today - timedelta(days=9), until_day=today - timedelta(days=1))

    def test_floor_space_may_have_fractions(self, cast: Cast) -> None:
        assert make_need(cast, kind="space", unit="m2", quantity=Decimal("35.5")).quantity == Decimal("35.5")

    def test_the_database_refuses_half_a_piece_too(self, cast: Cast) -> None:
        need = make_need(cast)
        with pytest.raises(IntegrityError, match="need_whole_pieces"), transaction.atomic():
            Need.objects.filter(pk=need.pk).update(quantity=Decimal("0.5"))


class TestPostOffer:
    def test_a_liaison_posts_for_the_own_unit_only(self, cast: Cast) -> None:
        other, _liaison = second_unit(cast)
        services.post_offer(cast.liaison, organization=cast.organization, **facts())
        with pytest.raises(NotAllowed):
            services.post_offer(cast.liaison, organization=other, **facts())

    def test_for_its_community_alone_it_must_lie_somewhere(self, cast: Cast) -> None:
        with pytest.raises(Invalid, match="在哪里"):
            make_offer(cast, reach="community")


class TestChange:
    def test_a_need_is_corrected(self, cast: Cast) -> None:
        changed = services.change_need(cast.worker, need=make_need(cast), place=cast.community, **facts(title="靠背椅"))
        assert Need.objects.get().title == changed.title == "靠背椅"

    def test_not_below_what_is_claimed_and_not_into_another_unit(self, cast: Cast) -> None:
        need = make_need(cast)
        make_agreed(cast, need=need)
        with pytest.raises(Conflict, match="不能比这还少"):
            services.change_need(cast.worker, need=need, place=cast.community, **facts(quantity=Decimal(11)))
        with pytest.raises(Conflict, match="不能再改"):
            services.change_need(cast.worker, need=need, place=cast.community, **facts(kind="space", unit="m2"))


class TestWithdraw:
    def test_proposals_lapse_with_it(self, cast: Cast) -> None:
        need = make_need(cast)
        claim = make_claim(cast, need=need)
        services.withdraw_listing(cast.worker, listing=need, because="居民自己买了")
        claim.refresh_from_db()
        assert claim.state == "lapsed"
        assert not needs().exists()

    def test_what_is_agreed_holds_it(self, cast: Cast) -> None:
        need = make_need(cast)
        make_agreed(cast, need=need)
        with pytest.raises(Conflict, match="还在办"):
            services.withdraw_listing(cast.worker, listing=need, because="不要了吧")

    def test_a_reason_is_asked_for(self, cast: Cast) -> None:
        with pytest.raises(Invalid, match="为什么撤下"):
            services.withdraw_listing(cast.worker, listing=make_need(cast), because=" ")


class TestNeeds:
    def test_what_is_past_its_day_is_no_longer_open(self, cast: Cast) -> None:
        need = make_need(cast)
        with clock.set_to(clock.now() + timedelta(days=61)):
            assert not needs().exists()
            assert list(needs(state="ended")) == [need]

    def test_they_are_found_by_words_and_kind(self, cast: Cast) -> None:
        need = make_need(cast)
        assert list(needs(words="折叠", kind="goods")) == [need]
        assert not needs(words="钢琴").exists()
        assert not needs(kind="funds").exists()

    def test_a_resident_posts_nothing(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            services.post_need(make_account(cast.office, Role.RESIDENT), place=cast.community, **facts())
