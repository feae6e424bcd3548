"""Claims: the list, one of them, proposing one, and each of its steps."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.kernel.permissions import may, require
from gongjian.kernel.web.pages import page, paginate, show_form
from gongjian.registry.requests import OfficeRequest
from gongjian.work.cobuilding import services
from gongjian.work.cobuilding.deeds import deed_of
from gongjian.work.cobuilding.forms import claims as forms
from gongjian.work.cobuilding.forms.listings import FilterForm
from gongjian.work.cobuilding.models import State
from gongjian.work.cobuilding.selectors.acts import acts_for
from gongjian.work.cobuilding.selectors.claims import claims, get_claim
from gongjian.work.cobuilding.selectors.listings import get_need, get_offer
from gongjian.work.cobuilding.sheets import outgoing

SIZE = 30


@page("cobuilding.view_claim", methods=("GET", "HEAD"))
def claim_list(request: OfficeRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    asked = {name: request.GET.get(name, "")[:40] for name in ("words", "kind")}
    found = claims(request.user, state=state if state in State.values else "", **asked)
    if "xlsx" in request.GET:
        return outgoing.claims(found)
    context = {
        "page": paginate(request, found, size=SIZE),
        "may_give": may(request.user, "cobuilding.give"),
        "state": state,
        "states": State.choices,
        "filter": FilterForm(request.GET),
    }
    return render(request, "cobuilding/claims/list.html", context)


@page("cobuilding.view_claim", methods=("GET", "HEAD"))
def claim(request: OfficeRequest, pk: int) -> HttpResponse:
    found = get_claim(request.user, pk)
    context = {"claim": found, "acts": acts_for(request.user, found), "deed": deed_of(found)}
    return render(request, "cobuilding/claims/claim.html", context)


@page("cobuilding.give")
def claim_need(request: OfficeRequest, pk: int) -> HttpResponse:
    need = get_need(pk)
    form = forms.ClaimNeedForm(request.POST or None, account=request.user, listing=need)
    return _propose(request, form, need, lambda values: services.claim_need(request.user, need=need, **values))


@page("cobuilding.receive")
def claim_offer(request: OfficeRequest, pk: int) -> HttpResponse:
    offer = get_offer(pk)
    form = forms.ClaimOfferForm(request.POST or None, account=request.user, listing=offer)
    return _propose(request, form, offer, lambda values: services.claim_offer(request.user, offer=offer, **values))


def _propose(
    request: OfficeRequest, form: forms.ProposeForm, listing: Any, act: Callable[[dict[str, Any]], Any]
) -> HttpResponse:
    def propose(values: dict[str, Any]) -> str:
        return reverse("cobuilding:claim", args=[act(values).pk])

    if request.method == "POST" and (url := form.submit(request, propose)):
        messages.success(request, _("提出去了，等对方同意。"))
        return redirect(url)
    return show_form(request, "cobuilding/claims/propose.html", form, listing=listing)


@dataclass(frozen=True)
class Verb:
    """A step: who may, which form, which service (called with the claim and the form's values), and what is said afterwards."""

    permission: str
    form: type[forms.ClaimForm]
    act: Callable[..., Any]
    title: Any
    said: Any


VERBS = {
    "agree": Verb("cobuilding.speak", forms.WordsForm, services.agree, gettext_lazy("同意这项认领"), gettext_lazy("同意了。")),
    "start": Verb("cobuilding.give", forms.WordsForm, services.start, gettext_lazy("开始办"), gettext_lazy("开始办了。")),
    "report": Verb(
        "cobuilding.give", forms.ReportForm, services.report, gettext_lazy("办到了，请社区验收"), gettext_lazy("已请社区验收。")
    ),
    "send_back": Verb(
        "cobuilding.accept", forms.ReasonForm, services.send_back, gettext_lazy("验收不通过"), gettext_lazy("退回去了。")
    ),
    "accept": Verb(
        "cobuilding.accept", forms.AcceptForm, services.accept, gettext_lazy("验收"), gettext_lazy("验收了，事迹记下了。")
    ),
    "rate": Verb("cobuilding.accept", forms.RateForm, services.rate, gettext_lazy("评价"), gettext_lazy("评价了，谢谢。")),
    "finish": Verb("cobuilding.finish", forms.ClaimForm, services.finish, gettext_lazy("办结"), gettext_lazy("办结了。")),
    "lapse": Verb("cobuilding.speak", forms.ReasonForm, services.lapse, gettext_lazy("不办了"), gettext_lazy("记下了。")),
}


def verb_page(name: str) -> Callable[..., HttpResponseBase]:
    verb = VERBS[name]

    @page(verb.permission)
    def step(request: OfficeRequest, pk: int) -> HttpResponse:
        found = get_claim(request.user, pk)
        require(request.user, verb.permission, found)
        form = verb.form(request.POST or None, request.FILES or None, claim=found)
        back = reverse("cobuilding:claim", args=[pk])

        def act(values: dict[str, Any]) -> str:
            verb.act(request.user, claim=found, **values)
            return back

        if request.method == "POST" and (url := form.submit(request, act)):
            messages.success(request, verb.said)
            return redirect(url)
        return show_form(request, "cobuilding/claims/step.html", form, claim=found, verb=verb, back=back)

    return step
