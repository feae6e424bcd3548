"""Gantt and site diary."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.permissions import may
from gongjian.kernel.web.pages import page, paginate
from gongjian.registry.requests import OfficeRequest
from gongjian.work.projects import services
from gongjian.work.projects.forms.polls import DiaryForm
from gongjian.work.projects.selectors.gantt import gantt
from gongjian.work.projects.selectors.projects import get_project
from gongjian.work.projects.views.acting import do, permitted

SIZE = 20


@page("projects.view", methods=("GET", "HEAD"))
def gantt_page(request: OfficeRequest, pk: int) -> HttpResponse:
    found = get_project(request.user, pk)
    return render(request, "projects/gantt.html", {"project": found, "gantt": gantt(found)})


@page("projects.view", methods=("GET", "HEAD"))
def diary(request: OfficeRequest, pk: int) -> HttpResponse:
    found = get_project(request.user, pk)
    entries = found.diary.select_related("written_by").prefetch_related("files__evidence").order_by("-on", "-pk")
    may_run = may(request.user, "projects.run", found) and found.is_open
    return render(
        request, "projects/diary.html", {"project": found, "page": paginate(request, entries, size=SIZE), "may_run": may_run}
    )


@page("projects.run")
def write_diary(request: OfficeRequest, pk: int) -> HttpResponse:
    found = permitted(request, pk, "projects.run")
    form = DiaryForm(request.POST or None, request.FILES or None)

    def act(values: dict[str, Any]) -> Any:
        return services.write_diary(request.user, project=found, **values)

    back = reverse("projects:diary", args=[found.pk])
    return do(request, form, title=_("写日志"), about=str(found), back=back, act=act, said=_("记下了。"))
