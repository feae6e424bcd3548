"""The same hour every week until a day: each time a booking of its own, decided together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, prefetch_related_objects
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from gongjian.kernel import audit
from gongjian.kernel.errors import Conflict, DomainError, Invalid
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account
from gongjian.work.sharing.hours import span
from gongjian.work.sharing.models import HOLDING, Booking, Venue
from gongjian.work.sharing.models.bookings import AHEAD
from gongjian.work.sharing.services import booking as single
from gongjian.work.sharing.services import booking_rules as rules
from gongjian.work.sharing.services.deciding import accept_booking
from gongjian.work.sharing.services.holding import hold
from gongjian.work.sharing.services.telling import tell_keepers

WEEK = timedelta(days=7)
MOST = 53


@dataclass(frozen=True)
class Rhythm:
    """By the clock on the wall: every week on the weekday of `first`, until `until`."""

    first: date
    until: date
    begins: time
    ends: time

    def days(self) -> Iterator[date]:
        """Raises Invalid for an end before the first day, or too many."""
        if self.until < self.first:
            raise Invalid(_("最后一天早于第一次。"), code="ends-before", field="until")
        if (self.until - self.first) // WEEK >= MOST:
            raise Invalid(_("一次最多约一年。"), code="too-long", field="until")
        return (self.first + number * WEEK for number in range((self.until - self.first) // WEEK + 1))


@dataclass(frozen=True)
class Occurrence:
    """`problem`: why this one cannot be booked, empty if it can."""

    day: date
    wanted: single.Wanted | None
    problem: str = ""

    def __str__(self) -> str:
        day = date_format(self.day, "MONTH_DAY_FORMAT")
        return _("%(day)s：%(problem)s") % {"day": day, "problem": self.problem}


class NotAllFree(Conflict):
    """Nothing was booked; `occurrences` says of each why or that it is free."""

    def __init__(self, occurrences: Sequence[Occurrence]) -> None:
        missing = [str(one) for one in occurrences if one.problem]
        counted = {"bad": len(missing), "all": len(occurrences), "told": "；".join(missing)}
        sentence = _("%(all)s 次里有 %(bad)s 次约不上，现在一次都没有约。%(told)s") % counted
        super().__init__(sentence, code="not-all-free", field="until")
        self.occurrences = occurrences


def foresee(actor: Any, *, venue: Venue, wanted: single.Wanted, rhythm: Rhythm, wait: bool = False) -> list[Occurrence]:
    """Each time with what stands in its way. Writes nothing. With `wait`, one that is taken is waited for."""
    prefetch_related_objects([venue], "hours", "closures")
    occurrences = [_checked(venue, wanted, rhythm, day) for day in rhythm.days()]
    if not wait:
        occurrences = _without_taken(venue, occurrences)
    return occurrences if rules.is_exempt(actor, venue) else _within_share(wanted, occurrences)


def _checked(venue: Venue, wanted: single.Wanted, rhythm: Rhythm, day: date) -> Occurrence:
    try:
        begins, ends = span(day, rhythm.begins, rhythm.ends)
        rules.check_time(venue, begins, ends)
    except DomainError as error:
        return Occurrence(day, None, str(error))
    return Occurrence(day, replace(wanted, begins=begins, ends=ends))


def _without_taken(venue: Venue, occurrences: list[Occurrence]) -> list[Occurrence]:
    spans = [(one.wanted.begins, one.wanted.ends) for one in occurrences if one.wanted]
    meets = Q()
    for stretch in spans:
        meets |= Q(period__overlap=stretch)
    held = Booking.objects.filter(meets, venue=venue, state__in=HOLDING).values_list("period", flat=True) if spans else []
    taken = list(held)

    def looked_at(one: Occurrence) -> Occurrence:
        wanted = one.wanted
        if wanted and any(period.lower < wanted.ends and wanted.begins < period.upper for period in taken):
            return replace(one, wanted=None, problem=_("已经被别人约走了"))
        return one

    return [looked_at(one) for one in occurrences]


def _within_share(wanted: single.Wanted, occurrences: list[Occurrence]) -> list[Occurrence]:
    left = rules.left_of_share(single.phone_mark(wanted.phone))
    found = []
    for one in occurrences:
        if one.wanted and left <= 0:
            problem = _("一个电话最多同时约 %(most)s 次") % {"most": rules.MOST_AHEAD}
            found.append(replace(one, wanted=None, problem=problem))
        else:
            left -= one.wanted is not None
            found.append(one)
    return found


@transaction.atomic
def book_weekly(
    actor: Any,
    *,
    venue: Venue,
    wanted: single.Wanted,
    rhythm: Rhythm,
    skip: bool = False,
    wait: bool = False,
    address: str = "",
) -> list[Booking]:
    """All of them, or with `skip` those that can be. Raises NotAllFree, with nothing booked."""
    require(actor, "sharing.book", venue)
    rules.check_bookable(venue)
    rules.check_people(venue, wanted.people)
    single.check_words(wanted)
    hold(venue)
    occurrences = foresee(actor, venue=venue, wanted=wanted, rhythm=rhythm, wait=wait)
    possible = [one.wanted for one in occurrences if one.wanted]
    if not possible or (len(possible) < len(occurrences) and not skip):
        raise NotAllFree(occurrences)
    made = [single.book_venue(actor, venue=venue, wanted=possible[0], wait=wait, address=address)]
    made += [single.book_venue(actor, venue=venue, wanted=one, wait=wait, series=made[0].token) for one in possible[1:]]
    if len(made) > 1:
        Booking.objects.filter(pk=made[0].pk).update(series=made[0].token)
        _tell_once(made)
    return made


def _tell_once(made: list[Booking]) -> None:
    """The first has been told of by itself, unless it waits in the queue."""
    asked = [booking for booking in made if booking.state == Booking.State.REQUESTED]
    if asked and asked[0] is not made[0]:
        tell_keepers(asked[0], "sharing.requested")


def others_of(booking: Booking) -> list[Booking]:
    """The whole series in order, this one included; empty for one that stands alone."""
    if not booking.series:
        return []
    return list(Booking.objects.select_related("venue").filter(series=booking.series).order_by("period"))


@transaction.atomic
def cancel_series(actor: Any, *, booking: Booking) -> int:
    """By whoever holds the secret link of one of them: what lies ahead of the series."""
    hold(booking.venue)
    ahead = [one for one in others_of(booking) if one.state in AHEAD and not one.has_begun]
    for one in ahead:
        single.cancel_by_link(actor, booking=one)
    return len(ahead)


@transaction.atomic
def accept_series(actor: Account, *, booking: Booking) -> int:
    """What of the series waits for the owner's yes."""
    require(actor, "sharing.keep", booking)
    hold(booking.venue)
    waiting = [one for one in others_of(booking) if one.state == Booking.State.REQUESTED and not one.has_begun]
    for one in waiting:
        accept_booking(actor, booking=one)
    audit.record(actor, "sharing.accept_series", booking, count=len(waiting))
    return len(waiting)
