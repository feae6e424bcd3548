"""From the call to the certificate on two pages at once: the organizer's with the changing code, the volunteer's phone."""

from collections.abc import Callable
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from gongjian.kernel import clock
from gongjian.ledger.models import Deed
from gongjian.registry.models import Account, Office, Role
from gongjian.registry.tests.factories import first_community, make_account
from gongjian.work.volunteering import services
from gongjian.work.volunteering.models import Attendance, Call, ServiceCertificate, Shift, Stamp
from gongjian.work.volunteering.tests.factories import at, make_activity, make_shift
from gongjian.work.volunteering.tests.record_factories import made, make_committee
from tests.browser.conftest import check_accessible, check_fits

Open = Callable[..., Page]
Move = Callable[..., None]
EIGHT = at("2026-03-07 08:00")


@pytest.fixture
def move(monkeypatch: pytest.MonkeyPatch) -> Move:
    """`move(moment, page)`: the server's clock, in whatever thread it answers, and the page's read that moment."""

    def moved(moment: datetime, *pages: Page) -> None:
        monkeypatch.setattr(clock, "_offset", ContextVar("clock_offset", default=moment - timezone.now()))
        for page in pages:
            page.clock.set_fixed_time(moment)

    return moved


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def test_hours_by_the_changing_code_become_a_certificate(site: Office, open_page: Open, live_server: Any, move: Move) -> None:
    move(EIGHT - timedelta(days=1))
    worker = make_account(site, Role.COMMUNITY_WORKER, community=first_community(site))
    call = make_call(site, worker)
    phone = sign_up(open_page, call)
    move(EIGHT, phone)
    screen = reverse("volunteering:code", args=[Shift.objects.get().pk])
    come_without_network(open_page(screen, account=worker), phone, move)
    move(EIGHT + timedelta(hours=4), phone)
    go_by_scanning(open_page(screen, account=worker), phone)
    confirm(open_page, worker)
    verify(open_page, certify(open_page, worker))


def make_call(office: Office, worker: Account) -> Call:
    community = first_community(office)
    organizer = make_committee(office, community)
    activity = make_activity(office, clerk=worker, organization=organizer, title="东门值守", field="epidemic")
    make_shift(activity, EIGHT, post="东门")
    call = services.draft_call(
        worker, activity=activity, title="样例招募令", text="东门缺人手", closes_at=EIGHT, mode=Call.Mode.CHOOSE
    )
    return services.open_call(worker, call=call)


def sign_up(open_page: Open, call: Call) -> Page:
    """On a phone, by somebody nobody knows yet; the page behind their own link."""
    phone = open_page(reverse("volunteering:call", args=[call.token]), width=360)
    check_fits(phone)
    check_accessible(phone)
    phone.locator("[name=name]").fill("王样例")
    phone.locator("[name=phone]").fill("13800000001")
    phone.locator("[name=shift]").select_option(index=1)
    phone.locator("[name=agreed]").check()
    press(phone, "报上名")
    phone.wait_for_url("**/my/**")
    check_fits(phone)
    check_accessible(phone)
    return phone


def code_on(gate: Page) -> str:
    gate.reload()
    return gate.locator(".code-words").first.inner_text()


def come_without_network(gate: Page, phone: Page, move: Move) -> None:
    """An old code opens nothing; a good one typed without network waits in the phone, and counts from when it was typed."""
    check_accessible(gate)
    old = code_on(gate)
    move(EIGHT + timedelta(minutes=2), phone)
    code = code_on(gate)
    assert code != old
    said = phone.locator(".device-said")
    phone.locator("[name=code]").fill(old)
    press(phone, "签到")
    expect(said).to_contain_text("过期")
    phone.context.set_offline(True)
    phone.locator("[name=code]").fill(code)
    press(phone, "签到")
    expect(said).to_contain_text("存在手机里")
    assert not Attendance.objects.exists()
    move(EIGHT + timedelta(minutes=40))
    phone.context.set_offline(False)
    expect(said).to_contain_text("签到成功")
    attendance = Attendance.objects.get()
    assert (attendance.began, attendance.late_entry) == (EIGHT + timedelta(minutes=2), True)


def go_by_scanning(gate: Page, phone: Page) -> None:
    code = code_on(gate)
    expect(gate.locator("main")).to_contain_text("现在 1 人在岗")
    phone.goto(f"{reverse('volunteering:scan', args=[Shift.objects.get().pk])}?c={code}")
    check_fits(phone)
    check_accessible(phone)
    press(phone, "签退")
    expect(phone.locator("main")).to_contain_text("计 3.75 小时")
    assert Stamp.objects.count() == 2


def confirm(open_page: Open, worker: Account) -> None:
    """The organizer confirms what was scanned, and enters it in the ledger."""
    desk = open_page(reverse("volunteering:waiting"), account=worker)
    check_accessible(desk)
    press(desk, "确认勾选的时长")
    expect(desk.locator("main")).to_contain_text("都确认过了")
    desk.goto(reverse("volunteering:attendance", args=[Shift.objects.get().activity_id]))
    press(desk, "记入台账")
    expect(desk.get_by_role("link", name="事迹", exact=True).first).to_be_visible()
    assert Deed.objects.get(kind="epidemic-hours").quantity == Attendance.objects.get().hours


def certify(open_page: Open, worker: Account) -> ServiceCertificate:
    desk = open_page(reverse("volunteering:record", args=[Attendance.objects.get().volunteer_id]), account=worker)
    desk.get_by_role("link", name="出具服务证明").click()
    check_accessible(desk)
    desk.locator("[name=issuer]").select_option(index=1)
    for name, words in {"person_in_charge": "样例甲", "handler": "样例乙", "contact": "0000-0000000"}.items():
        desk.locator(f"[name={name}]").fill(words)
    press(desk, "登记")
    expect(desk.get_by_text("登记了。")).to_be_visible()
    certificate = made(ServiceCertificate.objects.get())
    desk.reload()
    expect(desk.get_by_role("link", name="下载证明")).to_be_visible()
    return certificate


def verify(open_page: Open, certificate: ServiceCertificate) -> None:
    """By the number a stranger learns the surname alone; by the code on the paper the whole name, and gets the file."""
    stranger = open_page(reverse("volunteering:verify_certificate"), width=360)
    check_fits(stranger)
    check_accessible(stranger)
    stranger.locator("[name=number]").fill(certificate.number)
    press(stranger, "查一查")
    expect(stranger.locator("main")).to_contain_text("这张证明是真的，有效")
    expect(stranger.locator("main")).not_to_contain_text("王样例")
    stranger.goto(reverse("volunteering:certificate", args=[certificate.token]))
    check_fits(stranger)
    check_accessible(stranger)
    for words in ("王样例", "3.75 小时"):
        expect(stranger.locator("main")).to_contain_text(words)
    with stranger.expect_download() as download:
        stranger.get_by_role("link", name="下载证明").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
