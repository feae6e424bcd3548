import threading
from datetime import date

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django_scopes import scope

from gongjian.honors import basis, papers, services
from gongjian.honors.models import Campaign, Candidate, OfficeLimits
from gongjian.honors.models.campaigns import Nature
from gongjian.honors.tests.factories import (
    at,
    choose,
    clear,
    decided,
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
        basis.check_words(text, has_basis=campaign.has_basis)

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


class TestDecideShortlist:
    def test_the_chosen_go_on_and_the_others_are_passed_over(self, office):
        team = make_team(office)
        campaign, (one, two) = in_review(office, team, organizations=2)
        clear(team, one)
        shortlist = choose(team, campaign, [one])
        assert [Candidate.objects.get(pk=c.pk).state for c in (one, two)] == ["shortlisted", "passed_over"]
        assert (shortlist.participants, len(shortlist.scores), shortlist.rule_set.number) == (7, 2, 1)

    def test_a_second_decision_finds_it_decided(self, office):
        team = make_team(office)
        campaign, (candidate,) = in_review(office, team)
        clear(team, candidate)
        choose(team, campaign, [candidate])
        with pytest.raises(Conflict, match="集体研究已定"):
            choose(team, campaign, [candidate])

    @pytest.mark.parametrize(("chosen", "fits"), [(2, True), (3, False)])
    def test_no_more_than_the_quota(self, office, chosen, fits):
        team = make_team(office)
        campaign = open_nominations(office)
        category = campaign.categories.get(kind="organizations")
        services.edit_category(team.clerk, category=category, quota=2)
        candidates = [make_candidate(campaign) for _n in range(3)]
        campaign = services.start_review(team.clerk, campaign=campaign)
        for candidate in candidates:
            clear(team, candidate)
        if fits:
            assert choose(team, campaign, candidates[:chosen])
        else:
            with pytest.raises(Invalid, match="名额 2 个") as refusal:
                choose(team, campaign, candidates[:chosen])
            assert refusal.value.code == "over-quota"

    @pytest.mark.parametrize(("people", "fits"), [(5, True), (4, False)])
    def test_of_the_persons_a_fifth_at_most_is_of_county_level(self, office, people, fits):
        team = make_team(office)
        campaign = open_nominations(office)
        category = campaign.categories.get(kind="individuals")
        ranks = ["county"] + ["below"] * (people - 1)
        candidates = [make_individual(campaign, f"样例{n}", rank=rank, category=category) for n, rank in enumerate(ranks)]
        campaign = services.start_review(team.clerk, campaign=campaign)
        for candidate in candidates:
            clear(team, candidate)
        if fits:
            assert choose(team, campaign, candidates)
        else:
            with pytest.raises(Invalid, match="20%"):
                choose(team, campaign, candidates)

    @pytest.mark.parametrize(
        ("votes", "code"),
        [((3, 3, 0), "no-majority"), ((3, 0, 3), "no-majority"), ((2, 0, 0), "too-few"), ((-1, 3, 3), "votes")],
    )
    def test_it_needs_a_meeting_and_its_majority(self, office, votes, code):
        team = make_team(office)
        campaign, (candidate,) = in_review(office, team)
        clear(team, candidate)
        with pytest.raises(Invalid) as refusal:
            choose(team, campaign, [candidate], votes_for=votes[0], votes_against=votes[1], abstentions=votes[2])
        assert refusal.value.code == code

    def test_a_vetoed_candidate_cannot_be_chosen(self, office):
        team = make_team(office)
        campaign, (candidate,) = in_review(office, team)
        clear(team, candidate)
        services.set_veto(team.leader, candidate=candidate, reason="弄虚作假", note="经核实")
        with pytest.raises(Conflict, match="弄虚作假"):
            choose(team, campaign, [candidate])

    def test_tallies_that_differ_from_the_deeds_stop_it(self, office):
        from gongjian.honors.scoring import Rule, RuleSet

        team = make_team(office)
        campaign, (candidate,) = in_review(office, team)
        rules = RuleSet((Rule(kind="volunteer-hours", per="unit", min_level=0),))
        services.save_rule_set(team.clerk, campaign=campaign, rule_set=rules)
        clear(team, candidate)
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO ledger_tally (office_id, month, kind_id, organization_id, place_id, level, public, deeds, quantity)"
                " SELECT office_id, '2020-03-01', kind_id, organization_id, place_id, 0, true, 1, 900 FROM ledger_deed LIMIT 1"
            )
        with pytest.raises(Conflict, match="核验台账"):
            choose(team, campaign, [candidate])

    def test_a_clerk_does_not_decide(self, office):
        team = make_team(office)
        campaign, (candidate,) = in_review(office, team)
        clear(team, candidate)
        team.leader = team.clerk
        with pytest.raises(NotAllowed):
            choose(team, campaign, [candidate])

    def test_rules_and_vetoes_stand_still_afterwards(self, office):
        from gongjian.honors.scoring import RuleSet

        team = make_team(office)
        campaign, (candidate,) = on_notice(office, team)
        with pytest.raises(Conflict):
            services.save_rule_set(team.clerk, campaign=campaign, rule_set=RuleSet())
        with pytest.raises(Conflict):
            services.set_veto(team.clerk, candidate=candidate, reason="弄虚作假", note="经核实")


