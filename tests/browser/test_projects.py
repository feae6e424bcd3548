"""From a meeting to the deed: its resolution becomes a task, the task is done, the deed stands on the organization's page."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page, expect

from gongjian.kernel import clock
from gongjian.ledger.models import Deed
from gongjian.registry.models import Office
from gongjian.work.projects.models import Meeting, Project, Task
from gongjian.work.projects.tests.factories import Cast, make_cast, make_project
from tests.browser.conftest import check_accessible, check_fits

Open = Callable[..., Page]


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.locator("main").get_by_role("link", name=name, exact=True).first.click()


def test_what_a_meeting_resolved_is_done_and_told(site: Office, open_page: Open, live_server: Any) -> None:
    cast = make_cast(site)
    project = make_project(cast, title="家属院改造")
    meeting = call_and_hold(open_page, cast, project)
    task = resolve(open_page, cast, meeting)
    finish(open_page, cast, task)
    deed = Deed.objects.get(source_key=f"{project.pk}:task:{task.pk}")
    assert (deed.organization, deed.kind_id) == (cast.organization, "renovation-support")
    unit = open_page(f"/organizations/{cast.organization.pk}/", width=360, account=cast.liaison)
    expect(unit.locator("main")).to_contain_text(deed.told)


def call_and_hold(open_page: Open, cast: Cast, project: Project) -> Meeting:
    page = open_page(f"/projects/{project.pk}/", width=1280, account=cast.worker)
    check_accessible(page)
    follow(page, "通知开会")
    check_accessible(page)
    page.get_by_label("推进会").check()
    page.locator("[name=title]").fill("先修水管还是先修路")
    page.locator("[name=host]").select_option(str(cast.organization.pk))
    begins = timezone.localtime(clock.now() - timedelta(minutes=30))
    page.locator("[name=starts_at]").fill(f"{begins:%Y-%m-%dT%H:%M}")
    page.locator("[name=venue]").fill("社区活动室")
    page.locator("[name=names]").fill("5 楼东户")
    press(page, "通知开会")
    meeting = Meeting.objects.get()
    page = open_page(f"/projects/meetings/{meeting.pk}/", width=360, account=cast.worker)
    check_fits(page)
    follow(page, "开过了，记到会和纪要")
    page.get_by_label("5 楼东户").check()
    page.locator("[name=minutes]").fill("先修水管，挖开的当天回填。")
    press(page, "开过了")
    expect(page.locator("main")).to_contain_text("先修水管，挖开的当天回填。")
    return meeting


def resolve(open_page: Open, cast: Cast, meeting: Meeting) -> Task:
    page = open_page(f"/projects/meetings/{meeting.pk}/", width=360, account=cast.worker)
    follow(page, "记一条决议")
    page.locator("[name=words]").fill("停水前一天逐户告知")
    press(page, "记一条决议")
    follow(page, "派成任务")
    assert page.locator("[name=title]").input_value() == "停水前一天逐户告知"
    page.locator("[name=due_on]").fill(f"{clock.today():%Y-%m-%d}")
    press(page, "派成任务")
    assert not Task.objects.exists()  # nobody is responsible yet, and what was typed is still there
    assert page.locator("[name=title]").input_value() == "停水前一天逐户告知"
    page.locator("[name=responsible]").select_option(str(cast.liaison.pk))
    page.locator("[name=organization]").select_option(str(cast.organization.pk))
    press(page, "派成任务")
    expect(page.locator("main")).to_contain_text(cast.liaison.name)
    return Task.objects.get()


def finish(open_page: Open, cast: Cast, task: Task) -> None:
    desk = open_page("/desk/", width=360, account=cast.liaison)
    desk.locator("main").get_by_text(task.title).first.click()
    desk.wait_for_url(f"**/projects/tasks/{task.pk}/")
    check_accessible(desk)
    follow(desk, "办完了")
    check_fits(desk)
    desk.locator("[name=result]").fill("每次停水前一天贴告示、打电话。")
    desk.locator("[name=kind]").select_option("renovation-support")
    desk.locator("[name=statement]").fill("停水前一天逐户告知")
    press(desk, "办完了")
    expect(desk.locator("main")).to_contain_text("记下的事迹")
