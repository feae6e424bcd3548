import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from gongjian.kernel.models import CalendarDay

pytestmark = pytest.mark.urls("gongjian.kernel.tests.rest_urls")


def post(content: dict[str, Any], key: str = "", client: Client | None = None) -> Any:
    headers = {"idempotency-key": key} if key else {}
    return (client or Client()).post("/test/days", json.dumps(content), content_type="application/json", headers=headers)


@pytest.mark.usefixtures("office")
class TestIdempotent:
    def test_the_same_key_twice_happens_once(self) -> None:
        first, second = post({"day": "2030-01-01"}, "k"), post({"day": "2030-01-01"}, "k")
        assert (first.status_code, second.status_code) == (201, 201)
        assert first.json() == second.json()
        assert "Idempotent-Replayed" not in first
        assert second["Idempotent-Replayed"] == "true"
        assert CalendarDay.objects.count() == 1

    def test_the_same_key_with_another_body_is_refused(self) -> None:
        post({"day": "2030-01-01"}, "k")
        response = post({"day": "2030-01-02"}, "k")
        assert (response.status_code, response.json()["code"]) == (409, "idempotency-key-reused")

    def test_without_a_key_it_happens_each_time(self) -> None:
        assert post({"day": "2030-01-01"}).status_code == post({"day": "2030-01-02"}).status_code == 201

    def test_a_refused_request_may_be_sent_again_with_its_key(self) -> None:
        assert post({"day": "2030-01-01", "reason": "refuse"}, "k").status_code == 422
        assert post({"day": "2030-01-01"}, "k").status_code == 201

    def test_a_key_of_more_than_120_characters_is_refused(self) -> None:
        assert post({"day": "2030-01-01"}, "k" * 121).status_code == 400


@pytest.mark.django_db(transaction=True)
class TestIdempotentAtTheSameTime:
    def test_of_six_equal_requests_one_happens_and_all_get_its_answer(self) -> None:
        apps.get_model("registry", "Office").objects.create(code="999999999", name="梧桐路街道", short_name="梧桐路")

        def send(_: int) -> tuple[int, str]:
            try:
                response = post({"day": "2030-01-01"}, "k")
                return response.status_code, response.json()["reason"]
            finally:
                connection.close()

        with ThreadPoolExecutor(6) as pool:
            assert set(pool.map(send, range(6))) == {(201, "第1次")}
        assert CalendarDay.objects.count() == 1


@pytest.mark.usefixtures("office")
class TestProblems:
    @pytest.mark.parametrize(
        ("kind", "status", "code"),
        [
            ("invalid", 422, "invalid"),
            ("many", 422, "invalid"),
            ("conflict", 409, "late"),
            ("not-allowed", 403, "not-allowed"),
            ("missing", 404, "missing"),
            ("http", 400, "refused"),
            ("404", 404, "missing"),
        ],
    )
    def test_every_error_is_a_problem_document(self, client: Client, kind: str, status: int, code: str) -> None:
        response = client.get(f"/test/errors/{kind}")
        body = response.json()
        assert response["Content-Type"] == "application/problem+json"
        assert (response.status_code, body["status"], body["code"]) == (status, status, code)
        assert body["title"]
        assert "secret" not in body["detail"]

    def test_fields_are_named(self, client: Client) -> None:
        errors = client.get("/test/errors/many").json()["errors"]
        assert errors == [{"field": "day", "detail": "甲错"}, {"field": "reason", "detail": "乙错"}]

    def test_a_body_that_does_not_fit_is_one_too(self, client: Client) -> None:
        response = post({"reason": "没有日子"})
        assert (response.status_code, response["Content-Type"]) == (422, "application/problem+json")
        assert response.json()["errors"][0]["loc"][-1] == "day"


@pytest.mark.usefixtures("office")
class TestPaged:
    def test_following_next_gives_everything_once(self, client: Client) -> None:
        for number in range(1, 8):
            CalendarDay.objects.create(day=f"2030-01-{number:02d}", working=True, reason="")
        seen, cursor = [], None
        for _ in range(4):
            page = client.get("/test/days", {"size": 3, **({"cursor": cursor} if cursor else {})}).json()
            seen += [item["day"][-1] for item in page["items"]]
            cursor = page["next"]
            if cursor is None:
                break
        assert "".join(seen) == "1234567"

    @pytest.mark.parametrize("query", [{"size": 0}, {"size": 201}, {"size": "x"}, {"cursor": "nonsense"}])
    def test_an_impossible_page_is_refused(self, client: Client, query: dict[str, Any]) -> None:
        assert client.get("/test/days", query).status_code == 422


@pytest.mark.usefixtures("office")
class TestWhatNoTextHolds:
    def test_a_nul_in_the_body_is_refused(self) -> None:
        assert post({"day": "2030-01-01", "reason": "\x00"}).status_code == 422

    @pytest.mark.parametrize("address", ["/api/days?cursor=%00", "/api/errors/%00", "/api/a%0Ab"])
    def test_a_control_character_in_the_address_is_refused(self, client: Client, address: str) -> None:
        response = client.get(address)
        assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
