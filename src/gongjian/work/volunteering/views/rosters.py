"""Rosters: the calendar with its coverage, “fill it for me”, the proposal, changes by hand."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.errors import DomainError, Missing
from gongjian.kernel.permissions import may
from gongjian.kernel.web.pages import page, show_form
from gongjian.registry.requests import OfficeRequest
from gongjian.work.volunteering.forms.rosters import ProposalForm
from gongjian.work.volunteering.models import Roster, Shift, Volunteer
from gongjian.work.volunteering.selectors import rosters
from gongjian.work.volunteering.selectors.reach import get_activity
from gongjian.work.volunteering.selectors.roster_case import before_of, case_of
from gongjian.work.volunteering.services import adopting, rostering

GET = ("GET", "HEAD")
POST = ("POST",)


@page("volunteering.view", methods=GET)
def activity_roster(request: OfficeRequest, pk: int) -> HttpResponse:
    """The calendar of what is booked, and the proposals so far."""
    activity = get_activity(request.user, pk)
    context = {
        "activity": activity,
        "calendar": rosters.calendar_of_activity(activity, _week(request)),
        "proposals": rosters.rosters_of(activity)[:10],
        "may_organize": may(request.user, "volunteering.organize", activity),
    }
    return render(request, "volunteering/rosters/activity.html", context)


@page("volunteering.organize")
def propose(request: OfficeRequest, pk: int) -> HttpResponse:
    activity = get_activity(request.user, pk)
    ahead = activity.shifts.filter(cancelled_at=None, begins__gt=clock.now()).order_by("begins")
    days = [rosters.day_of(one.begins) for one in (ahead.first(), ahead.last()) if one]
    initial = {"first": days[0], "last": days[-1]} if days else {}
    form = ProposalForm(request.POST or None, activity=activity, initial=initial)

    def act(values: dict[str, Any]) -> str:
        roster = rostering.propose_roster(request.user, activity=activity, **values)
        return reverse("volunteering:roster", args=[roster.pk])

    if request.method == "POST" and (url := form.submit(request, act)):
        return redirect(url)
    return show_form(request, "volunteering/rosters/propose.html", form, activity=activity)


@page("volunteering.view", methods=GET)
def roster(request: OfficeRequest, pk: int) -> HttpResponse:
    found = rosters.get_roster(request.user, pk)
    context: dict[str, Any] = {"roster": found, "may_organize": may(request.user, "volunteering.organize", found.activity)}
    if found.state in (Roster.State.WAITING, Roster.State.SOLVING):
        return render(request, "volunteering/rosters/progress.html", context | _progress(found))
    if found.state in (Roster.State.READY, Roster.State.ADOPTED):
        context["calendar"] = rosters.calendar_of_roster(found, _week(request))
        context["gaps"] = rosters.told_gaps(found)
    if found.state == Roster.State.READY:
        context["figures"] = rosters.figures(case_of(found), before_of(found))
    return render(request, "volunteering/rosters/roster.html", context)


@page("volunteering.organize", methods=GET)
def shift(request: OfficeRequest, pk: int, shift: int) -> HttpResponse:
    """One shift of a proposal, to be changed by hand."""
    found = rosters.get_roster(request.user, pk)
    return render(request, "volunteering/rosters/shift.html", {"roster": found, "of": rosters.shift_of_roster(found, shift)})


@page("volunteering.organize", methods=POST)
def put_in(request: OfficeRequest, pk: int, shift: int) -> HttpResponse:
    return _by_hand(request, pk, shift, rostering.put_in, _("排进去了，并且固定。"))


@page("volunteering.organize", methods=POST)
def take_out(request: OfficeRequest, pk: int, shift: int) -> HttpResponse:
    return _by_hand(request, pk, shift, rostering.take_out, _("调出来了。再排时不会排回这一班。"))


@page("volunteering.organize", methods=POST)
def fix(request: OfficeRequest, pk: int, shift: int) -> HttpResponse:
    locked = "locked" in request.POST.get("seat", "")
    done = _("固定了，再排时不动。") if locked else _("不固定了，再排时可以动。")
    return _by_hand(request, pk, shift, lambda *a, **kw: rostering.fix_place(*a, locked=locked, **kw), done)


@page("volunteering.organize", methods=POST)
def mend(request: OfficeRequest, pk: int) -> HttpResponse:
    found = rosters.get_roster(request.user, pk)
    rostering.mend_roster(request.user, roster=found)
    messages.success(request, _("照改动重排好了，没改到的都没有动。"))
    return redirect("volunteering:roster", found.pk)


@page("volunteering.organize", methods=POST)
def adopt(request: OfficeRequest, pk: int) -> HttpResponse:
    found = rosters.get_roster(request.user, pk)
    try:
        adopting.adopt_roster(request.user, roster=found)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("volunteering:roster", found.pk)
    messages.success(request, _("采用了，排到的人都已排上。"))
    return redirect("volunteering:activity_roster", found.activity_id)


@page("volunteering.organize", methods=POST)
def drop(request: OfficeRequest, pk: int) -> HttpResponse:
    found = rosters.get_roster(request.user, pk)
    rostering.drop_roster(request.user, roster=found)
    messages.success(request, _("这个方案放弃了，班次照旧。"))
    return redirect("volunteering:activity_roster", found.activity_id)


def _by_hand(request: OfficeRequest, pk: int, shift: int, act: Callable[..., object], done: str) -> HttpResponse:
    """`seat` is a volunteer's key, for a fix with a word behind it. A refusal is said on the page of the shift."""
    found = rosters.get_roster(request.user, pk)
    key = request.POST.get("seat", "").partition(":")[0]
    volunteer = Volunteer.objects.filter(pk=key).first() if key.isdecimal() else None
    of = Shift.objects.filter(pk=shift, activity=found.activity).select_related("activity").first()
    if volunteer is None or of is None:
        raise Missing(_("没有这个人或这一班。"))
    try:
        act(request.user, roster=found, shift=of, volunteer=volunteer)
        messages.success(request, done)
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("volunteering:roster_shift", found.pk, shift)


def _progress(found: Roster) -> dict[str, Any]:
    spent = int((clock.now() - found.started_at).total_seconds()) if found.started_at else 0
    return {"spent": spent, "percent": min(97, spent * 100 // max(1, found.seconds))}


def _week(request: OfficeRequest) -> date | None:
    try:
        return parse_date(request.GET.get("week", ""))
    except ValueError:
        return None
