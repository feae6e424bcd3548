"""Reporting without an account, and joining neighbors who said the same."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from gongjian.kernel.errors import DomainError, Invalid
from gongjian.kernel.web.addresses import client_address
from gongjian.kernel.web.pages import page, show_form
from gongjian.registry.requests import OfficeRequest
from gongjian.work.whistles import services, wording
from gongjian.work.whistles.forms.public import ReportForm
from gongjian.work.whistles.selectors.following import open_whistle
from gongjian.work.whistles.selectors.mapping import landmarks
from gongjian.work.whistles.selectors.places import nearest_place, reportable_place
from gongjian.work.whistles.selectors.policies import categories
from gongjian.work.whistles.selectors.similar import similar_open
from gongjian.work.whistles.services.checks import checked_coordinates
from gongjian.work.whistles.views.visitors import by_token, kept_private, visitor_of


@page("whistles.report")
def report(request: OfficeRequest) -> HttpResponse:
    posted = request.method == "POST"
    form = ReportForm(request.POST, request.FILES) if posted else ReportForm(initial=_asked_place(request))
    if posted and (url := form.submit(request, lambda values: _send(request, values))):
        return redirect(url)
    context = {"landmarks": landmarks(), "tiles": getattr(settings, "MAP_TILES", "")}
    return show_form(request, "whistles/public/report.html", form, **context)


def _asked_place(request: HttpRequest) -> dict[str, Any]:
    """A poster's QR code may name the place."""
    return {"place": place} if (place := request.GET.get("place", "")).isdecimal() else {}


def _send(request: OfficeRequest, values: dict[str, Any]) -> str:
    point = checked_coordinates(values["latitude"], values["longitude"])
    values["place"] = values["place"] or nearest_place(*point)
    try:
        whistle = services.report_publicly(
            request.user, office=request.office, report=services.Report(**values), address=client_address(request)
        )
    except Invalid as error:
        if error.field == "evidence":
            raise Invalid(error.sentence, code=error.code, field="photos") from error
        raise
    return reverse("whistles:reported", args=[whistle.token])


@page("whistles.follow", methods=("GET", "HEAD"))
def reported(request: OfficeRequest, token: str) -> HttpResponse:
    import segno

    whistle = by_token(request, token)
    link = request.build_absolute_uri(reverse("whistles:follow", args=[token]))
    code = segno.make(link, error="m").svg_inline(scale=5, dark="#000", light="#fff")
    return kept_private(render(request, "whistles/public/reported.html", {"whistle": whistle, "link": link, "code": code}))


@page("whistles.report", methods=("POST",))
def similar(request: OfficeRequest) -> HttpResponse:
    """A fragment: what is open already and sounds alike, and a guess what it is about. Posted: no log keeps the words."""
    text = request.POST.get("text", "").strip()[:1000]
    place = reportable_place(request.POST.get("place", ""))
    suggested = wording.suggest(text) if text else {}
    context = {
        "found": similar_open(text, place or nearest_place(*_point(request))),
        "category": categories().filter(code=suggested.get("category", "")).first(),
        "because": suggested.get("words", []),
    }
    return render(request, "whistles/public/parts/similar.html", context)


def _point(request: HttpRequest) -> tuple[Any, Any]:
    try:
        return checked_coordinates(request.POST.get("latitude", ""), request.POST.get("longitude", ""))
    except DomainError:
        return None, None


@page("whistles.report", methods=("POST",))
def join(request: OfficeRequest, pk: int) -> HttpResponse:
    """“算我一个”: joining twice counts once."""
    whistle = services.join(
        request.user, whistle=open_whistle(pk), visitor=visitor_of(request), address=client_address(request)
    )
    template = "whistles/public/parts/joined.html" if request.headers.get("HX-Request") else "whistles/public/joined.html"
    return render(request, template, {"whistle": whistle})
