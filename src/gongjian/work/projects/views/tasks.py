"""The task ledger: all of it, one of them, and what is done with it; milestones."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.permissions import may, require
from gongjian.kernel.web.forms import ServiceForm
from gongjian.kernel.web.pages import page, paginate
from gongjian.registry.requests import OfficeRequest
from gongjian.registry.selectors import changes_of
from gongjian.work.projects import services, sheets
from gongjian.work.projects.forms import tasks as forms
from gongjian.work.projects.models import Milestone, Task
from gongjian.work.projects.selectors.projects import get_milestone
from gongjian.work.projects.selectors.tasks import get_task, tasks
from gongjian.work.projects.services.tasks import deed_of
from gongjian.work.projects.views.acting import do, done, permitted, url_of

SIZE = 50
MOST_PRINTED = 1000


@page("projects.view", methods=("GET", "HEAD"))
def task_list(request: OfficeRequest) -> HttpResponse:
    """`?xlsx` as Excel, `?print` as one long page."""
    form = forms.TaskFilterForm(request.GET, account=request.user)
    asked = form.asked()
    asked["state"] = asked["state"] or "open"
    found = tasks(request.user, **asked)
    if "xlsx" in request.GET:
        return sheets.tasks_out(found)
    if "print" in request.GET:
        return render(request, "projects/tasks/print.html", {"rows": found[:MOST_PRINTED]})
    context = {"page": paginate(request, found, size=SIZE), "state": asked["state"], "states": forms.STATES, "filter": form}
    return render(request, "projects/tasks/list.html", context)


@page("projects.view", methods=("GET", "HEAD"))
def task(request: OfficeRequest, pk: int) -> HttpResponse:
    found = get_task(request.user, pk)
    is_open = found.project.is_open
    context = {
        "task": found,
        "deed": deed_of(found),
        "changes": changes_of(found),
        "may_do": may(request.user, "projects.do_task", found) and is_open and found.is_open,
        "may_run": may(request.user, "projects.run", found.project) and is_open,
        "may_see_project": may(request.user, "projects.view", found.project),
    }
    return render(request, "projects/tasks/task.html", context)


@page("projects.run")
def give_task(request: OfficeRequest, pk: int) -> HttpResponse:
    project = permitted(request, pk, "projects.run")
    form = forms.TaskForm(request.POST or None, project=project)

    def act(values: dict[str, Any]) -> Any:
        return services.give_task(request.user, project=project, **values)

    return do(
        request,
        form,
        title=_("派任务"),
        about=str(project),
        back=url_of(project),
        act=act,
        said=_("派下去了，责任人收到了通知。"),
    )


@page("projects.run")
def change_task(request: OfficeRequest, pk: int) -> HttpResponse:
    found = get_task(request.user, pk)
    require(request.user, "projects.run", found.project)
    form = forms.TaskForm(request.POST or None, project=found.project, initial=forms.written(found))
    return _do(request, form, found, _("改任务"), services.change_task, said=_("改好了，前后都留着记录。"))


@page("projects.do_task", methods=("POST",))
def start_task(request: OfficeRequest, pk: int) -> HttpResponse:
    found = services.start_task(request.user, task=get_task(request.user, pk))
    return done(request, _("开始办了。"), _task_url(found))


@page("projects.do_task")
def finish_task(request: OfficeRequest, pk: int) -> HttpResponse:
    found = get_task(request.user, pk)
    require(request.user, "projects.do_task", found)
    form = forms.FinishTaskForm(request.POST or None, request.FILES or None, task=found)
    return _do(request, form, found, _("办完了"), services.finish_task, said=_("记下了。"))


@page("projects.run")
def drop_task(request: OfficeRequest, pk: int) -> HttpResponse:
    return _with_reason(request, pk, _("不办了"), services.drop_task)


@page("projects.run")
def reopen_task(request: OfficeRequest, pk: int) -> HttpResponse:
    return _with_reason(request, pk, _("重新办"), services.reopen_task)


def _with_reason(request: OfficeRequest, pk: int, title: str, service: Any) -> HttpResponse:
    found = get_task(request.user, pk)
    require(request.user, "projects.run", found.project)
    return _do(request, forms.BecauseForm(request.POST or None), found, title, service, said=_("记下了。"))


@page("projects.run")
def add_milestone(request: OfficeRequest, pk: int) -> HttpResponse:
    project = permitted(request, pk, "projects.run")
    form = forms.MilestoneForm(request.POST or None)

    def act(values: dict[str, Any]) -> Any:
        return services.add_milestone(request.user, project=project, **values)

    return do(request, form, title=_("定节点"), about=str(project), back=url_of(project), act=act, said=_("定下了。"))


@page("projects.run")
def move_milestone(request: OfficeRequest, pk: int) -> HttpResponse:
    milestone = _milestone(request, pk)
    form = forms.MoveMilestoneForm(request.POST or None, initial={"due_on": milestone.due_on})
    return _about_milestone(request, form, milestone, _("改节点日期"), services.move_milestone, said=_("改好了。"))


@page("projects.run")
def reach_milestone(request: OfficeRequest, pk: int) -> HttpResponse:
    milestone = _milestone(request, pk)
    form = forms.ReachForm(request.POST or None, request.FILES or None, milestone=milestone, project=milestone.project)
    return _about_milestone(request, form, milestone, _("节点到了"), services.reach_milestone, said=_("记下了。"))


def _milestone(request: OfficeRequest, pk: int) -> Milestone:
    milestone = get_milestone(request.user, pk)
    require(request.user, "projects.run", milestone.project)
    return milestone


def _about_milestone(
    request: OfficeRequest, form: ServiceForm, milestone: Milestone, title: str, service: Any, *, said: str
) -> HttpResponse:
    def act(values: dict[str, Any]) -> Any:
        return service(request.user, milestone=milestone, **values)

    back = url_of(milestone.project)
    return do(request, form, title=title, about=str(milestone), back=back, act=act, said=said)


def _do(request: OfficeRequest, form: ServiceForm, found: Task, title: str, service: Any, *, said: str) -> HttpResponse:
    def act(values: dict[str, Any]) -> Any:
        return service(request.user, task=found, **values)

    return do(request, form, title=title, about=str(found), back=_task_url(found), act=act, said=said)


def _task_url(found: Task) -> str:
    return reverse("projects:task", args=[found.pk])
