"""Spot checks of hours: drawing, the printed list, what was found."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.permissions import may
from gongjian.kernel.web.pages import page, paginate, show_form
from gongjian.registry.requests import OfficeRequest
from gongjian.work.volunteering.forms.spot_checks import DrawForm, FindingForm
from gongjian.work.volunteering.selectors import spot_checks as selectors
from gongjian.work.volunteering.services import spot_checks as services

GET = ("GET", "HEAD")


@page("volunteering.view_spot_checks", methods=GET)
def spot_check_list(request: OfficeRequest) -> HttpResponse:
    context = {
        "page": paginate(request, selectors.spot_checks(), size=30),
        "may_draw": may(request.user, "volunteering.spot_check"),
    }
    return render(request, "volunteering/spot_checks/list.html", context)


@page("volunteering.spot_check")
def draw(request: OfficeRequest) -> HttpResponse:
    form = DrawForm(request.POST or None)

    def act(values: dict[str, Any]) -> str:
        check = services.draw_spot_check(request.user, **values)
        return reverse("volunteering:spot_check", args=[check.pk])

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("抽好了。打印出来，一条一条去核实。"))
        return redirect(url)
    return show_form(request, "volunteering/spot_checks/draw.html", form)


@page("volunteering.view_spot_checks", methods=GET)
def spot_check(request: OfficeRequest, pk: int) -> HttpResponse:
    """`?again=1` draws once more from the same frame by the same seed."""
    found = selectors.get_spot_check(pk)
    lines = list(selectors.lines_of(found))
    context = {
        "check": found,
        "lines": lines,
        "left": sum(not line.result for line in lines),
        "wrong": sum(line.result in ("corrected", "struck") for line in lines),
        "again": selectors.draw_again(found) if request.GET.get("again") else None,
        "may_find": may(request.user, "volunteering.spot_check"),
    }
    return render(request, "volunteering/spot_checks/check.html", context)


@page("volunteering.spot_check")
def finding(request: OfficeRequest, pk: int, line: int) -> HttpResponse:
    found = selectors.get_spot_check(pk)
    one = selectors.get_line(found, line)
    form = FindingForm(request.POST or None, attendance=one.attendance)

    def act(values: dict[str, Any]) -> str:
        services.record_finding(request.user, line=one, **values)
        return reverse("volunteering:spot_check", args=[pk])

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("结果记下了。要更正的，等另一个人在“更正申请”里处理。"))
        return redirect(url)
    return show_form(request, "volunteering/spot_checks/finding.html", form, check=found, line=one)
