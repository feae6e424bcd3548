from typing import Any

from django.test import Client
from django.urls import reverse

from gongjian.ledger.models import Deed
from gongjian.registry.models import Account
from gongjian.registry.services.tokens import issue_token
from gongjian.work.cobuilding.models import Claim, Need
from gongjian.work.cobuilding.tests.factories import Cast, another_community, make_claim, make_need, make_offer, make_signed

WHAT = {"kind": "goods", "title": "折叠椅", "quantity": "40", "unit": "piece", "from_day": "2026-01-01"}


def by_token(account: Account, *scopes: str) -> Client:
    _, secret = issue_token(account, name="test", scopes=[*(scopes or ("cobuilding:read", "cobuilding:write"))])
    return Client(headers={"authorization": f"Bearer {secret}"})


def post(client: Client, name: str, content: Any, *, pk: int | None = None, **headers: str) -> Any:
    url = reverse(f"api:{name}", kwargs={"pk": pk} if pk else {})
    return client.post(url, content, content_type="application/json", headers=headers)


class TestNeeds:
    def test_posted_once_however_often_sent(self, cast: Cast) -> None:
        client, told = by_token(cast.worker), {**WHAT, "place": cast.community.code}
        first = post(client, "post_need", told, idempotency_key="n1")
        again = post(client, "post_need", told, idempotency_key="n1")
        assert (first.status_code, again.json()) == (201, first.json())
        assert Need.objects.count() == 1
        listed = client.get(reverse("api:list_needs")).json()["items"]
        assert [(one["title"], one["place"], one["quantity"]) for one in listed] == [("折叠椅", cast.community.code, "40.00")]

    def test_half_a_chair_is_refused_beside_its_field(self, cast: Cast) -> None:
        answer = post(by_token(cast.worker), "post_need", {**WHAT, "quantity": "1.5", "place": cast.community.code})
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == "quantity"

    def test_reading_needs_no_more_than_the_reading_scope(self, cast: Cast) -> None:
        client = by_token(cast.worker, "cobuilding:read")
        assert client.get(reverse("api:list_needs")).status_code == 200
        assert post(client, "post_need", {**WHAT, "place": cast.community.code}).status_code == 403


class TestClaims:
    def test_from_the_proposal_to_the_deed(self, cast: Cast) -> None:
        liaison, worker = by_token(cast.liaison), by_token(cast.worker)
        told = {"need": make_need(cast).pk, "organization": cast.organization.pk, "quantity": "12"}
        claim = post(liaison, "propose_claim", told).json()
        assert claim["state"] == "proposed"
        assert post(worker, "agree_to_claim", {}, pk=claim["id"]).json()["state"] == "agreed"
        post(liaison, "report_claim", {}, pk=claim["id"])
        assert post(worker, "accept_claim", {"delivered": "12"}, pk=claim["id"]).json()["state"] == "accepted"
        assert post(worker, "rate_claim", {"satisfaction": "satisfied"}, pk=claim["id"]).json()["state"] == "rated"
        assert Deed.objects.get().quantity == 12

    def test_of_both_an_offer_and_a_need(self, cast: Cast) -> None:
        told = {"need": make_need(cast).pk, "offer": make_offer(cast).pk, "quantity": "5"}
        assert post(by_token(cast.worker), "propose_claim", told).json()["side"] == "beneficiary"

    def test_of_nothing_it_says_what_is_missing(self, cast: Cast) -> None:
        answer = post(by_token(cast.liaison), "propose_claim", {"quantity": "5"})
        assert answer.status_code == 422
        assert not Claim.objects.exists()

    def test_others_find_nothing(self, cast: Cast) -> None:
        claim = make_claim(cast)
        _place, stranger = another_community(cast)
        client = by_token(stranger)
        assert client.get(reverse("api:get_one_claim", kwargs={"pk": claim.pk})).status_code == 404
        assert client.get(reverse("api:list_claims")).json()["items"] == []


def test_agreements_come_without_persons(cast: Cast) -> None:
    make_signed(cast)
    answer = by_token(cast.clerk).get(reverse("api:list_agreements"))
    assert answer.json()["items"][0]["state"] == "in_force"
    assert "0371" not in answer.content.decode()
