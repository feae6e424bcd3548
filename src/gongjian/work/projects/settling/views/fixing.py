"""What is done with a settlement: signed or decided, paid, closed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel import audit
from gongjian.kernel.errors import Missing
from gongjian.kernel.web.forms import ServiceForm
from gongjian.kernel.web.pages import page
from gongjian.registry.requests import OfficeRequest
from gongjian.work.projects.settling import forms, services
from gongjian.work.projects.settling.views.settlements import kept, show


@page("settling.keep", methods=("POST",))
def sign(request: OfficeRequest, pk: int) -> HttpResponse:
    form = forms.SignForm(request.POST, request.FILES)
    return _act(request, pk, services.sign_settlement, _("签好了，数字从现在起不能再改。"), sign_form=form)


@page("settling.keep", methods=("POST",))
def decide(request: OfficeRequest, pk: int) -> HttpResponse:
    form = forms.DecideForm(request.POST)
    return _act(request, pk, services.decide_settlement, _("记下了，数字从现在起不能再改。"), decide_form=form)


@page("settling.keep", methods=("POST",))
def pay(request: OfficeRequest, pk: int) -> HttpResponse:
    return _act(request, pk, services.pay_settlement, _("付款记下了。"), pay_form=forms.PayForm(request.POST))


@page("settling.keep", methods=("POST",))
def close(request: OfficeRequest, pk: int) -> HttpResponse:
    return _act(request, pk, services.close_settlement, _("这一户办结了。"), close_form=forms.CloseForm(request.POST))


def _act(request: OfficeRequest, pk: int, service: Callable[..., Any], said: str, **named: ServiceForm) -> HttpResponse:
    """`named`: the one form, under the name by which the page shows it."""
    found = kept(request, pk)
    ((name, form),) = named.items()

    def act(values: dict[str, Any]) -> str:
        service(request.user, settlement=found, **values)
        return reverse("settling:settlement", args=[pk])

    if url := form.submit(request, act):
        messages.success(request, said)
        return redirect(url)
    return show(request, found, **{name: form})


@page("settling.keep", methods=("GET", "HEAD"))
def signature(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """For whoever keeps it; looking is written down."""
    found = kept(request, pk)
    if found.signature is None:
        raise Missing(_("没有这份材料。"))
    audit.record(request.user, "settling.see_signature", found)
    response = FileResponse(default_storage.open(found.signature.public_path), content_type="image/jpeg")
    response.headers["Cache-Control"] = "private, no-store"
    return response
