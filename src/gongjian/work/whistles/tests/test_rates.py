"""The three rates against sums done by hand."""

import json
import random
from datetime import date
from fractions import Fraction
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongjian.kernel.errors import Invalid
from gongjian.registry.models import Role
from gongjian.registry.tests.factories import first_community, make_account, make_community, make_organization
from gongjian.work.whistles.cycles import cycle_named, cycle_of
from gongjian.work.whistles.models import Revisit
from gongjian.work.whistles.selectors.policies import policy
from gongjian.work.whistles.selectors.rates import GROUPINGS, rates_table
from gongjian.work.whistles.services.excluding import ask_exclusion, decide_exclusion_finally, decide_exclusion_first
from gongjian.work.whistles.tests.accounts_factories import at, blown, revisited
from gongjian.work.whistles.tests.factories import make_category

CYCLE = cycle_named("2026-10", 19)


class TestCycle:
    def test_it_is_named_after_the_month_in_which_it_ends(self):
        assert (CYCLE.first, CYCLE.last, CYCLE.name) == (date(2026, 9, 19), date(2026, 10, 18), "2026-10")
        assert cycle_of(date(2026, 10, 18), 19) == CYCLE
        assert cycle_of(date(2026, 10, 19), 19).name == "2026-11"

    def test_one_follows_on_the_other_without_gap_over_years(self):
        for first_day in (1, 2, 19, 28):
            cycle = cycle_of(date(2023, 12, 31), first_day)
            for _ in range(40):
                assert (cycle.next.first - cycle.last).days == 1
                assert cycle.next.previous == cycle
                assert cycle_named(cycle.name, first_day) == cycle
                cycle = cycle.next

    def test_from_the_first_on_it_is_the_calendar_month(self):
        assert (cycle_named("2026-02", 1).first, cycle_named("2026-02", 1).last) == (date(2026, 2, 1), date(2026, 2, 28))

    @pytest.mark.parametrize("name", ["2026-13", "2026", "october", "2026-00", "9999-01"])
    def test_what_is_no_month_is_refused(self, name):
        with pytest.raises(Invalid):
            cycle_named(name, 19)


def exclude(office, whistle):
    clerk, leader, third = (make_account(office, role) for role in (Role.OFFICE_CLERK, Role.OFFICE_LEADER, Role.OFFICE_CLERK))
    asked = ask_exclusion(clerk, whistle=whistle, reason="malicious", words="同一人一周内重复拨打")
    decide_exclusion_first(leader, exclusion=asked, agreed=True, words="属实")
    return decide_exclusion_finally(third, exclusion=asked, agreed=True, words="同意")


@pytest.fixture
def by_hand(office):
    """Five valid revisits in the cycle: 4 contacted, 3 solved, 2 satisfied, 2 basically, 1 not. The last is excluded."""
    other = make_community(office, "二号社区")
    lamp = make_category("lamp", major="市政", minor="路灯")
    revisited(blown("2026-09-19 00:00"), "satisfied")
    revisited(blown("2026-10-01 09:00"), "satisfied")
    revisited(blown("2026-10-02 09:00", category=lamp), "basically")
    revisited(blown("2026-10-18 23:59", place=other), "basically", solved=False)
    worst = blown("2026-10-10 09:00", place=other)
    revisited(worst, "dissatisfied", contacted=False, solved=False)
    revisited(blown("2026-09-18 23:59"), "dissatisfied")
    revisited(blown("2026-10-19 00:00"), "dissatisfied")
    revisited(blown("2026-10-03 09:00"), "", valid=False, contacted=False, solved=False)
    exclude(office, worst)
    return office


