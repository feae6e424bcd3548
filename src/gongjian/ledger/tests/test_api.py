from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.ledger.models import Confirmation, Deed
from gongjian.ledger.sealing.proofs import check_proof
from gongjian.ledger.sealing.sealer import seal
from gongjian.ledger.tests.factories import make_deed, make_evidence
from gongjian.registry.models import Account
from gongjian.registry.services.tokens import issue_token
from gongjian.registry.tests.factories import first_community, make_account, make_clerk, make_organization


def by_token(account: Account, *scopes: str) -> Client:
    _, secret = issue_token(account, name="test", scopes=[*scopes])
    return Client(headers={"authorization": f"Bearer {secret}"})


@pytest.fixture
def api(office: Any) -> Client:
    return by_token(make_clerk(office), "ledger:read", "ledger:write")


@pytest.fixture
def deed_in(office: Any) -> dict[str, Any]:
    return {
        "kind": "volunteer-hours",
        "place": first_community(office).code,
        "organization": make_organization(office).pk,
        "statement": "到卡点值守{数}",
        "occurred_from": "2026-03-02",
        "quantity": "2.5",
    }


def post(client: Client, url: str, content: Any, **headers: str) -> Any:
    return client.post(url, content, content_type="application/json", headers=headers)


class TestRecordingDeeds:
    def test_one(self, api: Client, deed_in: dict[str, Any]) -> None:
        answer = post(api, reverse("api:record_deed"), deed_in)
        assert answer.status_code == 201
        told = answer.json()
        assert (told["told"], told["quantity"], told["unit"], told["level"]) == ("到卡点值守2.5小时", "2.50", "hour", 0)
        assert Deed.objects.get().pk.hex == told["id"].replace("-", "")

    def test_with_evidence_that_the_office_has(self, api: Client, deed_in: dict[str, Any], office: Any) -> None:
        photo = make_evidence(office)
        answer = post(api, reverse("api:record_deed"), deed_in | {"evidence": [photo.sha256]})
        assert answer.json()["evidence"] == [photo.sha256]
        assert post(api, reverse("api:record_deed"), deed_in | {"evidence": ["00" * 32]}).status_code == 422

    def test_twice_with_a_key_is_once(self, api: Client, deed_in: dict[str, Any]) -> None:
        first, second = (post(api, reverse("api:record_deed"), deed_in, **{"Idempotency-Key": "k1"}) for _ in range(2))
        assert first.json() == second.json()
        assert second["Idempotent-Replayed"] == "true"
        assert Deed.objects.count() == 1
        other = post(api, reverse("api:record_deed"), deed_in | {"quantity": "3"}, **{"Idempotency-Key": "k1"})
        assert other.status_code == 409

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"quantity": "-1"}, "quantity"),
            ({"quantity": None}, "quantity"),
            ({"occurred_from": "2999-01-01"}, "occurred_to"),
            ({"kind": "no-such"}, "kind"),
            ({"place": "no-such"}, "place"),
            ({"organization": 0}, "organization"),
            ({"organization": None}, "organization"),
            ({"statement": "值守\x00一天"}, "statement"),
        ],
    )
    def test_what_cannot_be_is_a_problem_with_its_field(
        self, api: Client, deed_in: dict[str, Any], changes: dict[str, Any], field: str
    ) -> None:
        answer = post(api, reverse("api:record_deed"), deed_in | changes)
        assert answer.status_code == 422
        assert answer["Content-Type"] == "application/problem+json"
        assert [error["field"] for error in answer.json()["errors"]] == [field]
        assert not Deed.objects.exists()

    @pytest.mark.parametrize("content", ["", "{", "[]", '{"quantity": "x"}', '{"occurred_from": "yesterday"}'])
    def test_nonsense_is_a_problem(self, api: Client, content: str) -> None:
        answer = post(api, reverse("api:record_deed"), content)
        assert answer.status_code in (400, 422)
        assert answer["Content-Type"] == "application/problem+json"


