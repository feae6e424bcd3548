from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from gongjian.kernel import clock
from gongjian.ledger.tests.factories import image_file
from gongjian.work.projects.elevators.models import CoefficientTable, Retrofit
from gongjian.work.projects.elevators.selectors import search
from gongjian.work.projects.elevators.tests.factories import make_agreed, make_retrofit, make_vote_of, sample_table
from gongjian.work.projects.tests.factories import Cast, make_project

BACKEND = "gongjian.registry.signin.OfficeAuthenticationBackend"


@pytest.fixture
def signed_in(client: Any, cast: Cast) -> Any:
    client.force_login(cast.worker, backend=BACKEND)
    return client


def page(client: Any, name: str, *args: Any) -> str:
    response = client.get(reverse(f"elevators:{name}", args=args))
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


def sent(client: Any, name: str, /, *args: Any, **said: Any) -> Any:
    return client.post(reverse(f"elevators:{name}", args=args), said)


def test_from_the_project_to_the_agreement_by_the_forms(signed_in: Any, cast: Cast) -> None:
    project = make_project(cast, kind="elevator")
    said = {"title": "2单元电梯", "place": project.place.pk, "organization": cast.organization.pk}
    page(signed_in, "open", project.pk)
    assert sent(signed_in, "open", project.pk, **said).status_code == 302
    one, vote, table = Retrofit.objects.get(), make_vote_of(cast, project), sample_table(cast)
    costs = {"vote": vote.pk, "table": table.pk, "total": "500000", "subsidies": "600000", "subsidy_basis": "样例文件"}
    refused = sent(signed_in, "costs", one.pk, **costs)
    assert refused.status_code == 422
    assert "不能超过总造价" in refused.content.decode()
    assert sent(signed_in, "costs", one.pk, **costs | {"subsidies": "0"}).status_code == 302
    assert "73529.41" in page(signed_in, "retrofit", one.pk)
    page(signed_in, "agree", one.pk)
    today = clock.today().isoformat()
    assert sent(signed_in, "agree", one.pk, agreed_on=today, copy=image_file()).status_code == 302
    page(signed_in, "step", one.pk, "registered")
    assert sent(signed_in, "step", one.pk, "registered", done_on=today).status_code == 302
    assert sent(signed_in, "step", one.pk, "running", done_on=today).status_code == 302
    assert "2单元电梯" in page(signed_in, "retrofits")
    assert "2单元电梯" in signed_in.get(reverse("projects:project", args=[project.pk])).content.decode()


def test_papers_and_tables(signed_in: Any, cast: Cast) -> None:
    one = make_agreed(cast)
    url = reverse("elevators:paper", args=[one.pk])
    assert signed_in.get(url).content.startswith(b"%PDF")
    assert signed_in.get(f"{url}?word").content.startswith(b"PK")
    assert signed_in.get(reverse("elevators:export", args=[one.pk])).status_code == 200
    assert "样例，未核实" in page(signed_in, "tables")


def test_the_office_adds_a_table(client: Any, cast: Cast) -> None:
    client.force_login(cast.clerk, backend=BACKEND)
    assert sent(client, "shipped").status_code == 302
    said = {"name": "样例表", "basis": "样例约定", "factors": "1层 0\n2F 0.5\n3 1"}
    assert sent(client, "tables", **said | {"factors": "一层不出"}).status_code == 422
    assert sent(client, "tables", **said).status_code == 302
    assert CoefficientTable.objects.get(name="样例表").factors == {"1": "0", "2": "0.5", "3": "1"}


def test_everybody_sees_how_far_it_is_and_nobodys_share(client: Any, cast: Cast) -> None:
    one = make_agreed(cast)
    shown = page(client, "status", one.pk)
    assert "500,000" in shown
    assert "未核实本地规定" in shown
    assert "73529" not in shown
    assert "2单元电梯" in page(client, "statuses")
    assert search(cast.worker, "2单元")[0].url == reverse("elevators:retrofit", args=[one.pk])


def test_steps_speak_the_readers_language(client: Any, cast: Cast) -> None:
    one = make_retrofit(cast)
    response = client.get(reverse("elevators:status", args=[one.pk]), headers={"accept-language": "en"})
    assert "Wishes collected" in response.content.decode()
    translation.activate("zh-hans")


def test_stopped_says_why(signed_in: Any, cast: Cast) -> None:
    one = make_retrofit(cast)
    assert sent(signed_in, "stop", one.pk, reason="").status_code == 422
    assert sent(signed_in, "stop", one.pk, reason="底层业主不同意").status_code == 302
    assert "底层业主不同意" in page(signed_in, "retrofit", one.pk)
