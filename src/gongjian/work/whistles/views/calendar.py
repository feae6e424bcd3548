"""The working calendar: what it says, and the days that the office corrected."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.errors import Invalid
from gongjian.kernel.web.pages import page, show_form
from gongjian.kernel.workdays import last_published_year
from gongjian.registry.requests import OfficeRequest
from gongjian.registry.services.calendar import correct_day, drop_correction
from gongjian.work.whistles.forms.calendar import CorrectionForm, DropForm
from gongjian.work.whistles.selectors.calendar import corrections, month


@page("registry.edit_calendar")
def calendar(request: OfficeRequest) -> HttpResponse:
    first = _month(request.GET.get("month", ""))
    form = CorrectionForm(request.POST or None)

    def act(values: dict[str, Any]) -> str:
        correct_day(request.user, **values)
        return _url(values["day"])

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("调整好了，在办哨件的期限马上重算。"))
        return redirect(url)
    context = {
        "first": first,
        "before": first - timedelta(days=1),
        "after": first + timedelta(days=31),
        "weeks": month(first),
        "corrections": corrections(first.year),
        "last_published": last_published_year(),
        "assumed": first.year > last_published_year(),
    }
    return show_form(request, "whistles/calendar.html", form, **context)


@page("registry.edit_calendar", methods=("POST",))
def drop(request: OfficeRequest) -> HttpResponse:
    form = DropForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("没有这一天。"), code="day")
    drop_correction(request.user, day=form.cleaned_data["day"])
    messages.success(request, _("撤销了调整，在办哨件的期限马上重算。"))
    return redirect(_url(form.cleaned_data["day"]))


def _month(name: str) -> date:
    """`2026-10`; anything else is the current month."""
    try:
        found = date.fromisoformat(f"{name}-01")
    except ValueError:
        found = clock.today().replace(day=1)
    return found if 2000 <= found.year <= 2200 else clock.today().replace(day=1)


def _url(day: date) -> str:
    return f"{reverse('whistles:calendar')}?month={day:%Y-%m}"
