"""Volunteering for machines."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.kernel import clock
from gongjian.registry.models import Role
from gongjian.registry.services.tokens import issue_token
from gongjian.registry.tests.factories import first_community, make_account, make_organization
from gongjian.work.volunteering import services
from gongjian.work.volunteering.models import Assignment, Attendance, Enrollment, Volunteer
from gongjian.work.volunteering.tests.factories import at, make_activity, make_assignment, make_shift, make_volunteer
from gongjian.work.volunteering.tests.record_factories import certify, credit, made, make_committee, serve

pytestmark = pytest.mark.django_db
NOW = at("2020-02-03 08:00")
BOTH = ("volunteering:read", "volunteering:write")


@pytest.fixture(autouse=True)
def february():
    with clock.set_to(NOW):
        yield


@pytest.fixture
def unit(office):
    return make_organization(office)


@pytest.fixture
def call(office):
    activity = make_activity(office, place=first_community(office))
    make_shift(activity, NOW, post="东门", most=3)
    clerk = activity.created_by
    until = NOW + timedelta(hours=1)
    call = services.draft_call(clerk, activity=activity, title="招募令", text="样例", closes_at=until, mode="choose")
    return services.open_call(clerk, call=call)


def by_token(account, *scopes):
    with clock.set_to(clock.timezone.now()):
        _token, secret = issue_token(account, name="test", scopes=[*(scopes or BOTH)])
    return Client(headers={"authorization": f"Bearer {secret}"})


def post(client, name, content, *, headers=None, **kwargs):
    url = reverse(f"api:{name}", kwargs=kwargs)
    return client.post(url, content, content_type="application/json", headers=headers or {})


class TestCalls:
    def test_a_unit_signs_its_people_up_once_however_often_it_is_sent(self, office, unit, call):
        client = by_token(make_account(office, Role.UNIT_LIAISON, organization=unit))
        [found] = client.get(reverse("api:list_calls")).json()["items"]
        [shift] = client.get(reverse("api:list_shifts", kwargs={"token": found["token"]})).json()["items"]
        told = {"organization": unit.pk, "name": "王样例", "phone": "13800000001", "shift": shift["id"]}
        answers = [
            post(client, "answer_call", told, headers={"idempotency-key": "a1"}, token=found["token"]) for _time in range(2)
        ]
        assert [answer.status_code for answer in answers] == [201, 201]
        assert answers[0].json() == answers[1].json()
        assert answers[0].json()["volunteer"] == Volunteer.objects.get().number
        assert (Enrollment.objects.count(), Assignment.objects.get().origin) == (1, "liaison")
        listed = client.get(reverse("api:list_answers", kwargs={"token": call.token})).json()["items"]
        assert [one["state"] for one in listed] == ["accepted"]

    def test_a_minor_without_guardian_is_refused(self, office, unit, call):
        client = by_token(make_account(office, Role.UNIT_LIAISON, organization=unit))
        told = {"organization": unit.pk, "name": "王样例", "phone": "13800000001", "guardian": {"born": "2010-01-01"}}
        assert post(client, "answer_call", told, token=call.token).json()["code"] == "guardian-missing"
        assert not Volunteer.objects.exists()

    def test_reading_needs_no_more_than_the_reading_scope(self, office, unit, call):
        client = by_token(make_account(office, Role.UNIT_LIAISON, organization=unit), "volunteering:read")
        assert client.get(reverse("api:get_call", kwargs={"token": call.token})).status_code == 200
        told = {"organization": unit.pk, "name": "王样例", "phone": "13800000001"}
        assert post(client, "answer_call", told, token=call.token).status_code == 403


class TestHours:
    def test_from_the_gate_to_confirmed(self, office, call):
        shift, volunteer = call.activity.shifts.get(), make_volunteer(office)
        make_assignment(shift, volunteer)
        client = by_token(make_account(office, Role.COMMUNITY_WORKER, community=first_community(office)))
        told = {"volunteers": [volunteer.number]}
        assert post(client, "tick_in", told, pk=shift.pk).json()["items"][0]["state"] == "here"
        with clock.set_to(NOW + timedelta(hours=4)):
            [row] = post(client, "tick_out", told, pk=shift.pk).json()["items"]
            assert post(client, "confirm_hours", {"hours": [row["id"]]}).json()["items"][0]["state"] == "confirmed"
            [listed] = client.get(reverse("api:list_hours"), {"state": "confirmed"}).json()["items"]
        assert (listed["hours"], listed["volunteer"]) == ("4", volunteer.number)
        assert "样例" not in str(listed)

    def test_an_unknown_number_is_named_and_nobody_is_ticked(self, office, call):
        client, known = by_token(call.created_by), make_volunteer(office)
        told = {"volunteers": [known.number, "V0"]}
        assert "V0" in post(client, "tick_in", told, pk=call.activity.shifts.get().pk).json()["detail"]
        assert not Attendance.objects.exists()

    def test_others_find_nothing(self, office, unit, call):
        client = by_token(make_account(office, Role.UNIT_LIAISON, organization=unit))
        told = {"volunteers": ["V0"]}
        assert post(client, "tick_in", told, pk=call.activity.shifts.get().pk).status_code == 404
        assert client.get(reverse("api:list_hours")).json()["items"] == []


def test_a_certificate_is_verified_by_its_number_without_the_whole_name(office):
    activity, volunteer = make_activity(office), make_volunteer(office, "王样例")
    clerk = activity.created_by
    serve(clerk, volunteer, activity)
    credit(clerk, activity)
    with clock.set_to(at("2020-02-21 09:00")):
        certificate = made(certify(clerk, volunteer, make_committee(office)))
    client = by_token(clerk)
    found = client.get(reverse("api:verify_service_certificate", kwargs={"key": certificate.number})).json()
    assert (found["hours"], found["revoked"], found["sealed"]) == ("4.00", False, True)
    assert found["name"] != "王样例"
    assert client.get(reverse("api:verify_service_certificate", kwargs={"key": "X-1"})).status_code == 404
