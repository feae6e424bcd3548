from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.registry.models import Account, Role
from gongjian.registry.services.tokens import issue_token
from gongjian.registry.tests.factories import make_account, make_clerk, make_organization
from gongjian.work.sharing.models import Booking, Venue
from gongjian.work.sharing.services.booking import cancel_by_link
from gongjian.work.sharing.tests.factories import STRANGER, at, make_booking, make_keeper, make_venue, tomorrow
from gongjian.work.sharing.tests.goods import make_allocation, make_item

pytestmark = pytest.mark.django_db


def by_token(account: Account, *scopes: str) -> Client:
    _, secret = issue_token(account, name="test", scopes=[*(scopes or ("sharing:read", "sharing:write"))])
    return Client(headers={"authorization": f"Bearer {secret}"})


def get(client: Client, name: str, query: str = "", **kwargs: Any) -> Any:
    return client.get(reverse(f"api:{name}", kwargs=kwargs) + query)


def post(client: Client, name: str, content: Any, *, key: str = "", **kwargs: Any) -> Any:
    headers = {"idempotency-key": key} if key else {}
    url = reverse(f"api:{name}", kwargs=kwargs)
    return client.post(url, content, content_type="application/json", headers=headers)


def asked(venue: Venue, **more: Any) -> dict[str, Any]:
    told = {"begins": at(tomorrow(), 9).isoformat(), "ends": at(tomorrow(), 10).isoformat(), "title": "合唱排练"}
    return {**told, "venue": venue.pk, "people": 8, "name": "样例居民", "phone": "13800001111", **more}


@pytest.fixture
def resident(office: Any) -> Account:
    return make_account(office, Role.RESIDENT)


class TestVenues:
    def test_with_their_hours_and_what_is_free_of_a_week(self, resident: Account) -> None:
        venue, client = make_venue(area=40, capacity=12), by_token(resident)
        make_booking(venue, 9, 10)
        make_booking(venue, 9, 10, wait=True)
        (listed,) = get(client, "list_venues").json()["items"]
        assert (listed["area"], listed["hours"][6]) == ("40.00", {"weekday": 7, "opens": "09:00", "closes": "18:00"})
        days = get(client, "get_week", f"?day={tomorrow()}", pk=venue.pk).json()
        taken, free = next(day["stretches"] for day in days if day["day"] == tomorrow().isoformat())
        assert taken == {"kind": "taken", "begins": "09:00", "ends": "10:00", "waiting": 1}
        assert (free["kind"], free["begins"], free["ends"]) == ("free", "10:00", "18:00")

    @pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
    def test_the_end_of_the_world_is_no_error(self, resident: Account, day: str) -> None:
        assert get(by_token(resident), "get_week", f"?day={day}", pk=make_venue().pk).status_code == 200


class TestMaking:
    def test_booked_once_however_often_sent(self, resident: Account) -> None:
        venue, client = make_venue(), by_token(resident)
        first, again = (post(client, "make_booking", asked(venue), key="b1") for _time in range(2))
        assert (first.status_code, first.json()["state"], again.json()) == (201, "booked", first.json())
        assert Booking.objects.get().account == resident
        assert Client().get(urlsplit(first.json()["link"]).path).status_code == 200

    def test_a_time_that_is_taken(self, resident: Account) -> None:
        venue, client = make_venue(), by_token(resident)
        make_booking(venue)
        answer = post(client, "make_booking", asked(venue))
        assert (answer.status_code, answer.json()["code"], answer.json()["errors"][0]["field"]) == (409, "taken", "begins")
        assert post(client, "make_booking", asked(venue, wait=True)).json()["state"] == "waiting"

    @pytest.mark.parametrize(
        ("more", "field"),
        [
            ({"begins": "2020-01-01T09:00:00+08:00", "ends": "2020-01-01T10:00:00+08:00"}, "begins"),
            ({"ends": "9999-12-31T23:59:59-12:00"}, "ends"),
            ({"begins": "9999-12-31T23:00:00-12:00", "ends": "9999-12-31T23:59:00-12:00"}, "day"),
            ({"phone": "110"}, "phone"),
            ({"organization": 10**9}, "organization"),
            ({"venue": 0}, "venue"),
        ],
    )
    def test_what_cannot_be_is_refused_beside_its_field(self, resident: Account, more: dict[str, Any], field: str) -> None:
        answer = post(by_token(resident), "make_booking", asked(make_venue()) | more)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)
        assert not Booking.objects.exists()

    def test_a_moment_without_an_offset_is_refused(self, resident: Account) -> None:
        told = asked(make_venue(), begins=f"{tomorrow()}T09:00:00")
        assert post(by_token(resident), "make_booking", told).status_code == 422

    def test_nobody_books_for_an_organization_that_is_not_theirs(self, office: Any, resident: Account) -> None:
        told = asked(make_venue(), organization=make_organization(office).pk)
        assert post(by_token(resident), "make_booking", told).status_code == 403

    def test_the_reading_scope_does_not_book(self, resident: Account) -> None:
        assert post(by_token(resident, "sharing:read"), "make_booking", asked(make_venue())).status_code == 403


