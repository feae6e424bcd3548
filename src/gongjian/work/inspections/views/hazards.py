"""All hazards: as a list, on a map, as an Excel file."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.masking import mask_name
from gongjian.kernel.web.pages import page, paginate
from gongjian.kernel.web.spreadsheets import spreadsheet
from gongjian.registry.requests import OfficeRequest
from gongjian.work.inspections.models import Finding, Severity
from gongjian.work.inspections.selectors import inspections as selectors

ON_MAP = 500


def _chosen(request: OfficeRequest) -> tuple[str, str, QuerySet[Finding]]:
    view = request.GET.get("view", "open")
    severity = request.GET.get("severity", "")
    return view, severity, selectors.listed_findings(request.user, view, severity)


def _context(request: OfficeRequest) -> dict[str, Any]:
    view, severity, found = _chosen(request)
    return {
        "page": paginate(request, found, size=30),
        "view": view,
        "severity": severity,
        "severities": Severity.choices,
        "counts": selectors.counts(request.user),
        "today": clock.today(),
        "query": request.GET.urlencode(),
    }


@page("inspections.look", methods=("GET", "HEAD"))
def hazards(request: OfficeRequest) -> HttpResponse:
    return render(request, "inspections/hazards.html", _context(request))


@page("inspections.look", methods=("GET", "HEAD"))
def map_(request: OfficeRequest) -> HttpResponse:
    """The list stands beside it, for whoever cannot see the map."""
    more = {"landmarks": selectors.landmarks(), "tiles": getattr(settings, "MAP_TILES", "")}
    return render(request, "inspections/map.html", _context(request) | more)


@page("inspections.look", methods=("GET", "HEAD"))
def points(request: OfficeRequest) -> HttpResponse:
    found = _chosen(request)[2]
    response = JsonResponse(selectors.points(found, most=ON_MAP), content_type="application/geo+json")
    response.headers["Cache-Control"] = "private, no-store"
    return response


@page("inspections.look", methods=("GET", "HEAD"))
def export(request: OfficeRequest) -> HttpResponse:
    """Persons are masked; whoever needs the name opens the hazard."""
    view, severity, found = _chosen(request)
    audit.record(request.user, "inspections.export", view=view, severity=severity)
    head = [
        _("检查"),
        _("哪天查"),
        _("地方"),
        _("具体位置"),
        _("问题"),
        _("等级"),
        _("状态"),
        _("整改单位"),
        _("整改责任人"),
        _("整改期限"),
        _("移交部门"),
        _("复查通过时间"),
    ]
    return spreadsheet(_("隐患清单"), head, _rows(found))


def _rows(found: QuerySet[Finding]) -> Iterator[list[Any]]:
    for one in found.iterator(chunk_size=500):
        inspection = one.inspection
        where = [str(one.place), one.spot, one.text, one.get_severity_display(), one.get_state_display()]
        who = [one.organization and one.organization.name, mask_name(one.person or ""), one.due_on]
        yield [inspection.title, inspection.planned_for, *where, *who, one.department and one.department.name, one.passed_at]
