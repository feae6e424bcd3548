"""The waiting list: who asked first gets what comes free, without anybody doing anything."""

from datetime import timedelta

from gongjian.kernel import audit, clock
from gongjian.work.sharing.models import HOLDING, Booking, Venue
from gongjian.work.sharing.services.booking_rules import missed_often
from gongjian.work.sharing.services.telling import tell_booker, tell_keepers

SHORTEST_NOTICE = timedelta(hours=1)
"""Nobody is moved up to a time that begins sooner: they could not know."""


def move_up(venue: Venue) -> list[Booking]:
    """Give what is free to those who wait. Call within the transaction that holds the venue and made time free."""
    soonest = clock.now() + SHORTEST_NOTICE
    waiting = Booking.objects.select_related("venue__organization", "account", "organization").filter(
        venue=venue, state=Booking.State.WAITING, period__startswith__gte=soonest
    )
    return [booking for booking in waiting.order_by("asked_at", "pk") if _moved(booking)]


def _moved(booking: Booking) -> bool:
    if Booking.objects.filter(venue=booking.venue, state__in=HOLDING, period__overlap=booking.period).exists():
        return False
    if booking.venue.approval or missed_often(booking.phone_mark):
        booking.move_up()
        booking.save()
        tell_keepers(booking, "sharing.requested")
        tell_booker(booking, "sharing.moved_up_to_request")
    else:
        booking.accept()
        booking.save()
        tell_booker(booking, "sharing.moved_up")
    audit.record(None, "sharing.move_up", booking)
    return True
