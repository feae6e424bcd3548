from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from gongjian.ledger.forms.explorer import ExplorerForm
from gongjian.ledger.models import Level
from gongjian.ledger.selectors import NEWEST_FIRST, Reach, reach_of
from gongjian.ledger.selectors.explorer import MOST_ROWS, find_deeds, laid_out, pivot, totals
from gongjian.ledger.services import confirm_deed, reverse_deed
from gongjian.ledger.statistics import Slice, total
from gongjian.ledger.tests.factories import make_deed
from gongjian.ledger.views.pivot_links import lines
from gongjian.registry.models import Account, Place
from gongjian.registry.tests.factories import first_community, make_account, make_community, make_organization


class TestFilters:
    @pytest.fixture
    def deeds(self, office: Any, clerk: Account) -> dict[str, Any]:
        school = make_organization(office, "河南省实验小学")
        worker = make_account(office, "community_worker", community=first_community(office))
        deeds = {
            "plain": make_deed(office, clerk),
            "school": make_deed(office, clerk, organization=school, statement="校门口护学{数}"),
            "visit": make_deed(office, clerk, kind="visit"),
            "elsewhere": make_deed(office, clerk, place=make_community(office)),
            "old": make_deed(office, clerk, occurred_from=date(2020, 7, 30)),
            "confirmed": make_deed(office, clerk),
        }
        confirm_deed(worker, deed=deeds["confirmed"], level=Level.COMMUNITY, on_behalf_of="一号社区")
        return deeds

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({"organization": "河南省实验小学"}, {"school"}),
            ({"kind": "visit"}, {"visit"}),
            ({"category": "care"}, {"visit"}),
            ({"since": "2020-07", "until": "2020-07"}, {"old"}),
            ({"until": "2020年12月"}, {"old"}),
            ({"level": "1"}, {"confirmed"}),
            ({"level": "2"}, set()),
            ({"words": "护学"}, {"school"}),
            ({"words": "%"}, {"plain", "school", "visit", "elsewhere", "old", "confirmed"}),
        ],
    )
    def test_each_finds_its_own(self, deeds: dict[str, Any], clerk: Account, asked: dict[str, str], found: set[str]) -> None:
        names = {deed.pk: name for name, deed in deeds.items()}
        wanted = ExplorerForm(asked).wanted(reach_of(clerk))
        assert {names[deed.pk] for deed in find_deeds(clerk, wanted)} == found

    def test_late_ones(self, deeds: dict[str, Any], clerk: Account) -> None:
        late = find_deeds(clerk, ExplorerForm({"late": "on"}).wanted(reach_of(clerk)))
        assert {deed.pk for deed in late} == {deed.pk for deed in deeds.values() if deed.is_late}
        assert deeds["old"].is_late

    def test_a_place_finds_what_is_inside_it(self, deeds: dict[str, Any], clerk: Account) -> None:
        subdistrict = Place.objects.get(level="subdistrict")
        wanted = ExplorerForm({"place": subdistrict.pk}).wanted(reach_of(clerk))
        assert find_deeds(clerk, wanted).count() == 6

    def test_declared_ones_are_those_that_nobody_confirmed(self, deeds: dict[str, Any], clerk: Account) -> None:
        wanted = ExplorerForm({"level": "0"}).wanted(reach_of(clerk))
        assert find_deeds(clerk, wanted).count() == 5

    @pytest.mark.parametrize(
        "asked",
        [{"organization": "没有"}, {"since": "2020-13"}, {"kind": "x"}, {"place": "x"}, {"level": "9"}, {"words": "值"}],
    )
    def test_what_was_filled_in_wrongly_is_said(self, as_clerk: Client, asked: dict[str, str]) -> None:
        answer = as_clerk.get(reverse("ledger:explorer"), asked)
        assert answer.status_code == 200
        assert set(answer.context["form"].errors) == set(asked)

    @pytest.mark.parametrize("cursor", ["x", "W10", "WyJ4IiwgInkiXQ", "WzEsIDJd"])
    def test_a_made_up_cursor_is_refused(self, as_clerk: Client, cursor: str) -> None:
        assert as_clerk.get(reverse("ledger:explorer"), {"cursor": cursor}).status_code == 422


class TestReach:
    def test_sums_and_list_show_the_same(self, office: Any, clerk: Account) -> None:
        own, elsewhere = make_organization(office), make_community(office)
        make_deed(office, clerk)
        make_deed(office, clerk, public=False)
        make_deed(office, clerk, public=False, place=elsewhere)
        make_deed(office, clerk, public=False, place=elsewhere, organization=own)
        accounts = [
            (clerk, 4),
            (make_account(office, "auditor"), 4),
            (make_account(office, "community_worker", community=first_community(office)), 2),
            (make_account(office, "community_worker", community=elsewhere), 3),
            (make_account(office, "unit_liaison", organization=own), 2),
            (make_account(office, "resident"), 1),
        ]
        for account, number in accounts:
            wanted = ExplorerForm({}).wanted(reach_of(account))
            assert find_deeds(account, wanted).count() == total(wanted.slice).deeds == number, account

    def test_nobody_in_particular_sees_what_is_public(self) -> None:
        assert str(Reach().condition()) == "(AND: ('public', True))"


