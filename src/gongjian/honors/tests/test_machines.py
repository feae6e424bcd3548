"""What machines and the command line get."""

import io
import json
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django_scopes import scopes_disabled

from gongjian.honors import scoring, selectors, services
from gongjian.honors.models import Award, Certificate
from gongjian.honors.scoring import Rule, RuleSet
from gongjian.honors.tests.factories import at, certified, in_review, make_individual, make_team, open_nominations
from gongjian.ledger.models import Deed
from gongjian.registry.services.people import give_consent
from gongjian.registry.services.tokens import issue_token
from gongjian.registry.tests.factories import make_account, make_office


@pytest.fixture
def team(office):
    return make_team(office)


def ask(client, account, name, *args, **kwargs):
    _token, secret = issue_token(account, name="test", scopes=["honors:read"])
    return client.get(reverse(f"api:{name}", args=args), headers={"authorization": f"Bearer {secret}"}, **kwargs)


class TestApi:
    def test_a_published_campaign_comes_with_its_awards(self, office, team, client):
        campaign = certified(office, team)
        answer = ask(client, make_account(office, "resident"), "get_campaign", campaign.slug).json()
        (award,) = answer["awards"]
        assert (award["certificate"], award["revoked"]) == (Certificate.objects.get().number, False)
        assert "值守" in award["statement"]

    def test_what_is_not_published_is_missing(self, office, team, client):
        campaign, _candidates = in_review(office, team)
        assert ask(client, team.clerk, "get_campaign", campaign.slug).status_code == 404
        assert ask(client, team.clerk, "list_campaigns").json()["items"] == []

    def test_scores_name_the_deeds_they_count(self, office, team, client):
        campaign, (candidate,) = in_review(office, team)
        services.save_rule_set(team.clerk, campaign=campaign, rule_set=RuleSet((Rule(kind="volunteer-hours", min_level=0),)))
        (score,) = ask(client, team.clerk, "list_scores", campaign.slug).json()
        assert (score["candidate"], score["place"], score["lines"][0]["deeds"]) == (candidate.pk, 1, 1)

    def test_a_certificate_and_its_proof(self, office, team, client):
        certified(office, team)
        certificate = Certificate.objects.get()
        facts = ask(client, make_account(office, "resident"), "get_certificate", certificate.number).json()
        proof = ask(client, make_account(office, "resident"), "get_certificate_proof", certificate.number).json()
        assert (facts["sha256"], facts["revoked"]) == (certificate.sha256, False)
        assert proof["seal"]["size"] == certificate.seal_size


class TestVerifyNames:
    def test_a_person_is_masked_for_who_has_the_number_only(self, office, team):
        campaign = open_nominations(office)
        candidate = make_individual(campaign, "欧阳小满")
        certificate = self.certify(office, team, campaign, candidate)
        assert selectors.verify(certificate.number).name == "欧***"
        assert selectors.verify(certificate.token).name == "欧阳小满"
        give_consent(team.clerk, person=candidate.person, purpose="public_naming", means="书面")
        assert selectors.verify(certificate.number).name == "欧阳小满"

    def certify(self, office, team, campaign, candidate):
        from gongjian.honors.tests.factories import choose, clear
        from gongjian.ledger.sealing.sealer import seal

        with at(2021, 3, 1):
            services.start_review(team.clerk, campaign=campaign)
            clear(team, candidate)
            choose(team, campaign, [candidate])
            services.publish_notice(team.clerk, campaign=campaign)
        with at(2021, 3, 9):
            services.end_notice(team.clerk, campaign=campaign)
            services.decide(team.leader, campaign=campaign, document_number="5号", decided_on=date(2021, 3, 9))
            (certificate,) = services.issue_certificates(team.clerk, campaign=campaign)
        seal()
        return services.make_certificate(team.clerk, certificate=certificate)


