"""What changes about a pairing: each a small form of its own."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.permissions import require
from gongjian.kernel.web.forms import ServiceForm
from gongjian.kernel.web.pages import page, show_form
from gongjian.registry.models import Consent
from gongjian.registry.requests import OfficeRequest
from gongjian.registry.services.people import give_consent
from gongjian.work.care.forms import CarerForm, ConsentForm, FamilyForm, RiskForm, WordsForm
from gongjian.work.care.models import Pairing
from gongjian.work.care.selectors.pairings import get_pairing
from gongjian.work.care.services import managing
from gongjian.work.care.services.reading import forget_notes
from gongjian.work.care.views.pairings import family_of

Change = Callable[[Pairing, dict[str, Any]], object]


def _form(request: OfficeRequest, found: Pairing, form: ServiceForm, change: Change, *, title: str) -> HttpResponse:
    back = reverse("care:pairing", args=[found.pk])

    def act(values: dict[str, Any]) -> str:
        change(found, values)
        return back

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("改好了。"))
        return redirect(url)
    return show_form(request, "care/form.html", form, pairing=found, title=title, back=back)


@page("care.manage")
def family(request: OfficeRequest, pk: int) -> HttpResponse:
    """What is there is not shown: it is written anew."""

    def change(found: Pairing, values: dict[str, Any]) -> object:
        return managing.set_family(request.user, pairing=found, family=family_of(values))

    return _form(request, get_pairing(request.user, pk), FamilyForm(request.POST or None), change, title=_("住址和家属"))


@page("care.manage")
def carer(request: OfficeRequest, pk: int) -> HttpResponse:
    found = get_pairing(request.user, pk)
    require(request.user, "care.manage", found)
    initial = {"organization": found.organization and found.organization.name, "person": found.carer}

    def change(known: Pairing, values: dict[str, Any]) -> object:
        new = {"organization": values["organization"], "carer": values["person"], "words": values["words"]}
        return managing.change_carer(request.user, pairing=known, **new)

    form = CarerForm(request.POST or None, account=request.user, initial=initial)
    return _form(request, found, form, change, title=_("换单位或结对人"))


@page("care.manage")
def risk(request: OfficeRequest, pk: int) -> HttpResponse:
    found = get_pairing(request.user, pk)

    def change(known: Pairing, values: dict[str, Any]) -> object:
        return managing.set_risk(request.user, pairing=known, **values)

    form = RiskForm(request.POST or None, initial={"risk": found.risk})
    return _form(request, found, form, change, title=_("改风险"))


@page("care.visit")
def change(request: OfficeRequest, pk: int) -> HttpResponse:
    def report(known: Pairing, values: dict[str, Any]) -> object:
        return managing.report_change(request.user, pairing=known, **values)

    return _form(request, get_pairing(request.user, pk), WordsForm(request.POST or None), report, title=_("老人有重大变化"))


@page("care.manage")
def consent(request: OfficeRequest, pk: int) -> HttpResponse:
    found = get_pairing(request.user, pk)

    def give(known: Pairing, values: dict[str, Any]) -> object:
        purpose = Consent.Purpose.HEALTH
        return give_consent(request.user, person=known.elder, purpose=purpose, means=values["consent"])

    return _form(request, found, ConsentForm(request.POST or None), give, title=_("老人同意记健康情况"))


@page("care.manage")
def pause(request: OfficeRequest, pk: int) -> HttpResponse:
    def stop(known: Pairing, values: dict[str, Any]) -> object:
        return managing.pause(request.user, pairing=known, **values)

    return _form(request, get_pairing(request.user, pk), WordsForm(request.POST or None), stop, title=_("暂停结对"))


@page("care.manage", methods=("POST",))
def resume(request: OfficeRequest, pk: int) -> HttpResponse:
    managing.resume(request.user, pairing=get_pairing(request.user, pk))
    messages.success(request, _("恢复了，从今天重新算起。"))
    return redirect("care:pairing", pk)


@page("care.manage")
def end(request: OfficeRequest, pk: int) -> HttpResponse:
    def finish(known: Pairing, values: dict[str, Any]) -> object:
        return managing.end(request.user, pairing=known, **values)

    return _form(request, get_pairing(request.user, pk), WordsForm(request.POST or None), finish, title=_("结束结对"))


@page("care.manage", methods=("POST",))
def forget(request: OfficeRequest, pk: int) -> HttpResponse:
    gone = forget_notes(request.user, pairing=get_pairing(request.user, pk))
    messages.success(request, _("删掉了 %(n)s 条备注和家属的联系方式，探访的时间还在。") % {"n": gone})
    return redirect("care:pairing", pk)
