"""The coordinator's day: every shift, who is there, who is missing."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render

from gongjian.kernel import clock
from gongjian.kernel.web.pages import page
from gongjian.registry.requests import OfficeRequest
from gongjian.work.volunteering.selectors.days import day as of_day


@page("volunteering.look", methods=("GET", "HEAD"))
def day(request: OfficeRequest) -> HttpResponse:
    on = _wanted(request.GET.get("on", ""))
    found = of_day(request.user, on)
    shifts = [shift for one in found for shift in one.shifts]
    context = {
        "on": on,
        "before": on - timedelta(days=1),
        "after": on + timedelta(days=1),
        "found": found,
        "booked": sum(one.shift.booked for one in shifts),
        "here": sum(one.here for one in shifts),
        "missing": sum(one.missing for one in shifts),
        "absent": sum(one.absent for one in shifts),
    }
    template = "volunteering/parts/day.html" if request.headers.get("HX-Request") else "volunteering/staff/day.html"
    return render(request, template, context)


def _wanted(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return clock.today()
