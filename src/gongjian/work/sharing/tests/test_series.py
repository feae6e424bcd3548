from datetime import date, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.kernel.errors import Invalid, NotAllowed
from gongjian.kernel.notifications.models import Notice
from gongjian.work.sharing.models import Booking, Venue
from gongjian.work.sharing.services import series
from gongjian.work.sharing.services.booking import Wanted, cancel_by_link
from gongjian.work.sharing.services.deciding import accept_booking
from gongjian.work.sharing.services.venues import close_days
from gongjian.work.sharing.tests.factories import STRANGER, make_booking, make_keeper, make_venue, tomorrow, wanted

pytestmark = pytest.mark.django_db


def rhythm(weeks: int = 4, **more: Any) -> series.Rhythm:
    last = tomorrow() + timedelta(days=7 * weeks - 1)
    return series.Rhythm(**{"first": tomorrow(), "until": last, "begins": time(9), "ends": time(10), **more})


def weekly(venue: Venue, asked: Wanted | None = None, *, by: Any = STRANGER, **more: Any) -> list[Booking]:
    return series.book_weekly(by, venue=venue, wanted=asked or wanted(), rhythm=more.pop("rhythm", rhythm()), **more)


def sent(venue: Venue, **more: Any) -> dict[str, Any]:
    told = {"day": tomorrow(), "begins": "09:00", "ends": "10:00", "title": "合唱排练", "people": 8}
    return {**told, "name": "样例居民", "phone": "13800001111", "until": tomorrow() + timedelta(days=21), **more}


class TestBooking:
    def test_each_week_a_booking_of_its_own_at_the_same_hour(self, office: Any) -> None:
        made = weekly(make_venue())
        assert [b.begins.date() for b in made] == [tomorrow() + timedelta(days=7 * n) for n in range(4)]
        assert {f"{b.begins:%H:%M} {b.state}" for b in made} == {"09:00 booked"}
        assert len({b.token for b in made}) == 4
        assert [b.pk for b in series.others_of(Booking.objects.get(pk=made[2].pk))] == [b.pk for b in made]

    def test_conflicts_are_named_one_by_one_and_nothing_is_written(self, office: Any) -> None:
        venue = make_venue()
        second, third = tomorrow() + timedelta(days=7), tomorrow() + timedelta(days=14)
        make_booking(venue, day=second)
        close_days(make_keeper(venue), venue=venue, first=third, last=third, reason="消防检修")
        with pytest.raises(series.NotAllFree, match="4 次里有 2 次约不上") as refused:
            weekly(venue)
        problems = [one.problem for one in refused.value.occurrences]
        assert [bool(problem) for problem in problems] == [False, True, True, False]
        assert "约走" in problems[1]
        assert "消防检修" in problems[2]
        assert Booking.objects.count() == 1

    def test_or_only_those_that_can_be(self, office: Any) -> None:
        venue = make_venue()
        make_booking(venue, day=tomorrow() + timedelta(days=7))
        assert [b.begins.date() - tomorrow() for b in weekly(venue, skip=True)] == [timedelta(days=d) for d in (0, 14, 21)]

    def test_or_waiting_for_those_that_are_taken(self, office: Any) -> None:
        venue = make_venue()
        make_booking(venue, day=tomorrow() + timedelta(days=7))
        assert [b.state for b in weekly(venue, wait=True)] == ["booked", "waiting", "booked", "booked"]

    def test_where_none_can_be_skipping_books_nothing(self, office: Any) -> None:
        with pytest.raises(series.NotAllFree):
            weekly(make_venue(), rhythm=rhythm(begins=time(3), ends=time(4)), skip=True)

    def test_a_resident_has_no_more_than_a_share_and_the_owner_has(self, office: Any) -> None:
        venue = make_venue(days_ahead=100)
        with pytest.raises(series.NotAllFree) as refused:
            weekly(venue, rhythm=rhythm(7))
        assert [bool(one.problem) for one in refused.value.occurrences] == [False] * 5 + [True] * 2
        assert len(weekly(venue, rhythm=rhythm(7), by=make_keeper(venue))) == 7

    def test_a_clock_that_skips_the_hour_is_one_conflict(self, office: Any) -> None:
        first = date(1988, 4, 10)
        found = [series._checked(make_venue(), wanted(), rhythm(first=first, begins=time(2, 30), ends=time(4)), first)]
        found += [series._checked(make_venue(), wanted(), rhythm(begins=time(2, 30), ends=time(4)), date(1988, 4, 17))]
        assert "不存在" not in found[0].problem
        assert "不存在" in found[1].problem

    @pytest.mark.parametrize(("until", "says"), [(timedelta(days=-1), "早于第一次"), (timedelta(days=7 * 53), "一年")])
    def test_an_end_that_cannot_be(self, office: Any, until: timedelta, says: str) -> None:
        with pytest.raises(Invalid, match=says) as refused:
            weekly(make_venue(), rhythm=rhythm(until=tomorrow() + until))
        assert refused.value.field == "until"

    def test_queries_do_not_grow_with_the_weeks_looked_at(self, office: Any, django_assert_max_num_queries: Any) -> None:
        venue = make_venue(days_ahead=366)
        with django_assert_max_num_queries(5):
            assert len(series.foresee(STRANGER, venue=venue, wanted=wanted(), rhythm=rhythm(50))) == 50


