from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from gongjian.kernel.errors import Conflict, Invalid, Missing, NotAllowed
from gongjian.kernel.sheets.kinds import Row
from gongjian.registry.models import Role
from gongjian.registry.tests.factories import make_account, make_community
from gongjian.work.projects import sheets as at
from gongjian.work.projects.models import Project, Task
from gongjian.work.projects.tests.factories import Cast, make_project, make_task

BACKEND = "gongjian.registry.signin.OfficeAuthenticationBackend"


def row(cast: Cast, **cells: str) -> Row:
    filled = Row(2, {column.title: "" for column in at.COLUMNS})
    filled.cells |= {at.TITLE: "清理杂物", at.RESPONSIBLE: cast.liaison.username, at.DUE: "2026-03-31", **cells}
    return filled


def opened(cast: Cast, project: Project) -> at.TaskSheet:
    sheet = at.TaskSheet(cast.worker, str(project.pk))
    sheet.check()
    sheet.prepare()
    return sheet


def test_a_line_becomes_a_task(cast: Cast) -> None:
    sheet = opened(cast, make_project(cast))
    line = row(cast, **{at.BEGINS: "2026-03-02", at.UNIT: cast.organization.name})
    sheet.read(line)
    assert not Task.objects.exists()
    assert sheet.write([line]) == 1
    task = Task.objects.get()
    assert (task.responsible, task.organization, task.due_on) == (cast.liaison, cast.organization, date(2026, 3, 31))


@pytest.mark.parametrize(
    "cells",
    [
        {at.RESPONSIBLE: ""},
        {at.RESPONSIBLE: "查无此人"},
        {at.DUE: ""},
        {at.DUE: "月底"},
        {at.BEGINS: "2026-04-01"},
        {at.UNIT: "别家公司"},
        {at.MILESTONE: "没定过的"},
        {at.TITLE: ""},
    ],
)
def test_what_cannot_be_says_why_and_writes_nothing(cast: Cast, cells: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        opened(cast, make_project(cast)).read(row(cast, **cells))
    assert not Task.objects.exists()


def test_what_is_open_already_is_not_given_twice(cast: Cast) -> None:
    project = make_project(cast)
    make_task(cast, project, title="清理杂物")
    sheet = opened(cast, project)
    rows = [row(cast), row(cast, **{at.TITLE: "拆棚"}), row(cast, **{at.TITLE: "拆棚"})]
    sheet.mark_repeated(rows)
    assert [one.repeated for one in rows] == [True, False, True]
    with pytest.raises(Conflict):
        sheet.write(rows)
    assert Task.objects.count() == 1


def test_not_into_a_project_of_others(cast: Cast) -> None:
    project = make_project(cast)
    worker = make_account(cast.office, Role.COMMUNITY_WORKER, community=make_community(cast.office))
    with pytest.raises((Missing, NotAllowed)):
        at.TaskSheet(worker, str(project.pk)).check()


def test_what_goes_out_can_come_in_again(cast: Cast, client: Any) -> None:
    make_task(cast, title="=清理杂物")
    client.force_login(cast.clerk, backend=BACKEND)
    head, line = load_workbook(BytesIO(client.get(reverse("projects:tasks"), {"xlsx": "1"}).content)).active.values
    assert {column.title for column in at.COLUMNS} <= set(head)
    assert dict(zip(head, line, strict=True)) | {"任务": "=清理杂物", "状态": "待办"} == dict(zip(head, line, strict=True))
