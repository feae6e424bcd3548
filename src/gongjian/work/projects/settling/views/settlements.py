"""Settlements: the list, one of them, its paper."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.permissions import may, require
from gongjian.kernel.web.pages import page, paginate, show_form
from gongjian.kernel.web.papers import send_paper
from gongjian.registry.requests import OfficeRequest
from gongjian.work.projects.selectors.projects import get_project
from gongjian.work.projects.settling import forms, papers, selectors, services
from gongjian.work.projects.settling.models import Settlement
from gongjian.work.projects.settling.services.paying import still_open


@page("settling.view", methods=("GET", "HEAD"))
def settlements(request: OfficeRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    found = selectors.settlements(request.user, state=state)
    context = {
        "page": paginate(request, found),
        "state": state,
        "states": Settlement.State.choices,
        "totals": selectors.totals(selectors.settlements(request.user)),
    }
    return render(request, "settling/settlements.html", context)


@page("settling.keep")
def draft(request: OfficeRequest, project: int) -> HttpResponse:
    about = get_project(request.user, project)
    form = forms.SettlementForm(request.POST or None, account=request.user)

    def act(values: dict[str, Any]) -> str:
        organization, facts = values["organization"], form.facts(values)
        made = services.draft_settlement(request.user, project=about, organization=organization, facts=facts)
        return _url(made)

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("算好了，请和商户一行一行核对。"))
        return redirect(url)
    context = {"title": _("登记一户"), "about": about, "back": reverse("projects:project", args=[project])}
    return show_form(request, "settling/form.html", form, **context)


@page("settling.view", methods=("GET", "HEAD"))
def settlement(request: OfficeRequest, pk: int) -> HttpResponse:
    return show(request, selectors.get_settlement(request.user, pk))


def show(request: OfficeRequest, found: Settlement, **refused: Any) -> HttpResponse:
    """With the forms of what can be done next; `refused`: one of them that was."""
    lines = selectors.lines_of(found)
    context = {
        "settlement": found,
        "lines": lines,
        "net": sum(line.amount for line in lines),
        "left": still_open(found) if found.net is not None else None,
        "may_keep": may(request.user, "settling.keep", found),
        "sign_form": forms.SignForm(),
        "decide_form": forms.DecideForm(),
        "pay_form": forms.PayForm(),
        "close_form": forms.CloseForm(),
        "cancel_form": forms.CancelForm(),
        **refused,
    }
    return render(request, "settling/settlement.html", context, status=422 if refused else 200)


@page("settling.keep")
def change(request: OfficeRequest, pk: int) -> HttpResponse:
    found = kept(request, pk)
    form = forms.SettlementForm(request.POST or None, account=request.user, settlement=found, initial=forms.written(found))

    def act(values: dict[str, Any]) -> str:
        services.change_settlement(request.user, settlement=found, facts=form.facts(values))
        return _url(found)

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("改好了，重新算过。"))
        return redirect(url)
    return show_form(request, "settling/form.html", form, title=_("改结算"), about=found, back=_url(found))


@page("settling.view", methods=("GET", "HEAD"))
def paper(request: OfficeRequest, pk: int) -> HttpResponse:
    found = selectors.get_settlement(request.user, pk)
    return send_paper(request, papers.commitment_paper(found), f"{found.number} {found.tenant}")


@page("settling.keep", methods=("POST",))
def cancel(request: OfficeRequest, pk: int) -> HttpResponse:
    found = kept(request, pk)
    form = forms.CancelForm(request.POST)

    def act(values: dict[str, Any]) -> str:
        services.cancel_settlement(request.user, settlement=found, **values)
        return _url(found)

    if url := form.submit(request, act):
        messages.success(request, _("作废了。"))
        return redirect(url)
    return show(request, found, cancel_form=form)


def kept(request: OfficeRequest, pk: int) -> Settlement:
    """One that the account may work on."""
    found = selectors.get_settlement(request.user, pk)
    require(request.user, "settling.keep", found)
    return found


def _url(found: Settlement) -> str:
    return reverse("settling:settlement", args=[found.pk])
