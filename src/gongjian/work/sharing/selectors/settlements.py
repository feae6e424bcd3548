"""Months of use: what was settled, and what still is to be."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models.functions import TruncMonth

from gongjian.kernel import clock
from gongjian.work.sharing.hours import midnight
from gongjian.work.sharing.models import Booking, Settlement, Venue


def unsettled(venues: Sequence[Venue]) -> list[tuple[Venue, date]]:
    """Months that are over, in which the venue was booked, and which nobody has settled; the earliest first."""
    this_month = clock.today().replace(day=1)
    held = Booking.objects.filter(
        venue__in=venues,
        state__in=(Booking.State.BOOKED, Booking.State.USED, Booking.State.NO_SHOW),
        period__startswith__lt=midnight(this_month),
    )
    months = held.annotate(month=TruncMonth("period__startswith")).values_list("venue", "month").distinct()
    settled = set(Settlement.objects.filter(venue__in=venues).values_list("venue", "month"))
    by_pk = {venue.pk: venue for venue in venues}
    due = {(venue, month.date()) for venue, month in months} - settled
    return sorted(((by_pk[venue], month) for venue, month in due), key=lambda one: (one[1], one[0].pk))


def settle_by(month: date) -> date:
    """The fifth of the next month."""
    return (month + timedelta(days=31)).replace(day=5)
