"""One hazard: what it is, what was done about it, what can be done now."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.kernel.permissions import may, require
from gongjian.kernel.web.pages import page, show_form
from gongjian.registry.requests import OfficeRequest
from gongjian.work.inspections.forms.findings import LimitForm, MendForm, RecheckForm, SettleForm, TransferForm
from gongjian.work.inspections.models import Finding
from gongjian.work.inspections.selectors.inspections import get_finding, get_photo
from gongjian.work.inspections.services import mending

State = Finding.State
FORMS: dict[str, Any] = {
    "mend": MendForm,
    "recheck": RecheckForm,
    "limit": LimitForm,
    "transfer": TransferForm,
    "settle": SettleForm,
}


@page("inspections.look", methods=("GET", "HEAD"))
def finding(request: OfficeRequest, pk: int) -> HttpResponse:
    return _show(request, get_finding(request.user, pk))


def _open_verbs(account: Any, found: Finding) -> set[str]:
    """What can be done now by this account."""
    by_state = {
        State.OPEN: ("mend", "limit", "transfer"),
        State.MENDED: ("recheck", "transfer"),
        State.TRANSFERRED: ("settle",),
        State.PASSED: (),
    }
    return {verb for verb in by_state[State(found.state)] if may(account, _permission(verb), found)}


def _permission(verb: str) -> str:
    return "inspections.recheck" if verb == "limit" else f"inspections.{verb}"


def _show(request: OfficeRequest, found: Finding, **refused: Any) -> HttpResponse:
    verbs = _open_verbs(request.user, found)
    forms = {verb: refused.get(verb) or FORMS[verb]() for verb in verbs}
    failed = next((form for form in refused.values() if form.errors), None)
    context = {
        "finding": found,
        "photos": list(found.photos.select_related("evidence").order_by("pk")),
        "steps": list(found.steps.select_related("by").order_by("-at", "-pk")),
        "forms": {**dict.fromkeys(FORMS), **forms, **refused},
    }
    return show_form(request, "inspections/finding.html", failed or MendForm(), **context)


@page("inspections.look", methods=("GET", "HEAD"))
def photo(request: OfficeRequest, pk: int, photo: int) -> HttpResponseBase:
    """A copy without what the camera wrote, never kept by a cache; `?small` asks for the thumbnail."""
    evidence = get_photo(request.user, pk, photo).evidence
    if not evidence.is_image:
        raise Missing(_("这份材料没有可以看的副本。"))
    path = evidence.thumbnail_path if "small" in request.GET else evidence.public_path
    response = FileResponse(default_storage.open(path), content_type="image/jpeg")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _act(request: OfficeRequest, pk: int, verb: str, service: Callable[..., Any], done: str) -> HttpResponse:
    found = get_finding(request.user, pk)
    require(request.user, _permission(verb), found)
    form = FORMS[verb](request.POST, request.FILES)

    def act(values: dict[str, Any]) -> str:
        service(request.user, finding=found, **values)
        return reverse("inspections:finding", args=[pk])

    if url := form.submit(request, act):
        messages.success(request, done)
        return redirect(url)
    return _show(request, found, **{verb: form})


@page("inspections.mend", methods=("POST",))
def mend(request: OfficeRequest, pk: int) -> HttpResponse:
    return _act(request, pk, "mend", mending.report_mended, _("报上去了，等社区复查。"))


@page("inspections.recheck", methods=("POST",))
def recheck(request: OfficeRequest, pk: int) -> HttpResponse:
    return _act(request, pk, "recheck", mending.recheck, _("记下了。"))


@page("inspections.recheck", methods=("POST",))
def limit(request: OfficeRequest, pk: int) -> HttpResponse:
    return _act(request, pk, "limit", mending.set_limit, _("改好了。"))


@page("inspections.transfer", methods=("POST",))
def transfer(request: OfficeRequest, pk: int) -> HttpResponse:
    return _act(request, pk, "transfer", mending.transfer, _("移交了，部门已经通知。"))


@page("inspections.settle", methods=("POST",))
def settle(request: OfficeRequest, pk: int) -> HttpResponse:
    return _act(request, pk, "settle", mending.settle, _("记下了。"))
