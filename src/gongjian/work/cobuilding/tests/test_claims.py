from datetime import timedelta
from decimal import Decimal

import pytest

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid, NotAllowed
from gongjian.kernel.notifications.models import Notice
from gongjian.ledger.models import Deed
from gongjian.ledger.selectors import level_of
from gongjian.registry.models import Role
from gongjian.registry.tests.factories import make_account
from gongjian.work.cobuilding import services
from gongjian.work.cobuilding.models import Claim
from gongjian.work.cobuilding.selectors.acts import acts_for
from gongjian.work.cobuilding.selectors.desk import desk_items
from gongjian.work.cobuilding.tests.factories import (
    Cast,
    another_community,
    make_accepted,
    make_agreed,
    make_claim,
    make_need,
    make_offer,
    second_unit,
)


class TestProposing:
    def test_a_unit_takes_a_part_of_a_need_and_nothing_is_held_until_the_community_agrees(self, cast: Cast) -> None:
        need = make_need(cast)
        claim = make_claim(cast, need=need, quantity=12)
        assert (claim.state, claim.side, claim.giver_agreed, claim.beneficiary_agreed) == ("proposed", "giver", True, False)
        need.refresh_from_db()
        assert need.taken == 0
        assert Notice.objects.get(kind="cobuilding.proposed").account == cast.worker

    def test_a_community_asks_for_an_offer(self, cast: Cast) -> None:
        claim = services.claim_offer(cast.worker, offer=make_offer(cast), place=cast.community, quantity=Decimal(5))
        assert (claim.side, claim.organization) == ("beneficiary", cast.organization)

    def test_the_office_brings_both_together_and_waits_for_both(self, cast: Cast) -> None:
        claim = services.claim_pair(cast.clerk, need=make_need(cast), offer=make_offer(cast), quantity=Decimal(5))
        claim = services.agree(cast.liaison, claim=claim)
        assert claim.state == "proposed"
        assert services.agree(cast.worker, claim=claim).state == "agreed"

    def test_beyond_what_is_left_is_refused(self, cast: Cast) -> None:
        need = make_need(cast)
        make_agreed(cast, need=need, quantity=30)
        need.refresh_from_db()
        other, liaison = second_unit(cast)
        with pytest.raises(Invalid, match="只剩 10件"):
            services.claim_need(liaison, need=need, organization=other, quantity=Decimal(11))

    @pytest.mark.parametrize("quantity", ["0", "-1", "1.5"])
    def test_no_negative_and_no_half_chairs(self, cast: Cast, quantity: str) -> None:
        with pytest.raises(Invalid):
            make_claim(cast, quantity=quantity)
        assert not Claim.objects.exists()

    def test_not_in_smaller_parts_than_asked_for_unless_only_so_much_is_left(self, cast: Cast) -> None:
        need = make_need(cast, at_least=Decimal(10))
        with pytest.raises(Invalid, match="一次至少"):
            make_claim(cast, need=need, quantity=9)
        make_agreed(cast, need=need, quantity=35)
        need.refresh_from_db()
        other, liaison = second_unit(cast)
        services.claim_need(liaison, need=need, organization=other, quantity=Decimal(5))

    def test_one_unit_claims_a_need_once_at_a_time(self, cast: Cast) -> None:
        need = make_need(cast)
        make_claim(cast, need=need)
        with pytest.raises(Conflict, match="同样的认领"):
            make_claim(cast, need=need)

    def test_another_unit_cannot_be_claimed_for(self, cast: Cast) -> None:
        other, _liaison = second_unit(cast)
        with pytest.raises(NotAllowed):
            services.claim_need(cast.liaison, need=make_need(cast), organization=other, quantity=Decimal(1))

    def test_chairs_are_no_floor_space(self, cast: Cast) -> None:
        space = make_offer(cast, kind="space", unit="m2")
        with pytest.raises(Invalid, match="对不上"):
            services.claim_pair(cast.clerk, need=make_need(cast), offer=space, quantity=Decimal(1))

    def test_what_expired_is_not_claimed(self, cast: Cast) -> None:
        need = make_need(cast)
        with clock.set_to(clock.now() + timedelta(days=61)), pytest.raises(Conflict, match="过期"):
            make_claim(cast, need=need)


