import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from gongjian.kernel import clock
from gongjian.registry.models import Role
from gongjian.registry.tests.factories import make_account, make_clerk
from gongjian.work.sharing.models import Booking, Closure, Venue
from gongjian.work.sharing.selectors.venues import home_list
from gongjian.work.sharing.services.attending import record_no_show
from gongjian.work.sharing.tests.factories import make_booking, make_keeper, make_venue, tomorrow

BACKEND = "gongjian.registry.signin.OfficeAuthenticationBackend"


@pytest.fixture
def venue(office: Any) -> Venue:
    return make_venue(name="书画室")


def asked(**changes: Any) -> dict[str, Any]:
    values = {"day": tomorrow().isoformat(), "begins": "09:00", "ends": "10:30", "title": "书法班", "people": "12"}
    return {**values, "name": "样例居民", "phone": "138 0013 8000", **changes}


class TestBook:
    def test_a_stranger_books_and_follows_by_the_link(self, client: Any, venue: Venue) -> None:
        page = client.post(reverse("sharing:book", args=[venue.pk]), asked(), follow=True).content.decode()
        assert "约好了" in page
        assert "书法班" in page
        assert "13800138000" not in page

    def test_sent_twice_it_is_one(self, client: Any, venue: Venue) -> None:
        once = asked(submission=str(uuid.uuid4()))
        url = reverse("sharing:book", args=[venue.pk])
        assert client.post(url, once)["Location"] == client.post(url, once)["Location"]
        assert Booking.objects.count() == 1

    def test_what_is_taken_is_said_beside_the_time_and_what_was_typed_stays(self, client: Any, venue: Venue) -> None:
        make_booking(venue, 9, 11)
        response = client.post(reverse("sharing:book", args=[venue.pk]), asked())
        assert response.status_code == 422
        page = response.content.decode()
        assert "被别人约走了" in page
        assert "书法班" in page
        queued = client.post(reverse("sharing:book", args=[venue.pk]), asked(wait="on"), follow=True)
        assert "在排队" in queued.content.decode()

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"day": "2020-01-01"}, "已经过去"),
            ({"ends": "08:00"}, "晚于开始"),
            ({"begins": "07:00"}, "开放 09:00–18:00"),
            ({"day": "后天"}, "日期"),
            ({"people": "0"}, "1"),
            ({"phone": "不告诉你"}, "打通"),
        ],
    )
    def test_bad_input_is_said_and_changes_nothing(self, client: Any, venue: Venue, changes: Any, says: str) -> None:
        response = client.post(reverse("sharing:book", args=[venue.pk]), asked(**changes))
        assert response.status_code == 422
        assert says in response.content.decode()
        assert not Booking.objects.exists()

    def test_a_free_stretch_of_the_week_fills_the_form(self, client: Any, venue: Venue) -> None:
        week = client.get(reverse("sharing:venue", args=[venue.pk]), {"week": tomorrow().isoformat()}).content.decode()
        assert f"day={tomorrow():%Y-%m-%d}&begins=09:00&ends=18:00" in week
        form = client.get(reverse("sharing:book", args=[venue.pk]), {"day": "2026-05-04", "begins": "09:00"})
        assert 'value="2026-05-04"' in form.content.decode()

    def test_the_week_does_not_tell_who_or_what_for(self, client: Any, venue: Venue) -> None:
        make_booking(venue, title="家庭聚会")
        page = client.get(reverse("sharing:venue", args=[venue.pk]), {"week": tomorrow().isoformat()}).content.decode()
        assert "已约" in page
        assert "家庭聚会" not in page

    def test_a_week_that_is_none_is_this_week(self, client: Any, venue: Venue) -> None:
        assert client.get(reverse("sharing:venue", args=[venue.pk]), {"week": "下周"}).status_code == 200


class TestFollow:
    def test_cancelling_gives_the_time_to_who_waits(self, client: Any, venue: Venue) -> None:
        booking, waiting = make_booking(venue), make_booking(venue, wait=True)
        page = client.post(reverse("sharing:cancel", args=[booking.token]), follow=True).content.decode()
        assert "这个预约取消了" in page
        assert "约好了" in client.get(reverse("sharing:follow", args=[waiting.token])).content.decode()

    def test_a_wrong_link_is_told_to_check_it(self, client: Any, office: Any) -> None:
        response = client.get(reverse("sharing:follow", args=["nothing"]))
        assert response.status_code == 404
        assert "核对链接" in response.content.decode()

    def test_what_one_booked_with_an_account_stands_in_ones_list(self, client: Any, venue: Venue) -> None:
        resident = make_account(venue.office, Role.RESIDENT)
        make_booking(venue, by=resident, title="围棋角")
        make_booking(venue, 11, 12, title="别人的")
        client.force_login(resident, backend=BACKEND)
        page = client.get(reverse("sharing:mine")).content.decode()
        assert "围棋角" in page
        assert "别人的" not in page


