"""Elevators: the list, one of them, its steps, its costs, its agreement."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.kernel.permissions import may, require
from gongjian.kernel.web.forms import ServiceForm
from gongjian.kernel.web.pages import page, paginate, show_form
from gongjian.kernel.web.papers import send_paper
from gongjian.kernel.web.spreadsheets import spreadsheet
from gongjian.registry.requests import OfficeRequest
from gongjian.work.projects.elevators import forms, papers, selectors, services
from gongjian.work.projects.elevators.models import Retrofit
from gongjian.work.projects.elevators.selectors.costs import shares_of
from gongjian.work.projects.elevators.template import steps
from gongjian.work.projects.selectors.projects import get_project

State = Retrofit.State


@page("elevators.view", methods=("GET", "HEAD"))
def retrofits(request: OfficeRequest) -> HttpResponse:
    return render(request, "elevators/retrofits.html", {"page": paginate(request, selectors.retrofits(request.user), size=30)})


@page("elevators.keep")
def open_retrofit(request: OfficeRequest, project: int) -> HttpResponse:
    about = get_project(request.user, project)
    form = forms.RetrofitForm(request.POST or None, account=request.user, project=about)

    def act(values: dict[str, Any]) -> str:
        return _url(services.open_retrofit(request.user, project=about, **values))

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("登记好了。办完一步记一步。"))
        return redirect(url)
    back = reverse("projects:project", args=[project])
    return show_form(request, "elevators/form.html", form, title=_("登记一台"), about=about, back=back)


@page("elevators.view", methods=("GET", "HEAD"))
def retrofit(request: OfficeRequest, pk: int) -> HttpResponse:
    found = selectors.get_retrofit(request.user, pk)
    shares = shares_of(found)
    context = {
        "retrofit": found,
        "steps": selectors.steps_of(found),
        "shares": shares,
        "sum": sum((one.amount for one in shares), Decimal(0)),
        "may_keep": may(request.user, "elevators.keep", found) and found.state in (State.PLANNED, State.AGREED),
        "stop_form": forms.StopForm(),
    }
    return render(request, "elevators/retrofit.html", context)


@page("elevators.keep")
def costs(request: OfficeRequest, pk: int) -> HttpResponse:
    found = _kept(request, pk)
    names = ("vote", "table", "total", "subsidies", "subsidy_basis")
    initial = {name: value for name in names if (value := getattr(found, name)) is not None}
    form = forms.CostsForm(request.POST or None, retrofit=found, initial=initial)
    return _act(request, found, form, services.set_costs, _("定造价和分摊"), _("算好了，请各户核对。"))


@page("elevators.keep")
def agree(request: OfficeRequest, pk: int) -> HttpResponse:
    form = forms.AgreeForm(request.POST or None, request.FILES or None)
    said = _("约定好了，每户的数从现在起不能再改。")
    return _act(request, _kept(request, pk), form, services.agree_on_costs, _("协议签好了"), said)


@page("elevators.keep")
def step(request: OfficeRequest, pk: int, code: str) -> HttpResponse:
    about = next((one for one in steps() if one.code == code), None)
    if about is None:
        raise Missing(_("没有这一步。"))
    form = forms.StepForm(request.POST or None, request.FILES or None)

    def service(actor: Any, *, papers: Any, **values: Any) -> Any:
        return services.do_step(actor, code=code, files=papers, **values)

    return _act(request, _kept(request, pk), form, service, about.name, _("这一步记下了。"))


@page("elevators.keep")
def stop(request: OfficeRequest, pk: int) -> HttpResponse:
    form = forms.StopForm(request.POST or None)
    return _act(request, _kept(request, pk), form, services.stop_retrofit, _("不办了"), _("记下了。"))


@page("elevators.view", methods=("GET", "HEAD"))
def paper(request: OfficeRequest, pk: int) -> HttpResponse:
    found = selectors.get_retrofit(request.user, pk)
    return send_paper(request, papers.agreement_paper(found), f"{found.title} {_('分摊协议')}")


@page("elevators.view", methods=("GET", "HEAD"))
def export(request: OfficeRequest, pk: int) -> HttpResponse:
    found = selectors.get_retrofit(request.user, pk)
    head = [_("房号"), _("楼层"), _("面积（平方米）"), _("楼层系数"), _("分摊（元）")]
    rows = [[one.flat.number, one.flat.floor, one.flat.area, one.coefficient, one.amount] for one in shares_of(found)]
    return spreadsheet(_("%(title)s费用分摊") % {"title": found.title}, head, rows)


def _kept(request: OfficeRequest, pk: int) -> Retrofit:
    found = selectors.get_retrofit(request.user, pk)
    require(request.user, "elevators.keep", found)
    return found


def _act(  # noqa: PLR0917 - what every page of it says
    request: OfficeRequest, found: Retrofit, form: ServiceForm, service: Callable[..., Any], title: str, said: str
) -> HttpResponse:
    def act(values: dict[str, Any]) -> str:
        service(request.user, retrofit=found, **values)
        return _url(found)

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, said)
        return redirect(url)
    return show_form(request, "elevators/form.html", form, title=title, about=found, back=_url(found))


def _url(found: Retrofit) -> str:
    return reverse("elevators:retrofit", args=[found.pk])
