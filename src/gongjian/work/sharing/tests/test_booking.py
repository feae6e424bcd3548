from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid, NotAllowed
from gongjian.registry.models import Role
from gongjian.registry.tests.factories import make_account, make_clerk, make_organization
from gongjian.work.sharing.hours import Window, span
from gongjian.work.sharing.models import Booking
from gongjian.work.sharing.services.attending import record_no_show
from gongjian.work.sharing.services.booking import Wanted, book_venue, cancel_by_link, cancel_own, take_back
from gongjian.work.sharing.services.deciding import accept_booking, lapse_unanswered, refuse_booking
from gongjian.work.sharing.services.venues import close_days
from gongjian.work.sharing.tests.factories import STRANGER, at, make_booking, make_keeper, make_venue, tomorrow, wanted


class TestBooking:
    def test_a_resident_without_an_account_has_it_at_once_and_a_link_that_cannot_be_guessed(self, office: Any) -> None:
        booking = make_booking(make_venue())
        assert booking.state == "booked"
        assert len(booking.token) == 43

    def test_name_and_phone_are_encrypted_at_rest(self, office: Any) -> None:
        make_booking(make_venue(), phone="13800138000")
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, phone FROM sharing_booking")
            assert not {"样例居民", "13800138000"} & set(cursor.fetchone())

    def test_the_time_that_somebody_has_is_refused_and_the_next_hour_is_free(self, office: Any) -> None:
        venue = make_venue()
        make_booking(venue, 9, 11)
        with pytest.raises(Conflict, match="被别人约走了"):
            make_booking(venue, 10, 12)
        assert make_booking(venue, 11, 12).state == "booked"

    def test_the_database_itself_refuses_an_overlap(self, office: Any) -> None:
        venue = make_venue()
        booking = make_booking(venue, 9, 11)
        other = make_booking(venue, 12, 13)
        with pytest.raises(IntegrityError, match="booking_never_overlaps"), transaction.atomic():
            Booking.objects.filter(pk=other.pk).update(period=booking.period)

    def test_where_the_owner_wants_to_agree_it_is_held_until_then(self, office: Any) -> None:
        venue = make_venue(approval=True)
        booking = make_booking(venue)
        assert booking.state == "requested"
        with pytest.raises(Conflict):
            make_booking(venue)

    def test_whoever_keeps_it_need_not_ask_themselves(self, office: Any) -> None:
        venue = make_venue(approval=True)
        assert make_booking(venue, by=make_keeper(venue)).state == "booked"

    def test_a_liaison_books_for_the_own_organization_only(self, office: Any) -> None:
        organization = make_organization(office)
        liaison = make_account(office, Role.UNIT_LIAISON, organization=organization)
        venue = make_venue()
        assert make_booking(venue, by=liaison, organization=organization).organization == organization
        with pytest.raises(NotAllowed):
            make_booking(venue, 11, 12, by=liaison, organization=make_organization(office))
        with pytest.raises(NotAllowed):
            make_booking(venue, 12, 13, organization=organization)

    def test_nobody_holds_more_than_five(self, office: Any) -> None:
        venue = make_venue()
        for hour in range(9, 14):
            make_booking(venue, hour, hour + 1, phone="13811112222")
        with pytest.raises(Conflict, match="已经约了 5 次"):
            make_booking(venue, 15, 16, phone="13811112222")


