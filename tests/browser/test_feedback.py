"""Complaints and suggestions, as a resident with a phone and a clerk at a desk."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from gongjian.registry.models import Office
from gongjian.registry.tests.factories import make_clerk
from gongjian.work.feedback.models import Message
from tests.browser.conftest import check_accessible, check_fits


def test_a_resident_speaks_up_and_reads_the_answer(site: Office, open_page: Callable[..., Page], live_server: Any) -> None:
    resident = open_page("/feedback/", width=360)
    check_fits(resident)
    check_accessible(resident)
    resident.locator("textarea[name=text]").fill("东明路的路灯三天没亮了")
    resident.locator("main button[type=submit]").dblclick()
    resident.wait_for_url("**/feedback/follow/**")
    assert Message.objects.count() == 1

    clerk = open_page("/feedback/inbox/", account=make_clerk(site))
    clerk.get_by_text("东明路的路灯三天没亮了").click()
    clerk.locator("textarea[name=answer]").fill("今晚派人去修，明天给您回话。")
    clerk.locator("main button[type=submit]").click()

    resident.reload()
    expect(resident.get_by_text("今晚派人去修")).to_be_visible()
