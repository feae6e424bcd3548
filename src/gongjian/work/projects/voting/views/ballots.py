"""Paper ballots, their check by a second person, and powers of attorney."""

from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel import audit
from gongjian.kernel.errors import Missing
from gongjian.kernel.permissions import may, require
from gongjian.kernel.web.pages import page, paginate, show_form
from gongjian.registry.requests import OfficeRequest
from gongjian.work.projects.voting import forms, services
from gongjian.work.projects.voting.selectors.ballots import ballots as ballots_of
from gongjian.work.projects.voting.selectors.ballots import current_ballots, flats_to_check
from gongjian.work.projects.voting.selectors.votes import get_flat, get_proxy, get_vote

TO_CHECK = 200


@page("voting.keep")
def enter(request: OfficeRequest, pk: int, flat: int) -> HttpResponse:
    found = get_vote(request.user, pk)
    require(request.user, "voting.keep", found)
    one = get_flat(found, flat)
    current = current_ballots(one)
    form = forms.PaperForm(request.POST or None, request.FILES or None, flat=one, current=current)

    def act(values: dict[str, Any]) -> str:
        how = {"cast_at": values.pop("cast_at"), "scan": values.pop("scan")}
        services.enter_paper(request.user, flat=one, voice=form.voice(values), **how)
        return reverse("voting:roll", args=[pk])

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("%(flat)s 录好了，等另一个人复核。") % {"flat": one.number})
        return redirect(url)
    return show_form(request, "voting/enter.html", form, vote=found, flat=one, current=list(current.values()))


@page("voting.view", methods=("GET", "HEAD"))
def ballots(request: OfficeRequest, pk: int) -> HttpResponse:
    found = get_vote(request.user, pk)
    context = {
        "vote": found,
        "page": paginate(request, ballots_of(found)),
        "to_check": flats_to_check(found)[:TO_CHECK],
        "may_keep": may(request.user, "voting.keep", found),
    }
    return render(request, "voting/ballots.html", context)


@page("voting.keep")
def check(request: OfficeRequest, pk: int, flat: int) -> HttpResponse:
    """What was entered, beside the photo of the paper."""
    found = get_vote(request.user, pk)
    require(request.user, "voting.keep", found)
    one = get_flat(found, flat)
    if request.method == "POST":
        services.check_ballots(request.user, flat=one)
        messages.success(request, _("%(flat)s 复核好了。") % {"flat": one.number})
        return redirect("voting:ballots", pk)
    return render(request, "voting/check.html", {"vote": found, "flat": one, "ballots": list(current_ballots(one).values())})


@page("voting.view", methods=("GET", "HEAD"))
def scan(request: OfficeRequest, pk: int, ballot: int) -> HttpResponseBase:
    """The photo of a paper ballot, for whoever may see the roll; looking is written down."""
    found = get_vote(request.user, pk)
    one = ballots_of(found).filter(pk=ballot, scan__isnull=False).first()
    if one is None or one.scan is None:
        raise Missing(_("没有这份材料。"))
    audit.record(request.user, "ledger.view_original", one.scan)
    path = one.scan.public_path if one.scan.is_image else one.scan.original_path
    kind = "image/jpeg" if one.scan.is_image else one.scan.media_type
    response = FileResponse(default_storage.open(path), content_type=kind)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@page("voting.keep")
def proxies(request: OfficeRequest, pk: int) -> HttpResponse:
    found = get_vote(request.user, pk)
    require(request.user, "voting.keep", found)
    form = forms.ProxyForm(request.POST or None, request.FILES or None, vote=found)

    def act(values: dict[str, Any]) -> str:
        services.record_proxy(request.user, vote=found, **values)
        return reverse("voting:proxies", args=[pk])

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("委托记下了。"))
        return redirect(url)
    listed = paginate(request, found.proxies.select_related("owner"), size=30)
    return show_form(request, "voting/proxies.html", form, vote=found, page=listed)


@page("voting.keep", methods=("POST",))
def revoke(request: OfficeRequest, pk: int) -> HttpResponse:
    proxy = services.revoke_proxy(request.user, proxy=get_proxy(request.user, pk))
    messages.success(request, _("委托撤回了。撤回以前投的仍然算。"))
    return redirect("voting:proxies", proxy.vote_id)
