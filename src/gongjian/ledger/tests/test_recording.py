from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from gongjian.kernel import clock
from gongjian.kernel.errors import Invalid, NotAllowed
from gongjian.kernel.models import AuditEntry
from gongjian.ledger.canonical import content
from gongjian.ledger.models import Deed
from gongjian.ledger.services import DeedSource
from gongjian.ledger.tests.factories import deed_kind, make_deed, make_evidence
from gongjian.registry.tests.factories import (
    first_community,
    make_account,
    make_community,
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


class TestCatalogue:
    def test_the_shipped_kinds_are_there(self, db: None) -> None:
        assert deed_kind("volunteer-hours").unit == "hour"
