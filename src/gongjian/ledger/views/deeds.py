"""A deed's own page, and what can be done with it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.permissions import may, require
from gongjian.kernel.web.forms import ServiceForm
from gongjian.kernel.web.pages import page, show_form
from gongjian.ledger import services
from gongjian.ledger.forms.acts import CommunityConfirmationForm, ReversalForm, ThirdPartyConfirmationForm
from gongjian.ledger.models import Deed, Level
from gongjian.ledger.sealing.proofs import proof_of, seal_over
from gongjian.ledger.selectors import get_deed
from gongjian.ledger.selectors.evidence import warnings_about
from gongjian.registry.models import Account


@page("ledger.view_deed", methods=("GET", "HEAD"))
def deed(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_deed(request.user, pk)
    evidence = [link.evidence for link in found.evidence_links.all()]
    shown = [item for item in evidence if may(request.user, "ledger.view_evidence", item)]
    staff = may(request.user, "ledger.explore")
    warnings = warnings_about(found, evidence) if staff and evidence else {}
    context = {
        "deed": found,
        "evidence": [(item, warnings.get(item.pk, [])) for item in shown],
        "hidden": len(evidence) - len(shown),
        "staff": staff,
        "sealed": seal_over(found),
        "acts": _acts(request.user, found),
    }
    return render(request, "ledger/deed.html", context)


def _acts(account: Any, deed: Any) -> dict[str, bool]:
    """Which acts this account may still do with this deed."""
    stands = not deed.is_reversed and deed.reverses_id is None
    return {
        "confirm": stands and deed.level < Level.COMMUNITY and may(account, "ledger.confirm_for_community", deed),
        "witness": stands and deed.level < Level.THIRD_PARTY and may(account, "ledger.confirm_for_third_party", deed),
        "reverse": stands and may(account, "ledger.reverse_deed", deed),
    }


@page("ledger.view_deed", methods=("GET", "HEAD"))
def proof(request: HttpRequest, pk: UUID) -> JsonResponse:
    """The inclusion proof as a file to keep."""
    content = proof_of(get_deed(request.user, pk))
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="gongjian-proof-{pk}.json"'
    return response


@page("ledger.confirm_for_community")
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _deed_for(request, pk, "ledger.confirm_for_community")
    initial = {"on_behalf_of": _("%(place)s居委会") % {"place": found.place}}

    def act(account: Account, values: dict[str, Any]) -> None:
        services.confirm_deed(account, deed=found, level=Level.COMMUNITY, **values)

    form = CommunityConfirmationForm(request.POST or None, initial=initial)
    return _carry_out(request, found, form, act, "ledger/confirm.html")


@page("ledger.confirm_for_third_party")
def witness(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _deed_for(request, pk, "ledger.confirm_for_third_party")

    def act(account: Account, values: dict[str, Any]) -> None:
        evidence = services.take_in_files(account, files=values.pop("evidence"))
        services.confirm_deed(account, deed=found, level=Level.THIRD_PARTY, evidence=evidence, **values)

    form = ThirdPartyConfirmationForm(request.POST or None, request.FILES or None)
    return _carry_out(request, found, form, act, "ledger/witness.html")


@page("ledger.reverse_deed")
def reverse_(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _deed_for(request, pk, "ledger.reverse_deed")

    def act(account: Account, values: dict[str, Any]) -> None:
        services.reverse_deed(account, deed=found, **values)

    return _carry_out(request, found, ReversalForm(request.POST or None), act, "ledger/reverse.html")


def _deed_for(request: HttpRequest, pk: UUID, permission: str) -> Deed:
    found = get_deed(request.user, pk)
    require(request.user, permission, found)
    return found


def _carry_out(
    request: HttpRequest, deed: Deed, form: ServiceForm, act: Callable[[Account, dict[str, Any]], None], template: str
) -> HttpResponse:
    url = reverse("ledger:deed", args=[deed.pk])

    def carry_out(values: dict[str, Any]) -> str:
        act(request.user, values)  # type: ignore[arg-type]
        return url

    if request.method == "POST" and form.submit(request, carry_out):
        messages.success(request, _("办好了。"))
        return redirect(url)
    return show_form(request, template, form, deed=deed)
