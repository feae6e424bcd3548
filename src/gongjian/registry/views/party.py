"""The tree of party organizations (三领)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.web.pages import page, show_form
from gongjian.registry import selectors
from gongjian.registry.forms.organizations import DissolveForm, PartyForm
from gongjian.registry.requests import OfficeRequest
from gongjian.registry.services import party as services


@page("registry.view_register", methods=("GET", "HEAD"))
def tree(request: OfficeRequest) -> HttpResponse:
    return render(request, "registry/party.html", {"tree": selectors.party_tree()})


@page("registry.view_register", methods=("GET", "HEAD"))
def show(request: OfficeRequest, pk: int) -> HttpResponse:
    party = selectors.get_party_organization(pk)
    context = {"party": party, "branches": party.branches.all(), "changes": selectors.changes_of(party), "form": DissolveForm()}
    return render(request, "registry/party_organization.html", context)


@page("registry.edit_register")
def found(request: OfficeRequest) -> HttpResponse:
    form = PartyForm(request.POST or None, initial={"parent": request.GET.get("below")})

    def act(values: dict[str, Any]) -> str:
        return _url(services.found_party_organization(request.user, **values).pk)

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("成立了。"))
        return redirect(url)
    return show_form(request, "registry/form.html", form, title=_("成立党组织"), back=reverse("registry:party"))


@page("registry.edit_register")
def dissolve(request: OfficeRequest, pk: int) -> HttpResponse:
    party = selectors.get_party_organization(pk)
    form = DissolveForm(request.POST or None)

    def act(values: dict[str, Any]) -> str:
        services.dissolve_party_organization(request.user, party=party, **values)
        return _url(pk)

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("撤销了，名册里仍看得到它。"))
        return redirect(url)
    return show_form(request, "registry/form.html", form, title=_("撤销党组织"), back=_url(pk))


def _url(pk: int) -> str:
    return reverse("registry:party_organization", args=[pk])
