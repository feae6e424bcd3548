"""A project's settlements together, visits to the site, the end; and rules of relief."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel import audit
from gongjian.kernel.errors import Missing
from gongjian.kernel.permissions import may, require
from gongjian.kernel.web.pages import page, paginate, show_form
from gongjian.kernel.web.spreadsheets import spreadsheet
from gongjian.registry.requests import OfficeRequest
from gongjian.work.projects.models import Project
from gongjian.work.projects.selectors.projects import get_project
from gongjian.work.projects.settling import forms, selectors, services
from gongjian.work.projects.settling.models import Clearance, ReliefRule, Settlement


@page("settling.view", methods=("GET", "HEAD"))
def site(request: OfficeRequest, project: int) -> HttpResponse:
    return _show(request, _project(request, project))


def _show(request: OfficeRequest, project: Project, **refused: Any) -> HttpResponse:
    found = selectors.settlements(request.user, project=project)
    keeps = may(request.user, "settling.keep")
    context = {
        "project": project,
        "page": paginate(request, found),
        "totals": selectors.totals(found),
        "visits": selectors.visits(request.user, project)[:50],
        "clearances": Clearance.objects.filter(project=project).select_related("organization", "finished_by"),
        "may_keep": keeps,
        "visit_form": forms.VisitForm(account=request.user, project=project) if keeps else None,
        "finish_form": forms.FinishForm(account=request.user, project=project) if keeps else None,
        **refused,
    }
    return render(request, "settling/site.html", context, status=422 if refused else 200)


@page("settling.keep", methods=("POST",))
def visit(request: OfficeRequest, project: int) -> HttpResponse:
    about = _project(request, project)
    form = forms.VisitForm(request.POST, request.FILES, account=request.user, project=about)

    def act(values: dict[str, Any]) -> str:
        services.record_visit(request.user, project=about, **values)
        return reverse("settling:site", args=[project])

    if url := form.submit(request, act):
        messages.success(request, _("现场查看记下了。"))
        return redirect(url)
    return _show(request, about, visit_form=form)


@page("settling.keep", methods=("POST",))
def finish(request: OfficeRequest, project: int) -> HttpResponse:
    about = _project(request, project)
    form = forms.FinishForm(request.POST, request.FILES, account=request.user, project=about)

    def act(values: dict[str, Any]) -> str:
        services.finish_clearance(request.user, project=about, **values)
        return reverse("settling:site", args=[project])

    if url := form.submit(request, act):
        messages.success(request, _("记进台账了，等社区确认。"))
        return redirect(url)
    return _show(request, about, finish_form=form)


@page("settling.view", methods=("GET", "HEAD"))
def export(request: OfficeRequest, project: int) -> HttpResponse:
    about = _project(request, project)
    audit.record(request.user, "settling.export", about)
    head = [_("编号"), _("商户"), _("门面房"), _("产权单位"), _("腾退日"), _("押金（元）")]
    head += [_("净额（元）"), _("其中国库退付（元）"), _("状态")]
    rows = map(_cells, selectors.settlements(request.user, project=about))
    return spreadsheet(_("%(title)s腾退结算") % {"title": about.title}, head, rows)


def _cells(one: Settlement) -> list[Any]:
    whose = [one.number, one.tenant, one.premises, str(one.organization), one.vacated, one.deposit]
    return [*whose, one.net, one.refund_of_remitted, one.get_state_display()]


def _project(request: OfficeRequest, pk: int) -> Project:
    """Whoever sees a settlement of it, or the whole project. Raises Missing."""
    try:
        return get_project(request.user, pk)
    except Missing:
        found = selectors.settlements(request.user).filter(project=pk).first()
        if found is None:
            raise
        return Project.objects.select_related("place").get(pk=pk)


@page("settling.view")
def reliefs(request: OfficeRequest) -> HttpResponse:
    form = forms.ReliefForm(request.POST or None)

    def act(values: dict[str, Any]) -> str:
        services.add_relief(request.user, **values)
        return reverse("settling:reliefs")

    if request.method == "POST":
        require(request.user, "settling.keep_rules")
        if url := form.submit(request, act):
            messages.success(request, _("办法登记好了。"))
            return redirect(url)
    may_keep = may(request.user, "settling.keep_rules")
    return show_form(request, "settling/reliefs.html", form, rules=ReliefRule.objects.all(), may_keep=may_keep)


@page("settling.keep_rules", methods=("POST",))
def shipped(request: OfficeRequest) -> HttpResponse:
    services.load_shipped_reliefs(request.user)
    messages.success(request, _("样例放进来了，用以前请核对依据。"))
    return redirect("settling:reliefs")
