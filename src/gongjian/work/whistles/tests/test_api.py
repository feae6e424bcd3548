from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.kernel.models import AuditEntry, Submission
from gongjian.registry.models import Account
from gongjian.registry.services.tokens import issue_token
from gongjian.registry.tests.factories import make_account, make_organization
from gongjian.work.whistles import services
from gongjian.work.whistles.models import Whistle
from gongjian.work.whistles.tests.factories import Cast, make_whistle

pytestmark = pytest.mark.django_db
LIST = "api:list_whistles"


def by_token(account: Account, *scopes: str) -> Client:
    _, secret = issue_token(account, name="test", scopes=[*scopes])
    return Client(headers={"authorization": f"Bearer {secret}"})


@pytest.fixture
def cast(office: Any) -> Cast:
    return Cast()


@pytest.fixture
def api(cast: Cast) -> Client:
    return by_token(cast.clerk, "whistles:read", "whistles:write")


def post(client: Client, name: str, content: Any = None, *, pk: int | None = None, **headers: str) -> Any:
    url = reverse(f"api:{name}", kwargs={"pk": pk} if pk else {})
    return client.post(url, content or {}, content_type="application/json", headers=headers)


class TestListing:
    def test_pages_by_cursor_without_gap_or_repetition(self, api: Client, cast: Cast) -> None:
        made = {make_whistle().pk for _ in range(5)}
        first = api.get(reverse(LIST), {"size": 2}).json()
        make_whistle()
        second = api.get(reverse(LIST), {"size": 9, "cursor": first["next"]}).json()
        assert [w["id"] for w in (*first["items"], *second["items"])] == sorted(made, reverse=True)
        assert second["next"] is None

    @pytest.mark.parametrize(
        ("query", "count"),
        [
            ({"state": "dispatched"}, 1),
            ({"open": True}, 2),
            ({"open": False}, 0),
            ({"category": "refuse"}, 1),
            ({"source": "mail"}, 0),
            ({"since": "2000-01-01"}, 2),
            ({"until": "2000-01-01"}, 0),
            ({"overdue": True}, 0),
        ],
    )
    def test_filters(self, api: Client, cast: Cast, query: dict[str, Any], count: int) -> None:
        cast.dispatched()
        make_whistle()
        assert len(api.get(reverse(LIST), query).json()["items"]) == count

    def test_a_day_that_no_clock_shows_is_refused(self, api: Client) -> None:
        assert api.get(reverse(LIST), {"until": "9999-12-31"}).status_code == 422

    def test_a_liaison_sees_only_what_its_unit_was_sent(self, cast: Cast) -> None:
        sent, other = cast.dispatched(), make_whistle()
        unit = by_token(cast.liaison, "whistles:read")
        assert [w["id"] for w in unit.get(reverse(LIST)).json()["items"]] == [sent.whistle_id]
        assert unit.get(reverse("api:get_one_whistle", args=[other.pk])).status_code == 404

    def test_queries_do_not_grow_with_the_list(self, api: Client, django_assert_max_num_queries: Any) -> None:
        for _ in range(12):
            make_whistle()
        with django_assert_max_num_queries(12):
            assert len(api.get(reverse(LIST)).json()["items"]) == 12


class TestReporter:
    def test_only_who_may_know_is_told_and_it_is_logged(self, api: Client, cast: Cast) -> None:
        whistle = make_whistle(name="样例", phone="13800000000")
        url = reverse("api:get_one_whistle", args=[whistle.pk])
        auditor = by_token(make_account(cast.office, "auditor"), "whistles:read")
        assert api.get(url).json()["reporter"]["phone"] == "13800000000"
        assert AuditEntry.objects.filter(action="whistles.see_reporter", actor=cast.clerk).count() == 1
        assert auditor.get(url).json()["reporter"] is None

    def test_lists_never_tell(self, api: Client) -> None:
        make_whistle(phone="13800000000")
        assert "13800000000" not in api.get(reverse(LIST)).content.decode()


