"""Asking for a venue, and giving it up."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import may, require
from gongjian.kernel.rates import spend
from gongjian.registry.models import Account, Organization
from gongjian.registry.services.people import mark
from gongjian.work.sharing.models import HOLDING, Booking, Venue
from gongjian.work.sharing.services import booking_rules as rules
from gongjian.work.sharing.services.holding import held, hold, moving
from gongjian.work.sharing.services.telling import tell_booker, tell_keepers
from gongjian.work.sharing.services.waiting import move_up

MOST_PER_HOUR_FROM_ONE_ADDRESS = 30
"""A compound or a phone operator shares one address among many neighbors."""


@dataclass(frozen=True)
class Wanted:
    """What somebody wants a venue for, when, and how to reach them."""

    begins: datetime
    ends: datetime
    title: str
    people: int
    name: str
    phone: str
    organization: Organization | None = None


@transaction.atomic
def book_venue(actor: Any, *, venue: Venue, wanted: Wanted, wait: bool = False, address: str = "", series: str = "") -> Booking:
    """`actor` may be anonymous. With `wait`, a time that is taken is waited for. `series`: the first one's token.

    Raises Invalid for what cannot be, Conflict (`taken`) where somebody else has the time.
    """
    require(actor, "sharing.book", venue)
    if wanted.organization is not None:
        require(actor, "sharing.book_for_organization", wanted.organization)
    booking = _drafted(actor, venue, wanted)
    booking.series = series
    rules.check_bookable(venue)
    rules.check_people(venue, wanted.people)
    rules.check_time(venue, wanted.begins, wanted.ends)
    if not wait:
        check_free(booking)  # most of those who come too late need not queue for the lock
    if address:
        spend(f"sharing.book:{venue.office_id}:{address}", most=MOST_PER_HOUR_FROM_ONE_ADDRESS, within=timedelta(hours=1))
    hold(venue)
    if not rules.is_exempt(actor, venue):
        rules.check_share(booking.phone_mark)
    _place(actor, booking, wait=wait)
    audit.record(actor, "sharing.book", booking)
    return booking


def _drafted(actor: Any, venue: Venue, wanted: Wanted) -> Booking:
    if wanted.ends <= wanted.begins:
        raise Invalid(_("结束时间要晚于开始时间。"), code="ends-before", field="ends")
    check_words(wanted)
    phone = checked_phone(wanted.phone)
    return Booking(
        office=venue.office,
        venue=venue,
        period=DateTimeTZRange(wanted.begins, wanted.ends),
        title=wanted.title.strip(),
        people=wanted.people,
        name=wanted.name.strip(),
        phone=phone,
        phone_mark=mark(phone),
        account=actor if isinstance(actor, Account) else None,
        organization=wanted.organization,
        token=secrets.token_urlsafe(32),
        asked_at=clock.now(),
    )


def check_words(wanted: Wanted) -> None:
    if len(wanted.title.strip()) < 2:
        raise Invalid(_("请写明用来做什么。"), code="title", field="title")
    if not wanted.name.strip():
        raise Invalid(_("请写怎么称呼您。"), code="name", field="name")
    checked_phone(wanted.phone)


def checked_phone(phone: str) -> str:
    """Digits only; needed, so that the owner can call if something comes up. Raises Invalid."""
    digits = "".join(character for character in phone if character not in " -()（）+\u3000")
    if not (digits.isascii() and digits.isdigit() and 7 <= len(digits) <= 15):
        raise Invalid(_("请填能打通的电话：手机号，或带区号的座机号。"), code="phone", field="phone")
    return digits


def phone_mark(phone: str) -> str:
    return mark(checked_phone(phone))


def _place(actor: Any, booking: Booking, *, wait: bool) -> None:
    """As booked, as asked for, or in the queue."""
    if wait and is_taken(booking):
        booking.queue()
        booking.save(force_insert=True)
        return
    check_free(booking)
    if not needs_agreement(actor, booking):
        booking.accept()
    try:
        with transaction.atomic():
            booking.save(force_insert=True)
    except IntegrityError as error:
        raise taken() from error
    if booking.state == Booking.State.REQUESTED and not booking.series:  # of a series the first one is told
        tell_keepers(booking, "sharing.requested")


def needs_agreement(actor: Any, booking: Booking) -> bool:
    """Whoever keeps the venue agrees with themselves."""
    if may(actor, "sharing.keep", booking.venue):
        return False
    return booking.venue.approval or rules.missed_often(booking.phone_mark)


def is_taken(booking: Booking) -> bool:
    return Booking.objects.filter(venue=booking.venue, state__in=HOLDING, period__overlap=booking.period).exists()


def check_free(booking: Booking) -> None:
    if is_taken(booking):
        raise taken()


def taken() -> Conflict:
    return Conflict(
        _("这个时间已经被别人约走了。可以换个时间，或者勾上“约不上就排队候补”再提交。"), code="taken", field="begins"
    )


@transaction.atomic
def cancel_by_link(actor: Any, *, booking: Booking, reason: str = "") -> Booking:
    """By whoever holds the secret link."""
    require(actor, "sharing.follow")
    return _cancel(actor, held(booking), reason)


@transaction.atomic
def cancel_own(actor: Account, *, booking: Booking, reason: str = "") -> Booking:
    """By the account that made it."""
    require(actor, "sharing.cancel_own", booking)
    return _cancel(actor, held(booking), reason)


@transaction.atomic
def take_back(actor: Account, *, booking: Booking, reason: str) -> Booking:
    """By the owner, with a reason that the booker is told."""
    require(actor, "sharing.keep", booking)
    if len(reason.strip()) < 2:
        raise Invalid(_("请写明原因，预约的人会看到。"), code="reason", field="reason")
    booking = held(booking)
    booking.decided_at, booking.decided_by = clock.now(), actor
    _cancel(actor, booking, reason)
    tell_booker(booking, "sharing.taken_back")
    return booking


def _cancel(actor: Any, booking: Booking, reason: str) -> Booking:
    """Raises Conflict once it has begun: whether somebody came is then counted."""
    if booking.is_ahead and booking.period.lower <= clock.now():
        raise Conflict(_("已经到了开始时间，不能取消了。"), code="begun")
    with moving(booking):
        booking.cancel()
    booking.reason = reason.strip()[:200]
    booking.save()
    audit.record(actor, "sharing.cancel", booking)
    move_up(booking.venue)
    return booking
