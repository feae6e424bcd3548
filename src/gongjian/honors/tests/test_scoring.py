from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from gongjian.honors import scoring, services
from gongjian.honors.scoring import Rule, RuleSet
from gongjian.honors.scoring.amounts import split
from gongjian.honors.tests.factories import make_candidate, make_individual, make_team, open_nominations
from gongjian.kernel.errors import Invalid
from gongjian.ledger.models import Deed
from gongjian.ledger.services import confirm_deed, reverse_deed
from gongjian.ledger.tests.factories import make_deed
from gongjian.registry.tests.factories import make_clerk

HOURS = Rule(kind="volunteer-hours", per="unit", points=Decimal("0.5"), min_level=0)


def only(campaign, *rules, **details):
    """The single candidate's score under these rules."""
    (score,) = scoring.score(campaign, RuleSet(rules, **details))
    return score


class TestScore:
    def test_points_for_each_unit(self, office):
        campaign = open_nominations(office)
        make_candidate(campaign, deeds=2)
        score = only(campaign, HOURS)
        (line,) = score.lines
        assert (line.deeds, line.quantity, score.points) == (2, Decimal(16), Decimal(8))

    def test_a_cap_cuts_and_says_so(self, office):
        campaign = open_nominations(office)
        make_candidate(campaign, deeds=2)
        (line,) = only(
            campaign, Rule(kind="volunteer-hours", per="unit", cap=Decimal(10), weight=Decimal(2), min_level=0)
        ).lines
        assert (line.points, line.capped) == (Decimal(20), True)

    def test_deeds_below_the_asked_level_do_not_count(self, office):
        team = make_team(office)
        campaign = open_nominations(office)
        candidate = make_candidate(campaign, deeds=2)
        confirm_deed(
            team.worker, deed=Deed.objects.filter(organization=candidate.organization)[0], level=1, on_behalf_of="社区"
        )
        (line,) = only(campaign, Rule(kind="volunteer-hours", min_level=1)).lines
        assert line.deeds == 1

    def test_a_reversed_deed_counts_no_more(self, office):
        campaign = open_nominations(office)
        candidate = make_candidate(campaign, deeds=2)
        reverse_deed(make_clerk(office), deed=Deed.objects.filter(organization=candidate.organization)[0], reason="记错了单位")
        score = only(campaign, HOURS)
        assert score.points == Decimal(4)
        assert scoring.deeds_behind(candidate, HOURS, RuleSet((HOURS,))).count() == score.lines[0].deeds == 1

    @pytest.mark.parametrize(
        ("day", "counts"), [(date(2019, 12, 31), 0), (date(2020, 1, 1), 1), (date(2020, 12, 31), 1), (date(2021, 1, 1), 0)]
    )
    def test_a_deed_counts_on_the_days_of_the_cycle_only(self, office, day, counts):
        campaign = open_nominations(office)
        candidate = make_candidate(campaign, deeds=0)
        make_deed(office, organization=candidate.organization, occurred_from=day)
        assert len(only(campaign, HOURS).lines) == counts

    def test_a_rule_for_the_kind_keeps_the_category_rule_off(self, office):
        campaign = open_nominations(office)
        candidate = make_candidate(campaign, deeds=1)
        make_deed(
            office,
            organization=candidate.organization,
            occurred_from=date(2020, 5, 1),
            kind="volunteer-activity",
            quantity=Decimal(1),
        )
        lines = only(campaign, HOURS, Rule(category="volunteering", min_level=0)).lines
        assert [(line.rule.key, line.deeds) for line in lines] == [("volunteer-hours:unit", 1), ("volunteering:deed", 1)]

    def test_persons_are_scored_by_their_own_deeds(self, office):
        campaign = open_nominations(office)
        make_individual(campaign, deeds=3)
        assert only(campaign, HOURS).points == Decimal(12)

    def test_teams_are_scored_by_what_they_did_for_whomever(self, office):
        from gongjian.registry.tests.factories import make_organization

        campaign = open_nominations(office)
        candidate = make_candidate(campaign, organization=make_organization(office, kind="team"), deeds=0)
        make_deed(office, team=candidate.organization, organization=make_organization(office), occurred_from=date(2020, 5, 1))
        assert only(campaign, HOURS).points == Decimal(4)

    def test_equal_points_share_a_place(self, office):
        campaign = open_nominations(office)
        for deeds in (2, 1, 2):
            make_candidate(campaign, deeds=deeds)
        assert [score.place for score in scoring.score(campaign, RuleSet((HOURS,)))] == [1, 1, 3]

    def test_a_vetoed_candidate_has_points_but_no_place(self, office):
        team = make_team(office)
        campaign = open_nominations(office)
        candidate = make_candidate(campaign)
        veto = services.set_veto(team.clerk, candidate=candidate, reason="弄虚作假", note="通报〔2020〕1号")
        assert (only(campaign, HOURS).place, only(campaign, HOURS).vetoes) == (None, ["弄虚作假"])
        services.lift_veto(team.clerk, veto=veto, reason="查无此事")
        assert only(campaign, HOURS).place == 1

    def test_who_had_too_many_deeds_reversed_is_shut_out_by_itself(self, office):
        campaign = open_nominations(office)
        candidate = make_candidate(campaign, deeds=2)
        reverse_deed(make_clerk(office), deed=Deed.objects.filter(organization=candidate.organization)[0], reason="记错了单位")
        assert only(campaign, HOURS, most_reversed_percent=Decimal(50)).vetoes == []
        assert only(campaign, HOURS, most_reversed_percent=Decimal(49)).vetoes == ["冲正的事迹占 50.0%"]

    def test_who_withdrew_is_not_scored(self, office):
        campaign = open_nominations(office)
        services.withdraw(make_clerk(office), candidate=make_candidate(campaign), reason="单位放弃")
        assert scoring.score(campaign) == []

    def test_the_number_of_queries_does_not_grow(self, office):
        campaign = open_nominations(office, cycle_from=date(2020, 1, 15))
        make_candidate(campaign)

        def queries():
            with CaptureQueriesContext(connection) as captured:
                scoring.score(campaign)
            return len(captured)

        before = queries()
        for _n in range(4):
            make_candidate(campaign, deeds=2)
        assert queries() == before <= 7


