"""Choosing what is written, looking at it, and taking it away."""

import pytest
from django.urls import reverse

from gongjian.chronicle.writing.tests.factories import donate, make_doer
from gongjian.honors.tests.factories import decided, make_team
from gongjian.registry.models import Role
from gongjian.registry.tests.factories import first_community, make_account, make_clerk

JULY = {"genre": "page", "since": "2020-07"}


@pytest.fixture
def clerk(office, client):
    account = make_clerk(office)
    client.force_login(account)
    return account


@pytest.fixture
def deed(office):
    return donate(office, make_doer(office, "样城银行"))


def test_the_page_comes_empty_and_then_with_the_text(client, clerk, deed):
    assert client.get(reverse("writing:choose")).status_code == 200
    page = client.get(reverse("writing:choose"), JULY).content.decode()
    assert f'<a class="fig" href="{reverse("ledger:deed", args=[deed.pk])}">620平方米</a>' in page


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"since": ""}, "请写从哪个月写起"),
        ({"since": "七月"}, "请写成“2020-07”这样的年月"),
        ({"until": "2020-06"}, "结束月份早于开始月份"),
        ({"organization": "没有的单位"}, "没有叫“没有的单位”的单位"),
        ({"since": "2019-01"}, "没有可公开的事迹"),
        ({"variant": "-1"}, "0"),
        ({"genre": "poem"}, "poem"),
        ({"campaign": "4711"}, "选"),
    ],
)
def test_what_cannot_be_written_is_said_and_what_was_typed_stays(client, clerk, deed, asked, sentence):
    answer = client.get(reverse("writing:choose"), JULY | asked)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    refused = client.get(reverse("writing:download", args=["md"]), JULY | asked)
    assert refused.status_code in (409, 422, 400)


@pytest.mark.parametrize(("kind", "begins"), [("html", b"<!doctype"), ("md", b"#"), ("pdf", b"%PDF"), ("docx", b"PK")])
def test_every_form_can_be_taken_away(client, clerk, deed, kind, begins):
    answer = client.get(reverse("writing:download", args=[kind]), JULY)
    assert answer.content.strip().startswith(begins)
    assert "attachment" in answer["Content-Disposition"]


def test_there_is_no_form_that_nobody_knows(client, clerk, deed):
    assert client.get(reverse("writing:download", args=["exe"]), JULY).status_code == 404


def test_the_ledger_comes_as_excel_and_shows_only_what_the_account_may_see(office, client, deed):
    from io import BytesIO

    from openpyxl import load_workbook

    donate(office, make_doer(office, "样城饭店"), 111, public=False)
    liaison = make_account(office, Role.UNIT_LIAISON, organization=deed.organization)
    for account, rows in ((make_clerk(office), 2), (liaison, 1)):
        client.force_login(account)
        answer = client.get(reverse("writing:ledger"), JULY)
        assert load_workbook(BytesIO(answer.content)).active.max_row == 1 + rows


def test_a_campaign_that_is_not_published_is_for_the_office_alone(office, client):
    campaign, _candidates = decided(office, make_team(office))
    worker = make_account(office, Role.COMMUNITY_WORKER, community=first_community(office))
    for account, status in ((make_clerk(office), 200), (worker, 422)):
        client.force_login(account)
        assert client.get(reverse("writing:choose"), {"genre": "page", "campaign": campaign.pk}).status_code == status


def test_the_queries_of_the_page_do_not_grow_with_what_it_tells(office, client, clerk, django_assert_max_num_queries):
    for number in range(12):
        donate(office, make_doer(office, f"单位{number}"))
    with django_assert_max_num_queries(22):
        client.get(reverse("writing:choose"), JULY)
