"""How far each elevator is, for everybody: no names, no flat's share."""

from django.http import HttpResponse
from django.shortcuts import render

from gongjian.kernel.web.pages import page, paginate
from gongjian.registry.requests import OfficeRequest
from gongjian.work.projects.elevators import selectors


@page("elevators.see_status", methods=("GET", "HEAD"))
def statuses(request: OfficeRequest) -> HttpResponse:
    return render(request, "elevators/statuses.html", {"page": paginate(request, selectors.public_retrofits(), size=30)})


@page("elevators.see_status", methods=("GET", "HEAD"))
def status(request: OfficeRequest, pk: int) -> HttpResponse:
    found = selectors.get_public(pk)
    return render(request, "elevators/status.html", {"retrofit": found, "steps": selectors.steps_of(found)})
