"""The call as the organizer has it: drafting, opening, its poster, who answered."""

from collections.abc import Callable
from typing import Any

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.kernel.permissions import may
from gongjian.kernel.web.pages import page, paginate, show_form
from gongjian.registry.requests import OfficeRequest
from gongjian.work.volunteering import services
from gongjian.work.volunteering.forms.organizing import CallForm
from gongjian.work.volunteering.models import Enrollment
from gongjian.work.volunteering.selectors import reach
from gongjian.work.volunteering.selectors.public import call_by_token, is_open

EDITED = ("title", "text", "closes_at", "audience", "organization", "mode", "places")


def code_picture(link: str, *, scale: int = 6) -> str:
    """A QR code as inline SVG."""
    return mark_safe(segno.make(link, error="m").svg_inline(scale=scale, dark="#000", light="#fff"))  # noqa: S308  drawn by segno


@page("volunteering.organize")
def draft(request: OfficeRequest, pk: int) -> HttpResponse:
    activity = reach.get_activity(request.user, pk)
    initial = {"title": _("%(activity)s招募令") % {"activity": activity.title}, "text": activity.content}
    form = CallForm(request.POST or None, initial=initial)

    def act(values: dict[str, Any]) -> str:
        call = services.draft_call(request.user, activity=activity, **values)
        return reverse("volunteering:answers", args=[call.pk])

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("写好了。看过没问题，就点“发布”。"))
        return redirect(url)
    return show_form(request, "volunteering/staff/call.html", form, activity=activity)


@page("volunteering.organize")
def edit(request: OfficeRequest, pk: int) -> HttpResponse:
    call = reach.get_call(request.user, pk)
    form = CallForm(request.POST or None, initial={name: getattr(call, name) for name in EDITED})

    def act(values: dict[str, Any]) -> str:
        services.edit_call(request.user, call=call, **values)
        return reverse("volunteering:answers", args=[call.pk])

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("改好了。"))
        return redirect(url)
    return show_form(request, "volunteering/staff/call.html", form, activity=call.activity, call=call)


@page("volunteering.look", methods=("GET", "HEAD"))
def answers(request: OfficeRequest, pk: int) -> HttpResponse:
    call = reach.get_call(request.user, pk)
    rows = call.enrollments.select_related("volunteer__person", "organization", "by").order_by("at", "pk")
    state = request.GET.get("state", "")
    if state in Enrollment.State.values:
        rows = rows.filter(state=state)
    link = request.build_absolute_uri(reverse("volunteering:call", args=[call.token]))
    context = {
        "call": call,
        "page": paginate(request, rows),
        "state": state,
        "states": Enrollment.State.choices,
        "link": link,
        "picture": code_picture(link, scale=4),
        "may_organize": may(request.user, "volunteering.organize", call.activity),
    }
    return render(request, "volunteering/staff/answers.html", context)


@page("volunteering.send_people", methods=("GET", "HEAD"))
def sent(request: OfficeRequest, token: str) -> HttpResponse:
    """Who comes for the units that the account speaks for."""
    call = call_by_token(token)
    context = {"call": call, "page": paginate(request, reach.sent(request.user, call)), "open": is_open(call)}
    return render(request, "volunteering/staff/sent.html", context)


@page("volunteering.organize", methods=("POST",))
def open_(request: OfficeRequest, pk: int) -> HttpResponse:
    return _step(request, pk, services.open_call, _("发布了，把链接或二维码发出去吧。"))


@page("volunteering.organize", methods=("POST",))
def close(request: OfficeRequest, pk: int) -> HttpResponse:
    return _step(request, pk, services.close_call, _("截止了，页面上不再能报名。"))


@page("volunteering.organize", methods=("POST",))
def decide(request: OfficeRequest, pk: int) -> HttpResponse:
    calls = reach.activities(request.user).values("calls")
    enrollment = Enrollment.objects.filter(pk=pk, call__in=calls).select_related("call__activity").first()
    if enrollment is None:
        raise Missing(_("没有这个报名。"))
    services.decide_answer(request.user, enrollment=enrollment, accepted=request.POST.get("accepted") == "1")
    return redirect(reverse("volunteering:answers", args=[enrollment.call_id]))


def _step(request: OfficeRequest, pk: int, step: Callable[..., Any], done: str) -> HttpResponse:
    step(request.user, call=reach.get_call(request.user, pk))
    messages.success(request, done)
    return redirect(reverse("volunteering:answers", args=[pk]))
