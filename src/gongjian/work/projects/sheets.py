"""The task ledger as an Excel file, in and out, with the same columns."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.kernel.errors import Invalid, Missing
from gongjian.kernel.permissions import require
from gongjian.kernel.sheets import cells
from gongjian.kernel.sheets.kinds import Column, Row, SheetKind
from gongjian.kernel.web.spreadsheets import spreadsheet
from gongjian.registry.models import Account, Organization
from gongjian.work.projects.models import Milestone, Project, Task
from gongjian.work.projects.selectors.people import candidates
from gongjian.work.projects.selectors.projects import get_project
from gongjian.work.projects.services import Draft, give_tasks
from gongjian.work.projects.services.checks import check_days, check_title

TITLE, RESPONSIBLE, DUE, BEGINS = "任务", "责任人", "完成时限", "从哪天起"
UNIT, MILESTONE, DETAILS = "责任单位", "节点", "要求"
COLUMNS = (
    Column(TITLE, "一项一行，不超过 120 个字。", "清理楼院杂物", 30),
    Column(RESPONSIBLE, "只写一个人：账号上的姓名，同名的写用户名。", "周样例", 12),
    Column(DUE, "哪天前办完。", "2026-03-31", 12),
    Column(BEGINS, "可以空着。", "2026-03-02", 12, optional=True),
    Column(UNIT, "在项目里的单位，可以空着。", "", 20, optional=True),
    Column(MILESTONE, "项目里定过的节点，可以空着。", "", 14, optional=True),
    Column(DETAILS, "怎么办、办到什么样。", "", 30, optional=True),
)
STATES = {"todo": "待办", "doing": "在办", "done": "办完", "dropped": "不办了"}
"""Sheets are Chinese in every language."""
MOST = 20_000


class TaskSheet(SheetKind):
    """`about` is the project's key."""

    title = gettext_lazy("导入任务")
    sub = gettext_lazy("先下载模板，一项一行。上传后先看结果，确认了才派下去，每位责任人收到一条通知。")
    permission = "projects.run"
    columns = COLUMNS

    def check(self) -> None:
        require(self.actor, self.permission)
        if self.about:
            require(self.actor, self.permission, self.project)

    @property
    def project(self) -> Project:
        if not self.about.isdecimal() or len(self.about) > 15:
            raise Missing(_("请从项目页上打开导入。"))
        return get_project(self.actor, int(self.about))

    def back(self) -> str:
        return reverse("projects:project", args=[self.about]) if self.about else reverse("projects:list")

    def choices(self) -> Iterable[tuple[str, str]]:
        if not self.about:
            return
        yield from ((RESPONSIBLE, one.name) for one in candidates(self.project))
        yield from ((UNIT, one.organization.name) for one in self.project.participants.all())
        yield from ((MILESTONE, one.title) for one in self.project.milestones.all())

    def prepare(self) -> None:
        project = self.project
        self.people: dict[str, Account] = cells.unambiguous(candidates(project), lambda one: (one.name, one.username))
        units = [one.organization for one in project.participants.all()]
        by_key: dict[int, Organization] = {one.pk: one for one in units}
        self.units = cells.unambiguous(by_key.values(), lambda one: (one.name, one.short_name))
        self.milestones: dict[str, Milestone] = {one.title: one for one in project.milestones.all()}
        waiting = project.tasks.filter(state__in=[Task.State.TODO, Task.State.DOING])
        self.known = set(waiting.values_list("title", flat=True))

    def read(self, row: Row) -> None:
        draft = self._draft(row)
        check_title(draft.title, most=120)
        check_days(draft.begins_on, draft.due_on)
        row.values = {"title": draft.title}

    def mark_repeated(self, rows: Sequence[Row]) -> None:
        for row in rows:
            title = row.cells[TITLE].strip()
            if title in self.known and not row.why:
                row.repeated, row.why = True, _("这个项目里已经有一项同名的任务没办完。")
            self.known.add(title)

    def write(self, rows: Sequence[Row]) -> int:
        return len(give_tasks(self.actor, project=self.project, drafts=[self._draft(row) for row in rows]))

    def _draft(self, row: Row) -> Draft:
        due_on, responsible = cells.day(row, DUE), cells.one_of(row, RESPONSIBLE, self.people)
        for title, given in ((RESPONSIBLE, responsible), (DUE, due_on)):
            if given is None:
                raise Invalid(_("“%(title)s”没有填。") % {"title": title}, code="empty")
        assert due_on is not None
        return Draft(
            title=cells.needed(row, TITLE, most=120),
            responsible=responsible,
            due_on=due_on,
            begins_on=cells.day(row, BEGINS),
            organization=cells.one_of(row, UNIT, self.units),
            milestone=cells.one_of(row, MILESTONE, self.milestones),
            details=cells.short(row, DETAILS, most=1000),
        )


def tasks_out(found: QuerySet[Task]) -> HttpResponse:
    head = ["编号", "项目", *(column.title for column in COLUMNS), "状态", "办完日期", "结果"]
    return spreadsheet("任务台账", head, _rows(found[:MOST]))


def _rows(found: Iterable[Task]) -> Iterator[list[Any]]:
    for task in found:
        yield [
            task.pk,
            task.project.title,
            task.title,
            task.responsible.name,
            task.due_on,
            task.begins_on or "",
            task.organization.name if task.organization else "",
            task.milestone.title if task.milestone else "",
            task.details,
            STATES[task.state],
            task.done_on or "",
            task.result,
        ]
