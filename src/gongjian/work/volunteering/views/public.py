"""Open calls, and answering one in under a minute."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.errors import DomainError
from gongjian.kernel.permissions import may
from gongjian.kernel.rates import spend
from gongjian.kernel.web.addresses import client_address
from gongjian.kernel.web.pages import page, show_form
from gongjian.registry.requests import OfficeRequest
from gongjian.work.volunteering import services
from gongjian.work.volunteering.forms.public import SignUpForm, guardian_of
from gongjian.work.volunteering.models import Call, Enrollment, Shift
from gongjian.work.volunteering.selectors.public import call_by_token, days_ahead, is_open, open_calls
from gongjian.work.volunteering.services.registering import MOST_SIGN_UPS, SIGN_UP_WINDOW
from gongjian.work.volunteering.views.links import known_volunteer, remember


@page("volunteering.join", methods=("GET", "HEAD"))
def open_list(request: OfficeRequest) -> HttpResponse:
    context = {"calls": list(open_calls()), "known": known_volunteer(request)}
    return render(request, "volunteering/public/list.html", context)


@page("volunteering.join")
def call(request: OfficeRequest, token: str) -> HttpResponse:
    found = call_by_token(token)
    days = days_ahead(found.activity) if found.mode == Call.Mode.CHOOSE else []
    form = SignUpForm(request.POST or None, call=found, days=days)
    if request.method == "POST":
        spend(f"volunteering.sign_up:{client_address(request)}", most=MOST_SIGN_UPS, within=SIGN_UP_WINDOW)
        if url := form.submit(request, lambda values: _answer(request, found, values)):
            return redirect(url)
    context = {"call": found, "days": days, "open": is_open(found), "may_send": may(request.user, "volunteering.send_people")}
    return show_form(request, "volunteering/public/call.html", form, **context)


def _answer(request: OfficeRequest, call: Call, values: dict[str, Any]) -> str:
    unit = call.organization if call.audience == Call.Audience.ORGANIZATION else None
    introduction = services.Introduction(
        name=values["name"], phone=values["phone"], organization=unit, guardian=guardian_of(values)
    )
    volunteer = services.take_in_volunteer(request.user, office=request.office, introduction=introduction)
    enrollment = services.answer_call(request.user, call=call, volunteer=volunteer, organization=unit)
    if shift := values.get("shift"):
        _choose(request, enrollment, int(shift))
    remember(request, volunteer)
    return reverse("volunteering:my", args=[enrollment.token])


def _choose(request: OfficeRequest, enrollment: Enrollment, pk: int) -> None:
    """The answer to the call stands, even if somebody took the last place of the shift meanwhile."""
    if enrollment.state != Enrollment.State.ACCEPTED:
        return
    try:
        shift = Shift.objects.select_related("activity").get(pk=pk, activity=enrollment.call.activity)
        place = services.sign_up(
            request.user, shift=shift, volunteer=enrollment.volunteer, organization=enrollment.organization
        )
    except DomainError as error:
        messages.warning(request, str(error))
        return
    if place.state == place.State.WAITING:
        messages.warning(request, _("这一班刚刚满员，您排在候补里；有人退出就轮到您。"))
