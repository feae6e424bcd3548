from datetime import date
from decimal import Decimal

import pytest

from gongjian.honors import selectors, services
from gongjian.honors.figures import Known, mentions, unbacked
from gongjian.honors.models import Candidate
from gongjian.honors.tests.factories import make_candidate, make_team, open_nominations
from gongjian.kernel.errors import Conflict, Invalid, NotAllowed
from gongjian.ledger.services import reverse_deed
from gongjian.ledger.tests.factories import make_deed
from gongjian.registry.tests.factories import make_account, make_clerk, make_organization


def numbers(text, names=()):
    return [figure for _span, figure in mentions(text, names)]


class TestMentions:
    @pytest.mark.parametrize(
        ("text", "figure"),
        [
            ("出动106人", ("number", "106", "名", "exact")),
            ("服务2,600小时", ("number", "2600", "小时", "exact")),
            ("服务2600余小时", ("number", "2600", "小时", "over")),
            ("退还押金近2万元", ("number", "20000", "元", "nearly")),
            ("投入60余万元", ("number", "600000", "元", "over")),
            ("投入超过60万元", ("number", "600000", "元", "over")),
            ("让出620㎡", ("number", "620", "平方米", "exact")),
            ("结对三名老人", ("number", "3", "名", "exact")),
            ("清退一百零六户", ("number", "106", "户", "exact")),
            ("加装电梯两部", ("number", "2", "台", "exact")),
            ("约500平方米", ("number", "500", "平方米", "about")),
            ("满意率95%", ("number", "95", "%", "exact")),
            ("数百名群众", ("vague", "数百名")),
            ("2020年7月30日签约", ("date", "2020", "7", "30")),
            ("二〇二〇年七月签约", ("date", "2020", "7")),
            ("7月30日签约", ("date", "7", "30")),
            ("纬五路12号院", ("number", "12", "号院", "exact")),
        ],
    )
    def test_a_number_is_read_as_people_write_it(self, text, figure):
        assert numbers(text) == [figure]

    @pytest.mark.parametrize("text", ["一环十横十纵", "落实三领三创", "统一思想，一起行动", "万众一心", ""])
    def test_set_phrases_state_no_number(self, text):
        assert numbers(text) == []

    def test_numbers_in_names_are_left_alone(self):
        assert numbers("七一二号院小区投入3件", names={"七一二号院小区"}) == [("number", "3", "件", "exact")]

    def test_a_date_is_not_read_twice(self):
        assert numbers("2020年7月30日至8月2日，3次") == [
            ("date", "2020", "7", "30"),
            ("date", "8", "2"),
            ("number", "3", "次", "exact"),
        ]

    def test_a_span_says_where(self):
        text = "共投入60万元。"
        (span,) = unbacked(text, Known())
        assert text[span.start : span.end] == span.text == "60万元"


class TestUnbackedNumbers:
    @pytest.fixture
    def candidate(self, office):
        campaign = open_nominations(office)
        candidate = make_candidate(campaign, deeds=0)
        deed = {"organization": candidate.organization, "occurred_from": date(2020, 7, 30)}
        make_deed(
            office,
            kind="deposit-returned",
            quantity=Decimal(20000),
            approximation="nearly",
            statement="为16户租户退还押金{数}",
            **deed,
        )
        make_deed(
            office,
            kind="space-area",
            quantity=Decimal(620),
            statement="{日}，将花园路75号院{数}自有用房改为日间照料中心",
            **deed,
        )
        make_deed(office, quantity=Decimal(100), statement="卡点值守", **deed)
        make_deed(office, quantity=Decimal(50), statement="入户排查", **deed)
        return candidate

    def marked(self, candidate, text):
        return [span.text for span in selectors.unbacked_numbers(candidate, text)]

    def test_what_the_ledger_tells_is_never_marked(self, candidate):
        statement = services.generate_statement(make_clerk(candidate.campaign.office), candidate=candidate)
        assert self.marked(candidate, statement.text) == []

    @pytest.mark.parametrize(
        "text",
        [
            "退还押金近2万元",
            "退还押金近20,000元",
            "在花园路75号院让出620平方米",
            "2020年7月签约",
            "7月30日签约",
            "先后服务100小时、50小时",
            "全年服务150小时",
            "涉及租户16户",
            "涉及十六户租户",
        ],
    )
    def test_a_number_that_a_deed_carries_is_backed(self, candidate, text):
        assert self.marked(candidate, text) == []

    @pytest.mark.parametrize(
        ("text", "mark"),
        [
            ("退还押金2万元", "2万元"),
            ("退还押金近3万元", "近3万元"),
            ("让出620余平方米", "620余平方米"),
            ("服务160小时", "160小时"),
            ("2020年8月签约", "2020年8月"),
            ("在花园路76号院", "76号院"),
            ("数百名群众受益", "数百名"),
            ("受益一千二百人", "一千二百人"),
        ],
    )
    def test_a_number_that_no_deed_carries_is_marked(self, candidate, text, mark):
        assert self.marked(candidate, text) == [mark]

    def test_a_reversed_deed_backs_nothing(self, candidate):
        deed = candidate.organization.deeds.get(kind="space-area")
        reverse_deed(make_clerk(candidate.campaign.office), deed=deed, reason="面积量错了")
        assert self.marked(candidate, "让出620平方米") == ["620平方米"]


