import io
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from gongjian.kernel.papers import word
from gongjian.registry.services.tokens import issue_token
from gongjian.work.ratings import exporting
from gongjian.work.ratings.tests.factories import BAD, GOOD, make_scheme, make_team, on_notice, published


@pytest.fixture
def team(office):
    return make_team()


def cells(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_excel_has_the_results_and_every_line(team):
    rated, (good, bad) = on_notice(team, GOOD, BAD, scheme=make_scheme(team.clerk, is_example=True))
    book = load_workbook(io.BytesIO(exporting.as_excel(rated).content))
    results, lines = (cells(sheet) for sheet in book.worksheets)
    assert results[1] == [str(good), 3, 1, 20, 10, 10, exporting.EXAMPLE]
    assert results[2][:4] == [str(bad), 0, 2, 2]
    assert len(lines) == 1 + 2 * 5
    assert lines[3] == [str(good), "平安", "设施", "灭火器 4 + 充电桩 6 = 10", 10, 10]


def test_the_paper_says_what_it_rests_on(team):
    rated, (good, _bad) = on_notice(team, GOOD, BAD, scheme=make_scheme(team.clerk, is_example=True))
    paper = exporting.paper(rated)
    assert paper.parts[0].table.rows[0] == [str(good), "★★★", "20", "10", "10"]
    assert paper.parts[1].lines[0] == "★★★★★：总分至少 25，其中环境 15、平安 8；最多占参评的 50%。"
    assert "没有批准文件" in paper.parts[2].lines[0]
    assert exporting.EXAMPLE in paper.foot
    assert word.as_word(paper)


def test_the_paper_is_sent_to_anybody(team, client):
    rated, _candidates = on_notice(team, GOOD)
    answer = client.get(reverse("ratings:paper", args=[rated.pk]), {"word": ""})
    assert answer.headers["Content-Type"] == word.TYPE


class TestApi:
    def by_token(self, account):
        _, secret = issue_token(account, name="test", scopes=["ratings:read"])
        return Client(headers={"authorization": f"Bearer {secret}"})

    def test_published_results_line_by_line(self, team):
        rated, (good, _bad) = published(team, GOOD, BAD)
        client = self.by_token(team.worker)
        (listed,) = client.get(reverse("api:list_rating_rounds")).json()["items"]
        assert (listed["title"], listed["version"]) == (rated.title, 1)
        detail = client.get(reverse("api:get_rating_round", args=[rated.pk])).json()
        first = detail["results"][0]
        assert (first["organization"], first["stars"], Decimal(first["total"])) == (good.organization_id, 3, 20)
        assert [Decimal(line["points"]) for line in first["lines"]] == [10, 0, 10, 0, 0]
        assert [one["stars"] for one in client.get(reverse("api:list_standings")).json()] == [3]

    def test_what_only_hangs_is_not_there(self, team):
        rated, _candidates = on_notice(team, GOOD)
        client = self.by_token(team.worker)
        assert client.get(reverse("api:get_rating_round", args=[rated.pk])).status_code == 404
        assert client.get(reverse("api:list_rating_rounds")).json()["items"] == []
