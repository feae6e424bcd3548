"""Open311 GeoReport v2, by its specification."""

from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from django.test import Client

from gongjian.kernel import clock
from gongjian.registry.services.tokens import issue_token, keep_token
from gongjian.registry.tests.factories import make_account, make_clerk
from gongjian.work.whistles import services
from gongjian.work.whistles.models import Policy, Whistle
from gongjian.work.whistles.tests.factories import Cast, make_category, make_whistle

pytestmark = pytest.mark.django_db
V2 = "/open311/v2"
WORDS = "三号楼前的垃圾三天没有清了"


@pytest.fixture
def cast(office: Any) -> Cast:
    return Cast()


@pytest.fixture
def key(cast: Cast) -> str:
    return issue_token(cast.clerk, name="app", scopes=["open311:write"])[1]


@pytest.fixture
def told(key: str) -> dict[str, str]:
    return {"api_key": key, "service_code": "refuse", "lat": "34.75", "long": "113.6", "description": WORDS}


class TestDiscovery:
    @pytest.mark.parametrize("address", ["/open311/discovery", f"{V2}/discovery"])
    def test_it_leads_to_the_endpoint(self, client: Client, office: Any, address: str) -> None:
        (endpoint,) = client.get(f"{address}.json").json()["endpoints"]
        assert endpoint["url"] == "http://testserver/open311/v2/"
        assert endpoint["specification"] == "http://wiki.open311.org/GeoReport_v2"
        xml = fromstring(client.get(f"{address}.xml").content)
        assert xml.findtext("endpoints/endpoint/url") == endpoint["url"]
        assert [one.text for one in xml.findall("endpoints/endpoint/formats/format")] == ["text/xml", "application/json"]


class TestServices:
    def test_categories_in_use_are_services(self, client: Client, cast: Cast) -> None:
        make_category("gone", minor="旧类", active=False)
        (service,) = client.get(f"{V2}/services.json", {"jurisdiction_id": "any"}).json()
        assert service == {
            "service_code": "refuse",
            "service_name": cast.category.minor,
            "description": str(cast.category),
            "metadata": False,
            "type": "realtime",
            "keywords": "垃圾",
            "group": "环境卫生",
        }

    def test_as_xml(self, client: Client, cast: Cast) -> None:
        answer = client.get(f"{V2}/services.xml")
        assert answer["Content-Type"].startswith("application/xml")
        assert fromstring(answer.content).findtext("service/metadata") == "false"

    def test_definitions_ask_for_nothing_more(self, client: Client, cast: Cast) -> None:
        assert client.get(f"{V2}/services/refuse.json").json() == {"service_code": "refuse", "attributes": []}
        assert fromstring(client.get(f"{V2}/services/refuse.xml").content).findtext("service_code") == "refuse"

    def test_an_unknown_one_is_404_with_code_and_description(self, client: Client, office: Any) -> None:
        answer = client.get(f"{V2}/services/none.json")
        assert (answer.status_code, answer.json()[0]["code"]) == (404, 404)
        assert fromstring(client.get(f"{V2}/services/none.xml").content).findtext("error/code") == "404"
        assert client.get(f"{V2}/anything.json").json()[0]["code"] == 404


