"""Planning, looking at and closing inspections."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.permissions import may, require
from gongjian.kernel.web.pages import page, paginate, show_form
from gongjian.registry.requests import OfficeRequest
from gongjian.work.inspections.forms.planning import CloseForm, PlanForm
from gongjian.work.inspections.models import Inspection
from gongjian.work.inspections.selectors import inspections as selectors
from gongjian.work.inspections.services.closing import Told, close_inspection
from gongjian.work.inspections.services.planning import Plan, cancel_inspection, plan_inspection

State = Inspection.State


@page("inspections.look", methods=("GET", "HEAD"))
def inspections(request: OfficeRequest) -> HttpResponse:
    view = "over" if request.GET.get("view") == "over" else "ahead"
    found = paginate(request, selectors.listed(request.user, view), size=30)
    context = {"page": found, "view": view, "may_plan": may(request.user, "inspections.plan")}
    return render(request, "inspections/inspections.html", context)


@page("inspections.plan")
def plan(request: OfficeRequest) -> HttpResponse:
    form = PlanForm(request.POST or None, account=request.user)

    def act(values: dict[str, Any]) -> str:
        inspection = plan_inspection(request.user, plan=Plan(**values))
        return reverse("inspections:inspection", args=[inspection.pk])

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("排好了，参检单位已经通知。"))
        return redirect(url)
    return show_form(request, "inspections/plan.html", form)


@page("inspections.look", methods=("GET", "HEAD"))
def inspection(request: OfficeRequest, pk: int) -> HttpResponse:
    return _show(request, selectors.get_inspection(request.user, pk), CloseForm())


def _show(request: OfficeRequest, found: Inspection, form: CloseForm) -> HttpResponse:
    items = selectors.items_of(found)
    going = found.state in (State.PLANNED, State.UNDER_WAY)
    context = {
        "inspection": found,
        "parties": list(found.parties.select_related("organization").order_by("pk")),
        "items": items,
        "answered": sum(1 for _item, answer in items if answer),
        "findings": list(selectors.findings(request.user).filter(inspection=found).order_by("due_on", "pk")),
        "may_walk": going and may(request.user, "inspections.walk", found),
        "may_close": found.state == State.UNDER_WAY and may(request.user, "inspections.close", found),
        "may_cancel": found.state == State.PLANNED and may(request.user, "inspections.plan", found),
    }
    return show_form(request, "inspections/inspection.html", form, **context)


@page("inspections.close", methods=("POST",))
def close(request: OfficeRequest, pk: int) -> HttpResponse:
    found = selectors.get_inspection(request.user, pk)
    require(request.user, "inspections.close", found)
    form = CloseForm(request.POST)

    def act(values: dict[str, Any]) -> str:
        close_inspection(request.user, inspection=found, told=Told(**values))
        return reverse("inspections:inspection", args=[pk])

    if url := form.submit(request, act):
        messages.success(request, _("查完了，每家参检单位记了一条事迹。"))
        return redirect(url)
    return _show(request, found, form)


@page("inspections.plan", methods=("POST",))
def cancel(request: OfficeRequest, pk: int) -> HttpResponse:
    cancel_inspection(request.user, inspection=selectors.get_inspection(request.user, pk))
    messages.success(request, _("取消了。"))
    return redirect("inspections:inspection", pk)
