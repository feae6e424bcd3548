"""Volunteers and teams, as the staff sees them."""

import re
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.kernel.permissions import may, require
from gongjian.kernel.web.pages import page, paginate, show_form
from gongjian.registry.requests import OfficeRequest
from gongjian.work.volunteering import services
from gongjian.work.volunteering.forms.people import TeamsForm, VolunteerChoice, VolunteerForm, described, windows_of
from gongjian.work.volunteering.models import Membership, Team, Volunteer
from gongjian.work.volunteering.selectors import hours, reach
from gongjian.work.volunteering.services.registering import skills_named
from gongjian.work.volunteering.services.teams import unit_of


@page("volunteering.view_volunteers", methods=("GET", "HEAD"))
def volunteers(request: OfficeRequest) -> HttpResponse:
    words = request.GET.get("words", "")
    rows = reach.volunteers(request.user, words).prefetch_related("skills").order_by("number")
    return render(request, "volunteering/staff/volunteers.html", {"page": paginate(request, rows), "words": words})


@page("volunteering.view_volunteers", methods=("GET", "HEAD"))
def volunteer(request: OfficeRequest, pk: int) -> HttpResponse:
    found = reach.get_volunteer(request.user, pk)
    served = found.attendances.select_related("shift__activity", "shift__post").order_by("-began")
    context = {
        "volunteer": found,
        "person": found.person,
        "skills": list(found.skills.all()),
        "windows": list(found.availabilities.all()),
        "absences": list(found.absences.all()),
        "memberships": list(found.memberships.filter(until=None).select_related("team__organization")),
        "totals": hours.totals(found.attendances.all()),
        "served": served[:20],
        "may_edit": may(request.user, "volunteering.register"),
    }
    return render(request, "volunteering/staff/volunteer.html", context)


@page("volunteering.register")
def describe(request: OfficeRequest, pk: int) -> HttpResponse:
    found = reach.get_volunteer(request.user, pk)
    form = VolunteerForm(request.POST or None, initial=described(found))

    def act(values: dict[str, Any]) -> str:
        _describe(request, found, values)
        return reverse("volunteering:volunteer", args=[pk])

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("改好了。"))
        return redirect(url)
    return show_form(request, "volunteering/staff/describe.html", form, volunteer=found)


def _describe(request: OfficeRequest, found: Volunteer, values: dict[str, Any]) -> None:
    names = re.split(r"[、,，;；\s]+", values["new_skills"])
    skills = [*values["skills"], *skills_named(request.office, names)]
    services.describe_volunteer(
        request.user,
        volunteer=found,
        skills=skills,
        languages=values["languages"],
        most_hours_a_week=values["most_hours_a_week"],
    )
    away = [(values["away_first"], values["away_last"])] if values["away_first"] else []
    services.set_times(request.user, volunteer=found, windows=windows_of(values), away=away)


@page("volunteering.look", methods=("GET", "HEAD"))
def teams(request: OfficeRequest) -> HttpResponse:
    rows = Team.objects.select_related("organization__parent__parent").annotate(
        people=Count("memberships", filter=Q(memberships__until=None))
    )
    context = {
        "page": paginate(request, rows.order_by("organization__parent__pinyin", "organization__pinyin")),
        "may_found": may(request.user, "volunteering.found_team"),
    }
    return render(request, "volunteering/staff/teams.html", context)


@page("volunteering.found_team")
def found_teams(request: OfficeRequest) -> HttpResponse:
    form = TeamsForm(request.POST or None)

    def act(values: dict[str, Any]) -> str:
        services.found_teams(request.user, **{**values, "names": values["names"].splitlines()})
        return reverse("volunteering:teams")

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("队伍建好了。"))
        return redirect(url)
    return show_form(request, "volunteering/staff/found.html", form)


def _team(pk: int) -> Team:
    found = Team.objects.select_related("organization__parent").filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这支队伍。"))
    return found


@page("volunteering.look", methods=("GET", "HEAD"))
def team(request: OfficeRequest, pk: int) -> HttpResponse:
    found = _team(pk)
    leads = may(request.user, "volunteering.lead_team", unit_of(found.organization))
    members = found.memberships.filter(until=None).select_related("volunteer__person").order_by("part", "since", "pk")
    context = {
        "team": found,
        "parts": Team.objects.filter(organization__parent=found.pk),
        "page": paginate(request, members),
        "leads": leads,
        "adding": VolunteerChoice(among=reach.volunteers(request.user)) if leads and not found.dissolved else None,
    }
    return render(request, "volunteering/staff/team.html", context)


@page("volunteering.lead_team", methods=("POST",))
def join(request: OfficeRequest, pk: int) -> HttpResponse:
    found = _team(pk)
    require(request.user, "volunteering.lead_team", unit_of(found.organization))
    form = VolunteerChoice(request.POST, among=reach.volunteers(request.user))

    def act(values: dict[str, Any]) -> str:
        services.join_team(request.user, team=found, **values)
        return reverse("volunteering:team", args=[pk])

    if form.submit(request, act):
        messages.success(request, _("入队了。"))
    else:
        messages.error(request, " ".join(str(e) for errors in form.errors.values() for e in errors))
    return redirect(reverse("volunteering:team", args=[pk]))


@page("volunteering.lead_team", methods=("POST",))
def leave(request: OfficeRequest, pk: int) -> HttpResponse:
    membership = Membership.objects.select_related("team__organization__parent", "volunteer").filter(pk=pk).first()
    if membership is None:
        raise Missing(_("没有这位队员。"))
    services.leave_team(request.user, membership=membership)
    return redirect(reverse("volunteering:team", args=[membership.team_id]))
