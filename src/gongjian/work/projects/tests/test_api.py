from typing import Any

from django.test import Client
from django.urls import reverse

from gongjian.kernel import clock
from gongjian.ledger.models import Deed
from gongjian.registry.models import Account
from gongjian.registry.services.tokens import issue_token
from gongjian.work.projects.models import Task
from gongjian.work.projects.tests.factories import Cast, make_project, make_task


def by_token(account: Account) -> Client:
    _, secret = issue_token(account, name="test", scopes=["projects:read", "projects:write"])
    return Client(headers={"authorization": f"Bearer {secret}"})


def post(client: Client, name: str, pk: int, content: Any, **headers: str) -> Any:
    return client.post(reverse(f"api:{name}", kwargs={"pk": pk}), content, content_type="application/json", headers=headers)


def test_given_once_however_often_sent_and_done_with_its_deed(cast: Cast) -> None:
    client, project = by_token(cast.liaison), make_project(cast)
    told = {"title": "清理杂物", "responsible": cast.liaison.username, "due_on": "2030-01-01"}
    answers = [post(client, "give_task", project.pk, told, idempotency_key="t1") for _again in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    task = Task.objects.get()
    deed = {"kind": "renovation-support", "statement": "清理楼院杂物", "organization": cast.organization.pk}
    said = {"on": str(clock.today()), "result": "三车运走", "deed": deed}
    assert post(client, "finish_task", task.pk, said).json()["state"] == "done"
    assert Deed.objects.get().organization == cast.organization
    assert post(client, "finish_task", task.pk, said).status_code == 409


def test_without_a_person_it_is_refused_beside_its_field(cast: Cast) -> None:
    told = {"title": "清理杂物", "responsible": "nobody", "due_on": "2030-01-01"}
    answer = post(by_token(cast.worker), "give_task", make_project(cast).pk, told)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "responsible")


def test_the_ledger_by_state_and_project(cast: Cast) -> None:
    task = make_task(cast)
    make_task(cast)
    listed = by_token(cast.worker).get(reverse("api:list_tasks"), {"state": "todo", "project": task.project_id}).json()
    assert [(one["id"], one["responsible"]) for one in listed["items"]] == [(task.pk, cast.liaison.username)]
    assert len(by_token(cast.worker).get(reverse("api:list_projects")).json()["items"]) == 2
