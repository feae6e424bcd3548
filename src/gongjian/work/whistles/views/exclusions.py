"""Leaving whistles out of the rates: the queue, the application, the two decisions."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.permissions import may, require
from gongjian.kernel.web.pages import page, paginate, show_form
from gongjian.registry.requests import OfficeRequest
from gongjian.work.whistles.forms.exclusions import DecisionForm, ExclusionForm
from gongjian.work.whistles.models import Exclusion
from gongjian.work.whistles.selectors.exclusions import exclusions, get_exclusion, get_whistle_to_exclude
from gongjian.work.whistles.services.excluding import ask_exclusion, decide_exclusion_finally, decide_exclusion_first


@page("whistles.accounts", methods=("GET", "HEAD"))
def queue(request: OfficeRequest) -> HttpResponse:
    decided = request.GET.get("state") == "decided"
    found = paginate(request, exclusions(request.user, decided=decided))
    may_decide = may(request.user, "whistles.decide_exclusion")
    return render(request, "whistles/exclusions.html", {"page": found, "decided": decided, "may_decide": may_decide})


@page("whistles.ask_exclusion")
def exclude(request: OfficeRequest, pk: int) -> HttpResponse:
    whistle = get_whistle_to_exclude(request.user, pk)
    require(request.user, "whistles.ask_exclusion", whistle)
    form = ExclusionForm(request.POST or None, request.FILES or None)

    def act(values: dict[str, Any]) -> str:
        ask_exclusion(request.user, whistle=whistle, **values)
        return reverse("whistles:exclusions")

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("申请已提交，要两级审核，由两位别的同事先后来定。"))
        return redirect(url)
    return show_form(request, "whistles/exclude.html", form, whistle=whistle)


@page("whistles.decide_exclusion")
def decide(request: OfficeRequest, pk: int) -> HttpResponse:
    """The same page for both levels; which one is next follows from the state."""
    found = get_exclusion(request.user, pk)
    first = found.state == Exclusion.State.ASKED
    form = DecisionForm(request.POST or None)

    def act(values: dict[str, Any]) -> str:
        decide_next = decide_exclusion_first if first else decide_exclusion_finally
        decide_next(request.user, exclusion=found, **values)
        return reverse("whistles:exclusions")

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("审核意见记下了。"))
        return redirect(url)
    right = "whistles.decide_exclusion" if first else "whistles.decide_exclusion_finally"
    waits = found.state in (Exclusion.State.ASKED, Exclusion.State.FIRST_AGREED)
    turn = waits and may(request.user, right, found)
    return show_form(request, "whistles/exclusion.html", form, exclusion=found, first=first, waits=waits, turn=turn)
