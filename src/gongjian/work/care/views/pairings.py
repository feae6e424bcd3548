"""Who is paired with whom, who is due; one pairing with its visits, and what is sensitive about it on request."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.due import due
from gongjian.kernel.permissions import may
from gongjian.kernel.web.pages import page, paginate, show_form
from gongjian.registry.requests import OfficeRequest
from gongjian.work.care.forms import PairForm
from gongjian.work.care.models import Pairing
from gongjian.work.care.selectors import pairings as selectors
from gongjian.work.care.services.pairing import Family, pair_elders
from gongjian.work.care.services.reading import InClear, read_notes
from gongjian.work.care.services.visiting import may_keep_notes


@page("care.look", methods=("GET", "HEAD"))
def pairings(request: OfficeRequest) -> HttpResponse:
    counts = selectors.counts(request.user)
    view = request.GET.get("view") or ("late" if counts["late"] else "active")
    found = paginate(request, selectors.listed(request.user, view), size=30)
    context = {
        "page": found,
        "rows": [(one, due(one.due_at, clock.now())) for one in found],
        "view": view,
        "counts": counts,
        "may_pair": may(request.user, "care.manage"),
        "may_credit": may(request.user, "care.credit"),
    }
    return render(request, "care/pairings.html", context)


@page("care.manage")
def pair(request: OfficeRequest) -> HttpResponse:
    form = PairForm(request.POST or None, account=request.user)

    def act(values: dict[str, Any]) -> str:
        family = family_of(values)
        made = pair_elders(
            request.user,
            elders=values["elders"],
            risk=values["risk"],
            organization=values["organization"],
            carer=values["person"],
            began_on=values["began_on"],
            family=family if family != Family() else None,
            consent=values["consent"],
        )
        return reverse("care:pairing", args=[made[0].pk]) if len(made) == 1 else reverse("care:pairings")

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("结好对了，事迹已经记进台账。"))
        return redirect(url)
    return show_form(request, "care/pair.html", form)


def family_of(values: dict[str, Any]) -> Family:
    return Family(
        address=values["address"],
        name=values["contact_name"],
        relation=values["contact_relation"],
        phone=values["contact_phone"],
    )


@page("care.look", methods=("GET", "HEAD"))
def pairing(request: OfficeRequest, pk: int) -> HttpResponse:
    return _show(request, selectors.get_pairing(request.user, pk))


@page("care.read_notes", methods=("POST",))
def notes(request: OfficeRequest, pk: int) -> HttpResponse:
    """Shown in the answer itself, so that it is in no address, no history and no cache."""
    found = selectors.get_pairing(request.user, pk)
    response = _show(request, found, read_notes(request.user, pairing=found))
    response.headers["Cache-Control"] = "no-store"
    return response


def _show(request: OfficeRequest, found: Pairing, clear: InClear | None = None) -> HttpResponse:
    visits = paginate(request, selectors.visits_of(found), size=30)
    referrals = selectors.referrals_of(request.user, list(visits))
    rows = [(visit, referrals.get(visit.referral_key), clear and clear.notes.get(visit.pk, "")) for visit in visits]
    context = {
        "pairing": found,
        "due": due(found.due_at, clock.now()),
        "page": visits,
        "rows": rows,
        "steps": [(step, clear and clear.steps.get(step.pk, "")) for step in selectors.steps_of(found)],
        "clear": clear,
        "keeps_notes": may_keep_notes(found),
        "may_visit": may(request.user, "care.visit", found) and found.state != Pairing.State.ENDED,
        "may_read": may(request.user, "care.read_notes", found),
        "may_manage": may(request.user, "care.manage", found),
    }
    return render(request, "care/pairing.html", context)
