"""For everybody: which venues there are, when they are free, booking one, and what became of it."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.calendars.events import ical_answer
from gongjian.kernel.permissions import may
from gongjian.kernel.web.addresses import client_address
from gongjian.kernel.web.pages import page, paginate, show_form
from gongjian.registry.requests import OfficeRequest
from gongjian.work.sharing.forms.bookings import BookingForm
from gongjian.work.sharing.hours import span
from gongjian.work.sharing.models import Booking, Venue
from gongjian.work.sharing.selectors import bookings, week
from gongjian.work.sharing.selectors.calendars import open_feed
from gongjian.work.sharing.selectors.venues import get_venue
from gongjian.work.sharing.selectors.venues import venues as all_venues
from gongjian.work.sharing.services import booking as services
from gongjian.work.sharing.services import series
from gongjian.work.sharing.views.links import by_token, kept_private


@page("sharing.visit", methods=("GET", "HEAD"))
def venues(request: OfficeRequest) -> HttpResponse:
    return render(request, "sharing/public/venues.html", {"venues": all_venues()})


@page("sharing.visit", methods=("GET", "HEAD"))
def venue(request: OfficeRequest, pk: int) -> HttpResponse:
    found = get_venue(pk)
    context = {"venue": found, "may_keep": may(request.user, "sharing.keep", found)}
    return render(request, "sharing/public/venue.html", context | week_context(request, found))


@page("sharing.visit", methods=("GET", "HEAD"))
def feed(request: OfficeRequest, pk: int) -> HttpResponse:
    """For phones and mail programs, without who booked."""
    site = request.build_absolute_uri("/").rstrip("/")
    return ical_answer(open_feed(get_venue(pk)), site=site, name=f"venue-{pk}")


def week_context(request: HttpRequest, found: Venue) -> dict[str, Any]:
    monday = week.monday_of(week.parse_day(request.GET.get("week", "")))
    return {
        "days": week.week(found, monday),
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7),
    }


@page("sharing.book")
def book(request: OfficeRequest, pk: int) -> HttpResponse:
    found = get_venue(pk)
    form = BookingForm(request.POST or None, initial=_asked(request), venue=found, account=request.user)

    occurrences: list[series.Occurrence] = []

    def act(values: dict[str, Any]) -> str:
        try:
            return reverse("sharing:follow", args=[_book(request, found, values).token])
        except series.NotAllFree as error:
            occurrences.extend(error.occurrences)
            raise

    if request.method == "POST" and (url := form.submit(request, act)):
        return redirect(url)
    return show_form(request, "sharing/public/book.html", form, venue=found, occurrences=occurrences)


def _book(request: OfficeRequest, venue: Venue, values: dict[str, Any]) -> Booking:
    """Once, or every week; the first of them."""
    day, begins, ends = (values.pop(name) for name in ("day", "begins", "ends"))
    until, skip, wait = (values.pop(name) for name in ("until", "skip", "wait"))
    wanted = services.Wanted(*span(day, begins, ends), **values)
    details: dict[str, Any] = {"venue": venue, "wanted": wanted, "wait": wait, "address": client_address(request)}
    if until is None:
        return services.book_venue(request.user, **details)
    return series.book_weekly(request.user, rhythm=series.Rhythm(day, until, begins, ends), skip=skip, **details)[0]


def _asked(request: HttpRequest) -> dict[str, Any]:
    """A free stretch of the calendar fills the form."""
    return {name: request.GET[name] for name in ("day", "begins", "ends", "wait") if name in request.GET}


@page("sharing.follow", methods=("GET", "HEAD"))
def follow(request: OfficeRequest, token: str) -> HttpResponse:
    booking = by_token(request, token)
    link = request.build_absolute_uri(reverse("sharing:follow", args=[token]))
    context = {
        "booking": booking,
        "before": bookings.ahead_in_queue(booking),
        "link": link,
        "State": Booking.State,
        "series": series.others_of(booking),
    }
    return kept_private(render(request, "sharing/public/follow.html", context))


@page("sharing.follow", methods=("POST",))
def cancel(request: OfficeRequest, token: str) -> HttpResponse:
    services.cancel_by_link(request.user, booking=by_token(request, token))
    messages.success(request, _("取消了，时间让给了别人。"))
    return redirect("sharing:follow", token)


@page("sharing.follow", methods=("POST",))
def cancel_series(request: OfficeRequest, token: str) -> HttpResponse:
    count = series.cancel_series(request.user, booking=by_token(request, token))
    messages.success(request, _("取消了 %(count)s 次，时间让给了别人。") % {"count": count})
    return redirect("sharing:follow", token)


@page("sharing.own_bookings", methods=("GET", "HEAD"))
def mine(request: OfficeRequest) -> HttpResponse:
    page_of_own = paginate(request, bookings.own(request.user), size=30)
    return render(request, "sharing/public/mine.html", {"page": page_of_own})