class TestPivot:
    def test_rows_columns_and_totals(self, office: Any, clerk: Account) -> None:
        make_deed(office, clerk, occurred_from=date(2025, 5, 1), quantity=Decimal(3))
        make_deed(office, clerk, occurred_from=date(2026, 2, 1), quantity=Decimal(4))
        make_deed(office, clerk, kind="visit", quantity=Decimal(1))
        table = pivot(Slice(), row="category", column="year", measure="deeds")
        assert [head.label for head in table.rows] == ["志愿服务", "结对关爱"]
        assert [head.label for head in table.columns] == ["2025", "2026"]
        assert table.cells == [[1, 1], [0, 1]]
        assert (table.sums, table.foot) == ([2, 1], [1, 2])
        summed = totals(Slice())
        assert summed.deeds == 3
        assert {quantity.unit: quantity.value for quantity in summed.quantities} == {"hour": 7, "time": 1}

    def test_what_does_not_fit_is_summed_up(self) -> None:
        groups = [
            {"organization": f"单位{n}", "year": 2026, "unit": "", "deeds": 1, "quantity": Decimal(0)}
            for n in range(MOST_ROWS + 5)
        ]
        table = laid_out(groups, row="organization", column="year", measure="deeds")
        assert table.rows[-1].filter is None
        assert table.cells[-1] == [5]
        assert table.foot == [MOST_ROWS + 5]

    def test_reversed_deeds_do_not_count(self, office: Any, clerk: Account) -> None:
        reverse_deed(clerk, deed=make_deed(office, clerk), reason="记了两遍")
        assert pivot(Slice(), row="category", column="year", measure="deeds").rows == []

    def test_a_cell_leads_to_what_it_counts(self, as_clerk: Client, office: Any) -> None:
        make_deed(office, occurred_from=date(2025, 5, 1))
        page = as_clerk.get(reverse("ledger:explorer")).content.decode()
        assert "category=volunteering&amp;since=2025-01&amp;until=2025-12#deeds" in page

    @pytest.mark.parametrize(("rows", "columns"), [("month", "year"), ("year", "month")])
    def test_where_a_month_crosses_a_year_the_month_counts(
        self, as_clerk: Client, office: Any, rows: str, columns: str
    ) -> None:
        make_deed(office, occurred_from=date(2025, 5, 1))
        line = as_clerk.get(reverse("ledger:explorer"), {"rows": rows, "columns": columns}).context["lines"][0]
        assert line.numbers[0].href == "?since=2025-05&until=2025-05#deeds"

    def test_what_was_summed_up_leads_nowhere(self) -> None:
        groups = [{"organization": str(n), "year": 2026, "unit": "", "deeds": 1, "quantity": 0} for n in range(MOST_ROWS + 1)]
        table = laid_out(groups, row="organization", column="year", measure="deeds")
        last = list(lines(table, QueryDict("words=值守&cursor=x")))[-1]
        assert (last.numbers[0].href, last.total.href) == ("", "")

    @pytest.mark.parametrize("measure", ["deeds", "quantity", "nonsense"])
    def test_mixed_units_are_not_added_up(self, as_clerk: Client, office: Any, measure: str) -> None:
        make_deed(office)
        make_deed(office, kind="visit")
        answer = as_clerk.get(reverse("ledger:explorer"), {"measure": measure})
        assert answer.context["measure"] == "deeds"
        answer = as_clerk.get(reverse("ledger:explorer"), {"measure": "quantity", "kind": "visit"})
        assert answer.context["measure"] == "quantity"


class TestPaging:
    def test_every_deed_once_in_order(self, as_clerk: Client, office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("gongjian.ledger.views.explorer.PAGE", 3)
        days = [date(2026, 1, 1 + n // 2) for n in range(8)]
        made = [make_deed(office, occurred_from=day) for day in days]
        seen, cursor = [], ""
        while cursor is not None:
            page = as_clerk.get(reverse("ledger:explorer"), {"cursor": cursor}).context["page"]
            seen += [deed.pk for deed in page.items]
            cursor = page.next
        expected = sorted(made, key=lambda deed: (deed.occurred_to, deed.pk), reverse=True)
        assert seen == [deed.pk for deed in expected]
        assert NEWEST_FIRST == ("-occurred_to", "-id")

    def test_costs_the_same_with_more_deeds(self, as_clerk: Client, office: Any, django_assert_num_queries: Any) -> None:
        address = reverse("ledger:explorer")
        make_deed(office)
        as_clerk.get(address)
        with django_assert_num_queries(QUERIES):
            as_clerk.get(address)
        for _ in range(12):
            make_deed(office, organization=make_organization(office))
        as_clerk.get(address)
        with django_assert_num_queries(QUERIES):
            as_clerk.get(address)


QUERIES = 10
"""Session, account, the stamp twice, the bell; kinds and places of the filter; sums, pivot, list. None grows."""
