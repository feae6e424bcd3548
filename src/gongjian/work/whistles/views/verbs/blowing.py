"""Blowing a whistle, and the draft of one."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.kernel.permissions import require
from gongjian.kernel.web.pages import page, show_form
from gongjian.registry.requests import OfficeRequest
from gongjian.work.whistles import services
from gongjian.work.whistles.forms.verbs.blowing import BlowForm
from gongjian.work.whistles.links import board_url
from gongjian.work.whistles.models import Whistle
from gongjian.work.whistles.models.whistles import State
from gongjian.work.whistles.selectors.reading import get_whistle
from gongjian.work.whistles.views.verbs.acting import onward


@page("whistles.blow")
def blow(request: OfficeRequest) -> HttpResponse:
    def blow_at_once(values: dict[str, Any]) -> Whistle:
        return services.blow_whistle(request.user, **values)

    return _blow_or_keep(request, None, blow_at_once)


@page("whistles.blow")
def draft(request: OfficeRequest, pk: int) -> HttpResponse:
    """Going on with one's own draft."""
    known = get_whistle(request.user, pk)
    require(request.user, "whistles.blow", known.place)
    if known.state != State.DRAFT:
        raise Missing(_("这件不是草稿，可能已经吹哨。"))

    def blow_draft(values: dict[str, Any]) -> Whistle:
        with transaction.atomic():
            kept = services.save_draft(request.user, whistle=known, **values)
            return services.blow_draft(request.user, whistle=kept)

    return _blow_or_keep(request, known, blow_draft)


def _blow_or_keep(request: OfficeRequest, known: Whistle | None, blow_it: Callable[[dict[str, Any]], Whistle]) -> HttpResponse:
    keeps = "keep" in request.POST
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = BlowForm(*sent, account=request.user, thing=known)

    def act(values: dict[str, Any]) -> str:
        whistle = services.save_draft(request.user, whistle=known, **values) if keeps else blow_it(values)
        return onward(request.user, whistle)

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("草稿存好了，只有您自己看得到。") if keeps else _("哨吹响了。"))
        return redirect(url)
    return show_form(request, "whistles/verbs/blow.html", form, draft=known, back=board_url())
