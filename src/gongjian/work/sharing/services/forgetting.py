"""What bookers left of themselves goes: a while after the time, and when they ask for it (PIPL §47)."""

from datetime import timedelta

from django.db import transaction

from gongjian.kernel import audit, clock
from gongjian.registry.models import Person
from gongjian.work.sharing.models import Booking
from gongjian.work.sharing.models.bookings import AHEAD
from gongjian.work.sharing.selectors.bookings import of_person
from gongjian.work.sharing.services.holding import held
from gongjian.work.sharing.services.waiting import move_up

KEPT = timedelta(days=180)
"""After the time that was booked. Longer than a missed one counts, and than a month waits to be settled."""
GONE = {"name": None, "phone": None, "phone_mark": ""}


def forget_bookers() -> int:
    """Of bookings long over. Called every night; a missed run is made up by the next."""
    over = Booking.objects.filter(period__endswith__lt=clock.now() - KEPT)
    return over.exclude(phone_mark="").update(**GONE)


@transaction.atomic
def forget_person(person: Person) -> int:
    """In every booking; what lies ahead is canceled, as nobody could be told of a change."""
    theirs = list(of_person(person).select_related("venue"))
    for booking in theirs:
        if booking.state in AHEAD and not booking.has_begun:
            _cancel(booking)
    return Booking.objects.filter(pk__in=[booking.pk for booking in theirs]).update(**GONE)


def _cancel(booking: Booking) -> None:
    booking = held(booking)
    booking.cancel()
    booking.reason = "预约人要求删除信息"
    booking.save()
    audit.record(None, "sharing.cancel", booking)
    move_up(booking.venue)
