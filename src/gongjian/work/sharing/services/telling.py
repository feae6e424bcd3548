"""Who is told what about a booking. Who has no account reads it under the link."""

from typing import Any

from django.urls import reverse
from django.utils.formats import date_format

from gongjian.kernel.notifications.outbox import notify
from gongjian.registry.models import Account, Role
from gongjian.work.sharing.models import Booking


def tell_keepers(booking: Booking, kind: str) -> None:
    """The organization that gives the venue, and its liaisons."""
    organization = booking.venue.organization
    liaisons = Account.objects.filter(
        is_active=True,
        assignments__role=Role.UNIT_LIAISON,
        assignments__until__isnull=True,
        assignments__organization=organization,
    ).distinct()
    recipients: list[Any] = [organization, *liaisons]
    notify(recipients, kind, context(booking), url=reverse("sharing:booking", args=[booking.pk]))


def tell_booker(booking: Booking, kind: str) -> None:
    whom: list[Any] = [one for one in (booking.account, booking.organization) if one is not None]
    notify(whom, kind, context(booking), url=reverse("sharing:follow", args=[booking.token]))


def context(booking: Booking) -> dict[str, str]:
    """What leaves the house: where and when, not who or what for."""
    day = date_format(booking.begins, "MONTH_DAY_FORMAT")
    return {"venue": str(booking.venue), "when": f"{day} {booking.begins:%H:%M}–{booking.ends_at}", "reason": booking.reason}
