"""Papers of a campaign, an organization and a month: out of decisions and deeds, nothing typed twice."""

from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from gongjian.chronicle.official import texts
from gongjian.chronicle.official.description import Form
from gongjian.chronicle.official.texts import Details
from gongjian.chronicle.official.word import as_word
from gongjian.chronicle.official.word.check import check
from gongjian.chronicle.writing.tests.factories import about, donate, make_doer
from gongjian.honors.tests.factories import decided, make_team, open_nominations
from gongjian.kernel.errors import Conflict
from gongjian.registry.tests.factories import make_clerk

DETAILS = Details(issuer="样街道办事处", number="样办〔2021〕5号")


@pytest.fixture
def bank(office):
    return make_doer(office, "样城银行", kind="bank")


class TestCampaign:
    def test_the_decision_is_the_one_that_was_made(self, office):
        campaign, [candidate] = decided(office, make_team(office))
        paper = texts.decision(campaign, Details(issuer=""))
        assert (paper.number, paper.signed_on) == (campaign.decision.document_number, campaign.decision.decided_on)
        assert candidate.organization.name in "".join(line.text for line in paper.body)
        assert check(as_word(paper)).holds

    def test_a_thankful_campaign_prints_no_commendation(self, office):
        campaign, _candidates = decided(
            office, make_team(office), nature="thanks", approving_body="", basis_number="", title="先锋通报"
        )
        paper = texts.decision(campaign, DETAILS)
        assert "表彰" not in paper.title + "".join(line.text for line in paper.body)

    def test_the_notice_is_the_one_that_hung(self, office):
        campaign, _candidates = decided(office, make_team(office))
        assert texts.notice(campaign, DETAILS).signed_on == campaign.notice.published_on

    @pytest.mark.parametrize("paper", [texts.decision, texts.notice])
    def test_there_is_none_before_its_time(self, office, paper):
        with pytest.raises(Conflict):
            paper(open_nominations(office), DETAILS)


class TestDeeds:
    def test_the_report_attaches_the_deeds_behind_its_numbers(self, office, bank):
        donate(office, bank)
        paper = texts.report(about(office), DETAILS)
        assert next(line.text for line in paper.body if line.level == 1) == "一、共享空间"
        assert any("620平方米" in row[3] for row in paper.attachments[0].rows)
        assert check(as_word(paper)).holds

    def test_a_letter_of_thanks_speaks_to_the_organization(self, office, bank):
        donate(office, bank)
        paper = texts.thanks(about(office, organization=bank), DETAILS)
        assert (paper.form, paper.addressee) == (Form.LETTER, "样城银行")
        assert "贵单位让出用房620平方米" in "".join(line.text for line in paper.body)
        assert check(as_word(paper)).holds

    def test_nobody_is_thanked_for_nothing(self, office, bank):
        with pytest.raises(Conflict, match="没有可公开的事迹"):
            texts.thanks(about(office, organization=bank), DETAILS)


class TestPages:
    @pytest.fixture(autouse=True)
    def clerk(self, office, client):
        client.force_login(make_clerk(office))

    def test_the_paper_is_shown_with_its_self_check_and_taken_away(self, office, client, bank):
        donate(office, bank)
        asked = {"kind": "thanks", "organization": "样城银行", "since": "2020-07", "issuer": "样街道办事处"}
        page = client.get(reverse("official:choose"), asked).content.decode()
        assert "成文日期右空四字" in page
        answer = client.get(reverse("official:download"), asked)
        assert "620平方米" in "".join(one.text for one in Document(BytesIO(answer.content)).paragraphs)

    @pytest.mark.parametrize(
        ("asked", "sentence"),
        [
            ({"kind": "decision"}, "请选是哪次评选"),
            ({"kind": "thanks"}, "请写感谢哪家单位"),
            ({"kind": "report"}, "请写从哪个月写起"),
            ({"kind": "report", "since": "2019-01"}, "没有可公开的事迹"),
            ({"kind": "report", "since": "2020-07", "until": "2020-06"}, "结束月份早于开始月份"),
        ],
    )
    def test_what_is_missing_is_asked_for(self, client, asked, sentence):
        answer = client.get(reverse("official:choose"), asked | {"issuer": "样街道办事处"})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()

    def test_minutes_are_typed_in_checked_and_taken_away(self, client):
        typed = {"issuer": "样街道办事处", "title": "推进会纪要", "text": "一、进度\n按期完成。", "present": "样例甲"}
        assert "标注出席人员" not in client.post(reverse("official:minutes"), typed | {"look": "1"}).content.decode()
        answer = client.post(reverse("official:minutes"), typed)
        assert check(answer.content).form is Form.MINUTES
        refused = client.post(reverse("official:minutes"), typed | {"present": ""})
        assert refused.status_code == 422
        assert "按期完成" in refused.content.decode()
