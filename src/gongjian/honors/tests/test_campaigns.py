from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django_scopes import scope

from gongjian.honors import papers, services
from gongjian.honors.models import Campaign, Candidate, OfficeLimits
from gongjian.honors.tests.factories import (
    in_review,
    make_campaign,
    make_candidate,
    make_category,
    make_individual,
    make_people_category,
    make_team,
    on_notice,
    open_nominations,
)
from gongjian.kernel.basis import Nature, check_words
from gongjian.kernel.errors import Conflict, Invalid, NotAllowed
from gongjian.registry.services.people import give_consent
from gongjian.registry.tests.factories import (
    make_account,
    make_clerk,
    make_community,
    make_office,
    make_organization,
    make_person,
)

NO_BASIS = {"approving_body": "", "basis_number": ""}


class TestBasisGate:
    @pytest.mark.parametrize("missing", [NO_BASIS, {"approving_body": ""}, {"basis_number": " "}])
    def test_an_approved_commendation_names_body_and_document(self, office, missing):
        with pytest.raises(Invalid, match="通报表扬") as refusal:
            make_campaign(make_clerk(office), **missing)
        assert refusal.value.code == "basis-missing"

    @pytest.mark.parametrize("word", ["表彰", "创建", "评比", "达标"])
    @pytest.mark.parametrize("field", ["title", "slogan", "subtitle", "scope"])
    def test_without_a_basis_reserved_words_are_refused_and_the_lighter_nature_offered(self, office, field, word):
        with pytest.raises(Invalid, match="感谢信") as refusal:
            make_campaign(make_clerk(office), nature=Nature.INTERNAL, **NO_BASIS, **{field: f"先锋{word}活动"})
        assert refusal.value.field == field

    def test_with_a_basis_they_are_allowed(self, office):
        assert make_campaign(make_clerk(office), title="先锋单位表彰").has_basis

    def test_a_category_does_not_smuggle_them_in(self, office):
        campaign = make_campaign(make_clerk(office), nature=Nature.THANKS, **NO_BASIS)
        with pytest.raises(Invalid):
            make_category(campaign, name="达标单位")

    def test_taking_the_basis_away_later_is_refused_while_the_words_stand(self, office):
        campaign = make_campaign(make_clerk(office), title="先锋单位表彰", nature=Nature.INTERNAL)
        with pytest.raises(Invalid):
            services.edit_campaign(campaign.opened_by, campaign=campaign, **NO_BASIS)

    @pytest.mark.parametrize(("nature", "word"), [("approved", "表彰"), ("recommendation", "推荐"), ("thanks", "通报表扬")])
    def test_papers_are_worded_by_the_nature(self, office, nature, word):
        details = {} if nature == "approved" else NO_BASIS
        campaign = make_campaign(make_clerk(office), nature=nature, **details)
        text = (
            papers.notice_title(campaign) + papers.notice_text(campaign, [], telephone="") + papers.decision_text(campaign, [])
        )
        assert word in text
        check_words(text, has_basis=campaign.has_basis)

    def test_a_sample_basis_says_so_in_every_paper(self, office):
        campaign = make_campaign(make_clerk(office), basis_is_sample=True)
        assert "样例" in papers.notice_text(campaign, [], telephone="")
        assert "样例" in papers.decision_text(campaign, [])

    def test_an_edited_notice_does_not_smuggle_them_in(self, office):
        from gongjian.honors.tests.factories import shortlisted

        team = make_team(office)
        campaign, _candidates = shortlisted(office, team, nature=Nature.THANKS, **NO_BASIS)
        with pytest.raises(Invalid):
            services.publish_notice(team.clerk, campaign=campaign, text="拟表彰对象公示")


class TestOpenCampaign:
    def test_it_begins_with_the_shipped_limits_levels_and_an_example_rule_set(self, office):
        campaign = make_campaign(make_clerk(office))
        assert (campaign.most_organizations, campaign.most_individuals, campaign.most_county_percent) == (50, 150, 20)
        assert (campaign.notice_workdays, campaign.statement_length, campaign.state) == (5, 2000, "call")
        assert (campaign.levels.count(), campaign.rule_sets.count()) == (3, 1)

    def test_an_office_sets_its_own_limits_for_the_next_ones(self, office):
        clerk = make_clerk(office)
        before = make_campaign(clerk)
        services.set_limits(clerk, most_organizations=30, notice_workdays=7)
        after = make_campaign(clerk)
        assert (before.most_organizations, after.most_organizations, after.notice_workdays) == (50, 30, 7)
        assert OfficeLimits.objects.get().most_individuals == 150

    def test_an_address_is_used_once(self, office):
        clerk = make_clerk(office)
        make_campaign(clerk, slug="spring")
        with pytest.raises(Conflict):
            make_campaign(clerk, slug="spring")

    def test_another_office_may_use_it_too(self, office):
        make_campaign(make_clerk(office), slug="spring")
        other = make_office("邻街街道")
        with scope(office=other):
            assert make_campaign(make_clerk(other), slug="spring")
            assert Campaign.objects.count() == 1

    def test_a_cycle_runs_forward(self, office):
        with pytest.raises(Invalid):
            make_campaign(make_clerk(office), cycle_to=date(2019, 1, 1))

    def test_only_a_clerk_opens_one(self, office):
        team = make_team(office)
        for account in (team.leader, team.worker, make_account(office, "auditor")):
            with pytest.raises(NotAllowed):
                make_campaign(account)

    def test_the_database_itself_refuses_a_cycle_that_runs_backward(self, office):
        campaign = make_campaign(make_clerk(office))
        campaign.cycle_to = date(2019, 1, 1)
        with pytest.raises(IntegrityError), transaction.atomic():
            campaign.save()


