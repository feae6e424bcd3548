"""From a community's need to the deed on the unit's page, clicked through by both sides."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from gongjian.ledger.models import Deed
from gongjian.registry.models import Office
from gongjian.work.cobuilding import services
from gongjian.work.cobuilding.models import Claim, MatchingRun, Need
from gongjian.work.cobuilding.tests.factories import Cast, make_cast, make_offer
from tests.browser.conftest import check_accessible, check_fits

Open = Callable[..., Page]


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.locator("main").get_by_role("link", name=name, exact=True).first.click()


def test_a_need_finds_its_means_and_the_deed_stands_on_the_units_page(site: Office, open_page: Open, live_server: Any) -> None:
    cast = make_cast(site)
    make_offer(cast, title="折叠椅，可借可送")
    post(open_page, cast)
    match(open_page, cast)
    claim = take(open_page, cast)
    agree(open_page, cast, claim)
    deliver(open_page, cast, claim)
    accept(open_page, cast, claim)
    deed = Deed.objects.get()
    assert (deed.quantity, deed.organization) == (30, cast.organization)
    unit = open_page(f"/organizations/{cast.organization.pk}/", width=360)
    expect(unit.locator("main")).to_contain_text(deed.told)


def post(open_page: Open, cast: Cast) -> None:
    worker = open_page("/cobuilding/needs/new/", width=360, account=cast.worker)
    check_fits(worker)
    check_accessible(worker)
    worker.locator("[name=title]").fill("活动室折叠椅")
    worker.locator("[name=counted]").select_option("goods:piece")
    worker.locator("[name=quantity]").fill("2.5")
    press(worker, "发出去")
    expect(worker.locator("main")).to_contain_text("请写整数")
    assert worker.locator("[name=title]").input_value() == "活动室折叠椅"
    worker.locator("[name=quantity]").fill("40")
    press(worker, "发出去")
    expect(worker.get_by_text("发出去了，大家都能看到。")).to_be_visible()
    assert Need.objects.get().place == cast.community


def match(open_page: Open, cast: Cast) -> None:
    clerk = open_page("/cobuilding/", account=cast.clerk)
    check_accessible(clerk)
    press(clerk, "重新配一次")
    expect(clerk.get_by_text("正在配对，过一会儿刷新这一页。")).to_be_visible()
    services.carry_out(MatchingRun.objects.get())
    clerk.reload()
    expect(clerk.locator("main")).to_contain_text("折叠椅，可借可送")
    check_accessible(clerk)


def take(open_page: Open, cast: Cast) -> str:
    liaison = open_page("/cobuilding/", width=360, account=cast.liaison)
    check_fits(liaison)
    check_accessible(liaison)
    follow(liaison, "就这样配")
    check_accessible(liaison)
    liaison.locator("[name=quantity]").fill("30")
    press(liaison, "提出认领")
    expect(liaison.get_by_text("提出去了，等对方同意。")).to_be_visible()
    return f"/cobuilding/claims/{Claim.objects.get().pk}/"


def agree(open_page: Open, cast: Cast, claim: str) -> None:
    worker = open_page("/desk/", account=cast.worker)
    expect(worker.locator("main")).to_contain_text("活动室折叠椅，30件")
    worker.goto(claim)
    follow(worker, "同意")
    press(worker, "同意这项认领")
    expect(worker.get_by_text("同意了。")).to_be_visible()


def deliver(open_page: Open, cast: Cast, claim: str) -> None:
    liaison = open_page(claim, width=360, account=cast.liaison)
    check_fits(liaison)
    follow(liaison, "办到了，请验收")
    press(liaison, "办到了，请社区验收")
    expect(liaison.get_by_text("已请社区验收。")).to_be_visible()


def accept(open_page: Open, cast: Cast, claim: str) -> None:
    worker = open_page(claim, width=360, account=cast.worker)
    follow(worker, "验收")
    check_fits(worker)
    check_accessible(worker)
    press(worker, "验收")
    expect(worker.get_by_text("验收了，事迹记下了。")).to_be_visible()
    follow(worker, "评价")
    worker.get_by_label("满意", exact=True).check()
    press(worker, "评价")
    expect(worker.get_by_text("评价了，谢谢。")).to_be_visible()
