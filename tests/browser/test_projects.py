"""A vote from its roll to the result sheet, and a settlement from the lease to the signed paper, clicked through."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from playwright.sync_api import Page, expect

from gongjian.kernel import clock
from gongjian.registry.models import Office
from gongjian.work.projects.settling.models import Settlement
from gongjian.work.projects.tests.factories import Cast, make_cast, make_project
from gongjian.work.projects.voting import sheet as at
from gongjian.work.projects.voting.models import Ballot, Flat, Vote
from gongjian.work.projects.voting.services import lock_vote
from tests.browser.conftest import check_accessible, check_fits

Open = Callable[..., Page]
ROLL = [("2-101", "78.60", "赵样例"), ("2-201", "82.40", "钱样例"), ("2-301", "80", "孙样例")]


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.locator("main").get_by_role("link", name=name, exact=True).first.click()


def test_a_vote_from_the_roll_to_the_result_sheet(site: Office, open_page: Open, live_server: Any) -> None:
    cast = make_cast(site)
    vote = prepare(open_page, cast)
    import_roll(open_page, cast, vote)
    cast_online(open_page, vote)
    enter_and_check(open_page, cast, vote)
    with clock.set_to(vote.closes_at + timedelta(minutes=5)):
        lock_vote(cast.clerk, vote=vote)
    result = open_page(f"/votes/{vote.pk}/result/", width=360)
    check_fits(result)
    check_accessible(result)
    expect(result.locator("main")).to_contain_text("《民法典》第二百七十八条")
    expect(result.locator("main")).to_contain_text("161 / 241")
    paper = result.request.get(f"{live_server.url}/votes/{vote.pk}/result/paper/")
    assert paper.body().startswith(b"%PDF")


def prepare(open_page: Open, cast: Cast) -> Vote:
    project = make_project(cast, kind="elevator")
    worker = open_page(f"/projects/{project.pk}/", account=cast.worker)
    follow(worker, "准备一次表决")
    check_accessible(worker)
    worker.locator("[name=title]").fill("2单元加装电梯")
    worker.locator("[name=organizer]").fill("业委会（样例）")
    worker.locator("[name=motion]").fill("同意在2单元加装电梯")
    worker.locator("[name=opens_at]").fill((clock.now() - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M"))
    worker.locator("[name=closes_at]").fill((clock.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M"))
    press(worker, "建好")
    expect(worker.get_by_text("建好了。下一步：导入业主名册。")).to_be_visible()
    return Vote.objects.get()


def import_roll(open_page: Open, cast: Cast, vote: Vote) -> None:
    """A flat that stands there with two areas stops at the preview; the mended file comes in."""
    worker = open_page(f"/votes/{vote.pk}/", account=cast.worker)
    follow(worker, "导入业主名册")
    upload(worker, [*ROLL, ("2-101", "98.60", "赵样例")])
    expect(worker.locator("main")).to_contain_text("先核对权证")
    assert not Flat.objects.exists()
    worker.goto(f"/votes/{vote.pk}/")
    follow(worker, "导入业主名册")
    upload(worker, ROLL)
    worker.locator("main form button[type=submit]").first.click()
    worker.wait_for_load_state()
    assert Flat.objects.count() == 3
    worker.goto(f"/votes/{vote.pk}/")
    press(worker, "名册齐了，开始表决")
    expect(worker.get_by_text("开始了。名册和事项从现在起不能再改。")).to_be_visible()
    check_accessible(worker)


def upload(page: Page, lines: list[tuple[str, str, str]]) -> None:
    book, content = Workbook(), BytesIO()
    book.active.append([column.title for column in at.COLUMNS])
    for number, area, owner in lines:
        cells = {at.NUMBER: number, at.AREAS["register"]: area, at.OWNERS: owner}
        book.active.append([cells.get(column.title, "") for column in at.COLUMNS])
    book.save(content)
    excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.locator("[name=file]").set_input_files({"name": "roll.xlsx", "mimeType": excel, "buffer": content.getvalue()})
    press(page, "上传，看结果")


def cast_online(open_page: Open, vote: Vote) -> None:
    """By whoever holds the slip, on a phone; changed once."""
    phone = open_page(f"/votes/flat/{Flat.objects.get(number='2-101').token}/", width=360)
    check_fits(phone)
    check_accessible(phone)
    phone.get_by_label("反对").check()
    press(phone, "投票")
    expect(phone.locator("main")).to_contain_text("您这一户投的")
    phone.get_by_label("同意").check()
    press(phone, "改成这样")
    expect(phone.locator("main")).to_contain_text("投好了")
    assert list(Ballot.objects.order_by("version").values_list("choice", flat=True)) == ["against", "agree"]


def enter_and_check(open_page: Open, cast: Cast, vote: Vote) -> None:
    flat = Flat.objects.get(number="2-201")
    worker = open_page(f"/votes/{vote.pk}/enter/{flat.pk}/", account=cast.worker)
    check_accessible(worker)
    worker.get_by_label("同意").check()
    worker.locator("[name=cast_at]").fill((clock.now() - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"))
    press(worker, "录好")
    expect(worker.get_by_text("2-201 录好了，等另一个人复核。")).to_be_visible()
    clerk = open_page(f"/votes/{vote.pk}/ballots/", account=cast.clerk)
    follow(clerk, "2-201")
    press(clerk, "和票一样")
    expect(clerk.get_by_text("2-201 复核好了。")).to_be_visible()
    clerk.goto(f"/votes/{vote.pk}/")
    expect(clerk.locator("main")).to_contain_text("照现在的票，通过")
    check_accessible(clerk)


def test_a_settlement_from_the_lease_to_the_signed_paper(site: Office, open_page: Open, live_server: Any) -> None:
    cast = make_cast(site)
    project = make_project(cast, kind="vacating")
    liaison = open_page(f"/settlements/new/{project.pk}/", width=360, account=cast.liaison)
    check_fits(liaison)
    check_accessible(liaison)
    lease = {"tenant": "样例面馆", "premises": "7号", "lease_from": "2020-01-01", "lease_to": "2020-12-31"}
    lease |= {"monthly_rent": "3100", "paid_until": "2020-07-31", "vacated": "2021-08-20", "deposit": "1200"}
    for name, text in lease.items():
        liaison.locator(f"[name={name}]").fill(text)
    liaison.locator("[name=organization]").select_option(str(cast.organization.pk))
    press(liaison, "算一算")
    expect(liaison.locator("main")).to_contain_text("腾退的日子不在租期里")
    liaison.locator("[name=vacated]").fill("2020-08-20")
    press(liaison, "算一算")
    expect(liaison.locator("main")).to_contain_text("3100.00 × 20/31")
    check_fits(liaison)
    check_accessible(liaison)
    sign(liaison)
    one = Settlement.objects.get()
    assert (one.state, str(one.net)) == ("fixed", "-800.00")
    paper = liaison.request.get(f"{live_server.url}/settlements/{one.pk}/paper/")
    assert paper.body().startswith(b"%PDF")


def sign(page: Page) -> None:
    """With a finger on the pad."""
    page.locator("[name=signer]").fill("样例商户")
    pad = page.locator("canvas")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 60, steps=5)
    page.mouse.up()
    press(page, "签好了")
    expect(page.get_by_text("签好了，数字从现在起不能再改。")).to_be_visible()
