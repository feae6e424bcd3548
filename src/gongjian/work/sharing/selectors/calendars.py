"""Bookings as calendars: a venue's for everybody, the same for who keeps it, and one's own."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.calendars.events import Event, Feed
from gongjian.kernel.errors import Missing
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account
from gongjian.work.sharing.models import HOLDING, Booking, Venue
from gongjian.work.sharing.models.bookings import AHEAD
from gongjian.work.sharing.selectors.bookings import RELATED
from gongjian.work.sharing.selectors.venues import get_venue

BEFORE = timedelta(days=31)
MOST = 1000
"""Bookings in one calendar, the earliest first."""


def open_feed(venue: Venue) -> Feed:
    """For everybody: when the venue is taken or closed, not by whom or what for. Bookings without a gap are one event."""
    url = reverse("sharing:venue", args=[venue.pk])
    taken = _stretches(venue)
    events = [Event(f"booking-{pk}", _("已约"), begin, end, place=str(venue), url=url) for pk, begin, end in taken]
    return Feed(venue, [*events, *_closed(venue)])


def _stretches(venue: Venue) -> list[list[Any]]:
    """Key of the first booking, begin, end."""
    found: list[list[Any]] = []
    for pk, period in _lately(Booking.objects.filter(venue=venue, state__in=HOLDING)).values_list("pk", "period"):
        if found and found[-1][2] == period.lower:
            found[-1][2] = period.upper
        else:
            found.append([pk, period.lower, period.upper])
    return found


def kept_feed(account: Account, about: str) -> Feed:
    """For who keeps the venue: what each booking is for and who made it. Telephones stay behind the link."""
    venue = get_venue(int(about)) if about.isdecimal() else None
    if venue is None:
        raise Missing(_("没有这个场地。"))
    require(account, "sharing.keep", venue)
    held = _lately(Booking.objects.select_related(*RELATED).filter(venue=venue, state__in=HOLDING))
    return Feed(venue, [*(_told(booking) for booking in held), *_closed(venue)])


def own_events(account: Account | Any) -> Iterator[Event]:
    """What the account booked, or somebody in the name of its organization; what fell through is marked so."""
    ours = Q(account=account) | Q(organization__in=account.organization_ids())
    found = Booking.objects.select_related(*RELATED).filter(ours).exclude(state=Booking.State.LAPSED)
    for booking in _lately(found):
        yield Event(
            f"booking-{booking.pk}",
            f"{booking.title}（{booking.get_state_display()}）",
            booking.period.lower,
            booking.period.upper,
            place=_where(booking.venue),
            detail=booking.reason,
            url=reverse("sharing:follow", args=[booking.token]),
            canceled=booking.state not in (*HOLDING, *AHEAD),
        )


def _told(booking: Booking) -> Event:
    who = " · ".join(filter(None, (booking.name, booking.organization.called if booking.organization else "")))
    return Event(
        f"booking-{booking.pk}",
        f"{booking.title}（{who}）",
        booking.period.lower,
        booking.period.upper,
        place=_where(booking.venue),
        detail=_("%(people)s 人 · %(state)s") % {"people": booking.people, "state": booking.get_state_display()},
        url=reverse("sharing:booking", args=[booking.pk]),
    )


def _lately(found: QuerySet[Booking]) -> QuerySet[Booking]:
    return found.filter(period__endswith__gt=clock.now() - BEFORE).order_by("period")[:MOST]


def _closed(venue: Venue) -> Iterator[Event]:
    for closure in venue.closures.all():
        title = _("闭馆：%(why)s") % {"why": closure.reason}
        yield Event(f"closure-{closure.pk}", title, closure.days.lower, closure.days.upper, place=str(venue))


def _where(venue: Venue) -> str:
    return f"{venue}（{venue.place}）"
