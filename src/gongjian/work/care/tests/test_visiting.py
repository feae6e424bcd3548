import uuid
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid, NotAllowed
from gongjian.kernel.models import AuditEntry
from gongjian.kernel.referrals import referred
from gongjian.registry.models import Consent, Role
from gongjian.registry.services.people import withdraw_consent
from gongjian.registry.tests.factories import make_account, make_clerk, make_community, make_organization
from gongjian.work.care.models import Note, Pairing, Step, Visit
from gongjian.work.care.selectors.desk import desk_items
from gongjian.work.care.services.managing import report_change
from gongjian.work.care.services.reading import forget_notes, read_notes
from gongjian.work.care.tests.factories import (
    handed_on,
    make_carer,
    make_elder,
    make_liaison,
    make_pairing,
    make_visit,
    make_worker,
)


@pytest.fixture
def pairing(office: Any) -> Pairing:
    return make_pairing()


class TestLogVisit:
    def test_puts_the_next_contact_off_by_the_cadence(self, pairing: Pairing) -> None:
        with clock.set_to(clock.now() + timedelta(days=5)):
            make_visit(pairing)
            now = clock.now()
        pairing.refresh_from_db()
        assert pairing.last_contact_at is not None
        assert pairing.due_at is not None
        assert timedelta(days=7) < pairing.due_at - now <= timedelta(days=8)

    def test_whom_nobody_reached_is_still_due(self, pairing: Pairing) -> None:
        before = pairing.due_at
        make_visit(pairing, went="absent")
        pairing.refresh_from_db()
        assert (pairing.due_at, pairing.last_contact_at) == (before, None)

    def test_the_same_slip_is_one_visit(self, pairing: Pairing) -> None:
        liaison, slip = make_liaison(pairing), uuid.uuid4()
        assert make_visit(pairing, by=liaison, slip=slip) == make_visit(pairing, by=liaison, slip=slip)
        assert Visit.objects.count() == 1
        with pytest.raises(Conflict, match="另一次"):
            make_visit(make_pairing(organization=pairing.organization), by=liaison, slip=slip)

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"ahead": timedelta(minutes=1)}, "还没有到"),
            ({"ahead": -timedelta(days=63)}, "62 天"),
            ({"went": "unusual"}, "要办什么"),
            ({"cause": "楼道灯坏了要修"}, "都好"),
            ({"doer": "carer"}, "没有这一方"),
        ],
    )
    def test_what_cannot_be_leaves_nothing(self, pairing: Pairing, changes: dict[str, Any], says: str) -> None:
        if ahead := changes.pop("ahead", None):
            changes["at"] = clock.now() + ahead
        with pytest.raises(Invalid, match=says):
            make_visit(pairing, **changes)
        assert not Visit.objects.exists()
        assert not handed_on()

    def test_the_database_refuses_a_visit_ahead(self, pairing: Pairing) -> None:
        visit = make_visit(pairing)
        visit.pk, visit.slip, visit.at = None, uuid.uuid4(), clock.now() + timedelta(hours=1)
        with pytest.raises(DatabaseError, match="visit_not_ahead"), transaction.atomic():
            visit.save(force_insert=True)

    def test_by_nobody_outside(self, pairing: Pairing) -> None:
        other = make_account(pairing.office, Role.UNIT_LIAISON, organization=make_organization(pairing.office))
        neighbor = make_account(pairing.office, Role.COMMUNITY_WORKER, community=make_community(pairing.office))
        for stranger in (other, neighbor, make_clerk(pairing.office)):
            with pytest.raises(NotAllowed):
                make_visit(pairing, by=stranger)

    def test_a_named_carer_logs_with_the_own_account(self, office: Any) -> None:
        pairing = make_pairing(carer=make_elder(name="演示街坊"))
        assert make_visit(pairing, by=make_carer(pairing)).doer == "carer"