class TestCanceling:
    def test_one_s_own_and_only_once(self, resident: Account) -> None:
        booking, client = make_booking(make_venue(), by=resident), by_token(resident)
        assert post(client, "cancel_booking", {}, pk=booking.pk).json()["state"] == "cancelled"
        assert post(client, "cancel_booking", {}, pk=booking.pk).status_code == 409

    def test_the_owner_says_why(self, office: Any) -> None:
        venue = make_venue()
        booking, keeper = make_booking(venue), by_token(make_keeper(venue))
        assert post(keeper, "cancel_booking", {}, pk=booking.pk).status_code == 422
        assert post(keeper, "cancel_booking", {"reason": "水管爆了"}, pk=booking.pk).json()["reason"] == "水管爆了"

    def test_others_find_nothing(self, resident: Account) -> None:
        booking = make_booking(make_venue())
        assert post(by_token(resident), "cancel_booking", {}, pk=booking.pk).status_code == 404


class TestListing:
    def test_one_s_own_and_those_of_one_s_venue_without_who_booked(self, resident: Account) -> None:
        venue = make_venue()
        own, other = make_booking(venue, by=resident), make_booking(venue, 10, 11, name="别样例")
        assert [one["id"] for one in get(by_token(resident), "list_bookings").json()["items"]] == [own.pk]
        answer = get(by_token(make_keeper(venue)), "list_bookings")
        assert [one["id"] for one in answer.json()["items"]] == [other.pk, own.pk]
        assert "别样例" not in answer.content.decode()

    def test_by_state(self, office: Any) -> None:
        venue = make_venue()
        cancel_by_link(STRANGER, booking=make_booking(venue))
        client = by_token(make_clerk(office))
        assert len(get(client, "list_bookings", "?state=cancelled").json()["items"]) == 1
        assert get(client, "list_bookings", "?state=booked").json()["items"] == []
        assert get(client, "list_bookings", "?state=lost").status_code == 422


class TestGoods:
    def test_the_books_and_the_register(self, office: Any) -> None:
        item = make_item(10)
        make_allocation(item, 3)
        client = by_token(make_clerk(office))
        (listed,) = get(client, "list_items").json()["items"]
        assert [listed[name] for name in ("received", "in_stock", "allocated")] == ["10.00", "7.00", "3.00"]
        assert [one["quantity"] for one in listed["there"]] == ["7.00"]
        (donation,) = get(client, "list_donations").json()["items"]
        assert donation["lines"] == [{"item": item.pk, "name": "电脑", "unit": "台", "quantity": "10.00"}]
        assert get(client, "get_one_donation", number=donation["number"]).json() == donation
        assert get(client, "get_one_donation", number="1999-0001").status_code == 404


def test_queries_do_not_grow(office: Any, django_assert_max_num_queries: Any) -> None:
    venue, client = make_venue(capacity=None), by_token(make_clerk(office))
    for hour in range(9, 14):
        make_booking(venue, hour, hour + 1)
    with django_assert_max_num_queries(8):
        assert len(get(client, "list_bookings").json()["items"]) == 5


def test_a_moved_clock_keeps_its_offset(resident: Account) -> None:
    """What was said in another offset is the same moment."""
    told = asked(make_venue())
    told["ends"] = (at(tomorrow(), 9) + timedelta(hours=1)).astimezone().isoformat()
    assert post(by_token(resident), "make_booking", told).status_code == 201
