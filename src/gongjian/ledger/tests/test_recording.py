from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django_scopes import scope

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid, NotAllowed
from gongjian.kernel.models import AuditEntry
from gongjian.ledger.canonical import content
from gongjian.ledger.models import Confirmation, CurrentTally, Deed, Level
from gongjian.ledger.selectors import level_of
from gongjian.ledger.services import DeedSource, confirm_deed, correct_deed, reverse_deed
from gongjian.ledger.tests.factories import deed_kind, make_deed, make_evidence
from gongjian.registry.tests.factories import (
    first_community,
    make_account,
    make_clerk,
    make_community,
    make_office,
    make_organization,
    make_person,
)


class TestRecordDeed:
    def test_what_is_returned_is_what_is_stored(self, office: Any) -> None:
        deed = make_deed(office, evidence=[make_evidence(office)])
        assert content(deed) == content(Deed.objects.get(pk=deed.pk))

    def test_it_is_told_with_its_figures(self, office: Any) -> None:
        deed = make_deed(office, statement="{日}到卡点值守{数}", quantity=Decimal(2600), approximation="over")
        assert deed.told == "2026年3月2日到卡点值守2600余小时"

    def test_a_figure_that_was_typed_out_is_kept_once(self, office: Any) -> None:
        assert make_deed(office, statement="到卡点值守8小时").statement == "到卡点值守{数}"

    def test_it_is_in_the_log_of_actions(self, office: Any) -> None:
        make_deed(office)
        assert AuditEntry.objects.filter(action="ledger.record_deed").count() == 1

    @pytest.mark.parametrize(
        ("details", "field", "code"),
        [
            ({"occurred_from": date(2026, 3, 2), "occurred_to": date(2026, 3, 1)}, "occurred_to", "dates-reversed"),
            ({"occurred_from": date(9999, 1, 1)}, "occurred_to", "in-future"),
            ({"occurred_from": date(1949, 9, 30)}, "occurred_from", "too-early"),
            ({"quantity": None}, "quantity", "quantity-missing"),
            ({"quantity": Decimal(0)}, "quantity", "quantity-not-positive"),
            ({"quantity": Decimal(-8)}, "quantity", "quantity-not-positive"),
            ({"quantity": Decimal("NaN")}, "quantity", "quantity-not-positive"),
            ({"quantity": Decimal("Infinity")}, "quantity", "quantity-not-positive"),
            ({"quantity": Decimal("1e30")}, "quantity", "quantity-absurd"),
            ({"quantity": Decimal("1.005")}, "quantity", "quantity-precision"),
            ({"kind": "visit", "quantity": Decimal("1.5")}, "quantity", "quantity-fraction"),
            ({"kind": "joint-inspection"}, "quantity", "not-counted"),
            ({"statement": " 值 "}, "statement", "statement-missing"),
            ({"statement": "值" * 501}, "statement", "statement-too-long"),
            ({"statement": "值守\x00一天"}, "statement", "statement-characters"),
            ({"statement": "值守\x1b[31m一天"}, "statement", "statement-characters"),
            ({"beneficiary": "老" * 121}, "beneficiary", "beneficiary-too-long"),
            ({"beneficiary": "老\x00人"}, "beneficiary", "beneficiary-characters"),
            ({"organization": None}, "organization", "doer-missing"),
        ],
    )
    def test_what_cannot_be_is_refused_beside_its_field(
        self, office: Any, details: dict[str, Any], field: str, code: str
    ) -> None:
        with pytest.raises(Invalid) as refusal:
            make_deed(office, **details)
        assert (refusal.value.field, refusal.value.code) == (field, code)
        assert not Deed.objects.exists()

    def test_today_is_not_the_future(self, office: Any) -> None:
        assert make_deed(office, occurred_from=clock.today()).days_until_recorded == 0

    def test_back_filling_is_visible_not_forbidden(self, office: Any) -> None:
        deed = make_deed(office, occurred_from=clock.today() - timedelta(days=31))
        assert deed.is_late
        assert deed.days_until_recorded == 31
        assert not make_deed(office, occurred_from=clock.today() - timedelta(days=30)).is_late

    def test_a_person_alone_may_be_the_doer(self, office: Any) -> None:
        assert make_deed(office, person=make_person(office)).organization is None

    def test_a_worker_records_in_the_own_community_only(self, office: Any) -> None:
        worker = make_account(office, "community_worker", community=first_community(office))
        make_deed(office, worker)
        with pytest.raises(NotAllowed):
            make_deed(office, worker, place=make_community(office))

    def test_a_liaison_records_for_the_own_organization_only(self, office: Any) -> None:
        own = make_organization(office)
        liaison = make_account(office, "unit_liaison", organization=own)
        make_deed(office, liaison, organization=own)
        with pytest.raises(NotAllowed):
            make_deed(office, liaison)

    @pytest.mark.parametrize("role", ["resident", "volunteer", "office_leader", "auditor", "system_administrator"])
    def test_others_do_not_record(self, office: Any, role: str) -> None:
        with pytest.raises(NotAllowed):
            make_deed(office, make_account(office, role))


