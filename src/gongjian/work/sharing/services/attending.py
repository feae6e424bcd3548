"""Who came: counted after the time, until the month is settled."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account
from gongjian.work.sharing.models import Booking, Settlement
from gongjian.work.sharing.services.holding import held, moving

MOST_VISITORS = 10_000


@transaction.atomic
def count_attendance(actor: Account, *, booking: Booking, visitors: int) -> Booking:
    """May be counted again until the month is settled."""
    require(actor, "sharing.keep", booking)
    if not 1 <= visitors <= MOST_VISITORS:
        raise Invalid(
            _("到场人次要在 1 到 %(most)s 之间；一个人都没来，请按“没有来”。") % {"most": MOST_VISITORS},
            code="visitors",
            field="visitors",
        )
    booking = held(booking)
    check_countable(booking)
    with moving(booking):
        booking.use()
    booking.visitors, booking.counted_at = visitors, clock.now()
    booking.save()
    audit.record(actor, "sharing.count_attendance", booking, visitors=visitors)
    return booking


@transaction.atomic
def record_no_show(actor: Account, *, booking: Booking) -> Booking:
    """Nobody came. Kept with the booking; see services.booking_rules.missed_often for what follows from it."""
    require(actor, "sharing.keep", booking)
    booking = held(booking)
    check_countable(booking)
    with moving(booking):
        booking.miss()
    booking.visitors, booking.counted_at = None, clock.now()
    booking.save()
    audit.record(actor, "sharing.record_no_show", booking)
    return booking


def check_countable(booking: Booking) -> None:
    """Raises Conflict before it begins and after its month is settled."""
    if booking.period.lower > clock.now():
        raise Conflict(_("还没有开始，到时候再登记。"), code="not-begun")
    if Settlement.objects.filter(venue=booking.venue_id, month=month_of(booking)).exists():
        raise Conflict(_("这个月已经结算，到场人次不能再改。"), code="settled")


def month_of(booking: Booking) -> date:
    """A booking belongs to the month in which it begins."""
    return booking.begins.date().replace(day=1)
