"""What the owner decides, and what time decides."""

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account
from gongjian.work.sharing.models import Booking, Venue
from gongjian.work.sharing.services.holding import held, hold, moving
from gongjian.work.sharing.services.telling import tell_booker
from gongjian.work.sharing.services.waiting import move_up


@transaction.atomic
def accept_booking(actor: Account, *, booking: Booking) -> Booking:
    """Raises Conflict if it does not wait for an answer, or its time has come."""
    require(actor, "sharing.keep", booking)
    booking = held(booking)
    if booking.state != Booking.State.REQUESTED:
        raise Conflict(_("这个预约不在等答复，可能别人刚刚办过。"), code="wrong-state")
    if booking.period.upper <= clock.now():
        raise Conflict(_("这个时间已经过去了。"), code="past")
    booking.accept()
    _decide(actor, booking, "sharing.accept")
    tell_booker(booking, "sharing.accepted")
    return booking


@transaction.atomic
def refuse_booking(actor: Account, *, booking: Booking, reason: str) -> Booking:
    """The time goes to whoever waits for it."""
    require(actor, "sharing.keep", booking)
    if len(reason.strip()) < 2:
        raise Invalid(_("请写明为什么不同意，预约的人会看到。"), code="reason", field="reason")
    booking = held(booking)
    with moving(booking):
        booking.refuse()
    booking.reason = reason.strip()[:200]
    _decide(actor, booking, "sharing.refuse")
    tell_booker(booking, "sharing.refused")
    move_up(booking.venue)
    return booking


def _decide(actor: Account, booking: Booking, action: str) -> None:
    booking.decided_at, booking.decided_by = clock.now(), actor
    booking.save()
    audit.record(actor, action, booking)


def lapse_unanswered() -> int:
    """What neither stood nor came up before its time. Called every few minutes; a missed run is made up by the next."""
    late = Booking.objects.filter(
        state__in=(Booking.State.REQUESTED, Booking.State.WAITING), period__startswith__lte=clock.now()
    )
    return sum(_lapse(venue) for venue in Venue.objects.filter(pk__in=late.values("venue")))


@transaction.atomic
def _lapse(venue: Venue) -> int:
    hold(venue)
    late = Booking.objects.filter(
        venue=venue, state__in=(Booking.State.REQUESTED, Booking.State.WAITING), period__startswith__lte=clock.now()
    )
    for booking in late:
        booking.lapse()
        booking.save()
    move_up(venue)
    return len(late)
