"""The week for the leader: on screen, and as the paper that goes into the folder."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render

from gongjian.kernel import clock
from gongjian.kernel.web.pages import page
from gongjian.registry.requests import OfficeRequest
from gongjian.work.whistles.papers import weekly_pdf
from gongjian.work.whistles.selectors.policies import policy
from gongjian.work.whistles.selectors.weeks import figures, monday_of, week

CHOICES = 8


@page("whistles.accounts", methods=("GET", "HEAD"))
def weekly(request: OfficeRequest) -> HttpResponse:
    monday, rules = monday_of(request.GET.get("week", "")), policy()
    this_week = clock.today() - timedelta(days=clock.today().weekday())
    context = {
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "name": f"{monday:%G-W%V}",
        "weeks": [this_week - timedelta(days=7 * back) for back in range(CHOICES)],
        "now": figures(monday, rules),
        "before": figures(monday - timedelta(days=7), rules),
    }
    return render(request, "whistles/weekly.html", context)


@page("whistles.accounts", methods=("GET", "HEAD"))
def pdf(request: OfficeRequest) -> HttpResponse:
    found = week(monday_of(request.GET.get("week", "")), policy())
    response = HttpResponse(weekly_pdf(request.office, found), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="whistles-{found.monday:%G-W%V}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
