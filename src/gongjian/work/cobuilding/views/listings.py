"""Needs and offers: the two lists, one of them, posting, changing, withdrawing."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.permissions import may, require
from gongjian.kernel.web.pages import page, paginate, show_form
from gongjian.registry.requests import OfficeRequest
from gongjian.work.cobuilding import services
from gongjian.work.cobuilding.forms.listings import FilterForm, ListingForm, NeedForm, OfferForm
from gongjian.work.cobuilding.forms.withdrawing import WithdrawForm
from gongjian.work.cobuilding.models import Listing, Offer
from gongjian.work.cobuilding.selectors import listings
from gongjian.work.cobuilding.selectors.claims import claims_about
from gongjian.work.cobuilding.sheets import outgoing

STATES = ("open", "met", "ended", "all")
SIZE = 30


def _asked(request: OfficeRequest) -> dict[str, str]:
    state = request.GET.get("state", "open")
    asked = {"state": state if state in STATES else "open"}
    return asked | {name: request.GET.get(name, "")[:40] for name in ("words", "kind")}


@page("cobuilding.view", methods=("GET", "HEAD"))
def needs(request: OfficeRequest) -> HttpResponse:
    asked = _asked(request)
    if "xlsx" in request.GET:
        return outgoing.needs(listings.needs(**asked))
    return _list(request, "needs", paginate(request, listings.needs(**asked), size=SIZE), asked)


@page("cobuilding.view", methods=("GET", "HEAD"))
def offers(request: OfficeRequest) -> HttpResponse:
    asked = _asked(request)
    if "xlsx" in request.GET:
        return outgoing.offers(listings.offers(**asked))
    return _list(request, "offers", paginate(request, listings.offers(**asked), size=SIZE), asked)


def _list(request: OfficeRequest, which: str, found: Any, asked: dict[str, str]) -> HttpResponse:
    posts = may(request.user, "cobuilding.post_need" if which == "needs" else "cobuilding.post_offer")
    context = {"page": found, "state": asked["state"], "filter": FilterForm(request.GET), "may_post": posts}
    return render(request, f"cobuilding/listings/{which}.html", context)


@page("cobuilding.view", methods=("GET", "HEAD"))
def need(request: OfficeRequest, pk: int) -> HttpResponse:
    found = listings.get_need(pk)
    context = _about(request, found, "cobuilding.post_need") | {"claims": claims_about(request.user, need=found)}
    return render(request, "cobuilding/listings/need.html", context)


@page("cobuilding.view", methods=("GET", "HEAD"))
def offer(request: OfficeRequest, pk: int) -> HttpResponse:
    found = listings.get_offer(pk)
    context = _about(request, found, "cobuilding.post_offer") | {"claims": claims_about(request.user, offer=found)}
    return render(request, "cobuilding/listings/offer.html", context)


def _about(request: OfficeRequest, found: Listing, edit: str) -> dict[str, Any]:
    is_open = found.withdrawn_at is None
    claims = "cobuilding.receive" if isinstance(found, Offer) else "cobuilding.give"
    return {
        "listing": found,
        "may_edit": is_open and may(request.user, edit, found),
        "may_claim": is_open and not found.is_used_up and may(request.user, claims),
    }


@page("cobuilding.post_need")
def new_need(request: OfficeRequest) -> HttpResponse:
    form = NeedForm(request.POST or None, account=request.user)
    return _write(request, form, "need", lambda facts: services.post_need(request.user, **facts))


@page("cobuilding.post_offer")
def new_offer(request: OfficeRequest) -> HttpResponse:
    form = OfferForm(request.POST or None, account=request.user)
    return _write(request, form, "offer", lambda facts: services.post_offer(request.user, **facts))


@page("cobuilding.post_need")
def change_need(request: OfficeRequest, pk: int) -> HttpResponse:
    found = listings.get_need(pk)
    require(request.user, "cobuilding.post_need", found)
    form = NeedForm(request.POST or None, account=request.user, initial=_written(found))
    return _write(request, form, "need", lambda facts: services.change_need(request.user, need=found, **facts), found)


@page("cobuilding.post_offer")
def change_offer(request: OfficeRequest, pk: int) -> HttpResponse:
    found = listings.get_offer(pk)
    require(request.user, "cobuilding.post_offer", found)
    form = OfferForm(request.POST or None, account=request.user, fixed=True, initial=_written(found))
    return _write(request, form, "offer", lambda facts: services.change_offer(request.user, offer=found, **facts), found)


def _written(listing: Listing) -> dict[str, Any]:
    written = model_to_dict(listing) | {"counted": f"{listing.kind}:{listing.unit}", "from_day": listing.from_day}
    for name in ("quantity", "at_least"):
        written[name] = written[name] and written[name].normalize()
    return written


def _write(
    request: OfficeRequest,
    form: ListingForm,
    which: str,
    act: Callable[[dict[str, Any]], Listing],
    known: Listing | None = None,
) -> HttpResponse:
    def write(values: dict[str, Any]) -> str:
        return reverse(f"cobuilding:{which}", args=[act(form.facts(values)).pk])

    if request.method == "POST" and (url := form.submit(request, write)):
        messages.success(request, _("改好了。") if known else _("发出去了，大家都能看到。"))
        return redirect(url)
    return show_form(request, f"cobuilding/listings/{which}_form.html", form, known=known)


@page("cobuilding.post_need")
def withdraw_need(request: OfficeRequest, pk: int) -> HttpResponse:
    found = listings.get_need(pk)
    require(request.user, "cobuilding.post_need", found)
    return _withdraw(request, found, reverse("cobuilding:need", args=[pk]))


@page("cobuilding.post_offer")
def withdraw_offer(request: OfficeRequest, pk: int) -> HttpResponse:
    found = listings.get_offer(pk)
    require(request.user, "cobuilding.post_offer", found)
    return _withdraw(request, found, reverse("cobuilding:offer", args=[pk]))


def _withdraw(request: OfficeRequest, found: Any, back: str) -> HttpResponse:
    form = WithdrawForm(request.POST or None)

    def withdraw(values: dict[str, Any]) -> str:
        services.withdraw_listing(request.user, listing=found, **values)
        return back

    if request.method == "POST" and (url := form.submit(request, withdraw)):
        messages.success(request, _("撤下了。"))
        return redirect(url)
    return show_form(request, "cobuilding/listings/withdraw.html", form, listing=found, back=back)
