from django.http import HttpResponse
from django.shortcuts import render

from gongjian.kernel import clock
from gongjian.kernel.permissions import may
from gongjian.kernel.web.pages import page
from gongjian.registry.requests import OfficeRequest
from gongjian.work.whistles.selectors.hot_spots import hot_spots
from gongjian.work.whistles.selectors.policies import policy
from gongjian.work.whistles.selectors.topics import numbers_of

SHOWN, NAMED = 50, 6


@page("whistles.topics", methods=("GET", "HEAD"))
def listing(request: OfficeRequest) -> HttpResponse:
    rules = policy()
    found = hot_spots(rules, most=SHOWN)
    whistles = numbers_of(request.user, [pk for spot in found for pk in spot.whistles[:NAMED]])
    context = {
        "spots": [(spot, [(pk, whistles[pk]) for pk in spot.whistles[:NAMED] if pk in whistles]) for spot in found],
        "policy": rules,
        "month": clock.today(),
        "may_manage": may(request.user, "whistles.manage_topics"),
    }
    return render(request, "whistles/hot_spots.html", context)
