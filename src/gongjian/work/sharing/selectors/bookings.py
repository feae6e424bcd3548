"""Bookings: one's own, those of the venues one keeps, and one by its secret link."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.errors import Missing
from gongjian.registry.models import Account, Person, Role
from gongjian.work.sharing.models import Booking
from gongjian.work.sharing.models.bookings import AHEAD

RELATED = ("venue__place__parent", "venue__organization", "organization", "account")
WHOLE_OFFICE = (Role.OFFICE_CLERK, Role.OFFICE_LEADER, Role.AUDITOR)
VIEWS = ("open", "ahead", "uncounted", "all")


def follow(token: str) -> Booking:
    """Raises Missing."""
    found = Booking.objects.select_related(*RELATED).filter(token=token).first()
    if found is None:
        raise Missing(_("没有找到：请核对链接是否完整。"))
    return found


def ahead_in_queue(booking: Booking) -> int:
    """How many asked earlier for some of the same time."""
    if booking.state != Booking.State.WAITING:
        return 0
    earlier = Q(asked_at__lt=booking.asked_at) | Q(asked_at=booking.asked_at, pk__lt=booking.pk)
    waiting = Booking.objects.filter(venue=booking.venue, state=Booking.State.WAITING, period__overlap=booking.period)
    return waiting.filter(earlier).count()


def own(account: Account) -> QuerySet[Booking]:
    """The latest first."""
    return Booking.objects.select_related(*RELATED).filter(account=account).order_by("-period")


def seen_by(account: Account) -> QuerySet[Booking]:
    """The office and the auditor see all; a community those in it; a unit those of its venues and its own."""
    return _within(account, _reach(account))


def known_to(account: Account) -> QuerySet[Booking]:
    """Those that it sees, and those that it made."""
    return _within(account, _reach(account) | Q(account=account))


def _within(account: Account, reach: Q) -> QuerySet[Booking]:
    found = Booking.objects.select_related(*RELATED)
    return found if account.holds(*WHOLE_OFFICE) else found.filter(reach)


def _reach(account: Account) -> Q:
    reach = Q(venue__organization__in=account.organization_ids()) | Q(organization__in=account.organization_ids())
    for path in account.community_paths():
        reach |= Q(venue__place__path=path) | Q(venue__place__path__startswith=f"{path}/")
    return reach


def listed(account: Account, view: str = "", venue: str = "") -> QuerySet[Booking]:
    """`view`: one of VIEWS. What waits for an answer or a count comes oldest first."""
    found = seen_by(account)
    if venue.isdecimal():
        found = found.filter(venue=int(venue))
    now = clock.now()
    if view == "open":
        return found.filter(state=Booking.State.REQUESTED).order_by("period")
    if view == "uncounted":
        return found.filter(state=Booking.State.BOOKED, period__endswith__lte=now).order_by("period")
    if view == "ahead":
        return found.filter(state__in=[str(state) for state in AHEAD], period__endswith__gt=now).order_by("period")
    return found.order_by("-period")


def get_booking(account: Account, pk: int) -> Booking:
    """Raises Missing, also for one that the account may not know of."""
    return _one(seen_by(account), pk)


def get_known(account: Account, pk: int) -> Booking:
    """The same for one that the account sees or made."""
    return _one(known_to(account), pk)


def _one(found: QuerySet[Booking], pk: int) -> Booking:
    booking = found.filter(pk=pk).first()
    if booking is None:
        raise Missing(_("没有这个预约。"))
    return booking


def of_person(person: Person) -> QuerySet[Booking]:
    """With the person's phone number or account."""
    theirs = Q(account__person=person)
    if person.phone_mark:
        theirs |= Q(phone_mark=person.phone_mark)
    return Booking.objects.filter(theirs)


def personal_data(person: Person) -> dict[str, Any]:
    found = of_person(person).select_related("venue").order_by("period")
    return {
        "bookings": [
            {
                "venue": str(b.venue),
                "begins": b.begins.isoformat(),
                "ends": b.ends.isoformat(),
                "title": b.title,
                "name": b.name or "",
                "phone": b.phone or "",
                "state": b.state,
            }
            for b in found
        ]
    }
