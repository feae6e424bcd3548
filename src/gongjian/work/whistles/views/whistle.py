"""One whistle as a page, its photos, and who reported it."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from gongjian.kernel.permissions import may
from gongjian.kernel.web.pages import page
from gongjian.registry.requests import OfficeRequest
from gongjian.work.whistles import services
from gongjian.work.whistles.forms.reveal import RevealForm
from gongjian.work.whistles.models import Happening, Pause, Whistle
from gongjian.work.whistles.selectors.acts import acts_for
from gongjian.work.whistles.selectors.mapping import landmarks
from gongjian.work.whistles.selectors.policies import categories
from gongjian.work.whistles.selectors.reading import get_photo, get_whistle, read_clocks
from gongjian.work.whistles.selectors.similar import similar_open
from gongjian.work.whistles.timeline import history
from gongjian.work.whistles.told import told_clocks
from gongjian.work.whistles.views.photos import send_photo


@page("whistles.view", methods=("GET", "HEAD"))
def whistle(request: OfficeRequest, pk: int) -> HttpResponse:
    return render(request, "whistles/page/whistle.html", told(request, get_whistle(request.user, pk)))


def told(request: OfficeRequest, whistle: Whistle, **more: Any) -> dict[str, Any]:
    """Everything that the page shows."""
    happened = list(whistle.happenings.select_related("by").all())
    may_see = may(request.user, "whistles.see_reporter", whistle)
    return {
        "whistle": whistle,
        "acts": acts_for(request.user, whistle),
        "clocks": told_clocks(read_clocks(whistle, happened)) if whistle.is_open else [],
        "lines": history(one for one in happened if one.kind != Happening.Kind.CONTACT),
        "contacts": history(one for one in happened if one.kind == Happening.Kind.CONTACT),
        "dispatches": list(whistle.dispatches.select_related("organization", "sent_by").order_by("sent_at", "pk")),
        "photos": list(whistle.photos.select_related("evidence").order_by("pk")),
        "ratings": list(whistle.ratings.select_related("organization").order_by("at")),
        "pauses": list(whistle.pauses.filter(state=Pause.State.ASKED).select_related("asked_by")),
        "merged": list(whistle.merged.order_by("pk")),
        "parts": list(whistle.parts.order_by("pk")),
        "may_see": may_see,
        "reveal_form": RevealForm(),
        "clear": None,
        **_beside(request, whistle),
        **more,
    }


def _beside(request: OfficeRequest, whistle: Whistle) -> dict[str, Any]:
    """Suggestion, similar ones and the map: what helps to decide."""
    office = may(request.user, "whistles.triage", whistle)
    suggested = whistle.suggestion if office and whistle.is_open and whistle.category is None else {}
    located = whistle.latitude is not None and whistle.longitude is not None
    alike = similar_open(whistle.text, whistle.place, besides=whistle.pk, most=5) if office and whistle.is_open else []
    return {
        "suggested": categories().filter(code=suggested["category"]).first() if suggested.get("category") else None,
        "because": suggested.get("words", []),
        "similar": alike,
        "landmarks": landmarks() if located else [],
        "tiles": getattr(settings, "MAP_TILES", ""),
    }


@page("whistles.see_reporter", methods=("POST",))
def reveal(request: OfficeRequest, pk: int) -> HttpResponse:
    """Shown in the answer itself, so that it is in no address, no history and no cache."""
    whistle, form = get_whistle(request.user, pk), RevealForm(request.POST)
    clear = form.ask(lambda values: services.reveal_reporter(request.user, whistle=whistle, **values))
    context = told(request, whistle, clear=clear, reveal_form=form)
    response = render(request, "whistles/page/whistle.html", context, status=200 if clear else 422)
    response.headers["Cache-Control"] = "no-store"
    return response


@page("whistles.view", methods=("GET", "HEAD"))
def photo(request: OfficeRequest, pk: int, photo: int) -> HttpResponseBase:
    return send_photo(request, get_photo(request.user, pk, photo))
