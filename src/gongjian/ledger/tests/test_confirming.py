from decimal import Decimal
from typing import Any

import pytest

from gongjian.kernel.errors import Conflict, Invalid, NotAllowed
from gongjian.ledger.models import Deed, Level
from gongjian.ledger.selectors import level_of
from gongjian.ledger.services import confirm_deed, correct_deed, reverse_deed
from gongjian.ledger.tests.factories import make_deed, make_evidence
from gongjian.registry.tests.factories import (
    first_community,
    make_account,
    make_clerk,
    make_community,
)


class TestConfirmDeed:
    @pytest.fixture
    def deed(self, office: Any) -> Deed:
        return make_deed(office)

    def test_raises_the_level(self, office: Any, deed: Deed) -> None:
        worker = make_account(office, "community_worker", community=first_community(office))
        confirm_deed(worker, deed=deed, level=Level.COMMUNITY, on_behalf_of="一号社区")
        assert level_of(deed) == Level.COMMUNITY
        confirm_deed(
            make_clerk(office), deed=deed, level=Level.THIRD_PARTY, on_behalf_of="红十字会", evidence=[make_evidence(office)]
        )
        assert level_of(deed) == Level.THIRD_PARTY

    def test_who_recorded_it_cannot(self, office: Any) -> None:
        worker = make_account(office, "community_worker", community=first_community(office))
        with pytest.raises(NotAllowed):
            confirm_deed(worker, deed=make_deed(office, worker), level=Level.COMMUNITY, on_behalf_of="一号社区")

    def test_another_community_cannot(self, office: Any, deed: Deed) -> None:
        worker = make_account(office, "community_worker", community=make_community(office))
        with pytest.raises(NotAllowed):
            confirm_deed(worker, deed=deed, level=Level.COMMUNITY, on_behalf_of="二号社区")

    def test_a_third_party_needs_its_paper(self, office: Any, deed: Deed) -> None:
        with pytest.raises(Invalid) as refusal:
            confirm_deed(make_clerk(office), deed=deed, level=Level.THIRD_PARTY, on_behalf_of="红十字会")
        assert refusal.value.field == "evidence"

    def test_not_what_was_reversed(self, office: Any, deed: Deed) -> None:
        reversal = reverse_deed(make_clerk(office), deed=deed, reason="重复记录")
        worker = make_account(office, "community_worker", community=first_community(office))
        for thing in (deed, reversal):
            with pytest.raises(Conflict):
                confirm_deed(worker, deed=thing, level=Level.COMMUNITY, on_behalf_of="一号社区")


class TestCorrectDeed:
    def right(self, deed: Deed, **changes: Any) -> dict[str, Any]:
        return {
            "kind": deed.kind,
            "place": deed.place,
            "organization": deed.organization,
            "statement": deed.statement,
            "occurred_from": deed.occurred_from,
            "quantity": Decimal(9),
        } | changes

    def test_the_wrong_one_is_reversed_and_the_right_one_recorded(self, office: Any) -> None:
        deed = make_deed(office)
        right = correct_deed(make_clerk(office), deed=deed, reason="少写了一小时", **self.right(deed))
        assert right.quantity == 9
        assert Deed.objects.get(reverses=deed).quantity == -8

    def test_all_or_nothing(self, office: Any) -> None:
        deed = make_deed(office)
        with pytest.raises(Invalid):
            correct_deed(make_clerk(office), deed=deed, reason="少写了", **self.right(deed, quantity=Decimal(-1)))
        assert Deed.objects.count() == 1

    def test_a_reversal_cannot_be_reversed(self, office: Any) -> None:
        reversal = reverse_deed(make_clerk(office), deed=make_deed(office), reason="重复记录")
        with pytest.raises(Conflict):
            reverse_deed(make_clerk(office), deed=reversal, reason="又改主意了")

    def test_a_reason_is_needed(self, office: Any) -> None:
        with pytest.raises(Invalid) as refusal:
            reverse_deed(make_clerk(office), deed=make_deed(office), reason=" 错 ")
        assert refusal.value.field == "reason"
