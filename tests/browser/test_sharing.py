"""A resident books a room on the phone, its owner agrees; goods are signed for on the screen."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from gongjian.ledger.models import Evidence
from gongjian.registry.models import Office, Role
from gongjian.registry.tests.factories import first_community, make_account, make_clerk
from gongjian.work.sharing.models import Allocation, Booking
from gongjian.work.sharing.tests.factories import make_keeper, make_venue, tomorrow
from gongjian.work.sharing.tests.goods import make_allocation, make_item
from tests.browser.conftest import check_accessible, check_fits

Open = Callable[..., Page]


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def test_a_resident_books_a_room_and_its_owner_agrees(site: Office, open_page: Open, live_server: Any) -> None:
    venue = make_venue(approval=True, name="75号院活动室", capacity=20)
    resident = open_page("/sharing/", width=360)
    check_fits(resident)
    check_accessible(resident)
    book(resident)
    agree(open_page, make_keeper(venue))
    resident.reload()
    expect(resident.get_by_role("heading", name="约好了")).to_be_visible()
    check_accessible(resident)


def book(page: Page) -> None:
    page.get_by_role("link", name="75号院活动室").click()
    page.goto(f"{page.url}?week={tomorrow()}")
    check_fits(page)
    check_accessible(page)
    page.locator(f"a.free[href*='day={tomorrow()}']").click()
    page.get_by_label("到几点").fill("11:00")
    page.get_by_label("做什么用").fill("合唱队排练")
    page.get_by_label("大约几个人").fill("25")
    page.get_by_label("怎么称呼您").fill("样例居民")
    page.get_by_label("电话").fill("13800001111")
    check_fits(page)
    check_accessible(page)
    press(page, "提交预约")
    expect(page.locator("main")).to_contain_text("最多容纳 20 人")
    assert page.get_by_label("做什么用").input_value() == "合唱队排练"
    page.get_by_label("大约几个人").fill("12")
    page.locator("main").get_by_role("button", name="提交预约", exact=True).dblclick()
    expect(page.get_by_role("heading", name="收到了，等管场地的人同意")).to_be_visible()
    check_fits(page)
    assert Booking.objects.count() == 1


def agree(open_page: Open, keeper: Any) -> None:
    page = open_page("/desk/", width=360, account=keeper)
    page.get_by_role("link", name="合唱队排练").first.click()
    expect(page.locator("main")).to_contain_text("13800001111")
    check_fits(page)
    check_accessible(page)
    press(page, "同意")
    expect(page.get_by_text("同意了，预约的人打开链接就能看到。")).to_be_visible()


def test_goods_are_signed_for_on_the_screen(site: Office, open_page: Open, live_server: Any) -> None:
    allocation = make_allocation(make_item(), by=make_clerk(site), household="样例户，3号楼")
    worker = make_account(site, Role.COMMUNITY_WORKER, community=first_community(site))
    page = open_page(f"/sharing/allocations/{allocation.pk}/", width=360, account=worker)
    check_fits(page)
    check_accessible(page)
    tap(page)
    page.get_by_label("签收人").fill("样例户")
    press(page, "签收")
    expect(page.locator("main")).to_contain_text("请在框里签名")
    sign(page)
    page.get_by_label("签收人").fill(" ")
    press(page, "签收")
    expect(page.locator("main .wrong, main [aria-invalid=true]").first).to_be_visible()
    page.get_by_label("签收人").fill("样例户")  # what was drawn is still there
    press(page, "签收")
    expect(page.get_by_text("签收好了。")).to_be_visible()
    assert Allocation.objects.get().state == "handed_over"
    assert not Evidence.objects.get().public


def tap(page: Page) -> None:
    page.locator("canvas").click()


def sign(page: Page) -> None:
    page.locator("canvas").scroll_into_view_if_needed()
    box = page.locator("canvas").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 150, box["y"] + 60, steps=5)
    page.mouse.up()
