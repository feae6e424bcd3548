"""Projects: the list, one of them, and what is done with it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.permissions import may
from gongjian.kernel.web.forms import ServiceForm
from gongjian.kernel.web.pages import page, paginate, show_form
from gongjian.registry.requests import OfficeRequest
from gongjian.work.projects import services
from gongjian.work.projects.deeds import deeds_of
from gongjian.work.projects.forms import projects as forms
from gongjian.work.projects.models import Project
from gongjian.work.projects.sections import sections_of
from gongjian.work.projects.selectors import projects as selectors
from gongjian.work.projects.selectors.meetings import meetings
from gongjian.work.projects.selectors.tasks import progress, tasks
from gongjian.work.projects.views.acting import do, done, permitted, url_of

SIZE = 30
LATEST_DEEDS = 20
NEXT_TASKS = 12
LATEST_MEETINGS = 6


@page("projects.view", methods=("GET", "HEAD"))
def project_list(request: OfficeRequest) -> HttpResponse:
    form = forms.FilterForm(request.GET)
    asked = form.asked()
    state = asked["state"] or "open"
    found = selectors.projects(request.user, **asked | {"state": state})
    context = {
        "page": paginate(request, found, size=SIZE),
        "state": state,
        "states": Project.State.choices,
        "filter": form,
        "may_open": may(request.user, "projects.open"),
        "may_plan": may(request.user, "projects.plan"),
    }
    return render(request, "projects/list.html", context)


@page("projects.plan")
def new_programme(request: OfficeRequest) -> HttpResponse:
    form = forms.ProgrammeForm(request.POST or None)

    def act(values: dict[str, Any]) -> Any:
        return services.add_programme(request.user, **values)

    back = reverse("projects:list")
    return do(request, form, title=_("建立工程计划"), about="", back=back, act=act, said=_("建好了，可以往里立项了。"))


@page("projects.open")
def new_project(request: OfficeRequest) -> HttpResponse:
    form = forms.ProjectForm(request.POST or None, account=request.user)

    def act(values: dict[str, Any]) -> str:
        return url_of(services.open_project(request.user, **values))

    if request.method == "POST" and (url := form.submit(request, act)):
        return done(request, _("立项了。接着写上参与单位、资金和节点。"), url)
    context = {"title": _("立项"), "about": _("在哪里、办什么、从哪天到哪天。"), "back": reverse("projects:list")}
    return show_form(request, "projects/act.html", form, **context)


@page("projects.view", methods=("GET", "HEAD"))
def project(request: OfficeRequest, pk: int) -> HttpResponse:
    found = selectors.get_project(request.user, pk)
    context = {
        "project": found,
        "funded": selectors.funded(found),
        "polls": found.polls.order_by("-pk")[:LATEST_MEETINGS],
        "diary_count": found.diary.count(),
        "sections": sections_of(request.user, found),
        "progress": progress(found),
        "meetings": meetings(request.user).filter(project=found)[:LATEST_MEETINGS],
        "tasks": tasks(request.user, project=found, state="open")[:NEXT_TASKS],
        "deeds": deeds_of(found)[:LATEST_DEEDS],
        "may_keep": may(request.user, "projects.keep", found) and found.is_open,
        "may_run": may(request.user, "projects.run", found) and found.is_open,
    }
    return render(request, "projects/project.html", context)


@page("projects.keep")
def change_project(request: OfficeRequest, pk: int) -> HttpResponse:
    found = permitted(request, pk, "projects.keep")
    form = forms.ProjectForm(request.POST or None, initial=forms.written(found))
    return _do(request, form, found, _("改项目"), services.change_project, said=_("改好了。"))


@page("projects.keep", methods=("POST",))
def start_project(request: OfficeRequest, pk: int) -> HttpResponse:
    found = permitted(request, pk, "projects.keep")
    services.start_project(request.user, project=found)
    return done(request, _("开工了。"), url_of(found))


@page("projects.keep")
def finish_project(request: OfficeRequest, pk: int) -> HttpResponse:
    found = permitted(request, pk, "projects.keep")
    form = forms.FinishForm(request.POST or None, request.FILES or None, project=found)
    return _do(request, form, found, _("完工"), services.finish_project, said=_("完工了，该记的事迹记下了，等社区确认。"))


@page("projects.keep")
def stop_project(request: OfficeRequest, pk: int) -> HttpResponse:
    found = permitted(request, pk, "projects.keep")
    return _do(request, forms.StopForm(request.POST or None), found, _("停办"), services.stop_project, said=_("停办了。"))


@page("projects.keep")
def add_participant(request: OfficeRequest, pk: int) -> HttpResponse:
    found = permitted(request, pk, "projects.keep")
    form = forms.ParticipantForm(request.POST or None)
    return _do(request, form, found, _("加入单位"), services.add_participant, said=_("写进项目了。"))


@page("projects.keep", methods=("POST",))
def remove_participant(request: OfficeRequest, pk: int) -> HttpResponse:
    """Whoever was removed already stays so."""
    found = permitted(request, pk, "projects.keep")
    if gone := next((one for one in found.participants.all() if str(one.pk) == request.POST.get("one")), None):
        services.remove_participant(request.user, participant=gone)
    return done(request, _("移出了。"), url_of(found))


@page("projects.keep")
def add_funding(request: OfficeRequest, pk: int) -> HttpResponse:
    found = permitted(request, pk, "projects.keep")
    form = forms.FundingForm(request.POST or None)
    return _do(request, form, found, _("登记资金"), services.add_funding, said=_("记下了。"))


@page("projects.keep", methods=("POST",))
def remove_funding(request: OfficeRequest, pk: int) -> HttpResponse:
    found = permitted(request, pk, "projects.keep")
    if gone := next((one for one in found.fundings.all() if str(one.pk) == request.POST.get("one")), None):
        services.remove_funding(request.user, funding=gone)
    return done(request, _("删去了。"), url_of(found))


@page("projects.keep")
def found_branch(request: OfficeRequest, pk: int) -> HttpResponse:
    found = permitted(request, pk, "projects.keep")
    form = forms.BranchForm(request.POST or None)
    return _do(request, form, found, _("成立临时党支部"), services.found_branch, said=_("记下了，等社区确认。"))


def _do(request: OfficeRequest, form: ServiceForm, found: Project, title: str, service: Any, *, said: str) -> HttpResponse:
    def act(values: dict[str, Any]) -> Any:
        return service(request.user, project=found, **values)

    return do(request, form, title=title, about=str(found), back=url_of(found), act=act, said=said)
