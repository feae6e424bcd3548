from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid, NotAllowed
from gongjian.ledger.models import Deed
from gongjian.registry.models import Role
from gongjian.registry.tests.factories import (
    first_community,
    make_account,
    make_clerk,
    make_community,
    make_organization,
    subdistrict_of,
)
from gongjian.work.sharing.models import Allocation, Donation, Item, Movement, Stock, StockCount
from gongjian.work.sharing.services.allocating import hand_over, move_stock, return_goods, write_off
from gongjian.work.sharing.services.books import in_stock
from gongjian.work.sharing.services.counting import Counted, take_stock
from gongjian.work.sharing.services.donating import Goods, receive_donation
from gongjian.work.sharing.tests.goods import (
    books,
    make_allocation,
    make_donation,
    make_gift,
    make_item,
    make_signature,
)


class TestReceiving:
    def test_it_has_a_number_of_its_year_without_gaps(self, office: Any) -> None:
        first, second = make_donation(), make_donation()
        year = clock.today().year
        assert [first.number, second.number] == [f"{year}-0001", f"{year}-0002"]

    def test_it_lies_in_the_stock(self, office: Any) -> None:
        assert books(make_item(10)) == (10, 10, 0, 0)

    def test_pieces_of_one_kind_are_a_counted_deed_of_the_donor(self, office: Any) -> None:
        donation = make_donation()
        deed = Deed.objects.get()
        assert (deed.kind_id, deed.quantity, deed.organization) == ("donated-goods", 10, donation.organization)

    def test_several_kinds_are_told_and_not_added_up(self, office: Any) -> None:
        make_donation(Goods("电脑", Decimal(4), "台"), Goods("蔬菜", Decimal("250.5"), "公斤"))
        deed = Deed.objects.get()
        assert (deed.kind_id, deed.quantity) == ("goods-donated", None)
        assert "电脑4台、蔬菜250.5公斤" in deed.told

    def test_who_only_brought_the_donor_is_told_so(self, office: Any) -> None:
        make_donation(arranged=True, donor="样例商店", naming=True)
        assert Deed.objects.get().kind_id == "donation-arranged"

    def test_a_neighbor_gives_without_a_deed_and_masked(self, office: Any) -> None:
        donation = make_donation(channel="mutual", organization=None, donor="赵样例", via="", document="")
        assert not Deed.objects.exists()
        assert donation.donor_told == "赵**"


class TestChannels:
    @pytest.mark.parametrize(
        ("channel", "reason"),
        [("to_office", "第十条"), ("appeal", "第七十四条"), ("own_use", "不能以本机关为受益对象")],
    )
    def test_what_the_law_does_not_allow_is_refused_with_the_reason(self, office: Any, channel: str, reason: str) -> None:
        with pytest.raises(Invalid, match=reason) as refused:
            make_donation(channel=channel)
        assert "可以改走" in str(refused.value)
        assert refused.value.field == "channel"
        assert not Donation.objects.exists()
        assert not Item.objects.exists()

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"via": ""}, "via"),
            ({"document": " "}, "document"),
            ({"channel": "transfer", "organization": None}, "organization"),
            ({"channel": "nothing"}, "channel"),
            ({"received_on": None}, "received_on"),
        ],
    )
    def test_what_is_missing(self, office: Any, changes: Any, field: str) -> None:
        if changes.get("received_on", 1) is None:
            changes = {"received_on": clock.today() + timedelta(days=1)}
        with pytest.raises(Invalid) as refused:
            make_donation(**changes)
        assert refused.value.field == field

    def test_mutual_help_stays_inside_a_community(self, office: Any) -> None:
        with pytest.raises(Invalid, match="收在社区里"):
            make_donation(channel="mutual", place=subdistrict_of(office))

    def test_the_database_takes_no_other_channel(self, office: Any) -> None:
        donation = make_donation()
        with pytest.raises(IntegrityError, match="donation_by_lawful_channel"), transaction.atomic():
            Donation.objects.filter(pk=donation.pk).update(channel="to_office")


class TestBadQuantities:
    @pytest.mark.parametrize("quantity", ["-3", "0", "2.5", "99999999", "NaN"])
    def test_negative_fractional_or_absurd_pieces(self, office: Any, quantity: str) -> None:
        with pytest.raises(Invalid) as refused:
            make_donation(Goods("电脑", Decimal(quantity), "台"))
        assert refused.value.field == "goods"
        assert not Donation.objects.exists()

    def test_the_same_thing_in_two_lines(self, office: Any) -> None:
        with pytest.raises(Invalid, match="合成一行"):
            make_donation(Goods("电脑", Decimal(1), "台"), Goods("电脑", Decimal(2), "台"))

    def test_the_database_refuses_half_a_computer(self, office: Any) -> None:
        item, clerk = make_item(), make_clerk(office)
        half = Movement(
            item=item, place=first_community(office), kind="received", quantity=Decimal("0.5"), at=clock.now(), by=clerk
        )
        with pytest.raises(IntegrityError, match="no fractions"), transaction.atomic():
            half.save()


