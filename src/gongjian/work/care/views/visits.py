"""Logging a visit on the phone."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.due import due
from gongjian.kernel.permissions import require
from gongjian.kernel.web.pages import page, show_form
from gongjian.registry.requests import OfficeRequest
from gongjian.work.care.forms import VisitForm
from gongjian.work.care.selectors.pairings import get_pairing
from gongjian.work.care.services.visiting import Seen, log_visit, may_keep_notes


@page("care.visit")
def visit(request: OfficeRequest, pk: int) -> HttpResponse:
    found = get_pairing(request.user, pk)
    require(request.user, "care.visit", found)
    form = VisitForm(request.POST or None, account=request.user, pairing=found, notes=may_keep_notes(found))

    def act(values: dict[str, Any]) -> str:
        log_visit(request.user, pairing=found, seen=Seen(**values))
        return reverse("care:pairing", args=[pk])

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("记下了。辛苦！"))
        return redirect(url)
    return show_form(request, "care/visit.html", form, pairing=found, due=due(found.due_at, clock.now()))
