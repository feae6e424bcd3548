"""Questions about tasks, as far as the asking account may know of them."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.errors import Missing
from gongjian.registry.models import Account
from gongjian.work.projects.models import Project, ProjectFile, Task
from gongjian.work.projects.selectors.projects import WHOLE_OFFICE, projects

SOON = timedelta(days=3)
IN_ORDER = ("due_on", "pk")


def tasks(
    account: Account,
    *,
    state: str = "",
    project: Project | None = None,
    responsible: Account | None = None,
    words: str = "",
    until: date | None = None,
) -> QuerySet[Task]:
    """`state`: one of a task's, `open`, `late`, `soon` (in three days), or empty for all. What is due first stands first."""
    found = Task.objects.filter(_own(account)).select_related("project__place", "milestone", "responsible", "organization")
    found = found.filter(_in_state(state))
    if project is not None:
        found = found.filter(project=project)
    if responsible is not None:
        found = found.filter(responsible=responsible)
    if until is not None:
        found = found.filter(due_on__lte=until)
    if words := words.strip():
        found = found.filter(Q(title__icontains=words) | Q(project__title__icontains=words))
    return found.order_by(*IN_ORDER)


def _own(account: Account) -> Q:
    if account.holds(*WHOLE_OFFICE):
        return Q()
    return Q(project__in=projects(account).order_by()) | Q(responsible=account)


def _in_state(state: str) -> Q:
    today = clock.today()
    if state in Task.State.values:
        return Q(state=state)
    return {
        "open": Q(state__in=Task.OPEN),
        "late": Q(state__in=Task.OPEN, due_on__lt=today),
        "soon": Q(state__in=Task.OPEN, due_on__range=(today, today + SOON)),
    }.get(state, Q())


def get_task(account: Account, pk: int) -> Task:
    """With its files. Raises Missing also for one that `account` may not know of."""
    files = Prefetch("files", ProjectFile.objects.select_related("evidence").order_by("pk"))
    found = tasks(account).select_related("given_by").prefetch_related(files, "project__participants")
    task = found.filter(pk=pk).first()
    if task is None:
        raise Missing(_("没有这项任务，或者它不归您看。"))
    return task


def responsible_people(account: Account) -> QuerySet[Account]:
    """Who is responsible for any task that `account` may know of."""
    return Account.objects.filter(pk__in=tasks(account).order_by().values("responsible")).order_by("name", "pk")


def progress(project: Project) -> dict[str, Any]:
    """How many tasks it has, how many are done, how many are late."""
    rows = list(Task.objects.filter(project=project).exclude(state=Task.State.DROPPED).values_list("state", "due_on"))
    done = sum(1 for state, _due in rows if state == Task.State.DONE)
    late = sum(1 for state, due in rows if state != Task.State.DONE and due < clock.today())
    return {"count": len(rows), "done": done, "late": late, "percent": 100 * done // len(rows) if rows else 0}