class TestBadTimes:
    @pytest.mark.parametrize(
        ("begins", "ends", "says"),
        [(8, 10, "开放 09:00–18:00"), (17, 19, "开放 09:00–18:00"), (9, 14, "一次最长 4 小时"), (19, 20, "不在开放时间里")],
    )
    def test_outside_the_rules(self, office: Any, begins: int, ends: int, says: str) -> None:
        with pytest.raises(Invalid, match=says):
            make_booking(make_venue(), begins, ends)
        assert not Booking.objects.exists()

    def test_in_the_past(self, office: Any) -> None:
        with pytest.raises(Invalid, match="已经过去"):
            make_booking(make_venue(), day=clock.today() - timedelta(days=1))

    def test_too_far_ahead(self, office: Any) -> None:
        with pytest.raises(Invalid, match="最多提前 30 天"):
            make_booking(make_venue(), day=clock.today() + timedelta(days=31))

    def test_a_window_that_ends_before_it_begins(self, office: Any) -> None:
        with pytest.raises(Invalid, match="晚于开始") as refused:
            span(tomorrow(), time(10), time(9))
        assert refused.value.field == "ends"
        begins = at(tomorrow(), 10)
        asked = Wanted(begins, begins - timedelta(hours=1), "合唱", 3, "样例", "13800000000")
        with pytest.raises(Invalid, match="晚于开始"):
            book_venue(STRANGER, venue=make_venue(), wanted=asked)

    def test_not_on_the_grid(self, office: Any) -> None:
        asked = Wanted(at(tomorrow(), 9, 10), at(tomorrow(), 10), "合唱", 3, "样例", "13800000000")
        with pytest.raises(Invalid, match="30 分钟为一格"):
            book_venue(STRANGER, venue=make_venue(), wanted=asked)

    def test_on_a_closed_day_with_its_reason(self, office: Any) -> None:
        venue = make_venue()
        close_days(make_clerk(office), venue=venue, first=tomorrow(), last=tomorrow(), reason="消防检修")
        with pytest.raises(Invalid, match="消防检修"):
            make_booking(venue)

    def test_a_venue_that_is_not_open_yet(self, office: Any) -> None:
        with pytest.raises(Conflict, match="不开放预约"):
            make_booking(make_venue(bookable=False))

    @pytest.mark.parametrize(("people", "says"), [(0, "至少一个人"), (31, "最多容纳 30 人")])
    def test_more_people_than_fit(self, office: Any, people: int, says: str) -> None:
        with pytest.raises(Invalid, match=says):
            make_booking(make_venue(capacity=30), people=people)

    @pytest.mark.parametrize("phone", ["", "123", "打我电话", "1380013800013800138000"])
    def test_a_phone_that_nobody_can_call(self, office: Any, phone: str) -> None:
        with pytest.raises(Invalid, match="打通"):
            make_booking(make_venue(), phone=phone)


class TestDaylightChanges:
    """China changed its clocks from 1986 to 1991; other offices' zones do to this day."""

    def test_a_time_that_clocks_skip_is_refused(self, office: Any) -> None:
        with pytest.raises(Invalid, match="不存在"):
            span(date(1988, 4, 17), time(2, 30), time(4))

    def test_a_time_that_comes_twice_is_refused(self, office: Any) -> None:
        with pytest.raises(Invalid, match="两次"):
            span(date(1988, 9, 11), time(1, 30), time(4))

    def test_over_the_change_the_hours_that_really_pass_are_counted(self, office: Any) -> None:
        with clock.set_to(at(date(1988, 4, 16), 12)):
            venue = make_venue(open_hours=Window(0, 24 * 60))
            booking = make_booking(venue, 1, 4, day=date(1988, 4, 17))
            assert booking.lasts == timedelta(hours=2)
            assert (f"{booking.begins:%H:%M}", booking.ends_at) == ("01:00", "04:00")

    def test_until_midnight(self, office: Any) -> None:
        booking = make_booking(make_venue(open_hours=Window(18 * 60, 24 * 60)), 22, 24)
        assert booking.ends_at == "24:00"


class TestWaitingList:
    def test_who_asked_first_moves_up_by_itself(self, office: Any) -> None:
        venue = make_venue()
        first = make_booking(venue, 9, 11)
        second, third = make_booking(venue, 9, 11, wait=True), make_booking(venue, 10, 11, wait=True)
        assert (second.state, third.state) == ("waiting", "waiting")
        cancel_by_link(STRANGER, booking=first)
        assert [Booking.objects.get(pk=b.pk).state for b in (second, third)] == ["booked", "waiting"]

    def test_two_who_wait_for_different_hours_both_move_up(self, office: Any) -> None:
        venue = make_venue()
        first = make_booking(venue, 9, 12)
        early, late = make_booking(venue, 9, 10, wait=True), make_booking(venue, 10, 12, wait=True)
        cancel_by_link(STRANGER, booking=first)
        assert {Booking.objects.get(pk=b.pk).state for b in (early, late)} == {"booked"}

    def test_with_an_owner_who_wants_to_agree_it_moves_up_to_a_request(self, office: Any) -> None:
        venue = make_venue(approval=True)
        first, waiting = make_booking(venue), make_booking(venue, wait=True)
        refuse_booking(make_keeper(venue), booking=first, reason="当天有会")
        assert Booking.objects.get(pk=waiting.pk).state == "requested"

    def test_waiting_for_what_is_free_is_having_it(self, office: Any) -> None:
        assert make_booking(make_venue(), wait=True).state == "booked"

    def test_nobody_is_moved_up_to_a_time_that_begins_right_away(self, office: Any) -> None:
        venue = make_venue()
        first, waiting = make_booking(venue), make_booking(venue, wait=True)
        with clock.set_to(first.period.lower - timedelta(minutes=20)):
            cancel_by_link(STRANGER, booking=first)
        assert Booking.objects.get(pk=waiting.pk).state == "waiting"

    def test_what_never_came_up_or_was_never_answered_lapses(self, office: Any) -> None:
        venue = make_venue(approval=True)
        asked, waiting = make_booking(venue), make_booking(venue, wait=True)
        with clock.set_to(asked.period.lower + timedelta(minutes=1)):
            assert lapse_unanswered() == 2
            assert lapse_unanswered() == 0
        assert {Booking.objects.get(pk=b.pk).state for b in (asked, waiting)} == {"lapsed"}


