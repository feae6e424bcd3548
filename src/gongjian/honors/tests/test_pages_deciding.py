"""The pages from the collective decision to the archive."""

import io
import zipfile

import pytest
from django.urls import reverse

from gongjian.honors import services
from gongjian.honors.models import Award, Campaign, Candidate, Decision, Objection, Shortlist
from gongjian.honors.tests.factories import (
    at,
    certified,
    clear,
    decided,
    in_review,
    make_objection,
    make_team,
    on_notice,
    shortlisted,
)
from gongjian.kernel import clock


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


class TestShortlist:
    def meeting(self, *chosen, **changes):
        values = {"held_on": clock.today().isoformat(), "votes_for": 5, "votes_against": 1, "abstentions": 0}
        return values | {"minutes": "会议逐个审议，同意。", "chosen": [c.pk for c in chosen]} | changes

    def test_the_leader_writes_down_what_the_meeting_chose(self, office, team, client):
        campaign, (one, other) = in_review(office, team, organizations=2)
        clear(team, one)
        leader = signed_in(client, team.leader)
        assert leader.post(reverse("honors:shortlist", args=[campaign.slug]), self.meeting(one)).status_code == 302
        assert Shortlist.objects.get().participants == 6
        assert Candidate.objects.get(pk=other.pk).state == "passed_over"

    def test_a_minority_is_refused_with_the_ticks_kept(self, office, team, client):
        campaign, (one,) = in_review(office, team)
        clear(team, one)
        leader = signed_in(client, team.leader)
        answer = leader.post(reverse("honors:shortlist", args=[campaign.slug]), self.meeting(one, votes_against=9))
        assert answer.status_code == 422
        assert "没有过半数" in text(answer)
        assert f'value="{one.pk}" checked' in text(answer)

    def test_a_candidate_with_something_missing_is_refused(self, office, team, client):
        campaign, (one,) = in_review(office, team)
        leader = signed_in(client, team.leader)
        answer = leader.post(reverse("honors:shortlist", args=[campaign.slug]), self.meeting(one))
        assert "还不能定" in text(answer)

    def test_the_clerk_does_not_decide(self, office, team, clerk):
        campaign, (one,) = in_review(office, team)
        assert clerk.post(reverse("honors:shortlist", args=[campaign.slug]), self.meeting(one)).status_code == 403


class TestNotice:
    def test_the_text_is_ready_and_hung_out(self, office, team, clerk):
        campaign, _chosen = shortlisted(office, team)
        form = clerk.get(reverse("honors:publish_notice", args=[campaign.slug])).context["form"]
        clerk.post(reverse("honors:publish_notice", args=[campaign.slug]), {"text": form["text"].value()})
        assert Campaign.objects.get(pk=campaign.pk).state == "notice"

    def test_it_does_not_end_before_its_time(self, office, team, clerk):
        campaign, _chosen = on_notice(office, team)
        answer = clerk.post(reverse("honors:end_notice", args=[campaign.slug]))
        assert answer.status_code == 422
        assert "还差 5 个" in text(answer)

    def test_an_objection_goes_from_hand_to_answer(self, office, team, clerk):
        campaign, _chosen = on_notice(office, team)
        pk = make_objection(campaign).pk
        clerk.post(reverse("honors:investigate", args=[pk]))
        clerk.post(reverse("honors:find", args=[pk]), {"well_founded": "no", "finding": "现场看过，已经装好"})
        clerk.post(reverse("honors:answer", args=[pk]), {"answer": "已经装好，欢迎来看"})
        assert Objection.objects.get(pk=pk).state == "answered"

    def test_an_answer_before_the_finding_is_refused(self, office, team, clerk):
        campaign, _chosen = on_notice(office, team)
        answer = clerk.post(reverse("honors:answer", args=[make_objection(campaign).pk]), {"answer": "没有这回事"})
        assert answer.status_code == 422
        assert "没有这回事" in text(answer)

    def test_the_contact_is_for_who_handles_it(self, office, team, client):
        campaign, _chosen = on_notice(office, team)
        pk = make_objection(campaign, name="李样例", contact="13800000000").pk
        url = reverse("honors:objection", args=[pk])
        assert "13800000000" in text(signed_in(client, team.clerk).get(url))
        assert "13800000000" not in text(signed_in(client, team.leader).get(url))


class TestDecisionAndAfter:
    def test_the_leader_decides_once_the_notice_is_over(self, office, team, client):
        with at(2021, 3, 1):
            campaign, _chosen = on_notice(office, team)
        with at(2021, 3, 9):
            services.end_notice(team.clerk, campaign=campaign)
            leader = signed_in(client, team.leader)
            form = leader.get(reverse("honors:decide", args=[campaign.slug])).context["form"]
            values = {"document_number": "样街〔2021〕5号", "decided_on": "2021-03-09", "text": form["text"].value()}
            leader.post(reverse("honors:decide", args=[campaign.slug]), values)
        assert Decision.objects.get().issued_by == office.name

    def test_certificates_are_issued_with_one_click(self, office, team, clerk):
        campaign, _chosen = decided(office, team)
        for _n in range(2):
            assert clerk.post(reverse("honors:issue_certificates", args=[campaign.slug])).status_code == 302
        assert "证书制作中" in text(clerk.get(reverse("honors:certificates", args=[campaign.slug])))

    def test_revoking_names_the_consequence_first(self, office, team, client):
        certified(office, team)
        award, leader = Award.objects.get(), signed_in(client, team.leader)
        assert "不能恢复" in text(leader.get(reverse("honors:revoke_award", args=[award.pk])))
        values = {"reason": "查实材料造假", "revoked_on": "2021-04-01", "document_number": "样街〔2021〕9号"}
        leader.post(reverse("honors:revoke_award", args=[award.pk]), values)
        assert Award.objects.get().revocation_reason == "查实材料造假"

    def test_the_archive_is_one_file(self, office, team, clerk):
        campaign = certified(office, team)
        answer = clerk.get(reverse("honors:download_archive", args=[campaign.slug]))
        names = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).namelist()
        assert "manifest.json" in names
