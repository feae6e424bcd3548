"""For who keeps venues: answering, counting, taking back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.permissions import may
from gongjian.kernel.web.pages import page, paginate, show_form
from gongjian.registry.requests import OfficeRequest
from gongjian.work.sharing.forms.bookings import AttendanceForm, BookingFilter, ReasonForm
from gongjian.work.sharing.models import Booking
from gongjian.work.sharing.selectors import bookings as selectors
from gongjian.work.sharing.selectors.venues import venues
from gongjian.work.sharing.services import attending, booking, deciding, series
from gongjian.work.sharing.services.booking_rules import missed


@page("sharing.see_bookings", methods=("GET", "HEAD"))
def bookings(request: OfficeRequest) -> HttpResponse:
    view = request.GET.get("view", "open")
    form = BookingFilter(request.GET, venues=list(venues()))
    found = selectors.listed(request.user, view, request.GET.get("venue", ""))
    context = {"page": paginate(request, found, size=30), "view": view, "form": form}
    return render(request, "sharing/staff/bookings.html", context)


@page("sharing.see_bookings", methods=("GET", "HEAD"))
def one(request: OfficeRequest, pk: int) -> HttpResponse:
    return _show(request, selectors.get_booking(request.user, pk))


def _show(request: OfficeRequest, found: Booking, **forms: Any) -> HttpResponse:
    """What can be done now, each with its form; `forms` are those that were just refused."""
    keeps = may(request.user, "sharing.keep", found)
    begun = found.period.lower <= clock.now()
    if keeps:
        audit.record(request.user, "sharing.see_booker", found)
    together = series.others_of(found)
    refused = next((form for form in forms.values() if form.errors), None)
    context = {
        "booking": found,
        "keeps": keeps,
        "missed": missed(found.phone_mark) if keeps else 0,
        "to_answer": keeps and found.state == Booking.State.REQUESTED,
        "to_count": keeps and begun and found.state in (Booking.State.BOOKED, Booking.State.USED, Booking.State.NO_SHOW),
        "to_take_back": keeps and not begun and found.state == Booking.State.BOOKED,
        "series": together,
        "series_open": sum(one.state == Booking.State.REQUESTED for one in together),
        "refuse_form": ReasonForm(),
        "take_back_form": ReasonForm(),
        "attendance_form": AttendanceForm(initial={"visitors": found.visitors or found.people}),
        **forms,
    }
    return show_form(request, "sharing/staff/booking.html", refused or AttendanceForm(), **context)


@page("sharing.keep", methods=("POST",))
def accept(request: OfficeRequest, pk: int) -> HttpResponse:
    deciding.accept_booking(request.user, booking=selectors.get_booking(request.user, pk))
    messages.success(request, _("同意了，预约的人打开链接就能看到。"))
    return redirect("sharing:booking", pk)


@page("sharing.keep", methods=("POST",))
def accept_series(request: OfficeRequest, pk: int) -> HttpResponse:
    count = series.accept_series(request.user, booking=selectors.get_booking(request.user, pk))
    messages.success(request, _("同意了 %(count)s 次，预约的人打开链接就能看到。") % {"count": count})
    return redirect("sharing:booking", pk)


@page("sharing.keep", methods=("POST",))
def refuse(request: OfficeRequest, pk: int) -> HttpResponse:
    form = ReasonForm(request.POST)
    done = _carry_out(request, pk, form, deciding.refuse_booking)
    return _answer(request, pk, done and _("回复了，时间让给了排队的人。"), refuse_form=form)


@page("sharing.keep", methods=("POST",))
def take_back(request: OfficeRequest, pk: int) -> HttpResponse:
    form = ReasonForm(request.POST)
    done = _carry_out(request, pk, form, booking.take_back)
    return _answer(request, pk, done and _("取消了，预约的人会看到原因。"), take_back_form=form)


@page("sharing.keep", methods=("POST",))
def count(request: OfficeRequest, pk: int) -> HttpResponse:
    form = AttendanceForm(request.POST)
    done = _carry_out(request, pk, form, attending.count_attendance)
    return _answer(request, pk, done and _("记下了。"), attendance_form=form)


@page("sharing.keep", methods=("POST",))
def no_show(request: OfficeRequest, pk: int) -> HttpResponse:
    attending.record_no_show(request.user, booking=selectors.get_booking(request.user, pk))
    messages.success(request, _("记为没有来。月结以前还可以改。"))
    return redirect("sharing:booking", pk)


def _carry_out(request: OfficeRequest, pk: int, form: Any, service: Callable[..., Any]) -> str | None:
    found = selectors.get_booking(request.user, pk)

    def act(values: dict[str, Any]) -> str:
        service(request.user, booking=found, **values)
        return reverse("sharing:booking", args=[pk])

    done: str | None = form.submit(request, act)
    return done


def _answer(request: OfficeRequest, pk: int, done: str | None, **refused: Any) -> HttpResponse:
    """On to the booking, or its page with the form that was refused."""
    if not done:
        return _show(request, selectors.get_booking(request.user, pk), **refused)
    messages.success(request, done)
    return redirect("sharing:booking", pk)
