"""The task ledger: given, changed, begun, done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

import pghistory
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.notifications.outbox import notify
from gongjian.kernel.permissions import require
from gongjian.ledger.models import Deed, Evidence
from gongjian.ledger.services import take_in_files
from gongjian.registry.models import Account, Organization
from gongjian.work.projects.deeds import ROOM, Told, record_told
from gongjian.work.projects.models import Milestone, Project, ProjectFile, Task
from gongjian.work.projects.selectors.people import candidates
from gongjian.work.projects.services.checks import check_days, check_open, check_past, check_title, check_words
from gongjian.work.projects.services.projects import locked, moving


@dataclass(frozen=True)
class Draft:
    """A task as it is given."""

    title: str
    responsible: Account | None
    due_on: date
    begins_on: date | None = None
    organization: Organization | None = None
    milestone: Milestone | None = None
    details: str = ""


@transaction.atomic
def give_task(actor: Account, *, project: Project, **facts: Any) -> Task:
    """`facts` are those of a Draft. Raises as `give_tasks` does."""
    return give_tasks(actor, project=project, drafts=[Draft(**facts)])[0]


@transaction.atomic
def give_tasks(actor: Account, *, project: Project, drafts: Sequence[Draft]) -> list[Task]:
    """All or none. Raises Invalid for one without a person or with reversed days, Conflict for one that is open already."""
    require(actor, "projects.run", project)
    project = locked(project)
    check_open(project)
    people = set(candidates(project).values_list("pk", flat=True))
    given = {"office": actor.office, "project": project, "given_by": actor, "given_at": clock.now()}
    tasks = [_described(Task(**given), draft, people) for draft in drafts]
    try:
        with transaction.atomic(), pghistory.context(account=actor.pk):
            Task.objects.bulk_create(tasks)
    except IntegrityError as error:
        raise Conflict(_("这个项目里已经有一项同名的任务没办完。"), code="task-open", field="title") from error
    _tell_given(actor, project, tasks)
    audit.record(actor, "projects.give_task", tasks[0] if len(tasks) == 1 else project, count=len(tasks))
    return tasks


@transaction.atomic
def change_task(actor: Account, *, task: Task, **facts: Any) -> Task:
    """`facts` are those of a Draft. Whoever is responsible from now on is told."""
    project, task = _held(actor, task, "projects.run")
    before = (task.responsible_id, task.due_on)
    task = _described(task, Draft(**facts), set(candidates(project).values_list("pk", flat=True)))
    _keep(actor, task)
    if before != (task.responsible_id, task.due_on):
        _tell([task.responsible], "projects.task_moved", task, but=actor)
    audit.record(actor, "projects.change_task", task)
    return task


def _described(task: Task, draft: Draft, people: set[int]) -> Task:
    task.title, task.details = check_title(draft.title, most=120), draft.details.strip()[:1000]
    if draft.responsible is None:
        raise Invalid(_("每项任务要有一个责任人，请选。"), code="responsible-missing", field="responsible")
    if draft.responsible.pk not in people:
        sentence = _("“%(name)s”不在这个项目里，不能当责任人。") % {"name": draft.responsible.name}
        raise Invalid(sentence, code="responsible", field="responsible")
    check_days(draft.begins_on, draft.due_on, field="due_on")
    if draft.milestone is not None and draft.milestone.project_id != task.project_id:
        raise Invalid(_("这个节点是别的项目的。"), code="milestone", field="milestone")
    task.responsible, task.organization = draft.responsible, draft.organization
    task.begins_on, task.due_on, task.milestone = draft.begins_on, draft.due_on, draft.milestone
    return task


@transaction.atomic
def start_task(actor: Account, *, task: Task) -> Task:
    _project, task = _held(actor, task, "projects.do_task")
    with moving():
        task.start()
    return _moved(actor, task, "projects.start_task")


@transaction.atomic
def finish_task(
    actor: Account, *, task: Task, on: date, result: str, told: Told | None = None, photos: Sequence[Any] = ()
) -> Task:
    """`told`: the deed that follows, if one does; without an organization of its own it is the task's."""
    require(actor, "projects.do_task", task)
    return finish_task_with(actor, task=task, on=on, result=result, told=told, evidence=take_in_files(actor, files=photos))


