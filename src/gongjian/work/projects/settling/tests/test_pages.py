from typing import Any

import pytest
from django.urls import reverse

from gongjian.ledger.tests.factories import image_file
from gongjian.work.projects.settling.models import ReliefRule, SafetyVisit, Settlement
from gongjian.work.projects.settling.tests.factories import make_closed, make_settlement, make_site, sign
from gongjian.work.projects.tests.factories import Cast

BACKEND = "gongjian.registry.signin.OfficeAuthenticationBackend"


@pytest.fixture
def signed_in(client: Any, cast: Cast) -> Any:
    client.force_login(cast.liaison, backend=BACKEND)
    return client


def page(client: Any, name: str, *args: Any) -> str:
    response = client.get(reverse(f"settling:{name}", args=args))
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


def sent(client: Any, name: str, /, *args: Any, **said: Any) -> Any:
    return client.post(reverse(f"settling:{name}", args=args), said)


LEASE = {
    "tenant": "样例面馆",
    "premises": "7号",
    "lease_from": "2020-01-01",
    "lease_to": "2020-12-31",
    "monthly_rent": "3100",
    "paid_until": "2020-07-31",
    "vacated": "2020-08-20",
    "deposit": "1200",
    "earlier_arrears": "0",
    "route": "voluntary",
}


def test_from_the_lease_to_the_ledger_by_the_forms(signed_in: Any, cast: Cast) -> None:
    project, said = make_site(cast), LEASE | {"organization": cast.organization.pk, "utilities": "水费：120.5\n电费 79.50元"}
    wrong = sent(signed_in, "draft", project.pk, **said | {"credit_code": "91410100MA4XXXXX0X", "utilities": "很多水"})
    assert wrong.status_code == 422
    wrong = sent(signed_in, "draft", project.pk, **said | {"credit_code": "91410100MA4XXXXX0X"})
    assert "校验位不对" in wrong.content.decode()
    assert "样例面馆" in wrong.content.decode()
    assert sent(signed_in, "draft", project.pk, **said).status_code == 302
    one = Settlement.objects.get()
    assert "-1000.00" in page(signed_in, "settlement", one.pk)
    assert "样例面馆" in page(signed_in, "change", one.pk)
    assert sent(signed_in, "change", one.pk, **said | {"others": "垃圾清运 50"}).status_code == 302
    assert sent(signed_in, "sign", one.pk, signer="样例商户").status_code == 422
    assert sent(signed_in, "sign", one.pk, signer="样例商户", photo=image_file()).status_code == 302
    assert signed_in.get(reverse("settling:signature", args=[one.pk])).status_code == 200
    pay = {"paid_on": "2020-08-31", "way": "transfer", "document": "转账1"}
    assert sent(signed_in, "pay", one.pk, amount="1050.01", **pay).status_code == 422
    assert sent(signed_in, "pay", one.pk, amount="1050", **pay).status_code == 302
    assert sent(signed_in, "close", one.pk, cleared_on="2020-08-25").status_code == 302
    visit = {"organization": cast.organization.pk, "visited_on": "2020-08-21", "people": "样例二人", "found": "围挡齐全"}
    assert sent(signed_in, "visit", project.pk, **visit).status_code == 302
    assert SafetyVisit.objects.count() == 1
    assert sent(signed_in, "finish", project.pk, organization=cast.organization.pk).status_code == 302
    assert "已记进台账" in page(signed_in, "site", project.pk)
    assert "结算 1 户" in signed_in.get(reverse("projects:project", args=[project.pk])).content.decode()


@pytest.mark.parametrize("state", ["draft", "fixed", "compulsory"])
def test_the_paper_says_what_the_page_says(signed_in: Any, cast: Cast, state: str) -> None:
    one = make_settlement(cast, route="compulsory" if state == "compulsory" else "voluntary", remitted=True)
    if state == "fixed":
        sign(cast, one)
    assert "3100.00 × 20/31" in page(signed_in, "settlement", one.pk)
    url = reverse("settling:paper", args=[one.pk])
    assert signed_in.get(url).content.startswith(b"%PDF")
    assert signed_in.get(f"{url}?word").content.startswith(b"PK")


def test_lists_take_the_same_queries_for_more_settlements(
    signed_in: Any, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    project = make_site(cast)
    for _number in range(6):
        make_closed(cast, project)
    for name, args in (("settlements", ()), ("site", (project.pk,))):
        page(signed_in, name, *args)
        with django_assert_max_num_queries(30):
            page(signed_in, name, *args)
    assert signed_in.get(reverse("settling:export", args=[project.pk])).status_code == 200


def test_rules_of_relief_are_kept_by_the_office(client: Any, cast: Cast) -> None:
    client.force_login(cast.clerk, backend=BACKEND)
    assert sent(client, "shipped").status_code == 302
    assert "样例，未核实" in page(client, "reliefs")
    said = {"name": "样例办法", "basis": "样例文件1号", "steps": "2个月 0%\n1个月 50%"}
    assert sent(client, "reliefs", **said | {"steps": "不知道"}).status_code == 422
    assert sent(client, "reliefs", **said).status_code == 302
    assert ReliefRule.objects.get(name="样例办法").steps == [[2, "0"], [1, "0.5"]]


def test_cancelled_says_why(signed_in: Any, cast: Cast) -> None:
    one = make_settlement(cast)
    assert sent(signed_in, "cancel", one.pk, reason="").status_code == 422
    assert sent(signed_in, "cancel", one.pk, reason="录错了").status_code == 302
    assert "录错了" in page(signed_in, "settlement", one.pk)


def test_the_compulsory_route_has_its_own_form(signed_in: Any, cast: Cast) -> None:
    one = make_settlement(cast, route="compulsory")
    assert "登记主管部门的决定" in page(signed_in, "settlement", one.pk)
    assert sent(signed_in, "decide", one.pk, decision="样例罚字1号").status_code == 422
    assert sent(signed_in, "decide", one.pk, decision="样例罚字1号", announced="on").status_code == 302
