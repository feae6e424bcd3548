import uuid
from typing import Any

from django.test import Client
from django.urls import reverse

from gongjian.registry.models import Account
from gongjian.registry.services.tokens import issue_token
from gongjian.work.inspections.models import Finding
from gongjian.work.inspections.tests.factories import make_finding, make_inspection, make_worker


def by_token(account: Account) -> Client:
    _token, secret = issue_token(account, name="test", scopes=["inspections:read", "inspections:write"])
    return Client(headers={"authorization": f"Bearer {secret}"})


def test_a_hazard_reported_twice_is_one_and_names_no_person(office: Any) -> None:
    inspection = make_inspection()
    client = by_token(make_worker(inspection))
    url = reverse("api:report_hazard", kwargs={"pk": inspection.pk})
    told = {"slip": str(uuid.uuid4()), "text": "插座烧黑", "severity": "serious", "responsible": "样例店主"}
    answers = [client.post(url, told, content_type="application/json") for _time in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert Finding.objects.count() == 1
    assert "样例店主" not in answers[0].content.decode()


def test_lists_are_filtered(office: Any) -> None:
    finding = make_finding()
    client = by_token(make_worker(finding.inspection))
    assert [one["id"] for one in client.get(reverse("api:list_inspections")).json()["items"]] == [finding.inspection_id]
    hazards = reverse("api:list_hazards")
    assert [one["id"] for one in client.get(hazards + "?state=open").json()["items"]] == [finding.pk]
    assert client.get(hazards + "?severity=minor").json()["items"] == []


def test_what_cannot_be_is_a_problem(office: Any) -> None:
    inspection = make_inspection()
    client = by_token(make_worker(inspection))
    url = reverse("api:report_hazard", kwargs={"pk": inspection.pk})
    told = {"slip": str(uuid.uuid4()), "text": " ", "severity": "serious"}
    answer = client.post(url, told, content_type="application/json")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "text")
    assert not Finding.objects.exists()
