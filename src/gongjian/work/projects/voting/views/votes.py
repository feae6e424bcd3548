"""Votes: the list, one of them, its roll."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from gongjian.kernel import audit
from gongjian.kernel.papers.typesetting import TYPE
from gongjian.kernel.permissions import may, require
from gongjian.kernel.web.pages import page, paginate, show_form
from gongjian.kernel.web.spreadsheets import spreadsheet
from gongjian.registry.requests import OfficeRequest
from gongjian.work.projects.selectors.projects import get_project
from gongjian.work.projects.voting import forms, papers, services, sheet
from gongjian.work.projects.voting.models import Ballot, Vote
from gongjian.work.projects.voting.selectors.ballots import unchecked
from gongjian.work.projects.voting.selectors.counting import count_vote
from gongjian.work.projects.voting.selectors.votes import get_vote
from gongjian.work.projects.voting.selectors.votes import roll as roll_of
from gongjian.work.projects.voting.selectors.votes import votes as own_votes
from gongjian.work.projects.voting.shown import Count, shown


@page("voting.view", methods=("GET", "HEAD"))
def votes(request: OfficeRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    context = {
        "page": paginate(request, own_votes(request.user, state=state), size=30),
        "state": state,
        "states": Vote.State.choices,
    }
    return render(request, "voting/votes.html", context)


@page("voting.keep")
def prepare(request: OfficeRequest, project: int) -> HttpResponse:
    about = get_project(request.user, project)
    require(request.user, "voting.keep", about)
    form = forms.VoteForm(request.POST or None, project=about)

    def act(values: dict[str, Any]) -> str:
        return reverse("voting:vote", args=[services.prepare_vote(request.user, project=about, **values).pk])

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("建好了。下一步：导入业主名册。"))
        return redirect(url)
    return show_form(request, "voting/prepare.html", form, project=about)


@page("voting.view", methods=("GET", "HEAD"))
def vote(request: OfficeRequest, pk: int) -> HttpResponse:
    found = get_vote(request.user, pk)
    cast = Ballot.objects.filter(motion__vote=found)
    context = {
        "vote": found,
        "counts": _counts(found),
        "flats": found.flats.count(),
        "flats_voted": cast.values("flat").distinct().count(),
        "left": unchecked(found).values("flat").distinct().count(),
        "unanswered": found.objections.filter(upheld__isnull=True).count(),
        "may_keep": may(request.user, "voting.keep", found),
        "motion_form": forms.MotionForm(),
        "cancel_form": forms.CancelForm(),
    }
    return render(request, "voting/vote.html", context)


def _counts(vote: Vote) -> list[Count]:
    """Live while it runs, as it was locked afterwards."""
    if vote.has_result or (vote.state == Vote.State.CANCELLED and vote.locked_at):
        return [shown(motion) for motion in vote.motions.all()]
    if vote.state == Vote.State.OPEN:
        return [shown(motion, result) for motion, result in count_vote(vote)]
    return []


@page("voting.keep", methods=("POST",))
def add_motion(request: OfficeRequest, pk: int) -> HttpResponse:
    found = get_vote(request.user, pk)
    form = forms.MotionForm(request.POST)

    def act(values: dict[str, Any]) -> str:
        services.add_motion(request.user, vote=found, **values)
        return reverse("voting:vote", args=[pk])

    if url := form.submit(request, act):
        messages.success(request, _("加上了一项。"))
        return redirect(url)
    return show_form(request, "voting/act.html", form, vote=found, title=_("再加一项"))


@page("voting.view", methods=("GET", "HEAD"))
def roll(request: OfficeRequest, pk: int) -> HttpResponse:
    found = get_vote(request.user, pk)
    words = request.GET.get("words", "")[:40]
    flats = paginate(request, roll_of(found, words))
    keys = [flat.pk for flat in flats]
    voted = set(Ballot.objects.filter(flat__in=keys).values_list("flat_id", flat=True))
    may_keep = may(request.user, "voting.keep", found)
    context = {"vote": found, "page": flats, "words": words, "voted": voted, "may_keep": may_keep}
    return render(request, "voting/roll.html", context)


@page("voting.view", methods=("GET", "HEAD"))
def export_roll(request: OfficeRequest, pk: int) -> HttpResponse:
    found = get_vote(request.user, pk)
    audit.record(request.user, "voting.export_roll", found)
    titles = [column.title for column in sheet.COLUMNS]
    return spreadsheet(_("%(title)s业主名册") % {"title": found.title}, titles, sheet.columns_of(roll_of(found)))


@page("voting.keep", methods=("POST",))
def clear_roll(request: OfficeRequest, pk: int) -> HttpResponse:
    services.clear_roll(request.user, vote=get_vote(request.user, pk))
    messages.success(request, _("名册清空了，可以重新导入。"))
    return redirect("voting:roll", pk)


@page("voting.keep", methods=("POST",))
def open_vote(request: OfficeRequest, pk: int) -> HttpResponse:
    services.open_vote(request.user, vote=get_vote(request.user, pk))
    messages.success(request, _("开始了。名册和事项从现在起不能再改。"))
    return redirect("voting:vote", pk)


@page("voting.keep", methods=("GET", "HEAD"))
def slips(request: OfficeRequest, pk: int) -> HttpResponse:
    """Secret links of every flat: printing them is written down."""
    found = get_vote(request.user, pk)
    require(request.user, "voting.keep", found)
    audit.record(request.user, "voting.print_slips", found)
    response = HttpResponse(papers.slips(found), content_type=TYPE)
    response.headers["Content-Disposition"] = str(content_disposition_header(False, f"{found.title}.pdf"))  # noqa: FBT003
    response.headers["Cache-Control"] = "private, no-store"
    return response