class TestThreeUnitsMeetOneNeed:
    def test_forty_chairs_from_three(self, cast: Cast) -> None:
        need = make_need(cast)
        claims = [make_agreed(cast, need=need, quantity=20)]
        for quantity in (12, 8):
            unit, liaison = second_unit(cast)
            claim = services.claim_need(liaison, need=need, organization=unit, quantity=Decimal(quantity))
            claims.append(services.agree(cast.worker, claim=claim))
        for claim in claims:
            services.accept(cast.worker, claim=claim, delivered=claim.quantity)
        need.refresh_from_db()
        assert need.is_used_up
        assert sorted(deed.quantity for deed in Deed.objects.all()) == [8, 12, 20]
        assert Deed.objects.values("organization").distinct().count() == 3


class TestAgreeing:
    def test_it_holds_its_quantity_of_need_and_offer(self, cast: Cast) -> None:
        need, offer = make_need(cast), make_offer(cast)
        claim = services.claim_pair(cast.liaison, need=need, offer=offer, quantity=Decimal(15))
        services.agree(cast.worker, claim=claim)
        for listing in (need, offer):
            listing.refresh_from_db()
            assert listing.taken == 15

    def test_whoever_proposed_cannot_agree_for_the_other_side(self, cast: Cast) -> None:
        assert services.agree(cast.liaison, claim=make_claim(cast)).state == "proposed"

    def test_others_were_faster(self, cast: Cast) -> None:
        need = make_need(cast)
        slow = make_claim(cast, need=need, quantity=25)
        other, liaison = second_unit(cast)
        fast = services.claim_need(liaison, need=need, organization=other, quantity=Decimal(25))
        services.agree(cast.worker, claim=fast)
        with pytest.raises(Conflict, match="没有这么多"):
            services.agree(cast.worker, claim=slow)
        slow.refresh_from_db()
        assert (slow.state, slow.beneficiary_agreed) == ("proposed", False)

    def test_a_clerk_writes_down_with_whom_it_was_agreed(self, cast: Cast) -> None:
        claim = make_claim(cast)
        with pytest.raises(Invalid, match="和谁"):
            services.agree(cast.clerk, claim=claim)
        assert services.agree(cast.clerk, claim=claim, words="电话里和社区书记说好了").state == "agreed"

    def test_a_stranger_to_it_has_no_say(self, cast: Cast) -> None:
        _place, worker = another_community(cast)
        for account in (worker, make_account(cast.office, Role.OFFICE_LEADER)):
            with pytest.raises(NotAllowed):
                services.agree(account, claim=make_claim(cast, need=make_need(cast)))