class TestAllocating:
    def test_it_leaves_the_stock_and_is_signed_for(self, office: Any) -> None:
        item = make_item(10)
        allocation = make_allocation(item, 3)
        assert books(item) == (10, 7, 3, 0)
        done = hand_over(make_clerk(office), allocation=allocation, receiver="样例签收", signature=make_signature())
        assert (done.state, done.signature.public) == ("handed_over", False)
        assert books(item) == (10, 7, 3, 0)

    def test_beyond_the_stock(self, office: Any) -> None:
        item = make_item(10)
        with pytest.raises(Conflict, match="只有10台"):
            make_allocation(item, 11)
        assert books(item) == (10, 10, 0, 0)
        assert not Allocation.objects.exists()

    def test_what_is_returned_lies_in_the_stock_again(self, office: Any) -> None:
        item = make_item(10)
        allocation = make_allocation(item, 3)
        return_goods(make_clerk(office), allocation=allocation, reason="没有来领")
        assert books(item) == (10, 10, 0, 0)
        with pytest.raises(Conflict):
            hand_over(make_clerk(office), allocation=allocation, receiver="样例", signature=make_signature())

    def test_without_a_signature_nothing_is_handed_over(self, office: Any) -> None:
        allocation = make_allocation(make_item())
        with pytest.raises(Invalid, match="签名"):
            hand_over(make_clerk(office), allocation=allocation, receiver="样例", signature=None)
        with pytest.raises(IntegrityError, match="allocation_signed"), transaction.atomic():
            Allocation.objects.filter(pk=allocation.pk).update(state="handed_over")

    def test_the_receiving_community_may_sign_but_not_take(self, office: Any) -> None:
        item, other = make_item(), make_community(office)
        worker = make_account(office, Role.COMMUNITY_WORKER, community=other)
        allocation = make_allocation(item, community=other)
        with pytest.raises(NotAllowed):
            make_allocation(item, by=worker)
        assert hand_over(worker, allocation=allocation, receiver="样例", signature=make_signature()).state == "handed_over"

    def test_liaisons_and_auditors_touch_no_goods(self, office: Any) -> None:
        item = make_item()
        liaison = make_account(office, Role.UNIT_LIAISON, organization=make_organization(office))
        for actor in (liaison, make_account(office, Role.AUDITOR)):
            with pytest.raises(NotAllowed):
                make_allocation(item, by=actor)
            with pytest.raises(NotAllowed):
                receive_donation(actor, gift=make_gift())


class TestMovingAndWritingOff:
    def test_moved_goods_stay_received(self, office: Any) -> None:
        item, other = make_item(10), make_community(office)
        move_stock(make_clerk(office), item=item, place=first_community(office), to_place=other, quantity=Decimal(4))
        assert (in_stock(item, first_community(office)), in_stock(item, other)) == (6, 4)
        assert books(item) == (10, 10, 0, 0)

    def test_what_is_spoilt_says_why(self, office: Any) -> None:
        item, clerk = make_item(10), make_clerk(office)
        with pytest.raises(Invalid, match="原因"):
            write_off(clerk, item=item, place=first_community(office), quantity=Decimal(2), reason="")
        write_off(clerk, item=item, place=first_community(office), quantity=Decimal(2), reason="运输中摔坏")
        assert books(item) == (10, 8, 0, 2)


class TestTakingStock:
    def take(self, item: Item, counted: int, reason: str = "", expected: int = 10) -> StockCount:
        line = Counted(item, Decimal(expected), Decimal(counted), reason)
        return take_stock(make_clerk(item.office), place=first_community(item.office), lines=[line])

    def test_missing_pieces_are_written_off_with_their_reason(self, office: Any) -> None:
        item = make_item(10)
        self.take(item, 8, "两台送修未回")
        assert books(item) == (10, 8, 0, 2)
        assert Movement.objects.get(kind="written_off").reason == "两台送修未回"

    def test_a_find_is_received(self, office: Any) -> None:
        item = make_item(10)
        self.take(item, 11, "上次少登记一台")
        assert books(item) == (11, 11, 0, 0)

    def test_a_difference_without_a_reason_is_refused(self, office: Any) -> None:
        item = make_item(10)
        with pytest.raises(Invalid, match="写明差在哪里"):
            self.take(item, 9)
        assert books(item) == (10, 10, 0, 0)
        assert not StockCount.objects.exists()

    def test_goods_that_moved_while_somebody_counted(self, office: Any) -> None:
        item = make_item(10)
        make_allocation(item, 3)
        with pytest.raises(Conflict, match="有出入库"):
            self.take(item, 10)

    def test_less_than_nothing(self, office: Any) -> None:
        with pytest.raises(Invalid, match="小于零"):
            self.take(make_item(10), -1, "不可能")


class TestOnlyMovementsChangeTheBooks:
    def test_no_other_hand(self, office: Any) -> None:
        item = make_item(10)
        for change in (
            lambda: Item.objects.filter(pk=item.pk).update(received=11, in_stock=11),
            lambda: Stock.objects.update(quantity=11),
            lambda: Stock.objects.all().delete(),
            lambda: Item.objects.create(office=office, name="桌子", unit="张", received=5, in_stock=5),
        ):
            with pytest.raises(IntegrityError, match="by movements only"), transaction.atomic():
                change()

    def test_movements_only_grow(self, office: Any) -> None:
        make_item(10)
        with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
            Movement.objects.update(quantity=5)

    def test_the_stock_does_not_sink_below_zero(self, office: Any) -> None:
        item, clerk = make_item(10), make_clerk(office)
        too_much = Movement(
            item=item, place=first_community(office), kind="allocated", quantity=Decimal(11), at=clock.now(), by=clerk
        )
        with pytest.raises(IntegrityError, match="below_zero"), transaction.atomic():
            too_much.save()

    def test_the_rest_of_an_item_may_be_mended(self, office: Any) -> None:
        item = make_item()
        item.name = "台式电脑"
        item.save()
        assert Item.objects.get(pk=item.pk).name == "台式电脑"
