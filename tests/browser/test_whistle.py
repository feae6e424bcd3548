"""A neighbor's call from a phone to the deed that it leaves behind, clicked through by everybody whom it takes."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, expect

from gongjian.ledger.models import Deed
from gongjian.registry.models import Office
from gongjian.work.whistles.models import Whistle
from gongjian.work.whistles.tests.factories import Cast
from tests.browser.conftest import check_accessible, check_fits

Open = Callable[..., Page]
WORDS = "三号楼前的垃圾三天没有清了"


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def next_step(page: Page, name: str) -> None:
    """The big button (or link) of the whistle's page."""
    page.locator("main .acts > *").filter(has_text=name).first.click()


def test_a_neighbor_calls_and_everybody_answers(site: Office, open_page: Open, live_server: Any) -> None:
    cast = Cast()
    link = report(open_page, cast)
    whistle = Whistle.objects.get()
    page_of_it = f"/whistles/{whistle.pk}/"
    send_out(open_page, cast, page_of_it)
    answer(open_page, cast, page_of_it)
    look(open_page, cast, page_of_it)
    rate(open_page, link)
    put_away(open_page, cast, page_of_it)
    whistle.refresh_from_db()
    assert (whistle.state, whistle.solved, whistle.satisfaction) == ("closed", True, "satisfied")
    assert Deed.objects.get().organization == cast.organization


def report(open_page: Open, cast: Cast) -> str:
    """By anybody, on a phone; the address by which it is followed."""
    neighbor = open_page("/whistles/report/", width=360)
    check_fits(neighbor)
    check_accessible(neighbor)
    neighbor.locator("[name=text]").fill(WORDS)
    neighbor.locator("[name=place]").select_option(str(cast.community.pk))
    neighbor.locator("[name=phone]").fill("13800000000")
    neighbor.locator("main button[type=submit]").last.dblclick()
    neighbor.wait_for_url(lambda url: not url.endswith("/report/"))
    assert Whistle.objects.count() == 1
    return reverse("whistles:follow", args=[Whistle.objects.get().token])


def send_out(open_page: Open, cast: Cast, page_of_it: str) -> None:
    clerk = open_page(page_of_it, account=cast.clerk)
    next_step(clerk, "定类别")
    clerk.get_by_label("类别", exact=False).first.select_option(cast.category.code)
    check_accessible(clerk)
    press(clerk, "定下来")
    clerk.wait_for_url(f"**{page_of_it}")
    next_step(clerk, "派单")
    clerk.get_by_label("牵头单位", exact=False).first.fill(cast.organization.name)
    check_accessible(clerk)
    press(clerk, "派单")
    clerk.wait_for_url(f"**{page_of_it}")


def answer(open_page: Open, cast: Cast, page_of_it: str) -> None:
    liaison = open_page(page_of_it, width=360, account=cast.liaison)
    check_fits(liaison)
    next_step(liaison, "应哨")
    expect(liaison.get_by_text("应哨了。")).to_be_visible()
    next_step(liaison, "已到场")
    expect(liaison.get_by_text("人已到场")).to_be_visible()
    next_step(liaison, "写反馈")
    check_fits(liaison)
    check_accessible(liaison)
    liaison.get_by_label("已解决", exact=True).check()
    liaison.get_by_label("怎么办的", exact=False).first.fill("清走了，加了一个桶。")
    press(liaison, "交反馈")
    liaison.wait_for_url(f"**{page_of_it}")


def look(open_page: Open, cast: Cast, page_of_it: str) -> None:
    worker = open_page(page_of_it, width=360, account=cast.worker)
    next_step(worker, "核实通过")
    worker.get_by_label("解决了", exact=True).check()
    press(worker, "核实通过")
    worker.wait_for_url(f"**{page_of_it}")


def rate(open_page: Open, link: str) -> None:
    neighbor = open_page(link, width=360)
    check_fits(neighbor)
    neighbor.locator("[name=satisfaction][value=satisfied]").check()
    for asked in ("solved", "contacted"):
        neighbor.locator(f"[name={asked}][value=yes]").check()
    neighbor.locator("main form:has([name=satisfaction]) button[type=submit]").click()
    expect(neighbor.locator("main")).to_contain_text("谢谢")


def put_away(open_page: Open, cast: Cast, page_of_it: str) -> None:
    clerk = open_page(page_of_it, account=cast.clerk)
    next_step(clerk, "销哨")
    expect(clerk.locator("main")).to_contain_text("记一条事迹")
    press(clerk, "销哨")
    clerk.wait_for_url(f"**{page_of_it}")
