"""双报到: who reported in, reporting in, ending it, and the feedback card of a quarter."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel import audit
from gongjian.kernel.permissions import may, require
from gongjian.kernel.web.pages import page, paginate, show_form
from gongjian.kernel.web.papers import send_paper
from gongjian.registry.requests import OfficeRequest
from gongjian.work.cobuilding import papers, services
from gongjian.work.cobuilding.forms.report_ins import EndReportInForm, ReportInForm
from gongjian.work.cobuilding.selectors.agreements import latest_quarters, quarter_named
from gongjian.work.cobuilding.selectors.report_ins import get_report_in, report_ins


@page("cobuilding.view_report_in", methods=("GET", "HEAD"))
def report_in_list(request: OfficeRequest) -> HttpResponse:
    of, ended = request.GET.get("of", ""), "ended" in request.GET
    context = {
        "page": paginate(request, report_ins(request.user, of=of, ended=ended), size=30),
        "of": of,
        "ended": ended,
        "quarters": latest_quarters(2),
        "may_report": may(request.user, "cobuilding.report_in"),
    }
    return render(request, "cobuilding/report_ins/list.html", context)


@page("cobuilding.report_in")
def new_report_in(request: OfficeRequest) -> HttpResponse:
    form = ReportInForm(request.POST or None, account=request.user)

    def act(values: dict[str, Any]) -> str:
        services.report_in(request.user, **values)
        return reverse("cobuilding:report_ins")

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("登记好了，每季度都有反馈卡。"))
        return redirect(url)
    return show_form(request, "cobuilding/report_ins/form.html", form, title=_("登记报到"), about="")


@page("cobuilding.report_in")
def end_report_in(request: OfficeRequest, pk: int) -> HttpResponse:
    found = get_report_in(request.user, pk)
    require(request.user, "cobuilding.report_in", found)
    form = EndReportInForm(request.POST or None)

    def act(values: dict[str, Any]) -> str:
        services.end_report_in(request.user, report=found, **values)
        return reverse("cobuilding:report_ins")

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("记下了。"))
        return redirect(url)
    return show_form(request, "cobuilding/report_ins/form.html", form, title=_("结束报到"), about=str(found))


@page("cobuilding.view_report_in", methods=("GET", "HEAD"))
def feedback_card(request: OfficeRequest, pk: int) -> HttpResponse:
    found, quarter = get_report_in(request.user, pk), quarter_named(request.GET.get("quarter", ""))
    audit.record(request.user, "cobuilding.print", found, quarter=quarter.name)
    return send_paper(request, papers.feedback_card(found, quarter), f"{_('双报到反馈卡')} {quarter}")