class TestDecide:
    def test_everyone_on_the_shortlist_gets_the_title(self, office):
        team = make_team(office)
        campaign, (candidate,) = decided(office, team)
        assert (campaign.state, candidate.state, candidate.award_given.title) == ("decided", "awarded", candidate.category.name)
        assert campaign.decision.text.startswith("根据样例区表彰办样评〔2020〕3号文件")

    def test_a_second_decision_finds_it_decided(self, office):
        team = make_team(office)
        campaign, _candidates = decided(office, team)
        with pytest.raises(Conflict):
            services.decide(team.leader, campaign=campaign, document_number="6号", decided_on=date(2021, 3, 9))

    def test_not_while_the_notice_hangs(self, office):
        team = make_team(office)
        with at(2021, 3, 1):
            campaign, _candidates = on_notice(office, team)
        with at(2021, 3, 9), pytest.raises(Conflict, match="公示还没有结束"):
            services.decide(team.leader, campaign=campaign, document_number="6号", decided_on=date(2021, 3, 9))

    def test_not_dated_before_the_notice_ended(self, office):
        team = make_team(office)
        with at(2021, 3, 1):
            campaign, _candidates = on_notice(office, team)
        with at(2021, 3, 9):
            services.end_notice(team.clerk, campaign=campaign)
            with pytest.raises(Invalid, match="早于公示结束"):
                services.decide(team.leader, campaign=campaign, document_number="6号", decided_on=date(2021, 3, 8))

    def test_a_clerk_does_not_decide(self, office):
        team = make_team(office)
        with at(2021, 3, 1):
            campaign, _candidates = on_notice(office, team)
        with at(2021, 3, 9):
            services.end_notice(team.clerk, campaign=campaign)
            with pytest.raises(NotAllowed):
                services.decide(team.clerk, campaign=campaign, document_number="6号", decided_on=date(2021, 3, 9))


class TestRevokeCampaign:
    @pytest.mark.parametrize("maker", [make_campaign, None])
    def test_it_can_be_stopped_at_any_step(self, office, maker):
        team = make_team(office)
        campaign = make_campaign(team.clerk) if maker else decided(office, team)[0]
        with at(2021, 4, 1):
            revoked = services.revoke_campaign(
                team.leader, campaign=campaign, reason="没有依据", revoked_on=date(2021, 4, 1), document_number="9号"
            )
        assert (revoked.state, revoked.state_before_revocation) == ("revoked", campaign.state)
        with at(2021, 4, 1), pytest.raises(Conflict):
            services.revoke_campaign(
                team.leader, campaign=campaign, reason="没有依据", revoked_on=date(2021, 4, 1), document_number="9号"
            )


class TestArchiveCampaign:
    def test_certificates_come_first(self, office):
        team = make_team(office)
        campaign, _candidates = decided(office, team)
        services.publish_campaign(team.clerk, campaign=campaign)
        with pytest.raises(Conflict, match="证书"):
            services.archive_campaign(team.clerk, campaign=campaign)


@pytest.mark.django_db(transaction=True)
class TestTwoClicks:
    def test_two_leaders_deciding_at_once_decide_once(self):
        office = make_office()
        with scope(office=office):
            team = make_team(office)
            campaign, (candidate,) = in_review(office, team)
            clear(team, candidate)
        outcomes = []

        def click():
            try:
                with scope(office=office):
                    choose(team, campaign, [candidate])
                outcomes.append("decided")
            except Conflict as error:
                outcomes.append(error.code)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=click) for _n in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(outcomes) == ["decided", "wrong-step"]
