"""The wizard's pages, as a clerk, a leader and a community worker use them."""

import pytest
from django.urls import reverse

from gongjian.honors import services
from gongjian.honors.models import Campaign, Candidate, RuleSetVersion, Statement
from gongjian.honors.review_rules import obstacles
from gongjian.honors.selectors.progress import progress
from gongjian.honors.tests.factories import (
    certified,
    clear,
    in_review,
    make_candidate,
    make_team,
    on_notice,
    open_nominations,
)
from gongjian.registry.tests.factories import first_community, make_organization

OPENING = {
    "title": "2026年共建先锋",
    "nature": "thanks",
    "scope": "辖区内共建单位",
    "cycle_from": "2026-01-01",
    "cycle_to": "2026-12-31",
    "most_organizations": 50,
    "most_individuals": 150,
    "most_county_percent": 20,
    "notice_workdays": 5,
    "statement_length": 2000,
}


@pytest.fixture
def team(office):
    return make_team(office)


@pytest.fixture
def clerk(team, client):
    client.force_login(team.clerk)
    return client


def signed_in(client, account):
    client.force_login(account)
    return client


def text(response):
    return response.content.decode()


class TestOpenCampaign:
    def test_it_leads_on_to_the_wizard(self, clerk):
        answer = clerk.post(reverse("honors:open"), OPENING, follow=True)
        campaign = Campaign.objects.get()
        assert campaign.slug == "2026-nian-gong-jian-xian-feng"
        assert "还没有设评选类别和名额" in text(answer)

    def test_without_a_basis_the_word_is_refused_and_the_lighter_nature_offered(self, clerk):
        answer = clerk.post(reverse("honors:open"), OPENING | {"title": "2026年共建先锋表彰"})
        assert answer.status_code == 422
        assert "不能用“表彰”" in text(answer)
        assert 'name="lighter"' in text(answer)

    def test_the_lighter_nature_is_one_click(self, clerk):
        values = OPENING | {"title": "2026年共建先锋表彰", "nature": "approved", "lighter": "1"}
        assert clerk.post(reverse("honors:open"), values).status_code == 302
        campaign = Campaign.objects.get()
        assert (campaign.title, campaign.nature) == ("2026年共建先锋通报表扬", "thanks")

    def test_the_same_form_twice_opens_one(self, clerk):
        values = OPENING | {"submission": "6a3b2f3e-2f0a-4f0e-9a3f-0d3f9a1f2b3c"}
        assert [clerk.post(reverse("honors:open"), values).status_code for _n in range(2)] == [302, 302]
        assert Campaign.objects.count() == 1

    def test_a_cycle_that_ends_before_it_begins_is_said_beside_its_field(self, clerk):
        answer = clerk.post(reverse("honors:open"), OPENING | {"cycle_to": "2025-12-31"})
        assert answer.context["form"].errors["cycle_to"] == ["考察期的结束早于开始。"]

    def test_a_bad_date_keeps_what_was_typed(self, clerk):
        answer = clerk.post(reverse("honors:open"), OPENING | {"cycle_to": "没有定"})
        assert answer.status_code == 422
        assert "辖区内共建单位" in text(answer)


class TestWizard:
    def test_it_opens_where_the_campaign_stands(self, office, team, clerk):
        campaign, _candidates = in_review(office, team)
        answer = clerk.get(reverse("honors:manage", args=[campaign.slug]))
        assert answer["Location"] == reverse("honors:review", args=[campaign.slug])

    @pytest.mark.parametrize(
        "step", ["call", "nomination", "review", "opinions", "shortlist", "staff_notice", "decision", "certificates", "archive"]
    )
    def test_every_step_can_be_read_at_any_time(self, office, team, clerk, step):
        for campaign in (open_nominations(office), on_notice(office, team)[0], certified(office, team)):
            assert clerk.get(reverse(f"honors:{step}", args=[campaign.slug])).status_code == 200

    def test_what_is_missing_is_what_the_service_would_refuse(self, office, team):
        campaign, candidates = in_review(office, team, organizations=2)
        clear(team, candidates[0])
        found = {one.candidate.pk: one.obstacles for one in progress(team.clerk, campaign)}
        assert found == {c.pk: obstacles(Candidate.objects.get(pk=c.pk)) for c in candidates}
        assert found[candidates[0].pk] == []

    def test_it_costs_the_same_for_many_candidates(self, office, team, clerk, django_assert_max_num_queries):
        campaign, _candidates = in_review(office, team, organizations=12)
        with django_assert_max_num_queries(50):
            clerk.get(reverse("honors:opinions", args=[campaign.slug]))

    def test_a_community_worker_sees_their_own_only(self, office, team, client):
        campaign = open_nominations(office)
        mine = make_candidate(campaign)
        other = make_candidate(campaign, organization=make_organization(office, "邻居公司"))
        page = text(signed_in(client, team.worker).get(reverse("honors:nomination", args=[campaign.slug])))
        assert mine.name in page
        assert other.name not in page


