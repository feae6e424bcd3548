"""Meetings: the list, one of them, and what is written down about it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.permissions import may, require
from gongjian.kernel.web.forms import ServiceForm
from gongjian.kernel.web.pages import page, paginate
from gongjian.kernel.web.papers import send_paper
from gongjian.registry.requests import OfficeRequest
from gongjian.work.projects import papers, services
from gongjian.work.projects.forms import meetings as forms
from gongjian.work.projects.models import Meeting
from gongjian.work.projects.selectors.meetings import get_meeting, get_resolution, meetings
from gongjian.work.projects.views.acting import do, permitted, url_of

SIZE = 30


@page("projects.view", methods=("GET", "HEAD"))
def meeting_list(request: OfficeRequest) -> HttpResponse:
    form = forms.MeetingFilterForm(request.GET)
    state = request.GET.get("state", "")
    state = state if state in Meeting.State.values else ""
    found = meetings(request.user, state=state, **form.asked())
    context = {"page": paginate(request, found, size=SIZE), "filter": form, "state": state, "states": Meeting.State.choices}
    return render(request, "projects/meetings/list.html", context)


@page("projects.run")
def call_meeting(request: OfficeRequest, pk: int) -> HttpResponse:
    project = permitted(request, pk, "projects.run")
    form = forms.CallForm(request.POST or None, project=project)

    def act(values: dict[str, Any]) -> Any:
        return services.call_meeting(request.user, project=project, **values)

    said, back = _("通知发出去了。开完回来记到会和纪要。"), url_of(project)
    return do(request, form, title=_("通知开会"), about=str(project), back=back, act=act, said=said)


@page("projects.view", methods=("GET", "HEAD"))
def meeting(request: OfficeRequest, pk: int) -> HttpResponse:
    found = get_meeting(request.user, pk)
    context = {
        "meeting": found,
        "may_run": may(request.user, "projects.run", found.project),
        "may_see_project": may(request.user, "projects.view", found.project),
        "is_past": found.starts_at <= clock.now(),
        "came": [one for one in found.attendees.all() if one.came],
        "stayed_away": [one for one in found.attendees.all() if not one.came],
    }
    return render(request, "projects/meetings/meeting.html", context)


@page("projects.view", methods=("GET", "HEAD"))
def minutes_paper(request: OfficeRequest, pk: int) -> HttpResponse:
    found = get_meeting(request.user, pk)
    audit.record(request.user, "projects.print", found)
    return send_paper(request, papers.minutes_paper(found), f"{found.title} {_('纪要')}")


@page("projects.run")
def cancel_meeting(request: OfficeRequest, pk: int) -> HttpResponse:
    found, form = _run(request, pk), forms.BecauseForm(request.POST or None)
    return _do(request, form, found, _("不开了"), services.cancel_meeting, said=_("取消了，请过的都收到了通知。"))


@page("projects.run")
def hold_meeting(request: OfficeRequest, pk: int) -> HttpResponse:
    found = _run(request, pk)
    form = forms.HoldForm(request.POST or None, request.FILES or None, meeting=found)
    said = _("记下了，事迹等社区确认。接着记意见和决议。")
    return _do(request, form, found, _("开过了"), services.hold_meeting, said=said)


@page("projects.run")
def write_minutes(request: OfficeRequest, pk: int) -> HttpResponse:
    found = _run(request, pk)
    form = forms.MinutesForm(request.POST or None, initial={"minutes": found.minutes})
    return _do(request, form, found, _("写纪要"), services.write_minutes, said=_("写好了。"))


@page("projects.run")
def note_opinion(request: OfficeRequest, pk: int) -> HttpResponse:
    found = _run(request, pk)
    form = forms.OpinionForm(request.POST or None, meeting=found)
    return _do(request, form, found, _("记一条意见"), services.note_opinion, said=_("记下了。"))


@page("projects.run")
def resolve(request: OfficeRequest, pk: int) -> HttpResponse:
    found = _run(request, pk)
    form = forms.ResolutionForm(request.POST or None)
    return _do(request, form, found, _("记一条决议"), services.resolve, said=_("记下了，可以就地派成任务。"))


@page("projects.run")
def turn_into_task(request: OfficeRequest, pk: int) -> HttpResponse:
    resolution = get_resolution(request.user, pk)
    require(request.user, "projects.run", resolution.meeting.project)
    form = forms.TurnForm(request.POST or None, resolution=resolution)

    def act(values: dict[str, Any]) -> Any:
        return services.turn_into_task(request.user, resolution=resolution, **values)

    said, back = _("派下去了，责任人收到了通知。"), reverse("projects:meeting", args=[resolution.meeting_id])
    return do(request, form, title=_("派成任务"), about=str(resolution), back=back, act=act, said=said)


def _run(request: OfficeRequest, pk: int) -> Meeting:
    found = get_meeting(request.user, pk)
    require(request.user, "projects.run", found.project)
    return found


def _do(request: OfficeRequest, form: ServiceForm, found: Meeting, title: str, service: Any, *, said: str) -> HttpResponse:
    def act(values: dict[str, Any]) -> Any:
        return service(request.user, meeting=found, **values)

    back = reverse("projects:meeting", args=[found.pk])
    return do(request, form, title=title, about=str(found), back=back, act=act, said=said)