class TestAccepting:
    def test_it_leaves_a_deed_that_the_community_stands_behind(self, cast: Cast) -> None:
        claim = make_agreed(cast)
        services.start(cast.liaison, claim=claim)
        services.report(cast.liaison, claim=claim, words="送到活动室了")
        services.accept(cast.worker, claim=claim, delivered=Decimal(12))
        deed = Deed.objects.get()
        assert (deed.kind_id, deed.quantity, deed.organization) == ("donated-goods", 12, cast.organization)
        assert deed.told == f"应{cast.community}所需，提供物资12件：折叠椅"
        assert deed.recorded_by == cast.liaison
        assert level_of(deed) == 1

    def test_accepted_without_a_report_it_is_declared_by_one_person_only(self, cast: Cast) -> None:
        claim = make_agreed(cast)
        services.accept(cast.worker, claim=claim, delivered=Decimal(12))
        assert level_of(Deed.objects.get()) == 0

    def test_what_did_not_come_is_free_again(self, cast: Cast) -> None:
        need = make_need(cast)
        services.accept(cast.worker, claim=make_agreed(cast, need=need), delivered=Decimal(10))
        need.refresh_from_db()
        assert need.taken == 10
        assert Deed.objects.get().quantity == 10

    def test_more_than_agreed_is_refused(self, cast: Cast) -> None:
        claim = make_agreed(cast)
        with pytest.raises(Invalid, match="不能更多"):
            services.accept(cast.worker, claim=claim, delivered=Decimal(13))
        assert not Deed.objects.exists()

    def test_a_donation_that_is_registered_is_not_recorded_twice(self, cast: Cast) -> None:
        services.accept(cast.worker, claim=make_agreed(cast), delivered=Decimal(12), receipt_number="2020-017")
        assert not Deed.objects.exists()

    def test_it_is_accepted_once(self, cast: Cast) -> None:
        claim = make_accepted(cast)
        with pytest.raises(Conflict, match="另一步"):
            services.accept(cast.worker, claim=claim, delivered=Decimal(12))
        assert Deed.objects.count() == 1

    def test_neither_the_giver_nor_the_office_accepts(self, cast: Cast) -> None:
        claim = make_agreed(cast)
        for account in (cast.liaison, cast.clerk):
            with pytest.raises(NotAllowed):
                services.accept(account, claim=claim, delivered=Decimal(1))

    def test_found_otherwise_it_goes_back(self, cast: Cast) -> None:
        claim = make_agreed(cast)
        services.report(cast.liaison, claim=claim)
        services.send_back(cast.worker, claim=claim, reason="少了四把")
        claim.refresh_from_db()
        assert claim.reported_by is None
        assert services.report(cast.liaison, claim=claim).reported_by == cast.liaison


class TestTheEnd:
    def test_rated_and_done(self, cast: Cast) -> None:
        claim = make_accepted(cast)
        with pytest.raises(Conflict, match="先由社区评价"):
            services.finish(cast.clerk, claim=claim)
        with pytest.raises(Invalid, match="满意"):
            services.rate(cast.worker, claim=claim, satisfaction="great")
        services.rate(cast.worker, claim=claim, satisfaction="satisfied", words="正好用上")
        assert services.finish(cast.clerk, claim=claim).state == "done"

    def test_given_up_it_frees_what_it_held(self, cast: Cast) -> None:
        need = make_need(cast)
        services.lapse(cast.liaison, claim=make_agreed(cast, need=need), reason="仓库漏水了")
        need.refresh_from_db()
        assert need.taken == 0

    def test_what_was_accepted_does_not_lapse(self, cast: Cast) -> None:
        with pytest.raises(Conflict):
            services.lapse(cast.liaison, claim=make_accepted(cast), reason="后悔了")

    def test_at_night_the_unanswered_lapse_and_the_accepted_are_put_away(self, cast: Cast) -> None:
        waiting, accepted = make_claim(cast), make_accepted(cast)
        with clock.set_to(clock.now() + timedelta(days=15)):
            assert services.put_away_old() == 2
            assert services.put_away_old() == 0
        for claim in (waiting, accepted):
            claim.refresh_from_db()
        assert (waiting.state, accepted.state) == ("lapsed", "done")


class TestActs:
    def test_each_side_sees_its_next_step(self, cast: Cast) -> None:
        claim = make_claim(cast)
        assert [act.name for act in acts_for(cast.worker, claim)] == ["agree", "lapse"]
        assert [act.name for act in acts_for(cast.liaison, claim)] == ["lapse"]
        claim = services.agree(cast.worker, claim=claim)
        assert [act.name for act in acts_for(cast.liaison, claim)] == ["start", "report", "lapse"]
        assert not acts_for(make_account(cast.office, Role.AUDITOR), claim)

    def test_what_waits_is_on_the_desk(self, cast: Cast) -> None:
        claim = make_claim(cast)
        assert [item.action for item in desk_items(cast.worker)] == ["同意"]
        assert not desk_items(cast.liaison)
        services.agree(cast.worker, claim=claim)
        assert [item.action for item in desk_items(cast.liaison)] == ["开始办"]
        assert not desk_items(cast.worker)