class TestOneSourceOneDeed:
    def test_the_second_time_the_first_deed_is_returned(self, office: Any) -> None:
        source = DeedSource("whistles", "1187:lead")
        first = make_deed(office, source=source)
        assert make_deed(office, source=source, quantity=Decimal(99)).pk == first.pk
        assert Deed.objects.count() == 1

    def test_deeds_without_a_source_are_as_many_as_were_recorded(self, office: Any) -> None:
        make_deed(office)
        make_deed(office)
        assert Deed.objects.count() == 2


@pytest.mark.django_db(transaction=True)
class TestAtTheSameTime:
    def test_one_source_yields_one_deed(self) -> None:
        office = make_office()
        with scope(office=office):
            clerk, organization, photo = make_clerk(office), make_organization(office), make_evidence(office)

        def record(_number: int) -> str:
            with scope(office=office):
                source = DeedSource("whistles", "1187")
                return str(make_deed(office, clerk, organization=organization, source=source, evidence=[photo]).pk)

        assert len(set(at_once(6, record))) == 1
        with scope(office=office):
            deed = Deed.objects.get()
            assert deed.evidence_links.count() == 1

    def test_one_confirmation_of_two_gets_through(self) -> None:
        office = make_office()
        with scope(office=office):
            deed = make_deed(office)
            workers = [make_account(office, "community_worker", community=first_community(office)) for _ in range(4)]

        def confirm(number: int) -> bool:
            with scope(office=office):
                try:
                    confirm_deed(workers[number], deed=deed, level=Level.COMMUNITY, on_behalf_of="一号社区")
                except Conflict:
                    return False
                return True

        assert sum(at_once(4, confirm)) == 1
        with scope(office=office):
            assert Confirmation.objects.count() == 1

    def test_a_deed_is_reversed_once_and_at_the_level_it_has(self) -> None:
        """However confirming and reversing interleave, the sums come out at nothing."""
        office = make_office()
        with scope(office=office):
            deed = make_deed(office)
            worker = make_account(office, "community_worker", community=first_community(office))
            clerks = [make_clerk(office), make_clerk(office)]

        def act(number: int) -> bool:
            with scope(office=office):
                try:
                    if number == 2:
                        confirm_deed(worker, deed=deed, level=Level.COMMUNITY, on_behalf_of="一号社区")
                    else:
                        reverse_deed(clerks[number], deed=deed, reason="重复记录")
                except Conflict:
                    return False
                return True

        at_once(3, act)
        with scope(office=office):
            assert Deed.objects.filter(reverses=deed).count() == 1
            sums: dict[int, int] = {}
            for level, deeds in CurrentTally.objects.values_list("level", "deeds"):
                sums[level] = sums.get(level, 0) + deeds
            assert not any(sums.values())


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


class TestCatalogue:
    def test_the_shipped_kinds_are_there(self, db: None) -> None:
        assert deed_kind("volunteer-hours").unit == "hour"


def at_once(number: int, act: Any) -> list[Any]:
    """What each of `number` acts returns, begun together over connections of their own."""
    start = Barrier(number)

    def run(which: int) -> Any:
        start.wait()
        try:
            return act(which)
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(run, range(number)))