class TestNominate:
    def test_a_unit_is_nominated(self, office, clerk):
        campaign = open_nominations(office)
        unit = make_organization(office, community=first_community(office))
        values = {
            "category": campaign.categories.get(kind="organizations").pk,
            "organization": unit.pk,
            "way": "democratic",
            "rank": "below",
        }
        answer = clerk.post(reverse("honors:nominate", args=[campaign.slug]), values)
        assert answer["Location"] == reverse("honors:candidate", args=[Candidate.objects.get(organization=unit).pk])

    def test_a_category_of_people_wants_a_person(self, office, clerk):
        campaign = open_nominations(office)
        values = {"category": campaign.categories.get(kind="individuals").pk, "way": "self", "rank": "below"}
        answer = clerk.post(reverse("honors:nominate", args=[campaign.slug]), values)
        assert "请选人" in answer.context["form"].errors["person"][0]


class TestStatement:
    def test_a_number_without_a_deed_is_marked_in_words(self, office, clerk):
        candidate = make_candidate(open_nominations(office))
        clerk.post(reverse("honors:generate_statement", args=[candidate.pk]))
        answer = clerk.post(reverse("honors:check_statement", args=[candidate.pk]), {"text": "帮助居民47户"})
        assert "（台账里没有）" in text(answer)
        assert "7 / 2000" in text(answer)

    def test_editing_over_an_older_version_is_refused_and_keeps_the_words(self, office, team, clerk):
        candidate = make_candidate(open_nominations(office))
        services.generate_statement(team.clerk, candidate=candidate)
        answer = clerk.post(reverse("honors:statement", args=[candidate.pk]), {"text": "改过的话", "base": 0})
        assert answer.status_code == 422
        assert "改过的话" in text(answer)
        assert Statement.objects.count() == 1


class TestRuleSet:
    def values(self, **first):
        row = {"target": "category:volunteering", "per": "deed", "points": "5", "min_level": "0", "weight": "1"} | first
        rows = {f"rows-0-{name}": value for name, value in row.items()}
        return rows | {"rows-TOTAL_FORMS": 1, "rows-INITIAL_FORMS": 0, "veto_reasons": "弄虚作假\n\n重大事故"}

    def test_the_preview_changes_nothing(self, office, clerk):
        campaign = open_nominations(office)
        make_candidate(campaign, deeds=2)
        answer = clerk.post(reverse("honors:preview_rule_set", args=[campaign.slug]), self.values())
        assert "<b>10</b>" in text(answer)
        assert RuleSetVersion.objects.count() == 1

    def test_saving_makes_a_version(self, office, clerk):
        campaign = open_nominations(office)
        clerk.post(reverse("honors:rule_set", args=[campaign.slug]), self.values())
        content = RuleSetVersion.objects.get(number=2).content
        assert content["veto_reasons"] == ["弄虚作假", "重大事故"]
        assert content["rules"][0]["points"] == "5"

    @pytest.mark.parametrize("wrong", [{"points": "很多"}, {"per": "unit"}, {"points": "-1"}, {"min_level": "9"}])
    def test_rules_that_cannot_be_meant_are_refused(self, office, clerk, wrong):
        campaign = open_nominations(office)
        assert clerk.post(reverse("honors:rule_set", args=[campaign.slug]), self.values(**wrong)).status_code == 422
        assert clerk.post(reverse("honors:preview_rule_set", args=[campaign.slug]), self.values(**wrong)).status_code == 200
        assert RuleSetVersion.objects.count() == 1


class TestReview:
    def test_the_level_in_turn_is_asked(self, office, team, client):
        _campaign, (candidate,) = in_review(office, team)
        worker = signed_in(client, team.worker)
        assert "轮到“社区审核”" in text(worker.get(reverse("honors:candidate", args=[candidate.pk])))
        worker.post(reverse("honors:give_review", args=[candidate.pk]), {"recommendation": "support", "words": "天天都来帮忙"})
        assert candidate.reviews.get().words == "天天都来帮忙"

    def test_a_level_out_of_turn_is_refused(self, office, team, client):
        _campaign, (candidate,) = in_review(office, team)
        leader = signed_in(client, team.leader)
        answer = leader.post(reverse("honors:give_review", args=[candidate.pk]), {"recommendation": "support", "words": "同意"})
        assert answer.status_code == 422

    def test_who_recused_is_not_asked(self, office, team, client):
        _campaign, (candidate,) = in_review(office, team)
        worker = signed_in(client, team.worker)
        worker.post(reverse("honors:declare", args=[candidate.pk]), {"recused": "yes", "reason": "亲属在那里上班"})
        page = text(worker.get(reverse("honors:candidate", args=[candidate.pk])))
        assert "您已申报回避" in page
        assert "轮到" not in page

    def test_every_line_of_the_score_leads_to_its_deeds(self, office, team, clerk):
        campaign, (candidate,) = in_review(office, team)
        rules = TestRuleSet().values()
        clerk.post(reverse("honors:rule_set", args=[campaign.slug]), rules)
        url = reverse("honors:candidate_deeds", args=[candidate.pk]) + "?rule=volunteering%3Adeed"
        assert url in text(clerk.get(reverse("honors:candidate", args=[candidate.pk])))
        assert "在社区值守" in text(clerk.get(url))