class TestBlowing:
    def test_one(self, api: Client, cast: Cast) -> None:
        told = {"text": "三号楼前路灯不亮", "place": cast.community.code, "latitude": "34.75", "longitude": 113.6}
        answer = post(api, "blow_whistle", told | {"category": "refuse", "phone": "13800000000"})
        assert answer.status_code == 201, answer.json()
        whistle = Whistle.objects.get()
        assert (whistle.source, whistle.category, whistle.community) == ("api", cast.category, cast.community)
        assert answer.json()["resolution_due_at"]

    def test_twice_with_a_key_is_once_and_the_key_remembers_no_phone(self, api: Client, cast: Cast) -> None:
        told = {"text": "三号楼前路灯不亮", "phone": "13800000000"}
        first, second = (post(api, "blow_whistle", told, **{"Idempotency-Key": "k"}) for _ in range(2))
        assert first.json() == second.json()
        assert Whistle.objects.count() == 1
        assert "13800000000" not in str(list(Submission.objects.values_list("answer", flat=True)))

    @pytest.mark.parametrize(
        "wrong", [{"text": "亮"}, {"phone": "abc"}, {"latitude": 100, "longitude": 1}, {"place": "nowhere"}]
    )
    def test_what_cannot_be_is_refused(self, api: Client, wrong: dict[str, Any]) -> None:
        assert post(api, "blow_whistle", {"text": "三号楼前路灯不亮"} | wrong).status_code == 422
        assert not Whistle.objects.exists()

    def test_the_same_number_of_yours_is_refused(self, api: Client) -> None:
        told = {"text": "三号楼前路灯不亮", "external_number": "A-1"}
        assert [post(api, "blow_whistle", told).status_code for _ in range(2)] == [201, 409]

    def test_voices_are_told_apart(self, api: Client) -> None:
        whistle = make_whistle()
        for visitor in ("a", "b", "a"):
            answer = post(api, "join_whistle", {"visitor": visitor}, pk=whistle.pk)
        assert answer.json()["voices"] == 3
        assert post(api, "join_whistle", {}, pk=whistle.pk).status_code == 422


class TestTheWholeWayByMachines:
    def test_it_ends_closed(self, api: Client, cast: Cast) -> None:
        whistle = make_whistle()
        unit = by_token(cast.liaison, "whistles:read", "whistles:write")
        community = by_token(cast.worker, "whistles:write")
        post(api, "triage_whistle", {"category": "refuse"}, pk=whistle.pk)
        lead = {"organization": cast.organization.pk, "limit": {"amount": 3, "unit": "days"}}
        sent = post(api, "dispatch_whistle", {"lead": lead}, pk=whistle.pk).json()["dispatches"][0]["id"]
        assert post(unit, "accept_dispatch", pk=sent).json()["state"] == "accepted"
        contact = {"means": "phone", "reached": True, "words": "约好下午"}
        assert post(unit, "log_whistle_contact", contact, pk=whistle.pk).status_code == 201
        assert post(unit, "arrive_for_dispatch", {"words": "到了"}, pk=sent).status_code == 200
        assert post(unit, "handle_dispatch", pk=sent).status_code == 200
        assert post(unit, "report_on_dispatch", {"outcome": "solved", "words": "清走了"}, pk=sent).status_code == 200
        assert post(community, "verify_whistle", {"solved": True}, pk=whistle.pk).status_code == 200
        assert post(api, "close_whistle", pk=whistle.pk).status_code == 409  # nobody has rated it yet
        services.revisit(cast.clerk, whistle=whistle, means="phone", valid=True, contacted=True, satisfaction="satisfied")
        assert post(api, "close_whistle", pk=whistle.pk).json()["state"] == "closed"

    def test_found_otherwise_it_goes_back(self, api: Client, cast: Cast) -> None:
        whistle = cast.reported()
        answer = post(api, "verify_whistle", {"passed": False, "words": "还在"}, pk=whistle.pk)
        assert answer.json()["state"] == "accepted"

    def test_a_comment_is_for_staff_unless_said_otherwise(self, api: Client) -> None:
        whistle = make_whistle()
        assert post(api, "comment_on_whistle", {"words": "请核实"}, pk=whistle.pk).json()["public"] is False
        told = {"words": "已派人", "audience": "resident"}
        assert post(api, "comment_on_whistle", told, pk=whistle.pk).json()["public"] is True

    def test_another_unit_does_not_even_find_the_dispatch(self, cast: Cast) -> None:
        stranger = make_account(cast.office, "unit_liaison", organization=make_organization(cast.office))
        assert post(by_token(stranger, "whistles:write"), "accept_dispatch", pk=cast.dispatched().pk).status_code == 404