class TestReferral:
    def test_something_unusual_becomes_a_whistle_and_stays_linked(self, pairing: Pairing) -> None:
        visit = make_visit(pairing, went="unusual", cause="厨房燃气软管老化，请燃气公司来换", note="血压高，头晕")
        (whistle,) = handed_on()
        assert "燃气软管" in whistle.text
        assert "血压" not in whistle.text
        assert (whistle.place, whistle.state) == (pairing.community, "blown")
        told = referred(make_worker(pairing), [visit.referral_key])[visit.referral_key]
        assert told.number == whistle.number
        assert told.url
        assert not referred(make_liaison(pairing), [visit.referral_key])[visit.referral_key].url

    def test_sent_twice_it_is_one_whistle(self, pairing: Pairing) -> None:
        liaison, slip = make_liaison(pairing), uuid.uuid4()
        for _time in range(2):
            make_visit(pairing, by=liaison, slip=slip, went="unusual", cause="门锁坏了，关不上")
        assert len(handed_on()) == 1


class TestNotes:
    def test_are_encrypted_and_every_reading_is_written_down(self, pairing: Pairing) -> None:
        visit = make_visit(pairing, note="膝盖疼，走路慢")
        with connection.cursor() as cursor:
            cursor.execute("SELECT words FROM care_note")
            assert "膝盖" not in str(cursor.fetchone())
        worker = make_worker(pairing)
        for _time in range(2):
            assert read_notes(worker, pairing=pairing).notes == {visit.pk: "膝盖疼，走路慢"}
        entries = AuditEntry.objects.filter(action="care.read_notes", actor=worker)
        assert entries.count() == 2
        assert "膝盖" not in str([(entry.detail, entry.thing_name) for entry in entries])

    @pytest.mark.parametrize("role", [Role.OFFICE_CLERK, Role.OFFICE_LEADER, Role.AUDITOR, Role.SYSTEM_ADMINISTRATOR])
    def test_are_not_for_the_office(self, pairing: Pairing, role: str) -> None:
        with pytest.raises(NotAllowed):
            read_notes(make_account(pairing.office, role), pairing=pairing)

    def test_need_a_consent_of_their_own(self, pairing: Pairing) -> None:
        withdraw_consent(make_clerk(pairing.office), consent=Consent.objects.get(person=pairing.elder))
        with pytest.raises(Invalid, match="单独同意"):
            make_visit(pairing, note="咳嗽")
        assert make_visit(pairing)

    def test_can_be_forgotten_while_the_visit_and_the_steps_stay(self, pairing: Pairing) -> None:
        make_visit(pairing, note="咳嗽")
        report_change(make_liaison(pairing), pairing=pairing, words="摔了一跤")
        worker = make_worker(pairing)
        assert forget_notes(worker, pairing=pairing) == 1
        assert (Note.objects.count(), Visit.objects.count(), Step.objects.count()) == (0, 1, 2)
        assert read_notes(worker, pairing=pairing).steps == {}

    def test_are_encrypted_anew_with_new_keys_though_steps_only_grow(self, pairing: Pairing) -> None:
        report_change(make_liaison(pairing), pairing=pairing, words="摔了一跤")
        call_command("reencrypt", stdout=StringIO())
        assert list(read_notes(make_worker(pairing), pairing=pairing).steps.values()) == ["摔了一跤"]
        with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
            Step.objects.update(kind=Step.Kind.ENDED)


class TestDesk:
    def test_who_is_due_surfaces_for_those_who_can_go(self, pairing: Pairing) -> None:
        liaison, worker, clerk = make_liaison(pairing), make_worker(pairing), make_clerk(pairing.office)
        assert not desk_items(liaison)
        with clock.set_to(clock.now() + timedelta(days=6)):
            assert [len(desk_items(one)) for one in (liaison, worker, clerk)] == [1, 1, 0]
        with clock.set_to(clock.now() + timedelta(days=9)):
            assert [len(desk_items(one)) for one in (liaison, worker, clerk)] == [1, 1, 1]
