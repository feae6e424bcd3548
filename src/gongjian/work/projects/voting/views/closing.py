"""Locking, objections, the end."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.permissions import may, require
from gongjian.kernel.web.pages import page, show_form
from gongjian.registry.requests import OfficeRequest
from gongjian.work.projects.voting import forms, services
from gongjian.work.projects.voting.selectors.votes import get_objection, get_vote


@page("voting.keep", methods=("POST",))
def lock(request: OfficeRequest, pk: int) -> HttpResponse:
    services.lock_vote(request.user, vote=get_vote(request.user, pk))
    messages.success(request, _("结果锁定了，从现在起公示。"))
    return redirect("voting:vote", pk)


@page("voting.view")
def objections(request: OfficeRequest, pk: int) -> HttpResponse:
    found = get_vote(request.user, pk)
    form = forms.ObjectionForm(request.POST or None)

    def act(values: dict[str, Any]) -> str:
        services.record_objection(request.user, vote=found, **values)
        return reverse("voting:objections", args=[pk])

    if request.method == "POST":
        require(request.user, "voting.keep", found)
        if url := form.submit(request, act):
            messages.success(request, _("异议记下了。"))
            return redirect(url)
    context = {
        "vote": found,
        "objections": found.objections.select_related("flat"),
        "may_keep": may(request.user, "voting.keep", found),
    }
    return show_form(request, "voting/objections.html", form, **context)


@page("voting.keep")
def answer(request: OfficeRequest, pk: int) -> HttpResponse:
    objection = get_objection(request.user, pk)
    require(request.user, "voting.keep", objection.vote)
    form = forms.AnswerForm(request.POST or None)

    def act(values: dict[str, Any]) -> str:
        services.answer_objection(request.user, objection=objection, **values)
        return reverse("voting:objections", args=[objection.vote_id])

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("答复了。"))
        return redirect(url)
    return show_form(request, "voting/act.html", form, vote=objection.vote, title=_("答复异议"), about=objection.text)


@page("voting.keep", methods=("POST",))
def finish(request: OfficeRequest, pk: int) -> HttpResponse:
    services.finish_vote(request.user, vote=get_vote(request.user, pk))
    messages.success(request, _("表决办结了。"))
    return redirect("voting:vote", pk)


@page("voting.keep", methods=("POST",))
def cancel(request: OfficeRequest, pk: int) -> HttpResponse:
    found = get_vote(request.user, pk)
    form = forms.CancelForm(request.POST)

    def act(values: dict[str, Any]) -> str:
        services.cancel_vote(request.user, vote=found, **values)
        return reverse("voting:vote", args=[pk])

    if url := form.submit(request, act):
        messages.success(request, _("作废了，记录都留着。"))
        return redirect(url)
    return show_form(request, "voting/act.html", form, vote=found, title=_("作废这次表决"))
