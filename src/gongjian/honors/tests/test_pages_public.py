"""What strangers see and do: notices, objections, the honor roll, certificates."""

import pytest
from django.urls import reverse

from gongjian.honors import services
from gongjian.honors.models import Certificate, Objection
from gongjian.honors.tests.factories import (
    at,
    certified,
    choose,
    clear,
    found,
    in_review,
    make_individual,
    make_objection,
    make_team,
    on_notice,
    open_nominations,
)


@pytest.fixture
def team(office):
    return make_team(office)


class TestNotices:
    def test_the_list_says_how_many_working_days_are_left(self, office, team, client):
        with at(2021, 3, 1):
            campaign, _chosen = on_notice(office, team)
        with at(2021, 3, 4):
            page = client.get(reverse("honors:notices")).content.decode()
        assert campaign.title in page
        assert "还差 3 个工作日" in page

    def test_a_notice_shows_whom_it_names_and_what_they_did(self, office, team, client):
        campaign, chosen = on_notice(office, team)
        page = client.get(reverse("honors:notice", args=[campaign.slug])).content.decode()
        assert chosen[0].name in page
        assert "在社区值守" in page

    def test_a_person_without_consent_is_masked(self, office, team, client):
        with at(2021, 3, 1):
            campaign = open_nominations(office)
            candidate = make_individual(campaign, "张小满")
            services.start_review(team.clerk, campaign=campaign)
            clear(team, candidate)
            choose(team, campaign, [candidate])
            services.publish_notice(team.clerk, campaign=campaign)
            page = client.get(reverse("honors:notice", args=[campaign.slug])).content.decode()
        assert "张**" in page
        assert "张小满" not in page

    def test_nothing_is_shown_before_it_hangs(self, office, team, client):
        campaign, _candidates = in_review(office, team)
        assert client.get(reverse("honors:notice", args=[campaign.slug])).status_code == 404

    def test_a_candidate_taken_off_stays_named_with_the_reason(self, office, team, client):
        campaign, chosen = on_notice(office, team, organizations=2)
        objection = found(team, make_objection(campaign, candidate=chosen[0]))
        services.remove_candidate(team.leader, objection=objection, candidate=chosen[0], reason="材料与事实不符")
        page = client.get(reverse("honors:notice", args=[campaign.slug])).content.decode()
        assert "公示期间已取消" in page
        assert "材料与事实不符" in page


class TestObject:
    def test_a_stranger_objects_without_a_name_and_gets_a_link(self, office, team, client):
        campaign, chosen = on_notice(office, team)
        answer = client.post(
            reverse("honors:object", args=[campaign.slug]), {"candidate": chosen[0].pk, "text": "这件事不是他们做的"}
        )
        objection = Objection.objects.get()
        assert answer["Location"] == reverse("honors:follow", args=[objection.token])
        assert not objection.name
        assert "正在办" in client.get(answer["Location"]).content.decode()

    def test_the_same_form_twice_is_one_objection(self, office, team, client):
        campaign, _chosen = on_notice(office, team)
        values = {"text": "这件事不是他们做的", "submission": "6a3b2f3e-2f0a-4f0e-9a3f-0d3f9a1f2b3c"}
        answers = [client.post(reverse("honors:object", args=[campaign.slug]), values) for _n in range(2)]
        assert Objection.objects.count() == 1
        assert answers[0]["Location"] == answers[1]["Location"]

    def test_too_few_words_are_refused_and_what_was_typed_stays(self, office, team, client):
        campaign, _chosen = on_notice(office, team)
        answer = client.post(reverse("honors:object", args=[campaign.slug]), {"text": "不行", "name": "李样例"})
        assert answer.status_code == 422
        assert "说说有什么异议" in answer.content.decode()
        assert "李样例" in answer.content.decode()

    def test_after_the_notice_it_points_to_feedback(self, office, team, client):
        with at(2021, 3, 1):
            campaign, _chosen = on_notice(office, team)
        with at(2021, 3, 9):
            services.end_notice(team.clerk, campaign=campaign)
        page = client.get(reverse("honors:object", args=[campaign.slug])).content.decode()
        assert "投诉建议" in page
        assert client.post(reverse("honors:object", args=[campaign.slug]), {"text": "来晚了一步"}).status_code == 422

    def test_the_answer_is_read_by_the_link(self, office, team, client):
        campaign, _chosen = on_notice(office, team)
        objection = found(team, make_objection(campaign, name="李样例"), well_founded=False)
        services.answer_objection(team.clerk, objection=objection, answer="到现场看过，已经装好")
        page = client.get(reverse("honors:follow", args=[objection.token])).content.decode()
        assert "到现场看过，已经装好" in page
        assert "李样例" not in page

    def test_a_guessed_link_leads_nowhere(self, office, client):
        assert client.get(reverse("honors:follow", args=["guessed"])).status_code == 404


class TestRoll:
    def test_it_lists_what_is_published_only(self, office, team, client):
        published = certified(office, team)
        running, _candidates = in_review(office, team)
        page = client.get(reverse("honors:roll")).content.decode()
        assert published.title in page
        assert "1 个获评" in page
        assert running.title not in page

    def test_a_revoked_campaign_stays_and_says_so(self, office, team, client):
        campaign = certified(office, team)
        with at(2021, 4, 1):
            services.revoke_campaign(
                team.leader, campaign=campaign, reason="查实材料造假", revoked_on=at_day(), document_number="样街〔2021〕9号"
            )
        assert "已撤销" in client.get(reverse("honors:roll")).content.decode()

    def test_a_campaign_is_seen_where_it_stands(self, office, team, client):
        campaign, _chosen = on_notice(office, team)
        answer = client.get(reverse("honors:campaign", args=[campaign.slug]))
        assert answer["Location"] == reverse("honors:notice", args=[campaign.slug])


def at_day():
    from gongjian.kernel import clock

    return clock.today()


class TestVerify:
    def test_by_number(self, office, team, client):
        certified(office, team)
        number = Certificate.objects.get().number
        answer = client.get(reverse("honors:verify"), {"number": f" {number} "})
        assert answer["Location"] == reverse("honors:certificate", args=[number])
        assert "有效" in client.get(answer["Location"]).content.decode()

    def test_an_unknown_number_is_said_beside_the_field(self, office, client):
        page = client.get(reverse("honors:verify"), {"number": "9-9-999"}).content.decode()
        assert "没有这个编号的证书" in page
        assert "9-9-999" in page

    def test_a_revoked_one_says_why(self, office, team, client):
        certified(office, team)
        certificate = Certificate.objects.select_related("award").get()
        with at(2021, 4, 1):
            services.revoke_award(
                team.leader,
                award=certificate.award,
                reason="查实材料造假",
                revoked_on=at_day(),
                document_number="样街〔2021〕9号",
            )
        page = client.get(reverse("honors:certificate", args=[certificate.number])).content.decode()
        assert "不再有效" in page
        assert "查实材料造假" in page

    def test_anyone_takes_the_proof_along(self, office, team, client):
        certified(office, team)
        certificate = Certificate.objects.get()
        proof = client.get(reverse("honors:proof", args=[certificate.number])).json()
        assert proof["format"] == "gongjian-inclusion-proof/1"

    def test_the_file_is_for_who_holds_it(self, office, team, client):
        certified(office, team)
        certificate = Certificate.objects.get()
        assert client.get(reverse("honors:pdf", args=[certificate.number])).status_code == 404
        answer = client.get(reverse("honors:pdf", args=[certificate.token]))
        assert b"".join(answer.streaming_content).startswith(b"%PDF")
