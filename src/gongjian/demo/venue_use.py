"""Some weeks of use of the shared venues, around the day on which the demo is played. Who books is invented."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from zlib import crc32

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from gongjian.demo.confirming import Event
from gongjian.demo.facts import Facts, moment, read
from gongjian.demo.sharing import share
from gongjian.kernel import clock
from gongjian.registry.models import Account, Organization, Role
from gongjian.registry.selectors import communities
from gongjian.work.sharing.hours import midnight
from gongjian.work.sharing.models import Booking, Venue
from gongjian.work.sharing.services.attending import count_attendance, record_no_show
from gongjian.work.sharing.services.booking import Wanted, book_venue, cancel_by_link
from gongjian.work.sharing.services.deciding import accept_booking
from gongjian.work.sharing.services.settling import settle_month

STRANGER = AnonymousUser()
DAYS_TO_COME = 9


def open_committee_rooms() -> None:
    """A room in every community, shared by its residents' committee since two months ago."""
    facts = read("sharing")["committee"]
    for number, place in enumerate(communities()):
        name = f"{place.name}{facts['name']}"
        giver = Organization.objects.get(kind=Organization.Kind.COMMITTEE, community=place)
        if Venue.objects.filter(place=place, name=name).exists():
            continue
        since = moment(_first_of_month(2), 9, number)
        with clock.set_to(since):
            worker = Account.objects.get(username=f"community-{place.code[-3:]}")
            capacity = facts["capacities"][number % len(facts["capacities"])]
            share(worker, facts | {"name": name, "capacity": capacity}, place, giver)


def uses() -> list[Event]:
    """In the order of time, up to now."""
    now = timezone.now()
    facts = read("sharing")["use"]
    found = [event for venue in Venue.objects.filter(bookable=True) for event in _of_venue(venue, facts, now)]
    return sorted((event for event in found if event.at < now), key=lambda event: event.at)


def _of_venue(venue: Venue, facts: Facts, now: datetime) -> Iterator[Event]:
    day, last = _first_of_month(1), timezone.localdate(now) + timedelta(days=DAYS_TO_COME)
    while day <= last:
        if _dice(venue, day, "day") < 60:
            yield from Use(venue, day, facts, now).events()
        day += timedelta(days=1)
    yield Event(moment(_first_of_month(0) + timedelta(days=1), 23), partial(_settle, venue))


def _settle(venue: Venue) -> None:
    settle_month(keeper_of(venue), venue=venue, month=_first_of_month(1))


def keeper_of(venue: Venue) -> Account:
    of_unit = Account.objects.filter(assignments__role=Role.UNIT_LIAISON, assignments__organization=venue.organization)
    worker = f"community-{venue.place.code[9:12]}"
    return of_unit.order_by("pk").first() or Account.objects.get(username=worker)


@dataclass
class Use:
    """One booking, from asking to counting, as the dice fall."""

    venue: Venue
    day: date
    facts: Facts
    now: datetime
    booking: Booking | None = None

    def events(self) -> Iterator[Event]:
        windows = list(self.venue.hours.filter(weekday=self.day.weekday()))
        window = windows[self.dice("window") % len(windows)]
        lasts = min(60 + 30 * (self.dice("lasts") % 3), window.closes - window.opens)
        opens = window.opens + 30 * (self.dice("opens") % ((window.closes - window.opens - lasts) // 30 + 1))
        self.begins = midnight(self.day) + timedelta(minutes=opens)
        self.ends = self.begins + timedelta(minutes=lasts)
        asked = min(
            self.begins - timedelta(hours=20 + self.dice("asked")), self.now - timedelta(minutes=30 + self.dice("asked"))
        )
        yield Event(asked, self.book)
        yield from self._what_follows(asked)

    def _what_follows(self, asked: datetime) -> Iterator[Event]:
        if self.dice("cancel") < 8:
            yield Event(asked + timedelta(hours=6), self.cancel)
            return
        if self.dice("queue") < 10:
            yield Event(asked + timedelta(minutes=20), partial(self.ask, "queue", wait=True))
        if self.venue.approval:
            yield Event(asked + timedelta(hours=5), self.accept)
        yield Event(self.ends + timedelta(hours=18), self.count)

    def book(self) -> None:
        self.booking = self.ask("book")

    def ask(self, what: str, *, wait: bool = False) -> Booking:
        dice = self.dice(what)
        title, surname = (self.facts[name][dice % len(self.facts[name])] for name in ("titles", "surnames"))
        phone = f"1390000{crc32(f'{self.venue.pk}{self.day}{what}'.encode()) % 10_000:04d}"
        people = 4 + self.dice("people") % max(1, (self.venue.capacity or 20) - 4)
        wanted = Wanted(self.begins, self.ends, title, people, f"{surname}样例", phone)
        return book_venue(STRANGER, venue=self.venue, wanted=wanted, wait=wait)

    def cancel(self) -> None:
        cancel_by_link(STRANGER, booking=self._made())

    def accept(self) -> None:
        if self._made().state == Booking.State.REQUESTED:
            accept_booking(keeper_of(self.venue), booking=self._made())

    def count(self) -> None:
        booking, keeper = self._made(), keeper_of(self.venue)
        if self.dice("came") < 6:
            record_no_show(keeper, booking=booking)
        else:
            count_attendance(keeper, booking=booking, visitors=max(1, booking.people - 3 + self.dice("came") % 6))

    def _made(self) -> Booking:
        assert self.booking is not None
        return self.booking

    def dice(self, what: str) -> int:
        return _dice(self.venue, self.day, what)


def _dice(venue: Venue, day: date, what: str) -> int:
    """0 to 99, the same for the same."""
    return crc32(f"{venue.place.code}{venue.name}{day}{what}".encode()) % 100


def _first_of_month(months_ago: int) -> date:
    today = timezone.localdate()
    months = today.year * 12 + today.month - 1 - months_ago
    return date(months // 12, months % 12 + 1, 1)
