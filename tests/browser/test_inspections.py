"""An inspection walked with the phone while the network is away: kept, sent when it is back, and only once."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, expect

from gongjian.ledger.models import Deed
from gongjian.ledger.tests.factories import image_file
from gongjian.registry.models import Account, Office
from gongjian.registry.tests.factories import make_organization
from gongjian.work.inspections.models import Answer, Finding, Inspection
from gongjian.work.inspections.tests.factories import make_inspection, make_worker
from tests.browser.conftest import check_accessible, check_fits

Open = Callable[..., Page]


def test_filled_without_network_it_is_sent_once(site: Office, open_page: Open) -> None:
    inspection = make_inspection(organization=make_organization(site, "样例面馆"))
    worker = make_worker(inspection)
    page = open_page(reverse("inspections:walk", args=[inspection.pk]), width=360, account=worker)
    check_fits(page)
    check_accessible(page)
    walk_without_network(page)
    assert not Answer.objects.exists()
    come_back(page)
    assert (Answer.objects.count(), Finding.objects.count()) == (4, 1)
    finding = Finding.objects.get()
    assert (finding.text, finding.severity, finding.photos.count()) == ("软管老化", "serious", 1)
    assert finding.item is not None
    again(page)
    close(open_page, inspection, worker)


def walk_without_network(page: Page) -> None:
    page.context.set_offline(True)
    tap(page, "没问题")
    tap(page, "有问题")
    page.locator("#finding-text").fill("软管老化")
    page.locator("[name=severity][value=serious]").check()
    photo: Any = {"name": "photo.png", "mimeType": "image/png", "buffer": image_file().read()}
    page.locator("#finding-photo").set_input_files(photo)
    page.get_by_role("button", name="记下隐患", exact=True).click()
    tap(page, "没问题")
    tap(page, "这里没有")
    expect(page.get_by_role("heading", name="都看完了")).to_be_visible()
    expect(page.locator(".walk-said")).to_contain_text("还没发出去：5 条")


def tap(page: Page, name: str) -> None:
    page.locator(".walk-item:not([hidden])").get_by_role("button", name=name, exact=True).click()


def come_back(page: Page) -> None:
    page.context.set_offline(False)
    expect(page.locator(".walk-said")).to_have_text("都发出去了。")
    expect(page.locator(".walk-refused")).to_be_hidden()


def again(page: Page) -> None:
    """Opened anew, what was answered stands there and nothing is sent a second time."""
    page.reload()
    expect(page.get_by_role("heading", name="都看完了")).to_be_visible()
    expect(page.locator(".walk-item[data-verdict=problem]")).to_have_count(1)
    assert (Answer.objects.count(), Finding.objects.count()) == (4, 1)


def close(open_page: Open, inspection: Inspection, worker: Account) -> None:
    page = open_page(reverse("inspections:inspection", args=[inspection.pk]), account=worker)
    check_accessible(page)
    page.get_by_role("button", name="查完收尾", exact=True).click()
    expect(page.locator("main")).to_contain_text("每家参检单位记了一条事迹")
    assert Deed.objects.filter(kind="joint-inspection").count() == 2