class TestReadingDeeds:
    def test_filters_and_pages(self, api: Client, office: Any) -> None:
        made = [make_deed(office) for _ in range(3)] + [make_deed(office, kind="visit")]
        first = api.get(reverse("api:list_deeds"), {"size": 2, "kind": "volunteer-hours"}).json()
        second = api.get(reverse("api:list_deeds"), {"size": 2, "kind": "volunteer-hours", "cursor": first["next"]}).json()
        seen = [item["id"] for item in first["items"] + second["items"]]
        assert seen == [str(deed.pk) for deed in reversed(made[:3])]
        assert second["next"] is None

    def test_restricted_deeds_are_not_there_for_others(self, office: Any) -> None:
        deed = make_deed(office, public=False)
        resident = by_token(make_account(office, "resident"), "ledger:read")
        assert resident.get(reverse("api:list_deeds")).json()["items"] == []
        assert resident.get(reverse("api:get_one_deed", args=[deed.pk])).status_code == 404

    def test_costs_the_same_with_more_deeds(self, api: Client, office: Any, django_assert_num_queries: Any) -> None:
        make_deed(office)
        api.get(reverse("api:list_deeds"))
        with django_assert_num_queries(2):
            api.get(reverse("api:list_deeds"))
        for _ in range(5):
            make_deed(office)
        api.get(reverse("api:list_deeds"))
        with django_assert_num_queries(2):
            api.get(reverse("api:list_deeds"))


class TestConfirming:
    def test_a_worker_confirms(self, office: Any) -> None:
        deed = make_deed(office)
        worker = by_token(make_account(office, "community_worker", community=first_community(office)), "ledger:write")
        url = reverse("api:confirm_deed", args=[deed.pk])
        assert post(worker, url, {"on_behalf_of": "一号社区"}).status_code == 201
        assert post(worker, url, {"on_behalf_of": "一号社区"}).status_code == 409
        assert Confirmation.objects.count() == 1

    def test_level_0_is_no_confirmation(self, api: Client, office: Any) -> None:
        url = reverse("api:confirm_deed", args=[make_deed(office).pk])
        assert post(api, url, {"on_behalf_of": "x", "level": 0}).status_code == 422


class TestLog:
    def test_proof(self, api: Client, office: Any) -> None:
        deed = make_deed(office)
        url = reverse("api:deed_proof", args=[deed.pk])
        assert api.get(url).status_code == 404
        seal()
        assert check_proof(api.get(url).json()).size == 1

    def test_seals(self, api: Client, office: Any) -> None:
        for _ in range(3):
            make_deed(office)
            seal()
        assert [item["size"] for item in api.get(reverse("api:list_seals")).json()["items"]] == [3, 2, 1]
        assert api.get(reverse("api:get_one_seal", args=[2])).json()["size"] == 2
        assert api.get(reverse("api:get_one_seal", args=[9])).status_code == 404

    def test_statistics(self, api: Client, office: Any) -> None:
        make_deed(office)
        make_deed(office, kind="visit")
        groups = api.get(reverse("api:statistics"), {"by": "category,month"}).json()
        assert {"group": {"category": "care", "month": "2026-03-01"}, "unit": "time", "deeds": 1, "quantity": "8.00"} in groups
        assert len(groups) == 2

    @pytest.mark.parametrize("by", ["", "nonsense", "kind,kind,year,month", "organization__credit_code"])
    def test_dimensions_that_are_not_there(self, api: Client, by: str) -> None:
        assert api.get(reverse("api:statistics"), {"by": by}).status_code == 422

    def test_kinds(self, api: Client) -> None:
        assert {"code": "visit", "category": "care", "unit": "time"}.items() <= next(
            kind for kind in api.get(reverse("api:list_kinds")).json() if kind["code"] == "visit"
        ).items()
