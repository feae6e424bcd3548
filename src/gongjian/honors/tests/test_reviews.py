from datetime import date

import pytest

from gongjian.honors import review_rules, selectors, services
from gongjian.honors.models import Review
from gongjian.honors.tests.factories import (
    choose,
    clear,
    in_review,
    make_candidate,
    make_individual,
    make_team,
    open_nominations,
)
from gongjian.kernel.errors import Conflict, Invalid, NotAllowed
from gongjian.registry.tests.factories import make_account, make_community, make_organization, make_person


@pytest.fixture
def team(office):
    return make_team(office)


def review(account, candidate, order, **details):
    level = candidate.campaign.levels.get(order=order)
    values = {"recommendation": "support", "words": "事迹属实"}
    return services.give_review(account, candidate=candidate, level=level, **(values | details))


class TestGiveReview:
    def test_levels_come_in_order(self, office, team):
        _campaign, (candidate,) = in_review(office, team)
        with pytest.raises(Conflict, match="社区审核"):
            review(team.clerk, candidate, 2)
        review(team.worker, candidate, 1)
        assert review(team.clerk, candidate, 2)

    def test_each_level_belongs_to_a_role(self, office, team):
        _campaign, (candidate,) = in_review(office, team)
        with pytest.raises(NotAllowed):
            review(team.clerk, candidate, 1)

    def test_a_worker_of_another_community_has_no_say(self, office, team):
        _campaign, (candidate,) = in_review(office, team)
        other = make_account(office, "community_worker", community=make_community(office))
        with pytest.raises(NotAllowed):
            review(other, candidate, 1)

    def test_who_sits_in_no_community_skips_its_level(self, office, team):
        campaign = open_nominations(office)
        candidate = make_candidate(campaign, organization=make_organization(office))
        services.start_review(team.clerk, campaign=campaign)
        assert review(team.clerk, candidate, 2)

    def test_one_reviewer_speaks_once(self, office, team):
        _campaign, (candidate,) = in_review(office, team)
        review(team.worker, candidate, 1)
        with pytest.raises(Conflict, match="已经给过"):
            review(team.worker, candidate, 1, recommendation="oppose")
        assert Review.objects.get().recommendation == "support"

    def test_only_during_the_review(self, office, team):
        candidate = make_candidate(open_nominations(office))
        with pytest.raises(Conflict):
            review(team.worker, candidate, 1)


class TestRecusal:
    def own(self, office, candidate):
        """A clerk who works in the candidate organization."""
        clerk = make_account(office, "office_clerk")
        clerk.person = make_person(office, organization=candidate.organization)
        clerk.save()
        return clerk

    def test_a_recused_reviewer_does_not_act(self, office, team):
        _campaign, (candidate,) = in_review(office, team)
        services.declare_conflict(team.worker, candidate=candidate, recused=True, reason="配偶在该单位")
        with pytest.raises(Conflict, match="回避"):
            review(team.worker, candidate, 1)

    def test_on_other_candidates_the_same_reviewer_does(self, office, team):
        _campaign, (candidate, other) = in_review(office, team, organizations=2)
        services.declare_conflict(team.worker, candidate=candidate, recused=True, reason="配偶在该单位")
        assert review(team.worker, other, 1)

    def test_it_is_suggested_to_who_belongs_to_the_candidate(self, office, team):
        _campaign, (candidate,) = in_review(office, team)
        assert candidate.name in review_rules.suggested_conflict(self.own(office, candidate), candidate)
        assert review_rules.suggested_conflict(team.clerk, candidate) == ""

    def test_a_likely_conflict_must_be_declared_first(self, office, team):
        _campaign, (candidate,) = in_review(office, team)
        review(team.worker, candidate, 1)
        clerk = self.own(office, candidate)
        with pytest.raises(Invalid, match="申报"):
            review(clerk, candidate, 2)
        services.declare_conflict(clerk, candidate=candidate, recused=False, reason="已调离两年")
        assert review(clerk, candidate, 2)

    def test_nobody_reviews_oneself(self, office, team):
        campaign = open_nominations(office)
        candidate = make_individual(campaign)
        services.start_review(team.clerk, campaign=campaign)
        team.worker.person = candidate.person
        team.worker.save()
        with pytest.raises(Invalid, match="只能回避"):
            services.declare_conflict(team.worker, candidate=candidate, recused=False, reason="没有关系")
        services.declare_conflict(team.worker, candidate=candidate, recused=True, reason="是我本人")
        with pytest.raises(Conflict):
            review(team.worker, candidate, 1)

    def test_it_is_declared_once(self, office, team):
        _campaign, (candidate,) = in_review(office, team)
        services.declare_conflict(team.worker, candidate=candidate, recused=True, reason="配偶在该单位")
        with pytest.raises(Conflict):
            services.declare_conflict(team.worker, candidate=candidate, recused=False, reason="想想没关系")