class TestKeeping:
    def test_the_keeper_answers_and_counts(self, client: Any, office: Any) -> None:
        venue = make_venue(approval=True)
        booking = make_booking(venue)
        client.force_login(make_keeper(venue), backend=BACKEND)
        assert booking.title in client.get(reverse("sharing:bookings")).content.decode()
        assert "约好了" in client.post(reverse("sharing:accept", args=[booking.pk]), follow=True).content.decode()
        with clock.set_to(booking.period.upper):
            client.force_login(make_keeper(venue), backend=BACKEND)
            page = client.post(reverse("sharing:count", args=[booking.pk]), {"visitors": "21"}, follow=True)
        assert "21 人次" in page.content.decode()

    def test_refusing_without_a_reason_is_said(self, client: Any, office: Any) -> None:
        venue = make_venue(approval=True)
        booking = make_booking(venue)
        client.force_login(make_keeper(venue), backend=BACKEND)
        response = client.post(reverse("sharing:refuse", args=[booking.pk]), {"reason": " "})
        assert response.status_code == 422
        assert Booking.objects.get().state == "requested"

    def test_the_keeper_is_told_why_they_are_asked(self, client: Any, venue: Venue) -> None:
        keeper, phone = make_keeper(venue), "13833334444"
        for hour in (9, 10):
            booking = make_booking(venue, hour, hour + 1, phone=phone)
            with clock.set_to(booking.period.upper):
                record_no_show(keeper, booking=booking)
        asked = make_booking(venue, 14, 15, phone=phone)
        client.force_login(keeper, backend=BACKEND)
        page = client.get(reverse("sharing:booking", args=[asked.pk])).content.decode()
        assert "有 2 次约了没来" in page

    def test_the_auditor_reads_masked(self, client: Any, venue: Venue) -> None:
        booking = make_booking(venue, phone="13800138000")
        client.force_login(make_account(venue.office, Role.AUDITOR), backend=BACKEND)
        page = client.get(reverse("sharing:booking", args=[booking.pk])).content.decode()
        assert "138****8000" in page
        assert "13800138000" not in page

    def test_sharing_a_venue_with_its_week(self, client: Any, venue: Venue) -> None:
        client.force_login(make_clerk(venue.office), backend=BACKEND)
        values = {"place": venue.place_id, "organization": venue.organization_id, "kind": "room", "name": "排练厅"}
        rules = {"area": "120.5", "purpose": "文艺排练", "bookable": "on", "step": "30", "longest": "240", "days_ahead": "30"}
        page = client.post(reverse("sharing:share"), values | rules)
        assert page.status_code == 302
        shared = Venue.objects.get(name="排练厅")
        hours = {"day_0": "9:00-12:00 14：00至18：00", "day_6": "10:00-24:00"}
        client.post(reverse("sharing:hours", args=[shared.pk]), hours)
        assert [str(one) for one in shared.hours.all()] == ["周一 09:00–12:00", "周一 14:00–18:00", "周日 10:00–24:00"]

    @pytest.mark.parametrize(
        ("told", "says"),
        [("12:00-9:00", "晚于开门"), ("九点到十点", "写成"), ("9:00-25:00", "24:00"), ("9:00-12:00 11:00-13:00", "重叠")],
    )
    def test_hours_that_cannot_be(self, client: Any, venue: Venue, told: str, says: str) -> None:
        client.force_login(make_clerk(venue.office), backend=BACKEND)
        response = client.post(reverse("sharing:hours", args=[venue.pk]), {"day_0": told})
        assert response.status_code == 422
        assert says in response.content.decode()
        assert venue.hours.count() == 7

    def test_closing_and_opening_again(self, client: Any, venue: Venue) -> None:
        client.force_login(make_clerk(venue.office), backend=BACKEND)
        days = {"first": tomorrow().isoformat(), "last": tomorrow().isoformat(), "reason": "消防检修"}
        assert "消防检修" in client.post(reverse("sharing:closures", args=[venue.pk]), days, follow=True).content.decode()
        wrong = days | {"last": (tomorrow() - timedelta(days=1)).isoformat()}
        assert client.post(reverse("sharing:closures", args=[venue.pk]), wrong).status_code == 422
        closure = Closure.objects.get()
        for _twice in range(2):
            client.post(reverse("sharing:open_again", args=[venue.pk, closure.pk]))
        assert not Closure.objects.exists()


class TestWidth:
    def test_queries_do_not_grow_with_the_week(self, client: Any, venue: Venue, django_assert_max_num_queries: Any) -> None:
        for hour in range(9, 17):
            make_booking(venue, hour, hour + 1)
        with django_assert_max_num_queries(12):
            client.get(reverse("sharing:venue", args=[venue.pk]), {"week": tomorrow().isoformat()})

    def test_rooms_to_book_stand_on_the_home_page(self, client: Any, venue: Venue) -> None:
        assert "书画室" in client.get(reverse("desk:home")).content.decode()
        Venue.objects.update(bookable=False)
        assert home_list() is None
