"""A commendation from its opening to the notice, an objection by a stranger with a phone, and the certificate in the end."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from gongjian.honors import services
from gongjian.honors.models import Campaign, Candidate, Certificate, Objection
from gongjian.honors.tests.factories import Team, at, make_objection, make_team, on_notice
from gongjian.ledger.sealing.sealer import seal
from gongjian.ledger.tests.factories import make_deed
from gongjian.registry.models import Office
from gongjian.registry.tests.factories import first_community, make_organization
from tests.browser.conftest import check_accessible, check_fits

Open = Callable[..., Page]


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.locator("main").get_by_role("link", name=name, exact=True).first.click()


def test_the_steps_of_a_campaign_up_to_an_answered_objection(site: Office, open_page: Open) -> None:
    team = make_team(site)
    unit = make_organization(site, "样例小学", community=first_community(site), kind="school")
    make_deed(site, organization=unit)
    clerk = open_page("/honors/campaigns/", account=team.clerk)
    open_campaign(clerk)
    nominate(clerk, unit.name)
    review(open_page, team)
    hear_other_bodies(clerk)
    decide_together(open_page, team)
    clerk.goto(f"/honors/campaigns/{Campaign.objects.get().slug}/")
    follow(clerk, "看过了，去挂公示")
    press(clerk, "挂出公示")
    expect(clerk.get_by_text("0 / 5")).to_be_visible()
    check_accessible(clerk)
    expect(clerk.get_by_text("还差 5 个。")).to_be_visible()
    object_by_phone(open_page, clerk)


def open_campaign(clerk: Page) -> None:
    follow(clerk, "开一次评选")
    clerk.get_by_label("名称").fill("2026年共建表彰")
    clerk.get_by_label("评选范围").fill("辖区内的单位")
    clerk.get_by_label("考察期起").fill("2026-01-01")
    clerk.get_by_label("考察期止").fill("2026-12-31")
    press(clerk, "建起来")
    check_accessible(clerk)
    press(clerk, "改成“通报表扬、感谢信”，字句一并改好")
    expect(clerk.get_by_role("heading", name="2026年共建通报表扬")).to_be_visible()
    expect(clerk.get_by_text("还没有设评选类别和名额")).to_be_visible()
    follow(clerk, "加一个类别")
    clerk.get_by_label("称号").fill("共建好单位")
    clerk.get_by_label("类别").select_option("organizations")
    clerk.get_by_label("名额").fill("1")
    press(clerk, "加上")
    press(clerk, "开始提名")


def nominate(clerk: Page, name: str) -> None:
    follow(clerk, "提名")
    clerk.get_by_label("共建好单位").check()
    clerk.get_by_label("单位", exact=True).select_option(label=name)
    clerk.get_by_label("产生方式").select_option("democratic")
    press(clerk, "提名")
    press(clerk, "由台账生成")
    clerk.get_by_label("事迹材料").fill("在社区值守8小时，帮助居民47户。")
    expect(clerk.locator("#check")).to_contain_text("1 个数没有出处")
    expect(clerk.locator("mark")).to_contain_text("（台账里没有）")
    check_accessible(clerk)
    clerk.get_by_label("事迹材料").fill("在社区值守8小时。")
    press(clerk, "存成新的一版")
    clerk.goto(f"/honors/campaigns/{Campaign.objects.get().slug}/nomination/")
    press(clerk, "提名截止，开始审核")


def review(open_page: Open, team: Team) -> None:
    for account in (team.worker, team.clerk, team.leader):
        page = open_page(f"/honors/campaigns/{Campaign.objects.get().slug}/review/", account=account)
        follow(page, "去审：样例小学")
        follow(page, "写意见")
        page.get_by_label("同意推荐", exact=True).check()
        page.get_by_label("理由").fill("看过了，属实")
        press(page, "给出意见")
        expect(page.get_by_text("意见记下了。")).to_be_visible()
        page.context.close()


def hear_other_bodies(clerk: Page) -> None:
    clerk.goto(f"/honors/campaigns/{Campaign.objects.get().slug}/opinions/")
    clerk.locator("main").get_by_role("button", name="发出征求").click()
    follow(clerk, "记答复：纪检监察机关")
    clerk.get_by_label("无意见").check()
    press(clerk, "记下答复")
    expect(clerk.get_by_text("答复 1/1")).to_be_visible()


def decide_together(open_page: Open, team: Team) -> None:
    leader = open_page(f"/honors/campaigns/{Campaign.objects.get().slug}/shortlist/", account=team.leader)
    check_accessible(leader)
    leader.get_by_label("样例小学").check()
    leader.get_by_label("赞成").fill("5")
    leader.get_by_label("会议记录").fill("逐个审议，一致同意。")
    press(leader, "会上定了，记下来")
    expect(leader.get_by_text("根据", exact=False).first).to_be_visible()
    assert Candidate.objects.get().state == "shortlisted"


def object_by_phone(open_page: Open, clerk: Page) -> None:
    stranger = open_page("/honors/notices/", width=360)
    check_fits(stranger)
    stranger.get_by_text("2026年共建通报表扬").click()
    check_fits(stranger)
    check_accessible(stranger)
    follow(stranger, "我有异议")
    stranger.get_by_label("您有什么异议").fill("那几天好像是别的学校在值守")
    check_fits(stranger)
    check_accessible(stranger)
    stranger.locator("main button.btn-primary").dblclick()
    stranger.wait_for_url("**/honors/objections/**")
    assert Objection.objects.count() == 1
    clerk.reload()
    clerk.get_by_text("那几天好像是别的学校在值守").click()
    press(clerk, "我来查")
    follow(clerk, "写调查结果")
    clerk.get_by_label("不属实").check()
    clerk.get_by_label("调查结果").fill("对照了签到表")
    press(clerk, "查清了")
    follow(clerk, "答复")
    clerk.get_by_label("答复").fill("对照了签到表，是样例小学，欢迎来看。")
    press(clerk, "答复")
    stranger.reload()
    expect(stranger.get_by_text("欢迎来看")).to_be_visible()
    check_fits(stranger)


def test_from_the_last_day_of_the_notice_to_a_verified_certificate(site: Office, open_page: Open, live_server: Any) -> None:
    team = make_team(site)
    with at(2021, 3, 1):
        campaign, (candidate,) = on_notice(site, team)
        objection = services.investigate_objection(team.clerk, objection=make_objection(campaign))
        services.find_objection(team.clerk, objection=objection, well_founded=False, finding="现场看过")
    clerk = open_page(f"/honors/campaigns/{campaign.slug}/notice/", account=team.clerk)
    expect(clerk.get_by_text("还有 1 条异议没有答复")).to_be_visible()
    services.answer_objection(team.clerk, objection=objection, answer="已经装好，欢迎来看")
    clerk.reload()
    press(clerk, "结束公示")
    leader = open_page(f"/honors/campaigns/{campaign.slug}/", account=team.leader)
    follow(leader, "作出决定")
    leader.get_by_label("文号").fill("样街〔2026〕5号")
    press(leader, "作出决定")
    clerk.goto(f"/honors/campaigns/{campaign.slug}/")
    press(clerk, "颁发证书")
    seal()
    services.make_certificate(team.clerk, certificate=Certificate.objects.get())
    press(clerk, "公布荣誉页")
    check_accessible(clerk)
    number = Certificate.objects.get().number
    stranger = open_page("/honors/", width=360)
    follow(stranger, "查验证书")
    check_fits(stranger)
    stranger.get_by_label("证书编号").fill(number)
    press(stranger, "查一查")
    expect(stranger.get_by_text("这张证书是真的，有效")).to_be_visible()
    expect(stranger.get_by_text(candidate.name)).to_be_visible()
    check_fits(stranger)
    check_accessible(stranger)
    with stranger.expect_download() as proof:
        follow(stranger, "下载封存证明")
    assert proof.value.suggested_filename == f"{number}.json"
