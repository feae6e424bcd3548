"""Makers of venues and bookings, through the services that pages call."""

from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django_scopes import get_scope

from gongjian.kernel import clock
from gongjian.ledger.catalogue import load_catalogue
from gongjian.ledger.models import DeedKind
from gongjian.registry.models import Account, Place, Role
from gongjian.registry.tests.factories import first_community, make_account, make_clerk, make_organization
from gongjian.work.sharing.hours import Window, span
from gongjian.work.sharing.models import Booking, Venue
from gongjian.work.sharing.services.booking import Wanted, book_venue
from gongjian.work.sharing.services.venues import set_hours, share_venue

_numbers = count(1)
DAYTIME = Window(9 * 60, 18 * 60)
STRANGER = AnonymousUser()


def make_venue(*, open_hours: Window | None = DAYTIME, place: Place | None = None, **rules: Any) -> Venue:
    """Open every day from nine to six; shared by an organization of its own."""
    office = get_scope()["office"]
    if not DeedKind.objects.exists():
        load_catalogue()
    clerk = make_clerk(office)
    rules.setdefault("organization", None)
    organization = rules.pop("organization") or make_organization(office)
    values = {"name": f"活动室{next(_numbers)}", "purpose": "居民活动", "kind": "room", **rules}
    venue = share_venue(clerk, place=place or first_community(office), organization=organization, **values)
    if open_hours:
        set_hours(clerk, venue=venue, week=[(day, open_hours) for day in range(7)])
    return venue


def make_keeper(venue: Venue) -> Account:
    return make_account(venue.office, Role.UNIT_LIAISON, organization=venue.organization)


def tomorrow() -> date:
    return clock.today() + timedelta(days=1)


def wanted(begins: int = 9, ends: int = 10, *, day: date | None = None, **more: Any) -> Wanted:
    """Hours of tomorrow."""
    first, last = span(day or tomorrow(), time(begins), time(ends % 24))
    values = {"title": "合唱排练", "people": 8, "name": "样例居民", "phone": f"1380000{next(_numbers):04d}", **more}
    return Wanted(first, last, **values)


def make_booking(
    venue: Venue, begins: int = 9, ends: int = 10, *, wait: bool = False, by: Any = STRANGER, **more: Any
) -> Booking:
    return book_venue(by, venue=venue, wanted=wanted(begins, ends, **more), wait=wait)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))
