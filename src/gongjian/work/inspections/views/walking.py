"""The phone's page: one item a screen. What it could not send at once it sends later; each entry counts once."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Invalid
from gongjian.kernel.permissions import require
from gongjian.kernel.web.pages import page
from gongjian.registry.requests import OfficeRequest
from gongjian.work.inspections.forms.findings import AnswerEntry, FindingEntry
from gongjian.work.inspections.models import Answer, Inspection, Severity
from gongjian.work.inspections.selectors.inspections import get_inspection, items_of
from gongjian.work.inspections.services.checks import LIMITS
from gongjian.work.inspections.services.walking import Found, answer_item, report_finding


@page("inspections.walk", methods=("GET", "HEAD"))
def walk(request: OfficeRequest, pk: int) -> HttpResponse:
    found = get_inspection(request.user, pk)
    require(request.user, "inspections.walk", found)
    severities = [(value, label, LIMITS[Severity(value)]) for value, label in Severity.choices]
    context = {
        "inspection": found,
        "items": items_of(found),
        "verdicts": Answer.Verdict.choices,
        "severities": severities,
        "findings": found.findings.count(),
    }
    return render(request, "inspections/walk.html", context)


@page("inspections.walk", methods=("POST",))
def sync(request: OfficeRequest, pk: int) -> HttpResponse:
    """One entry, answered in JSON. Refusals come as the middleware words them, with the reason."""
    found = get_inspection(request.user, pk)
    require(request.user, "inspections.walk", found)
    take_in = {"answer": _take_answer, "finding": _take_finding}.get(request.POST.get("kind", ""))
    if take_in is None:
        raise Invalid(_("手机发来的内容看不懂，请刷新页面再试。"), code="kind")
    take_in(request, found)
    return JsonResponse({"ok": True, "detail": _("收到了。")})


def _take_answer(request: OfficeRequest, found: Inspection) -> None:
    sent = _cleaned(AnswerEntry(request.POST))
    answer_item(request.user, inspection=found, item=sent["item"], verdict=sent["verdict"], answered_at=sent["at"])


def _take_finding(request: OfficeRequest, found: Inspection) -> None:
    sent = _cleaned(FindingEntry(request.POST, request.FILES))
    photos, moment = sent.pop("photo"), sent.pop("at")
    report_finding(request.user, inspection=found, found=Found(**sent, photos=photos, found_at=moment))


def _cleaned(form: Any) -> dict[str, Any]:
    if not form.is_valid():
        field, errors = next(iter(form.errors.items()))
        raise Invalid(errors[0], code="entry", field=field)
    return dict(form.cleaned_data)