class TestReporting:
    def test_it_becomes_a_whistle(self, client: Client, cast: Cast, told: dict[str, str]) -> None:
        more = {"email": "a@example.org", "phone": "13800000000", "first_name": "三", "last_name": "张", "device_id": "d1"}
        (answer,) = client.post(f"{V2}/requests.json", told | more).json()
        whistle = Whistle.objects.get()
        assert answer["service_request_id"] == whistle.number
        assert (whistle.source, whistle.text, whistle.category, whistle.state) == ("open311", WORDS, cast.category, "blown")
        assert (whistle.reporter_phone, whistle.reporter_email, whistle.reporter_name) == (
            "13800000000",
            "a@example.org",
            "三 张",
        )
        assert whistle.resolution_due_at

    def test_as_xml(self, client: Client, told: dict[str, str]) -> None:
        answer = fromstring(client.post(f"{V2}/requests.xml", told).content)
        assert answer.tag == "service_requests"
        assert answer.findtext("request/service_request_id") == Whistle.objects.get().number

    def test_an_address_will_do_and_no_words_are_needed(self, client: Client, told: dict[str, str]) -> None:
        del told["lat"], told["long"], told["description"]
        assert client.post(f"{V2}/requests.json", told | {"address_string": "三号楼东侧"}).status_code == 200
        assert Whistle.objects.get().spot == "三号楼东侧"

    @pytest.mark.parametrize("sent", ["", "nonsense"])
    def test_without_a_good_key_403(self, client: Client, told: dict[str, str], sent: str) -> None:
        answer = client.post(f"{V2}/requests.json", told | {"api_key": sent})
        assert (answer.status_code, answer.json()[0]["code"]) == (403, 403)
        assert not Whistle.objects.exists()

    def test_a_token_of_another_scope_is_no_key(self, client: Client, cast: Cast, told: dict[str, str]) -> None:
        _, secret = issue_token(cast.clerk, name="reads", scopes=["whistles:write"])
        assert client.post(f"{V2}/requests.json", told | {"api_key": secret}).status_code == 403

    @pytest.mark.parametrize(
        ("wrong", "status"),
        [
            ({"service_code": ""}, 400),
            ({"service_code": "none"}, 404),
            ({"lat": "", "long": ""}, 400),
            ({"lat": "900"}, 400),
            ({"phone": "abc"}, 400),
            ({"media_url": "javascript:alert(1)"}, 400),
        ],
    )
    def test_what_cannot_be_is_refused(self, client: Client, told: dict[str, str], wrong: dict[str, str], status: int) -> None:
        answer = client.post(f"{V2}/requests.json", told | wrong)
        assert (answer.status_code, answer.json()[0]["code"]) == (status, status)
        assert answer.json()[0]["description"]

    def test_the_same_key_and_idempotency_key_is_one_whistle(self, client: Client, told: dict[str, str]) -> None:
        answers = [client.post(f"{V2}/requests.json", told, headers={"Idempotency-Key": "k"}).json() for _ in range(2)]
        client.post(f"{V2}/requests.json", told, headers={"Idempotency-Key": "other"})
        assert answers[0] == answers[1]
        assert Whistle.objects.count() == 2

    def test_a_media_url_is_kept_for_staff_only(self, client: Client, told: dict[str, str]) -> None:
        client.post(f"{V2}/requests.json", told | {"media_url": "https://example.org/p.jpg"})
        noted = Whistle.objects.get().happenings.get(kind="comment")
        assert "https://example.org/p.jpg" in noted.words
        assert not noted.public

    def test_beyond_the_radius_it_is_marked_and_taken(self, client: Client, cast: Cast, told: dict[str, str]) -> None:
        Policy.objects.create(office=cast.office, center_latitude="34.75", center_longitude="113.6")
        client.post(f"{V2}/requests.json", told | {"lat": "35.75"})
        assert Whistle.objects.get().outside

    def test_a_flood_is_stopped_by_key(self, client: Client, told: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("gongjian.api.open311.keys.MOST_PER_HOUR", 2)
        assert [client.post(f"{V2}/requests.json", told).status_code for _ in range(3)] == [200, 200, 429]

    def test_a_session_is_no_key(self, client: Client, cast: Cast, told: dict[str, str]) -> None:
        client.force_login(cast.clerk, backend="gongjian.registry.signin.OfficeAuthenticationBackend")
        assert client.post(f"{V2}/requests.json", told | {"api_key": ""}).status_code == 403


class TestTheDemosKey:
    def test_it_is_a_token_like_any_other(self, client: Client, cast: Cast, told: dict[str, str]) -> None:
        assert client.post(f"{V2}/requests.json", told | {"api_key": "demo"}).status_code == 403
        keep_token(cast.clerk, name="Open311", secret="demo", scopes=["open311:write"])
        assert client.post(f"{V2}/requests.json", told | {"api_key": "demo"}).status_code == 200


class TestLookingUp:
    def get(self, client: Client, **asked: Any) -> list[str]:
        return [one["service_request_id"] for one in client.get(f"{V2}/requests.json", asked).json()]

    def test_the_last_ninety_days_the_latest_first(self, client: Client, cast: Cast) -> None:
        with clock.set_to(clock.now() - timedelta(days=100)):
            old = make_whistle()
        first, second = make_whistle(), make_whistle()
        assert self.get(client) == [second.number, first.number]
        start = (clock.now() - timedelta(days=101)).isoformat()
        assert self.get(client, start_date=start) == [second.number, first.number, old.number][2:]
        assert self.get(client, service_request_id=f"{old.number},{first.pk}") == [first.number, old.number]

    def test_more_than_ninety_days_at_once_are_refused(self, client: Client, cast: Cast) -> None:
        asked = {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-04-02T00:00:00Z"}
        assert client.get(f"{V2}/requests.json", asked).status_code == 400

    def test_by_status_and_service(self, client: Client, cast: Cast) -> None:
        ended, going = cast.closed(), make_whistle()
        assert self.get(client, status="closed") == [ended.number]
        assert self.get(client, status="open") == [going.number]
        assert self.get(client, service_code="refuse") == [ended.number]
        assert client.get(f"{V2}/requests.json", {"status": "lost"}).status_code == 400
        assert client.get(f"{V2}/requests.json", {"service_code": "none"}).status_code == 404

    def test_in_pages(self, client: Client, cast: Cast) -> None:
        numbers = [make_whistle().number for _ in range(3)]
        assert self.get(client, page_size=2) + self.get(client, page_size=2, page=2) == numbers[::-1]
        for wrong in ("0", "-1", "x", "9" * 30):
            assert client.get(f"{V2}/requests.json", {"page": wrong}).status_code == 400

    def test_what_waits_for_approval_or_was_refused_as_secret_is_not_there(self, client: Client, cast: Cast) -> None:
        services.save_draft(cast.clerk, report=services.Report(text=WORDS))
        services.not_accept(cast.clerk, whistle=make_whistle(), reason="secret", words="请找有关部门")
        assert self.get(client) == []

    def test_closed_is_not_solved(self, client: Client, cast: Cast) -> None:
        cast.closed(solved=False)
        (one,) = client.get(f"{V2}/requests.json").json()
        assert one["status"] == "closed"
        assert "没有解决" in one["status_notes"]

    def test_times_have_a_zone(self, client: Client, cast: Cast) -> None:
        make_whistle()
        (one,) = client.get(f"{V2}/requests.json").json()
        assert datetime.fromisoformat(one["requested_datetime"]).utcoffset() == timedelta(hours=8)
        assert datetime.fromisoformat(one["expected_datetime"]) > datetime.now(UTC)

    def test_queries_do_not_grow_with_the_list(self, client: Client, cast: Cast, django_assert_max_num_queries: Any) -> None:
        for _ in range(12):
            make_whistle()
        with django_assert_max_num_queries(6):
            assert len(self.get(client)) == 12

    def test_one_that_is_not_there_is_404(self, client: Client, office: Any) -> None:
        for number in ("1", "2026-000001", "9" * 30, "abc"):
            assert client.get(f"{V2}/requests/{number}.json").status_code == 404
        assert client.get(f"{V2}/tokens/none.xml").status_code == 404


class TestPrivacy:
    @pytest.fixture
    def whistle(self, cast: Cast) -> Whistle:
        return make_whistle(
            spot="三单元502室",
            name="样例",
            phone="13800000000",
            latitude="34.751234",
            longitude="113.612345",
            place=cast.community,
        )

    def text(self, client: Client, whistle: Whistle, form: str = "json", **asked: str) -> str:
        return client.get(f"{V2}/requests/{whistle.number}.{form}", asked).content.decode()

    @pytest.mark.parametrize("form", ["json", "xml"])
    def test_a_stranger_reads_neither_words_nor_spot_nor_person(self, client: Client, whistle: Whistle, form: str) -> None:
        both = self.text(client, whistle, form) + client.get(f"{V2}/requests.{form}").content.decode()
        for secret in (WORDS, "502", "样例<", "13800000000", "34.7512", whistle.token):
            assert secret not in both
        assert "34.751" in both

    def test_a_key_of_the_office_reads_the_words(self, client: Client, whistle: Whistle, key: str) -> None:
        assert WORDS in self.text(client, whistle, api_key=key)
        assert "13800000000" not in self.text(client, whistle, api_key=key)

    def test_the_reporter_reads_them_by_token(self, client: Client, whistle: Whistle) -> None:
        assert WORDS in self.text(client, whistle, token=whistle.token)
        assert WORDS not in self.text(client, whistle, token="guessed")
        (known,) = client.get(f"{V2}/tokens/{whistle.token}.json").json()
        assert known["service_request_id"] == whistle.number

    def test_a_key_of_somebody_whose_business_it_is_not_reads_no_more(
        self, client: Client, whistle: Whistle, office: Any
    ) -> None:
        _, secret = issue_token(make_account(office, "resident"), name="mine", scopes=["open311:write"])
        assert WORDS not in self.text(client, whistle, api_key=secret)

    def test_a_key_of_another_office_reads_no_more(self, client: Client, whistle: Whistle, office: Any) -> None:
        from django_scopes import scope

        from gongjian.registry.tests.factories import make_office

        elsewhere = make_office("邻街街道")
        with scope(office=elsewhere):
            _, secret = issue_token(make_clerk(elsewhere), name="theirs", scopes=["open311:write"])
        assert WORDS not in self.text(client, whistle, api_key=secret)
