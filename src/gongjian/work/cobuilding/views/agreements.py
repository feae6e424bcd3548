"""Agreements: the list, one of them, and what is done with it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import FileResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.permissions import may, require
from gongjian.kernel.web.forms import ServiceForm
from gongjian.kernel.web.pages import page, paginate, show_form
from gongjian.ledger.views.sending import send
from gongjian.registry.requests import OfficeRequest
from gongjian.work.cobuilding import services
from gongjian.work.cobuilding.forms import agreements as forms
from gongjian.work.cobuilding.models import Agreement
from gongjian.work.cobuilding.selectors.agreements import agreements, get_agreement, get_room, latest_quarters

SIZE = 30
STATES = [*Agreement.State.choices]


@page("cobuilding.view_agreement", methods=("GET", "HEAD"))
def agreement_list(request: OfficeRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    found = agreements(request.user, state=state, words=request.GET.get("words", "")[:40])
    context = {
        "page": paginate(request, found, size=SIZE),
        "state": state,
        "states": STATES,
        "may_keep": may(request.user, "cobuilding.keep_agreement"),
    }
    return render(request, "cobuilding/agreements/list.html", context)


@page("cobuilding.view_agreement", methods=("GET", "HEAD"))
def agreement(request: OfficeRequest, pk: int) -> HttpResponse:
    found = get_agreement(request.user, pk)
    context = {
        "agreement": found,
        "renewal": getattr(found, "renewed_by", None),
        "may_keep": may(request.user, "cobuilding.keep_agreement", found),
        "may_phone": may(request.user, "cobuilding.keep_agreement", found),
        "quarters": latest_quarters(since=found.signed_on) if found.signed_on else [],
    }
    return render(request, "cobuilding/agreements/agreement.html", context)


@page("cobuilding.keep_agreement")
def new_agreement(request: OfficeRequest) -> HttpResponse:
    form = forms.AgreementForm(request.POST or None, account=request.user)

    def draft(values: dict[str, Any]) -> str:
        return _url(services.draft_agreement(request.user, **form.facts(values)))

    if request.method == "POST" and (url := form.submit(request, draft)):
        messages.success(request, _("起草好了。打印出来签字，再回来把签好的传上。"))
        return redirect(url)
    return show_form(request, "cobuilding/agreements/form.html", form)


@page("cobuilding.keep_agreement")
def change_agreement(request: OfficeRequest, pk: int) -> HttpResponse:
    found = _kept(request, pk)
    form = forms.AgreementForm(request.POST or None, account=request.user, parties=False, initial=forms.written(found))

    def change(values: dict[str, Any]) -> Agreement:
        return services.change_agreement(request.user, agreement=found, **form.facts(values))

    return _do(request, form, found, _("改协议"), change, said=_("改好了。"))


@page("cobuilding.keep_agreement")
def sign_agreement(request: OfficeRequest, pk: int) -> HttpResponse:
    found = _kept(request, pk)
    form = forms.SignForm(request.POST or None, request.FILES or None)
    said = _("签好了，记下一条事迹，等社区确认。")
    return _do(request, form, found, _("签好了"), _calling(services.sign_agreement, request, found), said=said)


@page("cobuilding.keep_agreement")
def add_room(request: OfficeRequest, pk: int) -> HttpResponse:
    found = _kept(request, pk)
    form = forms.RoomForm(request.POST or None, agreement=found)
    return _do(request, form, found, _("写入用房"), _calling(services.add_room, request, found), said=_("写进协议了。"))


@page("cobuilding.keep_agreement")
def hand_over(request: OfficeRequest, pk: int) -> HttpResponse:
    room = get_room(request.user, pk)
    found = _kept(request, room.agreement_id)
    form = forms.HandOverForm(request.POST or None, request.FILES or None)

    def act(values: dict[str, Any]) -> None:
        services.hand_over_room(request.user, room=room, **values)

    return _do(request, form, found, _("移交用房"), act, said=_("移交了，面积记进台账。"), about=str(room))


@page("cobuilding.keep_agreement")
def meeting(request: OfficeRequest, pk: int) -> HttpResponse:
    found = _kept(request, pk)
    form = forms.MeetingForm(request.POST or None)
    return _do(request, form, found, _("记一次联席会"), _calling(services.record_meeting, request, found), said=_("记下了。"))


@page("cobuilding.keep_agreement")
def renew(request: OfficeRequest, pk: int) -> HttpResponse:
    found = _kept(request, pk)
    form = forms.RenewForm(request.POST or None)

    def draft(values: dict[str, Any]) -> str:
        return _url(services.renew_agreement(request.user, agreement=found, **values))

    if request.method == "POST" and (url := form.submit(request, draft)):
        messages.success(request, _("续签的起草好了，内容照旧；要改的现在改，再打印签字。"))
        return redirect(url)
    return _form(request, form, found, _("续签"))


@page("cobuilding.keep_agreement")
def end(request: OfficeRequest, pk: int) -> HttpResponse:
    found = _kept(request, pk)
    form = forms.EndForm(request.POST or None)
    return _do(request, form, found, _("终止协议"), _calling(services.end_agreement, request, found), said=_("终止了。"))


@page("cobuilding.view_agreement", methods=("GET", "HEAD"))
def agreement_file(request: OfficeRequest, pk: int, evidence: int) -> FileResponse:
    links = get_agreement(request.user, pk).files.all()
    return send(request.user, next((link.evidence for link in links if link.evidence_id == evidence), None))


def _kept(request: OfficeRequest, pk: int) -> Agreement:
    found = get_agreement(request.user, pk)
    require(request.user, "cobuilding.keep_agreement", found)
    return found


def _calling(service: Callable[..., Any], request: OfficeRequest, found: Agreement) -> Callable[[dict[str, Any]], Any]:
    return lambda values: service(request.user, agreement=found, **values)


def _do(
    request: OfficeRequest,
    form: ServiceForm,
    found: Agreement,
    title: str,
    act: Callable[[dict[str, Any]], Any],
    *,
    said: str,
    about: str = "",
) -> HttpResponse:
    def carry_out(values: dict[str, Any]) -> str:
        act(values)
        return _url(found)

    if request.method == "POST" and (url := form.submit(request, carry_out)):
        messages.success(request, said)
        return redirect(url)
    return _form(request, form, found, title, about)


def _form(request: OfficeRequest, form: ServiceForm, found: Agreement, title: str, about: str = "") -> HttpResponse:
    context = {"agreement": found, "title": title, "about": about or str(found)}
    return show_form(request, "cobuilding/agreements/act.html", form, **context)


def _url(found: Agreement) -> str:
    return reverse("cobuilding:agreement", args=[found.pk])
