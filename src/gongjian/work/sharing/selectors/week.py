"""A venue's week: for each day the stretches that are free, taken or past. Two queries, however many bookings there are."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from gongjian.kernel import clock
from gongjian.work.sharing.hours import FIRST_YEAR, LAST_YEAR, Window, closed_on, midnight, wall_minutes, windows_of
from gongjian.work.sharing.models import HOLDING, Booking, Venue
from gongjian.work.sharing.models.venues import clock_face

DAYS = 7


@dataclass(frozen=True)
class Stretch:
    """`kind`: free, taken, or past. Minutes since midnight. A taken one knows its booking and how many wait for it."""

    kind: str
    opens: int
    closes: int
    booking: Booking | None = None
    waiting: int = 0

    @property
    def state(self) -> str:
        """In words; a week has some hundred of them."""
        return str(Booking.State(self.booking.state).label) if self.booking else ""

    @property
    def begins(self) -> str:
        return clock_face(self.opens)

    @property
    def ends(self) -> str:
        return clock_face(self.closes)

    @property
    def ends_input(self) -> str:
        """As a form's time field takes it: the end of the day is 00:00."""
        return clock_face(self.closes % (24 * 60))

    @property
    def height(self) -> int:
        """In the drawn week, by half hours; long ones are cut short."""
        return max(1, min(8, (self.closes - self.opens) // 30))


@dataclass(frozen=True)
class Day:
    """`closed`: why, if the day is closed on purpose."""

    day: date
    stretches: list[Stretch]
    closed: str = ""
    is_today: bool = False
    is_past: bool = False

    @property
    def iso(self) -> str:
        return self.day.isoformat()

    @property
    def free(self) -> int:
        return sum(stretch.kind == "free" for stretch in self.stretches)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week(venue: Venue, monday: date) -> list[Day]:
    """Of a venue from selectors.venues, whose hours and closures are there already."""
    taken = _taken_by_day(venue, monday)
    bookable_until = clock.today() + timedelta(days=venue.days_ahead)
    days = (monday + timedelta(days=number) for number in range(DAYS))
    return [_day(venue, day, taken.get(day, []), bookable_until) for day in days]


def _taken_by_day(venue: Venue, monday: date) -> dict[date, list[Stretch]]:
    waiting, now = list(_bookings(venue, (Booking.State.WAITING,), monday)), clock.now()
    found: dict[date, list[Stretch]] = {}
    for booking in _bookings(venue, HOLDING, monday):
        day, opens, closes = wall_minutes(booking.period.lower, booking.period.upper)
        kind = "taken" if booking.period.lower > now else "past"
        queue = sum(_overlap(one, booking) for one in waiting)
        found.setdefault(day, []).append(Stretch(kind, opens, closes, booking, queue))
    return found


def _bookings(venue: Venue, states: tuple[str, ...], monday: date) -> QuerySet[Booking]:
    """Without who booked: a week of names would have to be decrypted and is not shown."""
    span = (midnight(monday), midnight(monday + timedelta(days=DAYS)))
    found = Booking.objects.filter(venue=venue, state__in=[str(state) for state in states], period__overlap=span)
    return found.only("period", "state", "title", "venue").order_by("period")


def _day(venue: Venue, day: date, taken: list[Stretch], until: date) -> Day:
    closure, today = closed_on(day, venue.closures.all()), clock.today()
    windows = [] if closure else windows_of(day, venue.hours.all())
    free = _free(windows, taken, _earliest(day)) if venue.bookable and day <= until else []
    stretches = sorted([*taken, *free], key=lambda stretch: stretch.opens)
    return Day(day, stretches, closure.reason if closure else "", is_today=day == today, is_past=day < today)


def _overlap(one: Booking, other: Booking) -> bool:
    return bool(one.period.lower < other.period.upper and other.period.lower < one.period.upper)


def _earliest(day: date) -> int:
    """From which minute of the day somebody can still book."""
    now = timezone.localtime(clock.now())
    if day > now.date():
        return 0
    return 24 * 60 if day < now.date() else now.hour * 60 + now.minute + 1


def _free(windows: list[Window], taken: list[Stretch], earliest: int) -> Iterator[Stretch]:
    """What is left of the opening hours."""
    for window in windows:
        at = window.opens
        for one in taken:
            if one.closes <= at or one.opens >= window.closes:
                continue
            yield from _stretch(at, one.opens, earliest)
            at = one.closes
        yield from _stretch(at, window.closes, earliest)


def _stretch(opens: int, closes: int, earliest: int) -> Iterator[Stretch]:
    """The begin of one that has partly passed is put to the next half hour."""
    begins = opens if earliest <= opens else min(closes, -(-earliest // 30) * 30)
    if begins < closes:
        yield Stretch("free", begins, closes)


def parse_day(text: str) -> date:
    """Of `?week=`; today for what is no day."""
    try:
        return shown(date.fromisoformat(text))
    except ValueError:
        return clock.today()


def shown(day: date) -> date:
    """Today instead of a day at the end of the world, which has no week before or after."""
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else clock.today()
