"""Suggested pairs: the list with its grounds, running anew, taking one up, putting one aside, what was left unmatched."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.permissions import may
from gongjian.kernel.web.pages import page, paginate, show_form
from gongjian.kernel.web.spreadsheets import spreadsheet
from gongjian.registry.requests import OfficeRequest
from gongjian.work.cobuilding.forms.matching import DismissForm, TakeForm, WeightsForm
from gongjian.work.cobuilding.models import MatchingRun
from gongjian.work.cobuilding.selectors import matching as selectors
from gongjian.work.cobuilding.services import matching as services

SIZE = 30


@page("cobuilding.view", methods=("GET", "HEAD"))
def suggestions(request: OfficeRequest) -> HttpResponse:
    found = paginate(request, selectors.suggestions(request.user), size=SIZE)
    last = selectors.last_asked()
    context = {
        "page": found,
        "pairs": [(one, selectors.grounds(one)) for one in found],
        "run": selectors.newest_run(),
        "waiting": last is not None and last.state == MatchingRun.State.WAITING,
        "unmatched": len(selectors.unmatched(request.user)),
        "may_match": may(request.user, "cobuilding.match"),
        "may_speak": may(request.user, "cobuilding.speak"),
    }
    return render(request, "cobuilding/matching/suggestions.html", context)


@page("cobuilding.match", methods=("POST",))
def match(request: OfficeRequest) -> HttpResponse:
    services.ask_for_matching(request.user)
    messages.success(request, _("开始配了。清单长的话要十几秒，刷新这一页就能看到。"))
    return redirect("cobuilding:suggestions")


@page("cobuilding.match")
def weights(request: OfficeRequest) -> HttpResponse:
    rules = selectors.policy(request.user)
    form = WeightsForm(request.POST or None, initial={name: getattr(rules, name) for name in services.WEIGHTS})

    def change(values: dict[str, Any]) -> str:
        services.change_weights(request.user, **values)
        return reverse("cobuilding:suggestions")

    if request.method == "POST" and (url := form.submit(request, change)):
        messages.success(request, _("改好了，下次配对时算数。"))
        return redirect(url)
    return show_form(request, "cobuilding/matching/weights.html", form)


@page("cobuilding.speak")
def take(request: OfficeRequest, pk: int) -> HttpResponse:
    found = selectors.get_suggestion(request.user, pk)
    form = TakeForm(request.POST or None, suggestion=found)

    def act(values: dict[str, Any]) -> str:
        return reverse("cobuilding:claim", args=[services.take_suggestion(request.user, suggestion=found, **values).pk])

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("提出去了，等对方同意。"))
        return redirect(url)
    return show_form(request, "cobuilding/matching/take.html", form, suggestion=found, grounds=selectors.grounds(found))


@page("cobuilding.speak")
def dismiss(request: OfficeRequest, pk: int) -> HttpResponse:
    found = selectors.get_suggestion(request.user, pk)
    form = DismissForm(request.POST or None)

    def act(values: dict[str, Any]) -> str:
        services.dismiss_suggestion(request.user, suggestion=found, **values)
        return reverse("cobuilding:suggestions")

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("记下了，下次不再这样配。"))
        return redirect(url)
    return show_form(request, "cobuilding/matching/dismiss.html", form, suggestion=found)


@page("cobuilding.view", methods=("GET", "HEAD"))
def unmatched(request: OfficeRequest) -> HttpResponse:
    found = [(one, selectors.why_unmatched(one)) for one in selectors.unmatched(request.user)]
    if "xlsx" in request.GET:
        head = [_("需求"), _("地方"), _("类别"), _("还差"), _("单位"), _("为什么没配上")]
        rows = [
            (one.need.title, one.need.place.name, one.need.get_kind_display(), one.missing, one.amount.unit_name, why)
            for one, why in found
        ]
        return spreadsheet(_("没配上的需求"), head, rows)
    return render(request, "cobuilding/matching/unmatched.html", {"found": found, "run": selectors.newest_run()})
