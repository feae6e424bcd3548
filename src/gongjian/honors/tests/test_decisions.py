import threading
from datetime import date

import pytest
from django.db import connection, connections
from django_scopes import scope

from gongjian.honors import services
from gongjian.honors.models import Candidate
from gongjian.honors.tests.factories import (
    at,
    certified,
    choose,
    clear,
    decided,
    in_review,
    make_campaign,
    make_candidate,
    make_individual,
    make_team,
    on_notice,
    open_nominations,
)
from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid, NotAllowed
from gongjian.ledger.models import Deed
from gongjian.ledger.selectors import deeds_awaiting_confirmation
from gongjian.registry.tests.factories import (
    make_office,
)


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
                "INSERT INTO ledger_tally"
                " (office_id, month, kind_id, organization_id, place_id, level, public, deeds, quantity)"
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


class TestWhatTheLedgerSaysAfterwards:
    def test_a_revoked_title_is_taken_back_in_the_ledger(self, office):
        team = make_team(office)
        campaign = certified(office, team)
        services.revoke_award(
            team.leader, award=campaign.awards.get(), reason="事迹不实", revoked_on=clock.today(), document_number="9号"
        )
        assert Deed.objects.get(reverses__kind="honor-won").statement == "冲正：事迹不实"

    def test_so_are_all_titles_of_a_revoked_campaign(self, office):
        team = make_team(office)
        campaign = certified(office, team, organizations=2)
        services.revoke_campaign(
            team.leader, campaign=campaign, reason="没有依据", revoked_on=clock.today(), document_number="9号"
        )
        assert Deed.objects.filter(reverses__kind="honor-won").count() == 2

    def test_a_title_waits_for_no_community_to_confirm_it(self, office):
        team = make_team(office)
        certified(office, team)
        waiting = deeds_awaiting_confirmation(team.worker)
        assert "honor-won" not in waiting.values_list("kind", flat=True)


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