class TestTogether:
    def test_the_owner_is_told_once_and_agrees_to_all(self, office: Any) -> None:
        venue = make_venue(approval=True)
        keeper = make_keeper(venue)
        made = weekly(venue)
        assert Notice.objects.filter(kind="sharing.requested", account=keeper).count() == 1
        accept_booking(keeper, booking=made[1])
        assert series.accept_series(keeper, booking=Booking.objects.get(pk=made[0].pk)) == 3
        assert {b.state for b in Booking.objects.all()} == {"booked"}

    def test_also_where_the_first_one_only_waits(self, office: Any) -> None:
        venue = make_venue(approval=True)
        make_booking(venue)
        keeper = make_keeper(venue)
        assert [b.state for b in weekly(venue, wait=True)] == ["waiting", "requested", "requested", "requested"]
        assert Notice.objects.filter(kind="sharing.requested", account=keeper).count() == 1

    def test_no_other_keeper_agrees(self, office: Any) -> None:
        made = weekly(make_venue(approval=True))
        with pytest.raises(NotAllowed):
            series.accept_series(make_keeper(make_venue()), booking=made[0])

    def test_what_lies_ahead_is_canceled_together(self, office: Any) -> None:
        made = weekly(make_venue())
        cancel_by_link(STRANGER, booking=made[0])
        assert series.cancel_series(STRANGER, booking=Booking.objects.get(pk=made[0].pk)) == 3
        assert {b.state for b in Booking.objects.all()} == {"cancelled"}

    def test_one_alone_is_no_series(self, office: Any) -> None:
        (made,) = weekly(make_venue(), rhythm=rhythm(1))
        assert series.others_of(Booking.objects.get(pk=made.pk)) == []


class TestPage:
    def test_refused_with_a_list_then_booked_without_the_conflicts(self, client: Client, office: Any) -> None:
        venue = make_venue()
        make_booking(venue, day=tomorrow() + timedelta(days=7))
        url = reverse("sharing:book", args=[venue.pk])
        refused = client.post(url, sent(venue))
        assert refused.status_code == 422
        page = refused.content.decode()
        assert "每一次能不能约" in page
        assert "已经被别人约走了" in page
        assert Booking.objects.count() == 1
        booked = client.post(url, sent(venue, skip="on"))
        assert Booking.objects.count() == 4
        follow = client.get(booked["Location"]).content.decode()
        assert "一起约的" in follow
        client.post(booked["Location"] + "cancel-series/")
        assert Booking.objects.filter(state="cancelled").count() == 3
