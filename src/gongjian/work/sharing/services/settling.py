"""A month of use, settled once: its hours and visitors become deeds of whoever gives the venue."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict
from gongjian.kernel.permissions import require
from gongjian.ledger.models import Deed, DeedKind
from gongjian.ledger.services import DeedSource, record_deed
from gongjian.registry.models import Account
from gongjian.work.sharing.hours import midnight
from gongjian.work.sharing.models import Booking, Settlement, Venue
from gongjian.work.sharing.services.holding import hold

CENTS = Decimal("0.01")


@transaction.atomic
def settle_month(actor: Account, *, venue: Venue, month: date) -> Settlement:
    """Raises Conflict before the month is over, while attendance is missing, or where it was settled before."""
    require(actor, "sharing.keep", venue)
    hold(venue)
    first = month.replace(day=1)
    last = last_day_of(min(first, clock.today()))
    if last >= clock.today():
        raise Conflict(_("这个月还没有过完。"), code="not-over")
    bookings = list(begun_in(venue, first))
    _check_counted(bookings)
    settlement = _settlement(actor, venue, first, bookings)
    try:
        with transaction.atomic():
            settlement.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(_("这个月已经结算过了。"), code="settled") from error
    _record_deeds(actor, settlement, last)
    audit.record(actor, "sharing.settle_month", settlement)
    return settlement


def last_day_of(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def begun_in(venue: Venue, first: date) -> list[Booking]:
    """Those that held their time, by the office's calendar."""
    begin, end = midnight(first), midnight(last_day_of(first) + timedelta(days=1))
    states = (Booking.State.BOOKED, Booking.State.USED, Booking.State.NO_SHOW)
    found = Booking.objects.filter(venue=venue, state__in=states, period__startswith__gte=begin, period__startswith__lt=end)
    return list(found)


def _check_counted(bookings: list[Booking]) -> None:
    missing = sum(booking.state == Booking.State.BOOKED for booking in bookings)
    if missing:
        sentence = ngettext(
            "还有 %(n)d 次预约没有登记到场人次，登记完再结算。", "还有 %(n)d 次预约没有登记到场人次，登记完再结算。", missing
        )
        raise Conflict(sentence % {"n": missing}, code="not-counted")


def _settlement(actor: Account, venue: Venue, month: date, bookings: list[Booking]) -> Settlement:
    used = [booking for booking in bookings if booking.state == Booking.State.USED]
    seconds = sum((booking.lasts for booking in used), timedelta()) // timedelta(seconds=1)
    return Settlement(
        venue=venue,
        month=month,
        bookings=len(used),
        hours=(Decimal(seconds) / 3600).quantize(CENTS, ROUND_HALF_UP),
        visitors=sum(booking.visitors or 0 for booking in used),
        no_shows=len(bookings) - len(used),
        settled_at=clock.now(),
        settled_by=actor,
    )


def _record_deeds(actor: Account, settlement: Settlement, last: date) -> None:
    """None for a month without use."""
    venue, month = settlement.venue, f"{settlement.month.year}年{settlement.month.month}月"
    room = f"“{venue.name}”" + (f"（{venue.area.normalize():f}平方米）" if venue.area else "")
    told = (
        ("space-hours", settlement.hours, f"{room}{month}供居民和单位使用{{数}}"),
        ("space-visitors", Decimal(settlement.visitors), f"“{venue.name}”{month}接待{{数}}"),
    )
    for kind, quantity, statement in told:
        if not quantity:
            continue
        record_deed(
            actor,
            kind=DeedKind.objects.get(code=kind),
            place=venue.place,
            organization=venue.organization,
            statement=statement,
            quantity=quantity,
            occurred_from=settlement.month,
            occurred_to=last,
            precision=Deed.Precision.MONTH,
            source=DeedSource("sharing", f"{kind}:{venue.pk}:{settlement.month:%Y-%m}"),
        )
