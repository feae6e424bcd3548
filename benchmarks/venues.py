"""Claim: a week of a venue with a hundred thousand bookings is shown within 100 ms, in a constant number of queries.

Pages are measured like those of the ledger, inside the product's own WSGI application; weeks from all over ten years.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from benchmarks.harness import Measurement, step
from benchmarks.pages import Page, measure_page, plain_page, times
from benchmarks.people import clerk
from benchmarks.server import Visitor, signed_in

NAME = "venues"
BOOKINGS = 100_000
WEEKS = 40
HELD = "ARRAY['used', 'used', 'used', 'used', 'no_show']"

_FILL = f"""
INSERT INTO sharing_booking (office_id, venue_id, period, state, title, people, phone_mark, token, series, asked_at, reason,
    visitors)
SELECT %(office)s, %(venue)s, tstzrange(begins, begins + interval '30 minutes'), state, '合成预约', 8, '',
    'bench-' || %(venue)s || '-' || number, '', begins - interval '3 days', '', CASE state WHEN 'used' THEN 8 END
FROM (
    SELECT number, begins, CASE WHEN begins > now() THEN 'booked' ELSE ({HELD})[1 + number %% 5] END AS state
    FROM (
        SELECT number, %(first)s::timestamptz + number / 28 * interval '1 day' + number %% 28 * interval '30 minutes' AS begins
        FROM generate_series(0, %(count)s - 1) AS number
    ) AS slots
) AS told
"""


def measure(office: Any) -> list[Measurement]:
    """Call inside the office's scope."""
    venue = busy_venue(office)
    reference = times(plain_page())
    return [measure_page(page, reference) for page in _pages(office, venue)]


def busy_venue(office: Any) -> Any:
    """Open from seven to nine in the evening and booked by the half hour, nearly without a gap."""
    from gongjian.work.sharing.models import Booking, Venue

    venue = make_venue(office, "合成活动室")
    if Booking.objects.filter(venue=venue).count() < BOOKINGS:
        with step(f"{BOOKINGS:,} bookings"):
            Booking.objects.filter(venue=venue).delete()
            _fill(office, venue)
    assert isinstance(venue, Venue)
    return venue


def make_venue(office: Any, name: str) -> Any:
    """Of that name in the first community; made when it is missing."""
    from gongjian.registry.models import Organization
    from gongjian.registry.selectors import communities
    from gongjian.work.sharing.hours import Window
    from gongjian.work.sharing.models import Venue
    from gongjian.work.sharing.services.venues import set_hours, share_venue

    found = Venue.objects.filter(name=name).first()
    if found is not None:
        return found
    actor = clerk(office)
    organization = Organization.objects.filter(name__startswith="合成单位")[0]
    place = communities()[0]
    venue = share_venue(
        actor, place=place, organization=organization, name=name, purpose="居民活动", kind="room", days_ahead=366
    )
    set_hours(actor, venue=venue, week=[(day, Window(7 * 60, 21 * 60)) for day in range(7)])
    return venue


def _fill(office: Any, venue: Any) -> None:
    from django.db import connection

    from gongjian.work.sharing.hours import midnight

    first = midnight(date.today() - timedelta(days=BOOKINGS // 28 - 60)) + timedelta(hours=7)  # noqa: DTZ011
    with connection.cursor() as cursor:
        cursor.execute(_FILL, {"office": office.pk, "venue": venue.pk, "first": first, "count": BOOKINGS})
        cursor.execute("ANALYZE sharing_booking")


def _pages(office: Any, venue: Any) -> Iterator[Page]:
    from django.urls import reverse

    staff, stranger = signed_in(clerk(office)), Visitor()
    weeks = [date.today() + timedelta(days=30 - 90 * number) for number in range(WEEKS)]  # noqa: DTZ011
    for name, visitor, url in (
        ("week of a venue", stranger, reverse("sharing:venue", args=[venue.pk])),
        ("the same for its keeper", staff, reverse("sharing:calendar", args=[venue.pk])),
    ):
        yield Page(f"{name}, {BOOKINGS:,} bookings", visitor, [f"{url}?week={day}" for day in weeks])
    listed = reverse("sharing:bookings")
    yield Page("list of bookings", staff, [f"{listed}?view={view}" for view in ("open", "ahead", "uncounted", "all")])
    yield Page("iCal of a venue", stranger, [reverse("sharing:feed", args=[venue.pk])])
