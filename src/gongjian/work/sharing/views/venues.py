"""For who keeps venues: sharing one, its hours, closures and months."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.kernel.permissions import may, require
from gongjian.kernel.web.pages import page, show_form
from gongjian.registry.requests import OfficeRequest
from gongjian.work.sharing.forms.venues import ClosureForm, HoursForm, RulesForm, VenueForm
from gongjian.work.sharing.models import Venue
from gongjian.work.sharing.selectors.settlements import unsettled
from gongjian.work.sharing.selectors.venues import get_venue, venues
from gongjian.work.sharing.services import settling
from gongjian.work.sharing.services import venues as services
from gongjian.work.sharing.views.public import week_context


@page("sharing.see_bookings", methods=("GET", "HEAD"))
def kept(request: OfficeRequest) -> HttpResponse:
    """All venues; one's own with their settings."""
    rows = [(venue, may(request.user, "sharing.keep", venue)) for venue in venues()]
    return render(request, "sharing/staff/venues.html", {"rows": rows, "may_share": may(request.user, "sharing.keep")})


@page("sharing.see_bookings", methods=("GET", "HEAD"))
def calendar(request: OfficeRequest, pk: int) -> HttpResponse:
    """The week with what each booking is for, for those who may know."""
    venue = get_venue(pk)
    keeps = may(request.user, "sharing.keep", venue)
    context = {"venue": venue, "keeps": keeps} | week_context(request, venue)
    return render(request, "sharing/staff/calendar.html", context)


@page("sharing.keep")
def share(request: OfficeRequest) -> HttpResponse:
    form = VenueForm(request.POST or None, account=request.user)

    def act(values: dict[str, Any]) -> str:
        given = services.Given(first=values.pop("given_on"), statement=values.pop("statement"))
        venue = services.share_venue(request.user, given=given, **values)
        return reverse("sharing:hours", args=[venue.pk])

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("登记好了，也记进了台账。接着写开放时间。"))
        return redirect(url)
    return show_form(request, "sharing/staff/share.html", form)


def _own(request: OfficeRequest, pk: int) -> Venue:
    venue = get_venue(pk)
    require(request.user, "sharing.keep", venue)
    return venue


@page("sharing.keep")
def change(request: OfficeRequest, pk: int) -> HttpResponse:
    venue = _own(request, pk)
    form = RulesForm.of(venue, request.POST or None)

    def act(values: dict[str, Any]) -> str:
        services.change_venue(request.user, venue=venue, **values)
        return reverse("sharing:calendar", args=[pk])

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("改好了。"))
        return redirect(url)
    return show_form(request, "sharing/staff/change.html", form, venue=venue)


@page("sharing.keep")
def hours(request: OfficeRequest, pk: int) -> HttpResponse:
    venue = _own(request, pk)
    form = HoursForm(request.POST or None, venue=venue)

    def act(values: dict[str, Any]) -> str:
        services.set_hours(request.user, venue=venue, week=form.week(values))
        return reverse("sharing:calendar", args=[pk])

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("开放时间改好了。"))
        return redirect(url)
    return show_form(request, "sharing/staff/hours.html", form, venue=venue)


@page("sharing.keep")
def closures(request: OfficeRequest, pk: int) -> HttpResponse:
    venue = _own(request, pk)
    form = ClosureForm(request.POST or None)

    def act(values: dict[str, Any]) -> str:
        services.close_days(request.user, venue=venue, **values)
        return reverse("sharing:closures", args=[pk])

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("安排好了。这几天原来的预约已经取消，预约的人会看到原因。"))
        return redirect(url)
    return show_form(request, "sharing/staff/closures.html", form, venue=venue)


@page("sharing.keep", methods=("POST",))
def open_again(request: OfficeRequest, pk: int, closure: int) -> HttpResponse:
    venue = _own(request, pk)
    for found in venue.closures.filter(pk=closure):  # opening twice is harmless
        services.open_again(request.user, closure=found)
    messages.success(request, _("照常开放了。"))
    return redirect("sharing:closures", pk)


@page("sharing.see_bookings", methods=("GET", "HEAD"))
def settlements(request: OfficeRequest, pk: int) -> HttpResponse:
    venue = get_venue(pk)
    require(request.user, "sharing.see_bookings", venue)
    context = {
        "venue": venue,
        "keeps": may(request.user, "sharing.keep", venue),
        "due": [month for _venue, month in unsettled([venue])],
        "settled": venue.settlements.select_related("settled_by"),
    }
    return render(request, "sharing/staff/settlements.html", context)


@page("sharing.keep", methods=("POST",))
def settle(request: OfficeRequest, pk: int, year: int, month: int) -> HttpResponse:
    venue = _own(request, pk)
    try:
        first = date(year, month, 1)
    except ValueError as error:
        raise Missing(_("没有这个月份。")) from error
    settling.settle_month(request.user, venue=venue, month=first)
    messages.success(request, _("结算好了，时长和人次已记进提供单位的台账。"))
    return redirect("sharing:settlements", pk)