class TestJob:
    def test_it_seals_and_makes_what_is_missing_and_again_nothing(self, office, team):
        from gongjian.honors.tasks import make_certificates
        from gongjian.honors.tests.factories import decided

        campaign, _candidates = decided(office, team)
        services.issue_certificates(team.clerk, campaign=campaign)
        make_certificates(campaign_id=campaign.pk, office_id=office.pk)
        made = Certificate.objects.get()
        make_certificates(campaign_id=campaign.pk, office_id=office.pk)
        assert made.sha256
        assert Certificate.objects.get().printed_at == made.printed_at


class TestAwardsOf:
    def test_an_organization_shows_its_published_awards_revoked_ones_among_them(self, office, team):
        certified(office, team)
        award = Award.objects.get()
        with at(2021, 4, 2):
            services.revoke_award(
                team.leader, award=award, reason="材料不实", revoked_on=date(2021, 4, 1), document_number="9号"
            )
        (shown,) = selectors.awards_of(award.candidate.organization)
        assert shown.is_revoked


class TestDeskItems:
    def test_each_step_waits_on_the_desk_of_who_can_take_it(self, office, team):
        campaign, _candidates = in_review(office, team)
        assert [item.title for item in selectors.desk_items(team.leader)] == [campaign.title]
        assert selectors.desk_items(team.clerk) == []
        assert selectors.desk_items(make_account(office, "volunteer")) == []

    def test_an_objection_waits_on_the_clerks_desk(self, office, team):
        from gongjian.honors.tests.factories import make_objection, on_notice

        with at(2021, 3, 1):
            campaign, _candidates = on_notice(office, team)
            make_objection(campaign)
            assert [item.title for item in selectors.desk_items(team.clerk)] == ["异议：电梯还没有装好"]


class TestSearch:
    def test_published_campaigns_are_found_by_a_part_of_their_title(self, office, team):
        campaign = certified(office, team, title="弘扬劳动精神争当先锋")
        in_review(office, team, title="争当先锋的下一次")
        (hit,) = selectors.search_campaigns(team.clerk, "先锋")
        assert hit.title == campaign.title


def run(*arguments):
    """As the command line does it: outside any scope."""
    out = io.StringIO()
    with scopes_disabled():
        call_command("honors", *arguments, stdout=out)
    return out.getvalue()


class TestCommand:
    def test_list(self, office, team):
        campaign = certified(office, team)
        assert f"{campaign.slug}\t已公布" in run("list")

    def test_score_prints_the_deeds_behind_each_line(self, office, team):
        campaign, (candidate,) = in_review(office, team)
        services.save_rule_set(team.clerk, campaign=campaign, rule_set=RuleSet((Rule(kind="volunteer-hours", min_level=0),)))
        deed = Deed.objects.get(organization=candidate.organization)
        text = run("score", campaign.slug)
        assert candidate.name in text
        assert str(deed.pk) in text
        (one,) = json.loads(run("score", campaign.slug, "--json"))
        assert one["lines"][0]["deed_ids"] == [str(deed.pk)]
        assert Decimal(one["points"]) == scoring.score(campaign)[0].points

    def test_certificate_archive_and_verify(self, office, team, tmp_path):
        campaign = certified(office, team)
        certificate = Certificate.objects.get()
        run("certificate", certificate.number, "--output", str(tmp_path / "a.pdf"))
        assert (tmp_path / "a.pdf").read_bytes() == selectors.certificate_pdf(certificate)
        run("archive", campaign.slug, "--output", str(tmp_path / "a.zip"))
        assert "manifest.json" in zipfile.ZipFile(tmp_path / "a.zip").namelist()
        assert "有效" in run("verify", certificate.number)

    def test_what_cannot_be_is_said_in_a_sentence(self, office):
        with pytest.raises(CommandError, match="没有这个编号"):
            run("verify", "nothing")
        with pytest.raises(CommandError, match="没有这个评选活动"):
            run("score", "nothing")

    def test_with_two_offices_one_must_be_named(self, office):
        other = make_office("邻街街道")
        with pytest.raises(CommandError, match="--office"):
            run("list")
        assert run("--office", other.code, "list") == ""