class TestOpinionsOfOtherBodies:
    def enterprise(self, office, team, **details):
        """In review, with everything in hand but the opinions."""
        campaign = open_nominations(office)
        services.edit_category(
            team.clerk,
            category=campaign.categories.get(kind="organizations"),
            opinions=["discipline"],
            enterprise_opinions=["market", "tax"],
        )
        community = team.worker.active_assignments[0].community
        organization = make_organization(office, community=community, **({"kind": "company"} | details))
        candidate = make_candidate(campaign, organization=organization)
        return services.start_review(team.clerk, campaign=campaign), candidate

    def test_enterprises_need_more_of_them(self, office, team):
        _campaign, firm = self.enterprise(office, team)
        _campaign, school = self.enterprise(office, team, kind="school")
        assert review_rules.required_bodies(firm) == ["discipline", "market", "tax"]
        assert review_rules.required_bodies(school) == ["discipline"]

    def test_persons_of_county_level_need_the_organization_department(self, office, team):
        candidate = make_individual(open_nominations(office), rank="county")
        assert review_rules.required_bodies(candidate) == ["organization"]

    def test_a_missing_answer_blocks_the_shortlist(self, office, team):
        campaign, candidate = self.enterprise(office, team)
        clear(team, candidate)
        candidate.opinions.filter(body="tax").update(answer="waiting", answered_on=None)
        with pytest.raises(Conflict, match="税务部门还没有答复"):
            choose(team, campaign, [candidate])

    def test_an_objection_blocks_it_too(self, office, team):
        campaign, candidate = self.enterprise(office, team)
        clear(team, candidate)
        opinion = candidate.opinions.get(body="market")
        services.record_opinion(team.clerk, opinion=opinion, answer="object", answered_on=date(2026, 1, 5), words="有处罚在查")
        with pytest.raises(Conflict, match="市场监管部门不同意"):
            choose(team, campaign, [candidate])

    def test_no_opinion_is_no_obstacle(self, office, team):
        campaign, candidate = self.enterprise(office, team)
        clear(team, candidate)
        opinion = candidate.opinions.get(body="market")
        services.record_opinion(team.clerk, opinion=opinion, answer="none", answered_on=date(2026, 1, 5))
        assert choose(team, campaign, [candidate])

    def test_who_was_never_asked_is_named(self, office, team):
        _campaign, candidate = self.enterprise(office, team)
        assert "还没有征求税务部门的意见。" in review_rules.obstacles(candidate)

    def test_an_objection_needs_its_reason(self, office, team):
        _campaign, candidate = self.enterprise(office, team)
        opinion = services.request_opinions(team.clerk, candidate=candidate)[0]
        with pytest.raises(Invalid):
            services.record_opinion(team.clerk, opinion=opinion, answer="object", answered_on=date(2026, 1, 5))

    def test_asking_twice_asks_once(self, office, team):
        _campaign, candidate = self.enterprise(office, team)
        services.request_opinions(team.clerk, candidate=candidate)
        assert len(services.request_opinions(team.clerk, candidate=candidate)) == 3


class TestVisibleCandidates:
    def test_everybody_sees_what_is_theirs(self, office, team):
        campaign = open_nominations(office)
        near = make_candidate(campaign)
        far = make_candidate(campaign, organization=make_organization(office, community=make_community(office)))
        person = make_individual(campaign)
        liaison = make_account(office, "unit_liaison", organization=far.organization)

        def seen(account):
            return set(selectors.visible_candidates(account, campaign))

        assert seen(team.clerk) == seen(team.leader) == seen(make_account(office, "auditor")) == {near, far, person}
        assert seen(team.worker) == {near, person}
        assert seen(liaison) == {far}
        assert seen(make_account(office, "volunteer")) == set()