@pytest.mark.django_db
class TestRates:
    def test_they_are_what_one_reckons_by_hand(self, by_hand):
        total = rates_table(CYCLE, GROUPINGS["community"], policy()).total
        response, resolution, satisfaction = total.rates.shares()
        assert (response.top, response.denominator) == (4, 5)
        assert (resolution.top, resolution.denominator) == (3, 5)
        assert (satisfaction.numerator, satisfaction.denominator) == (Fraction("3.8"), 5)  # 2 + 0.9 · 2
        assert total.rates.composite == Fraction("0.684")  # 0.1 · 0.8 + 0.5 · 0.6 + 0.4 · 0.76

    def test_what_is_excluded_is_left_out_beside_it_and_not_instead(self, by_hand):
        total = rates_table(CYCLE, GROUPINGS["community"], policy()).total
        assert (total.excluded, total.tally.valid) == (1, 5)
        assert [share.numerator / share.denominator for share in total.kept.shares()] == [
            Fraction(1),
            Fraction(3, 4),
            Fraction("3.8") / 4,
        ]
        assert total.kept.composite == Fraction("0.855")  # 0.1 + 0.5 · 0.75 + 0.4 · 0.95

    @pytest.mark.parametrize(
        ("by", "expected"),
        [
            ("community", {"一号社区": 3, "二号社区": 2}),
            ("major", {"环境卫生": 4, "市政": 1}),
            ("category", {"垃圾清运refuse": 4, "路灯": 1}),
            ("lead", {"没有牵头": 5}),
        ],
    )
    def test_groups_add_up_to_the_whole(self, by_hand, by, expected):
        table = rates_table(CYCLE, GROUPINGS[by], policy())
        assert {line.label: line.tally.valid for line in table.lines} == expected
        assert table.total.tally.valid == 5

    def test_a_newer_revisit_counts_instead_of_the_older(self, by_hand):
        older = Revisit.objects.filter(whistle__blown_at=at("2026-10-01 09:00")).get()
        Revisit.objects.filter(pk=older.pk).update(counts=False)
        revisited(older.whistle, "dissatisfied", solved=False)
        total = rates_table(CYCLE, GROUPINGS["community"], policy()).total
        assert (total.tally.valid, total.tally.satisfied, total.tally.solved) == (5, 1, 2)

    def test_without_revisits_there_is_no_rate(self, office):
        total = rates_table(CYCLE, GROUPINGS["lead"], policy()).total
        assert (total.rates.response.percent, total.rates.composite) == (None, None)

    def test_a_table_is_one_query_however_many_groups(self, by_hand):
        for number in range(4):
            unit = make_organization(by_hand)
            revisited(blown("2026-10-05 09:00", lead=unit, place=make_community(by_hand, f"新{number}社区")), "satisfied")
        for grouping in GROUPINGS.values():
            rules = policy()
            with CaptureQueriesContext(connection) as queries:
                rates_table(CYCLE, grouping, rules)
            assert len(queries) == 1

    def test_without_exclusions_both_columns_are_equal(self, office):
        """Whatever was said."""
        chance = random.Random(7)
        communities = [first_community(office), make_community(office), make_community(office)]
        for _ in range(40):
            revisited(
                blown("2026-10-05 09:00", place=chance.choice(communities)),
                chance.choice(["satisfied", "basically", "dissatisfied"]),
                contacted=chance.random() < 0.8,
                solved=chance.random() < 0.6,
            )
        for grouping in GROUPINGS.values():
            table = rates_table(CYCLE, grouping, policy())
            assert all(line.rates == line.kept and line.excluded == 0 for line in (*table.lines, table.total))
            assert sum(line.tally.valid for line in table.lines) == 40


@pytest.mark.django_db
class TestCommand:
    def test_its_json_equals_what_was_reckoned_by_hand(self, by_hand):
        answer = StringIO()
        call_command("whistles", "--office", by_hand.code, "rates", "--cycle", "2026-10", "--json", stdout=answer)
        content = json.loads(answer.getvalue())
        assert content["cycle"] == {"name": "2026-10", "first": "2026-09-19", "last": "2026-10-18"}
        assert content["total"]["all"] == {
            "response": {"numerator": "4", "denominator": 5, "percent": "80.0"},
            "resolution": {"numerator": "3", "denominator": 5, "percent": "60.0"},
            "satisfaction": {"numerator": "3.8", "denominator": 5, "percent": "76.0"},
            "composite": {"percent": "68.4"},
        }
        assert content["total"]["without_excluded"]["composite"] == {"percent": "85.5"}
        assert {line["name"]: line["excluded"] for line in content["community"]} == {"一号社区": 0, "二号社区": 1}

    def test_without_json_it_speaks_to_people(self, by_hand):
        answer = StringIO()
        call_command("whistles", "--office", by_hand.code, "rates", "--cycle", "2026-10", stdout=answer)
        assert "satisfaction 3.8/5 76.0%" in answer.getvalue()


@pytest.mark.django_db
class TestExport:
    def test_the_sheet_has_numerator_denominator_and_percent(self, by_hand, client):
        from io import BytesIO

        from openpyxl import load_workbook

        by_hand.hostnames = ["testserver"]
        by_hand.save()
        auditor = make_account(by_hand, Role.AUDITOR)
        client.force_login(auditor, backend="gongjian.registry.signin.OfficeAuthenticationBackend")
        answer = client.get("/whistles/rates/export/?cycle=2026-10&by=community")
        rows = list(load_workbook(BytesIO(answer.content)).active.values)
        assert rows[0][1:7] == ("社区", "剔除件数", "未剔除 响应分子", "未剔除 响应分母", "未剔除 响应%", "未剔除 解决分子")
        assert rows[-1][1:6] == ("合计", 1, 4, 5, 80)
