"""Setting a channel and reading a notice, on a phone."""

from collections.abc import Callable

from django.urls import reverse
from playwright.sync_api import Page, expect

from gongjian.kernel.notifications.delivering import deliver_due
from gongjian.kernel.notifications.models import Channel
from gongjian.registry.models import Office
from gongjian.registry.tests.factories import make_clerk
from tests.browser.conftest import check_accessible, check_fits


def test_a_clerk_sets_a_channel_and_tries_it_out(site: Office, open_page: Callable[..., Page]) -> None:
    phone = open_page(reverse("desk:add_channel"), width=360, account=make_clerk(site))
    check_both(phone)
    phone.locator("input[name=name]").fill("值班群")
    phone.locator("input[name=url]").fill("file://")
    phone.locator("input[name=quiet_from]").fill("22:00")
    phone.locator("input[name=quiet_until]").fill("07:00")
    phone.locator("main form button[type=submit]").dblclick()
    expect(phone.get_by_role("heading", name="值班群")).to_be_visible()
    channel = Channel.objects.get()
    phone.get_by_role("button", name="发一条测试通知").click()
    expect(phone.get_by_text("等着发")).to_be_visible()
    deliver_due(channel.pk)
    phone.reload()
    expect(phone.get_by_text("已送达渠道")).to_be_visible()
    check_both(phone)
    for name in ("desk:channels", "desk:notifications"):
        phone.goto(reverse(name))
        check_both(phone)
    phone.get_by_role("link", name="测试通知").click()
    expect(phone.get_by_text("收到这一条，说明“值班群”能用。")).to_be_visible()
    check_both(phone)


def check_both(page: Page) -> None:
    check_fits(page)
    check_accessible(page)
