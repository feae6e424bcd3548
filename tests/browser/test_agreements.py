"""An agreement from the draft over the signed copy to its paper."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from playwright.sync_api import Page, expect

from gongjian.kernel import clock
from gongjian.ledger.tests.factories import image_file
from gongjian.registry.models import Office
from gongjian.work.cobuilding.models import Agreement
from gongjian.work.cobuilding.tests.factories import Cast, make_cast
from tests.browser.conftest import check_accessible, check_fits

Open = Callable[..., Page]
WORDS = {
    "title": "文明共建协议",
    "number": "样例〔2026〕1号",
    "content": "共享活动区，一起办活动。",
    "duties_organization": "提供活动区",
    "duties_community": "安排开放",
    "organization_in_charge": "样例甲",
    "organization_liaison": "样例乙",
    "community_in_charge": "样例丙",
    "community_liaison": "样例丁",
}


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def test_an_agreement_is_drafted_signed_and_printed(site: Office, open_page: Open, live_server: Any) -> None:
    cast = make_cast(site)
    page = open_page("/cobuilding/agreements/new/", width=360, account=cast.worker)
    check_fits(page)
    check_accessible(page)
    draft(page, cast)
    agreement = Agreement.objects.get()
    assert agreement.state == "draft"
    page.locator("main").get_by_role("link", name="签好了").click()
    page.locator("main input[type=file]").set_input_files(
        files=[{"name": "signed.png", "mimeType": "image/png", "buffer": image_file(color="blue").read()}]
    )
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator("main")).to_contain_text("有效")
    check_fits(page)
    check_accessible(page)
    with page.expect_download() as told:
        page.locator("main").get_by_role("link", name="Word", exact=True).first.click()
    assert told.value.suggested_filename.endswith(".docx")


def draft(page: Page, cast: Cast) -> None:
    for name, text in WORDS.items():
        page.locator(f"[name={name}]").fill(text)
    page.locator("[name=organization]").select_option(str(cast.organization.pk))
    page.locator("[name=place]").select_option(str(cast.community.pk))
    page.locator("[name=begins_on]").fill(clock.today().isoformat())
    page.locator("[name=ends_on]").fill((clock.today() - timedelta(days=1)).isoformat())
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator("main")).to_contain_text("晚于开始")
    page.locator("[name=ends_on]").fill((clock.today() + timedelta(days=365)).isoformat())
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator("main")).to_contain_text("签好了")