class TestDeciding:
    def test_the_owner_agrees(self, office: Any) -> None:
        venue = make_venue(approval=True)
        booking = accept_booking(make_keeper(venue), booking=make_booking(venue))
        assert booking.state == "booked"

    def test_refusing_says_why(self, office: Any) -> None:
        venue = make_venue(approval=True)
        booking = make_booking(venue)
        with pytest.raises(Invalid, match="写明"):
            refuse_booking(make_keeper(venue), booking=booking, reason=" ")
        assert refuse_booking(make_keeper(venue), booking=booking, reason="当天有会").reason == "当天有会"

    def test_another_unit_decides_nothing(self, office: Any) -> None:
        stranger = make_account(office, Role.UNIT_LIAISON, organization=make_organization(office))
        with pytest.raises(NotAllowed):
            accept_booking(stranger, booking=make_booking(make_venue(approval=True)))

    def test_it_is_answered_once(self, office: Any) -> None:
        venue = make_venue(approval=True)
        booking, keeper = make_booking(venue), make_keeper(venue)
        accept_booking(keeper, booking=booking)
        with pytest.raises(Conflict):
            accept_booking(keeper, booking=booking)

    def test_what_is_taken_back_tells_why(self, office: Any) -> None:
        venue = make_venue()
        booking = take_back(make_keeper(venue), booking=make_booking(venue), reason="水管爆了")
        assert (booking.state, booking.reason) == ("cancelled", "水管爆了")

    def test_closing_days_takes_back_what_was_booked_then(self, office: Any) -> None:
        venue = make_venue()
        booking = make_booking(venue)
        close_days(make_keeper(venue), venue=venue, first=tomorrow(), last=tomorrow(), reason="消防检修")
        booking = Booking.objects.get(pk=booking.pk)
        assert (booking.state, booking.reason) == ("cancelled", "消防检修")


class TestCancelling:
    def test_one_cancels_what_one_booked_with_the_account(self, office: Any) -> None:
        resident = make_account(office, Role.RESIDENT)
        booking = make_booking(make_venue(), by=resident)
        with pytest.raises(NotAllowed):
            cancel_own(make_account(office, Role.RESIDENT), booking=booking)
        assert cancel_own(resident, booking=booking).state == "cancelled"

    def test_not_after_it_has_begun(self, office: Any) -> None:
        booking = make_booking(make_venue())
        with clock.set_to(booking.period.lower), pytest.raises(Conflict, match="到了开始时间"):
            cancel_by_link(STRANGER, booking=booking)

    def test_not_twice(self, office: Any) -> None:
        booking = make_booking(make_venue())
        cancel_by_link(STRANGER, booking=booking)
        with pytest.raises(Conflict):
            cancel_by_link(STRANGER, booking=booking)


class TestNoShows:
    def test_who_did_not_come_twice_needs_agreement_the_next_time(self, office: Any) -> None:
        venue, phone = make_venue(), "13833334444"
        keeper = make_keeper(venue)
        for hour in (9, 11):
            booking = make_booking(venue, hour, hour + 1, phone=phone)
            with clock.set_to(booking.period.upper):
                record_no_show(keeper, booking=booking)
        assert make_booking(venue, 14, 15, phone=phone).state == "requested"
        assert make_booking(venue, 15, 16).state == "booked"


def test_a_period_needs_a_begin_and_an_end(office: Any) -> None:
    booking = make_booking(make_venue())
    for wrong in (DateTimeTZRange(None, booking.period.upper), DateTimeTZRange(booking.period.lower, booking.period.lower)):
        with pytest.raises(IntegrityError, match="booking_begins_and_ends"), transaction.atomic():
            Booking.objects.filter(pk=booking.pk).update(period=wrong)


def test_wanted_is_by_the_clock_on_the_wall(office: Any) -> None:
    asked = wanted(9, 10, day=date(2026, 5, 4))
    assert f"{asked.begins:%Y-%m-%d %H:%M %z}" == "2026-05-04 01:00 +0000"