class TestGenerateStatement:
    def test_it_is_told_by_category_from_public_deeds_of_the_cycle(self, office):
        campaign = open_nominations(office)
        candidate = make_candidate(campaign, deeds=0)
        mine = {"organization": candidate.organization}
        make_deed(office, statement="在社区卡点值守{数}。", occurred_from=date(2020, 3, 2), **mine)
        make_deed(
            office, kind="law-outreach", quantity=None, statement="{日}上门宣传民法典", occurred_from=date(2020, 6, 1), **mine
        )
        make_deed(office, statement="考察期以后做的事", occurred_from=date(2021, 1, 1), **mine)
        make_deed(office, statement="不公开的事", occurred_from=date(2020, 3, 3), public=False, **mine)
        text = services.generate_statement(make_clerk(office), candidate=candidate).text
        assert text == "宣传教育：2020年6月1日上门宣传民法典。\n志愿服务：2020年3月2日，在社区卡点值守8小时。"

    def test_what_does_not_fit_is_left_to_the_ledger(self, office):
        campaign = open_nominations(office, statement_length=120)
        candidate = make_candidate(campaign, deeds=9)
        text = services.generate_statement(make_clerk(office), candidate=candidate).text
        assert len(text) <= 120
        assert text.endswith("其余事迹见台账。")

    def test_without_deeds_there_is_nothing_to_tell(self, office):
        candidate = make_candidate(open_nominations(office), deeds=0)
        with pytest.raises(Invalid, match="台账"):
            services.generate_statement(make_clerk(office), candidate=candidate)


class TestEditStatement:
    def test_every_edit_is_a_new_version(self, office):
        candidate = make_candidate(open_nominations(office))
        clerk = make_clerk(office)
        services.generate_statement(clerk, candidate=candidate)
        services.edit_statement(clerk, candidate=candidate, text="改过的事迹", base=1)
        assert [(s.number, s.generated) for s in candidate.statements.all()] == [(2, False), (1, True)]

    def test_two_writers_do_not_overwrite_each_other(self, office):
        candidate = make_candidate(open_nominations(office))
        clerk = make_clerk(office)
        services.edit_statement(clerk, candidate=candidate, text="第一位写的", base=0)
        with pytest.raises(Conflict, match="最新"):
            services.edit_statement(clerk, candidate=candidate, text="第二位写的", base=0)

    @pytest.mark.parametrize(("length", "fits"), [(2000, True), (2001, False)])
    def test_two_thousand_characters_and_no_more(self, office, length, fits):
        candidate = make_candidate(open_nominations(office))
        act = {"candidate": candidate, "text": "实" * length, "base": 0}
        if fits:
            assert services.edit_statement(make_clerk(office), **act).number == 1
        else:
            with pytest.raises(Invalid, match="2000"):
                services.edit_statement(make_clerk(office), **act)

    def test_a_liaison_writes_for_the_own_unit_only(self, office):
        candidate: Candidate = make_candidate(open_nominations(office))
        own = make_account(office, "unit_liaison", organization=candidate.organization)
        other = make_account(office, "unit_liaison", organization=make_organization(office))
        assert services.generate_statement(own, candidate=candidate)
        with pytest.raises(NotAllowed):
            services.generate_statement(other, candidate=candidate)

    def test_it_stands_once_the_notice_hangs(self, office):
        from gongjian.honors.tests.factories import on_notice

        team = make_team(office)
        _campaign, (candidate,) = on_notice(office, team)
        with pytest.raises(Conflict):
            services.edit_statement(team.clerk, candidate=candidate, text="改一改事迹", base=1)
