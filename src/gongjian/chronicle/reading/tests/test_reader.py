from decimal import Decimal
from pathlib import Path

import pytest

from gongjian.chronicle.reading.doers.register import Known, Register
from gongjian.chronicle.reading.evaluation import FIELDS, evaluate
from gongjian.chronicle.reading.reader import read

REPORTS = Path(__file__).parents[5] / "demo" / "reports"


def facts(text, register=None):
    return [(p.organization, p.category, p.quantity and int(p.quantity), p.unit) for p in read(text, register).proposals]


class TestOrganizations:
    def test_headings_begin_the_sections_of_organizations(self):
        text = "样例银行\n情系邻里\n\n主动腾出房屋180平方米给社区使用。\n\n样例宾馆\n带头拆违\n\n主动拆除违建260平方米。"
        assert facts(text) == [("样例银行", "space", 180, "平方米"), ("样例宾馆", "demolition", 260, "平方米")]

    def test_words_that_stand_for_an_organization_mean_the_one_before(self):
        text = "2024年3月5日，样例银行梧桐支行与社区签订协议。该行捐款5万元。我行还走访困难群众20户。"
        assert {organization for organization, *_rest in facts(text)} == {"样例银行梧桐支行"}

    def test_the_school_is_the_school_though_a_bank_was_named_in_between(self):
        text = "样例第三小学与样例银行携手。样例银行捐款5万元，学校提供活动室200平方米。"
        assert ("样例第三小学", "space", 200, "平方米") in facts(text)

    def test_a_unit_that_reports_of_itself_is_who_signed(self):
        text = "关于共建工作的报告\n\n今年我公司走访困难群众12户，捐赠图书300册。\n\n样例建设有限公司\n2024年5月8日"
        assert {organization for organization, *_rest in facts(text)} == {"样例建设有限公司"}

    def test_a_letter_of_thanks_is_about_whom_it_is_written_to(self):
        text = "感谢信\n\n样例铁路公安处：\n\n暴雨之中，贵处出动民警65名，转移群众218人。\n\n样例社区居委会"
        assert {organization for organization, *_rest in facts(text)} == {"样例铁路公安处"}

    @pytest.mark.parametrize("part", ["集团团委", "该集团机关", "第二党支部"])
    def test_a_part_of_an_organization_is_the_organization(self, part):
        text = f"2022年，样例机械集团捐款5万元。{part}走访困难群众20户。"
        assert {organization for organization, *_rest in facts(text)} == {"样例机械集团"}

    def test_an_interview_is_about_whose_secretary_speaks(self):
        text = "“社区的事就是自己的事”\n——对话样例第三医院党委书记（演示）\n\n答：医院走访老人30名。"
        assert {organization for organization, *_rest in facts(text)} == {"样例第三医院"}

    def test_names_of_the_registry_win(self):
        register = Register((Known(7, "中国建设银行股份有限公司河南省分行", ("省建行",)),))
        [proposal] = read("2020年7月30日，省建行捐款2万元。", register).proposals
        assert (proposal.organization, proposal.organization_pk) == ("中国建设银行股份有限公司河南省分行", 7)


class TestDeeds:
    def test_every_span_is_in_the_report_letter_by_letter(self):
        for report in REPORTS.glob("*.txt"):
            text = report.read_text(encoding="utf-8")
            reading = read(text)
            assert all(line["span"] and line["span"] in text for line in reading.lines())

    @pytest.mark.parametrize(
        "text",
        [
            "下一步，样例银行计划投资50万元建设广场。",
            "样例银行现有党员186名，下设党支部14个。",
            "样例小区建于1995年，共有居民212户。",
            "“三项工程、一项管理”是今年的重点。",
        ],
    )
    def test_plans_and_background_are_no_deeds(self, text):
        assert read(text).proposals == []

    def test_a_day_goes_on_until_somebody_else_acts(self):
        text = "4月8日，样例公司拆除棚房9处。清理垃圾6吨。样例银行捐款3万元。\n\n5月6日，社区召开会议。"
        assert [str(p.when) if p.when else None for p in read(f"2024年工作\n\n{text}").proposals][:3] == [
            "2024-04-08",
            "2024-04-08",
            None,
        ]

    def test_the_next_day_is_the_day_after(self):
        text = "2021年10月16日，邻里节开幕。样例公司捐款3万元。\n\n次日，活动走进社区。样例酒店送来重阳糕400份。"
        assert [str(p.when) for p in read(text).proposals] == ["2021-10-16", "2021-10-17"]

    def test_the_same_day_is_the_day_spoken_of_whoever_acts(self):
        text = "2021年7月23日，样例公司捐款3万元。当天，样例酒店送来重阳糕400份。8月2日，街道开会。"
        assert [str(p.when) for p in read(text).proposals] == ["2021-07-23", "2021-07-23"]

    def test_a_decision_about_a_year_tells_what_was_done_in_it(self):
        text = "关于通报表扬2023年度先进单位的决定\n\n样例烟草公司：走访困难群众20户。\n\n样例街道\n2024年1月9日"
        assert [str(p.when) for p in read(text).proposals] == ["2023"]

    def test_how_many_deeds_a_ledger_holds_is_no_deed(self):
        assert read("样例银行台账记下事迹43条。这一类记有4条。").proposals == []

    def test_rows_of_a_table_are_read_with_their_columns(self):
        text = "单位\t事项\t时间\t地点\n样例文化馆\t送戏进社区6场\t2022年6月\t东风广场社区"
        [line] = read(text).lines()
        assert (line["org"], line["quantity"], line["unit"], line["date"], line["place"]) == (
            "样例文化馆",
            6,
            "场",
            "2022-06",
            "东风广场社区",
        )

    def test_what_the_lead_and_the_body_tell_is_one_deed(self):
        text = "样例银行捐款5万元受到好评。\n\n说起此事，样例银行捐款5万元的经过大家都记得。"
        assert len(read(text).proposals) == 1

    def test_decimals_are_kept_exactly(self):
        [proposal] = read("样例城管局拆除违建75.5平方米。").proposals
        assert proposal.quantity == Decimal("75.5")


def test_figures_that_contradict_each_other_are_told():
    text = "样例银行向社区捐赠口罩500只。\n\n回顾全程，样例银行向社区捐赠口罩800只，温暖人心。"
    [found] = read(text).contradictions
    assert {found.first.quantity, found.second.quantity} == {500, 800}


@pytest.mark.parametrize("field", FIELDS)
def test_the_own_reports_are_read_well(field):
    evaluation = evaluate(REPORTS)
    assert evaluation.reports >= 12
    assert evaluation.fields[field].f1 >= 0.85, evaluation.wrong


def test_script_like_text_stays_text():
    [proposal] = read("样例银行捐赠<script>alert(1)</script>口罩500只。").proposals
    assert "<script>" in proposal.deed