class TestPreview:
    def test_it_shows_the_change_and_saves_nothing(self, office):
        team = make_team(office)
        campaign = open_nominations(office)
        many, long = make_candidate(campaign, deeds=3), make_candidate(campaign, deeds=0)
        make_deed(office, organization=long.organization, occurred_from=date(2020, 5, 1), quantity=Decimal(100))
        services.save_rule_set(team.clerk, campaign=campaign, rule_set=RuleSet((Rule(kind="volunteer-hours", min_level=0),)))
        rows = {row.candidate.pk: row for row in scoring.preview(campaign, RuleSet((HOURS,)))}
        assert (rows[many.pk].place_before, rows[many.pk].place_after) == (1, 2)
        assert (rows[long.pk].points_before, rows[long.pk].points_after) == (Decimal(1), Decimal(50))
        assert scoring.current_rule_set(campaign).number == 2


class TestSaveRuleSet:
    @pytest.mark.parametrize(
        ("rules", "code"),
        [
            ((Rule(),), "rule-target"),
            ((Rule(kind="volunteer-hours", category="care"),), "rule-target"),
            ((Rule(kind="no-such-kind"),), "rule-target"),
            ((Rule(category="care", per="unit"),), "rule-per"),
            ((Rule(kind="law-outreach", per="unit"),), "rule-per"),
            ((Rule(kind="visit", points=Decimal(-1)),), "rule-points"),
            ((Rule(kind="visit", points=Decimal("NaN")),), "rule-points"),
            ((Rule(kind="visit", min_level=7),), "rule-level"),
            ((Rule(kind="visit"), Rule(kind="visit", points=Decimal(2))), "rule-twice"),
        ],
    )
    def test_rules_that_cannot_be_meant_are_refused(self, office, rules, code):
        campaign = open_nominations(office)
        with pytest.raises(Invalid) as refusal:
            services.save_rule_set(campaign.opened_by, campaign=campaign, rule_set=RuleSet(rules))
        assert refusal.value.code == code

    def test_it_comes_back_as_it_was_saved(self, office):
        campaign = open_nominations(office)
        saved = RuleSet((HOURS, Rule(category="care", cap=Decimal("7.5"))), ("弄虚作假",), Decimal(10))
        services.save_rule_set(campaign.opened_by, campaign=campaign, rule_set=saved)
        found = scoring.current_rule_set(campaign)
        assert (found.rules, found.veto_reasons, found.most_reversed_percent, found.number) == (*_parts(saved), 2)


def _parts(rule_set):
    return rule_set.rules, rule_set.veto_reasons, rule_set.most_reversed_percent


class TestSplit:
    @given(st.dates(date(2019, 1, 1), date(2022, 1, 1)), st.integers(0, 800))
    def test_months_and_edges_cover_every_day_once(self, first, length):
        last = first + timedelta(days=length)
        months, edges = split(first, last)
        days = [day for start, end in edges for day in _days(start, end)]
        if months:
            start, last_month = months
            assert (start.day, last_month.day) == (1, 1)
            days += _days(start, (last_month + timedelta(days=32)).replace(day=1) - timedelta(days=1))
        assert sorted(days) == _days(first, last)


def _days(first, last):
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