class TestCategories:
    def test_they_do_not_promise_more_than_the_limits(self, office):
        campaign = make_campaign(make_clerk(office))
        make_category(campaign, quota=30)
        make_category(campaign, quota=20)
        make_people_category(campaign, quota=150)
        with pytest.raises(Invalid, match="50"):
            make_category(campaign, quota=1)
        assert campaign.categories.count() == 3

    def test_a_name_is_used_once(self, office):
        campaign = make_campaign(make_clerk(office))
        make_category(campaign, name="先锋单位")
        with pytest.raises(Conflict):
            make_category(campaign, name="先锋单位")

    def test_quotas_stand_once_the_collective_has_decided(self, office):
        team = make_team(office)
        campaign, _candidates = on_notice(office, team)
        with pytest.raises(Conflict):
            services.edit_category(team.clerk, category=campaign.categories.all()[0], quota=1)

    def test_nominations_open_only_with_a_category(self, office):
        campaign = make_campaign(make_clerk(office))
        with pytest.raises(Invalid):
            services.open_nomination(campaign.opened_by, campaign=campaign)


class TestNominate:
    def test_an_organization_is_nominated_once(self, office):
        campaign = open_nominations(office)
        candidate = make_candidate(campaign)
        with pytest.raises(Conflict):
            make_candidate(campaign, organization=candidate.organization)

    def test_after_withdrawing_it_may_be_nominated_again(self, office):
        campaign = open_nominations(office)
        candidate = make_candidate(campaign)
        services.withdraw(make_clerk(office), candidate=candidate, reason="材料再核")
        assert make_candidate(campaign, organization=candidate.organization)

    def test_categories_are_for_organizations_or_for_persons(self, office):
        campaign = open_nominations(office)
        with pytest.raises(Invalid):
            make_candidate(campaign, category=campaign.categories.get(kind="individuals"))
        with pytest.raises(Invalid):
            make_individual(campaign, category=campaign.categories.get(kind="organizations"))

    def test_a_community_worker_nominates_in_the_own_community_only(self, office):
        team = make_team(office)
        campaign = open_nominations(office)
        category = campaign.categories.get(kind="organizations")
        near = make_organization(office, community=team.worker.active_assignments[0].community)
        far = make_organization(office, community=make_community(office))
        assert services.nominate(team.worker, category=category, organization=near, way="level")
        with pytest.raises(NotAllowed):
            services.nominate(team.worker, category=category, organization=far, way="level")

    def test_a_liaison_nominates_the_own_unit_and_its_people_only(self, office):
        campaign = open_nominations(office)
        unit = make_organization(office)
        liaison = make_account(office, "unit_liaison", organization=unit)
        units, people = campaign.categories.get(kind="organizations"), campaign.categories.get(kind="individuals")
        assert services.nominate(liaison, category=units, organization=unit, way="self")
        assert services.nominate(liaison, category=people, person=make_person(office, organization=unit), way="self")
        for stranger in (make_person(office), make_person(office, organization=make_organization(office))):
            with pytest.raises(NotAllowed):
                services.nominate(liaison, category=people, person=stranger, way="self")

    def test_only_while_nominations_are_open(self, office):
        team = make_team(office)
        campaign, _candidates = in_review(office, team)
        with pytest.raises(Conflict, match="逐级审核"):
            make_candidate(campaign)

    def test_the_database_refuses_a_candidate_of_nobody(self, office):
        candidate = make_candidate(open_nominations(office))
        candidate.organization = None
        with pytest.raises(IntegrityError), transaction.atomic():
            candidate.save()


class TestPublicName:
    def test_a_person_is_masked_until_naming_was_consented_to(self, office):
        candidate = make_individual(open_nominations(office), "欧阳小满")
        assert (candidate.public_name, candidate.name) == ("欧***", "欧阳小满")
        give_consent(make_clerk(office), person=candidate.person, purpose="public_naming", means="书面")
        assert Candidate.objects.get(pk=candidate.pk).public_name == "欧阳小满"

    def test_papers_name_only_who_consented(self, office):
        campaign = open_nominations(office)
        candidate = make_individual(campaign, "欧阳小满")
        assert "欧阳小满" not in papers.notice_text(campaign, [candidate], telephone="")
