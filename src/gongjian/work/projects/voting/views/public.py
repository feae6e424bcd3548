"""For everybody: published results; and for whoever holds a flat's slip: its ballot."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.kernel.rates import spend
from gongjian.kernel.web.addresses import client_address
from gongjian.kernel.web.pages import page, paginate, show_form
from gongjian.kernel.web.papers import send_paper
from gongjian.registry.requests import OfficeRequest
from gongjian.work.projects.voting import forms, papers, services
from gongjian.work.projects.voting.models import Flat, Vote
from gongjian.work.projects.voting.selectors.ballots import current_ballots
from gongjian.work.projects.voting.selectors.votes import PUBLIC, flat_by_token, published_vote
from gongjian.work.projects.voting.shown import shown

MOST_WRONG_AN_HOUR = 30


@page("voting.see_result", methods=("GET", "HEAD"))
def results(request: OfficeRequest) -> HttpResponse:
    found = Vote.objects.filter(state__in=PUBLIC).select_related("place").prefetch_related("motions")
    return render(request, "voting/results.html", {"page": paginate(request, found, size=30)})


@page("voting.see_result", methods=("GET", "HEAD"))
def result(request: OfficeRequest, pk: int) -> HttpResponse:
    vote = published_vote(pk)
    context = {"vote": vote, "counts": [shown(motion) for motion in vote.motions.all()], "objections": vote.objections.all()}
    return render(request, "voting/result.html", context)


@page("voting.see_result", methods=("GET", "HEAD"))
def paper(request: OfficeRequest, pk: int) -> HttpResponse:
    vote = published_vote(pk)
    return send_paper(request, papers.result_sheet(vote), f"{vote.title} {_('表决结果')}")


@page("voting.cast")
def flat(request: OfficeRequest, token: str) -> HttpResponse:
    found = _by_token(request, token)
    current = current_ballots(found)
    form = forms.OnlineForm(request.POST or None, flat=found, current=current, masked=True)

    def act(values: dict[str, Any]) -> str:
        services.cast_online(request.user, flat=found, voice=form.voice(values))
        return reverse("voting:flat", args=[token])

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("投好了。截止以前可以改，以最后一次为准。"))
        return redirect(url)
    return _private(_flat_page(request, found, form))


def _flat_page(request: HttpRequest, found: Flat, form: Any, objection_form: Any = None) -> HttpResponse:
    context = {
        "flat": found,
        "vote": found.vote,
        "current": list(current_ballots(found).values()),
        "objection_form": objection_form or forms.ObjectionForm(),
    }
    shown_form = objection_form if objection_form is not None and objection_form.errors else form
    response = show_form(request, "voting/flat.html", form, **context)
    response.status_code = 422 if request.method == "POST" and shown_form.errors else 200
    return response


@page("voting.cast", methods=("POST",))
def object_to_it(request: OfficeRequest, token: str) -> HttpResponse:
    found = _by_token(request, token)
    form = forms.ObjectionForm(request.POST)

    def act(values: dict[str, Any]) -> str:
        services.object_by_link(request.user, flat=found, **values)
        return reverse("voting:flat", args=[token])

    if url := form.submit(request, act):
        messages.success(request, _("异议收到了，答复会和结果一起公布。"))
        return redirect(url)
    ballot = forms.OnlineForm(None, flat=found, current=current_ballots(found), masked=True)
    return _private(_flat_page(request, found, ballot, form))


def _by_token(request: HttpRequest, token: str) -> Flat:
    """Raises Missing, and TooMany for an address that goes on guessing."""
    try:
        return flat_by_token(token)
    except Missing:
        spend(f"voting.guess:{client_address(request)}", most=MOST_WRONG_AN_HOUR, within=timedelta(hours=1))
        raise


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