@transaction.atomic
def finish_task_with(
    actor: Account, *, task: Task, on: date, result: str, told: Told | None = None, evidence: Sequence[Evidence] = ()
) -> Task:
    """The same with evidence that the ledger has already."""
    project, task = _held(actor, task, "projects.do_task")
    check_past(on, field="on")
    result = check_words(result, field="result", sentence=_("请写一句办成了什么样。"), most=300)
    with moving():
        task.finish()
    task.done_on, task.result = on, result
    task = _moved(actor, task, "projects.finish_task")
    links = [ProjectFile(project=project, task=task, evidence=item) for item in evidence]
    ProjectFile.objects.bulk_create(links, ignore_conflicts=True)
    if told is not None:
        told = told.by(task.organization)
        record_told(actor, told, project=project, key=f"task:{task.pk}", on=on, since=task.begins_on, evidence=evidence)
    _tell([task.given_by], "projects.task_done", task, but=actor)
    return task


@transaction.atomic
def drop_task(actor: Account, *, task: Task, because: str) -> Task:
    because = check_words(because, field="because", sentence=_("请写明为什么不办了。"))
    _project, task = _held(actor, task, "projects.run")
    with moving():
        task.drop()
    task.result = because
    return _moved(actor, task, "projects.drop_task")


@transaction.atomic
def reopen_task(actor: Account, *, task: Task, because: str) -> Task:
    """Raises Conflict where a deed stands on it: the ledger corrects that first, and what is done once more is another task."""
    because = check_words(because, field="because", sentence=_("请写明为什么重新办。"))
    _project, task = _held(actor, task, "projects.run")
    if deed_of(task) is not None:
        raise Conflict(_("这项任务已经记了事迹，不能重新办；请另派一项。"), code="deed-recorded")
    with moving():
        task.reopen()
    task.done_on, task.result = None, because
    return _moved(actor, task, "projects.reopen_task")


@transaction.atomic
def watch_over_tasks() -> int:
    """Every morning: whoever is responsible for a task that became late is told, once for each date it had."""
    late = Task.objects.filter(state__in=Task.OPEN, due_on__lt=clock.today())
    found = list(late.select_related("project", "responsible").order_by("pk"))
    for task in found:
        _tell([task.responsible], "projects.task_late", task, key=f"task-late-{task.pk}-{task.due_on}")
    return len(found)


def deed_of(task: Task) -> Deed | None:
    """None also where it was reversed."""
    key = f"{task.project_id}:task:{task.pk}"
    return Deed.objects.filter(source_room=ROOM, source_key=key, reversed_by__isnull=True).first()


def _held(actor: Account, task: Task, permission: str) -> tuple[Project, Task]:
    """The project, then the task, locked. Raises Conflict where the project is closed."""
    project = locked(task.project)
    found = Task.objects.select_for_update(of=("self",)).select_related("responsible", "organization", "given_by", "milestone")
    task = found.get(pk=task.pk)
    task.project = project
    require(actor, permission, project if permission == "projects.run" else task)
    check_open(project)
    return project, task


def _keep(actor: Account, task: Task) -> None:
    try:
        with transaction.atomic(), pghistory.context(account=actor.pk):
            task.save()
    except IntegrityError as error:
        raise Conflict(_("这个项目里已经有一项同名的任务没办完。"), code="task-open", field="title") from error


def _moved(actor: Account, task: Task, action: str) -> Task:
    _keep(actor, task)
    audit.record(actor, action, task)
    return task


def _tell_given(actor: Account, project: Project, tasks: list[Task]) -> None:
    """Each person once, however many tasks are theirs."""
    for _pk, group in groupby(sorted(tasks, key=lambda task: task.responsible_id), key=lambda task: task.responsible_id):
        theirs = list(group)
        if len(theirs) == 1:
            _tell([theirs[0].responsible], "projects.task_given", theirs[0], but=actor)
        elif theirs[0].responsible_id != actor.pk:
            context = {"count": str(len(theirs)), "project": project.title}
            notify([theirs[0].responsible], "projects.tasks_given", context, url=reverse("projects:tasks"))


def _tell(accounts: Sequence[Account], kind: str, task: Task, *, but: Account | None = None, key: str = "") -> None:
    context = {"title": task.title, "project": task.project.title, "date": f"{task.due_on:%Y-%m-%d}", "result": task.result}
    recipients = [account for account in accounts if but is None or account.pk != but.pk]
    notify(recipients, kind, context, url=reverse("projects:task", args=[task.pk]), key=key)
