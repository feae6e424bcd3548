from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from gongjian.kernel import clock
from gongjian.kernel.calendars import services as calendars
from gongjian.kernel.errors import Missing, NotAllowed
from gongjian.registry.models import Role
from gongjian.registry.tests.factories import make_account, make_clerk
from gongjian.work.sharing.models import Venue
from gongjian.work.sharing.selectors.calendars import BEFORE, kept_feed, own_events
from gongjian.work.sharing.services.booking import cancel_by_link
from gongjian.work.sharing.services.venues import close_days
from gongjian.work.sharing.tests.factories import STRANGER, make_booking, make_keeper, make_venue, tomorrow

pytestmark = pytest.mark.django_db
BACKEND = "gongjian.registry.signin.OfficeAuthenticationBackend"


def published(venue: Venue) -> Any:
    return Client().get(reverse("sharing:feed", args=[venue.pk]))


class TestForEverybody:
    def test_when_it_is_taken_but_not_by_whom(self, office: Any) -> None:
        venue = make_venue()
        booking = make_booking(venue, name="周样例", title="戒烟小组")
        make_booking(venue, wait=True)
        answer = published(venue)
        (event,) = Calendar.from_ical(answer.content).events
        assert (event["summary"], event.start, event.end) == ("已约", booking.period.lower, booking.period.upper)
        assert not any(word in answer.content.decode() for word in ("周样例", "戒烟", booking.token, str(booking.phone)))

    def test_bookings_without_a_gap_are_one_event(self, office: Any) -> None:
        venue = make_venue()
        for hour in (9, 10, 13):
            make_booking(venue, hour, hour + 1)
        events = Calendar.from_ical(published(venue).content).events
        assert [(event.end - event.start).seconds // 3600 for event in events] == [2, 1]

    def test_closed_days_and_nothing_of_what_was_canceled(self, office: Any) -> None:
        venue = make_venue()
        cancel_by_link(STRANGER, booking=make_booking(venue))
        close_days(make_clerk(office), venue=venue, first=tomorrow(), last=tomorrow(), reason="消防检修")
        (event,) = Calendar.from_ical(published(venue).content).events
        assert (event["summary"], event.start) == ("闭馆：消防检修", tomorrow())

    def test_what_is_long_over_is_left_out(self, office: Any) -> None:
        venue = make_venue()
        booking = make_booking(venue)
        with clock.set_to(booking.period.upper + BEFORE + timedelta(days=1)):
            assert not Calendar.from_ical(published(venue).content).events


class TestForWhoKeepsIt:
    def test_who_booked_and_what_for_without_the_telephone(self, office: Any) -> None:
        venue = make_venue()
        booking = make_booking(venue, name="周样例", title="合唱排练", phone="13900001234")
        subscription = calendars.subscribe(make_keeper(venue), code="sharing.venue", about=str(venue.pk))
        url = reverse("desk:calendar_feed", args=[subscription.secret])
        answer = Client().get(url)
        (event,) = Calendar.from_ical(answer.content).events
        assert event["summary"] == "合唱排练（周样例）"
        assert str(event["url"]).endswith(reverse("sharing:booking", args=[booking.pk]))
        assert "13900001234" not in answer.content.decode()

    def test_nobody_else(self, office: Any) -> None:
        venue = make_venue()
        with pytest.raises(NotAllowed):
            kept_feed(make_keeper(make_venue()), str(venue.pk))

    @pytest.mark.parametrize("about", ["", "x", "0", "²"])
    def test_of_no_venue(self, office: Any, about: str) -> None:
        with pytest.raises(Missing):
            kept_feed(make_clerk(office), about)


class TestOwn:
    def test_what_one_booked_and_what_fell_through(self, office: Any) -> None:
        venue, resident = make_venue(), make_account(office, Role.RESIDENT)
        make_booking(venue, 9, 10, by=resident)
        cancel_by_link(STRANGER, booking=make_booking(venue, 10, 11, by=resident, title="书法班"))
        make_booking(venue, 11, 12)
        told = [(event.title, event.canceled) for event in own_events(resident)]
        assert told == [("合唱排练（约好了）", False), ("书法班（已取消）", True)]

    def test_it_stands_in_the_account_s_own_calendar(self, client: Client, office: Any) -> None:
        resident = make_account(office, Role.RESIDENT)
        booking = make_booking(make_venue(), by=resident)
        subscription = calendars.subscribe(resident)
        answer = Client().get(reverse("desk:calendar_feed", args=[subscription.secret]))
        (event,) = Calendar.from_ical(answer.content).events
        assert (event.start, "活动室" in event["location"]) == (booking.period.lower, True)


def test_queries_do_not_grow(office: Any, django_assert_max_num_queries: Any) -> None:
    venue = make_venue()
    for hour in range(9, 14):
        make_booking(venue, hour, hour + 1)
    keeper = make_keeper(venue)
    with django_assert_max_num_queries(9):
        assert len(list(kept_feed(keeper, str(venue.pk)).events)) == 5


def test_a_keeper_finds_the_button(client: Client, office: Any) -> None:
    venue = make_venue()
    client.force_login(make_keeper(venue), backend=BACKEND)
    page = client.get(reverse("sharing:calendar", args=[venue.pk])).content.decode()
    assert f"?code=sharing.venue&amp;about={venue.pk}" in page or f"?code=sharing.venue&about={venue.pk}" in page
