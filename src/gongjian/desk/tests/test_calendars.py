"""Calendars by secret address."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from gongjian.kernel import clock
from gongjian.kernel.calendars.events import Event, Feed, ical
from gongjian.kernel.calendars.models import Subscription
from gongjian.kernel.errors import Missing
from gongjian.kernel.rooms import DeskItem
from gongjian.registry.tests.factories import make_clerk

pytestmark = pytest.mark.django_db
BACKEND = "gongjian.registry.signin.OfficeAuthenticationBackend"
DUE = datetime(2026, 12, 1, 9, tzinfo=UTC)


def team_feed(account: Any, about: str) -> Feed:
    if about != "7":
        raise Missing("没有这支队伍")
    return Feed("七队", [Event("shift-1", "上岗\n值守", DUE, place="东门", url="/x/", canceled=True)])


@pytest.fixture
def clerk(office: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    desk = apps.get_app_config("feedback")
    monkeypatch.setattr(desk, "desk_items", lambda account: [DeskItem("反馈", "答复建议", "三号楼", "/f/1/", "答", DUE)])
    monkeypatch.setattr(desk, "calendars", {"test.team": "gongjian.desk.tests.test_calendars.team_feed"})
    return make_clerk(office)


@pytest.fixture
def signed_in(client: Client, clerk: Any) -> Client:
    client.force_login(clerk, backend=BACKEND)
    return client


def subscribe(client: Client, query: str = "") -> str:
    assert client.post(reverse("desk:subscribe_calendar") + query).status_code == 302
    return reverse("desk:calendar_feed", args=[Subscription.objects.latest("created_at", "pk").secret])


def entries(answer: Any) -> list[Any]:
    assert answer["Content-Type"].startswith("text/calendar")
    return Calendar.from_ical(answer.content).events


class TestOwn:
    def test_what_is_due_stands_in_it_for_whoever_has_the_address(self, signed_in: Client) -> None:
        (event,) = entries(Client().get(subscribe(signed_in)))
        assert (event["summary"], event["description"], event.end) == ("答复建议", "三号楼", DUE)
        assert str(event["url"]).endswith("/f/1/")

    def test_a_new_address_voids_the_old_one(self, signed_in: Client) -> None:
        old, new = subscribe(signed_in), subscribe(signed_in)
        assert Client().get(old).status_code == 404
        assert Client().get(new).status_code == 200
        assert Subscription.objects.count() == 1

    def test_taken_back_it_leads_nowhere(self, signed_in: Client) -> None:
        url = subscribe(signed_in)
        assert url in signed_in.get(reverse("desk:calendars")).content.decode()
        signed_in.post(reverse("desk:unsubscribe_calendar", args=[Subscription.objects.get().pk]))
        assert Client().get(url).status_code == 404

    def test_a_closed_account_has_no_calendar(self, signed_in: Client, clerk: Any) -> None:
        url = subscribe(signed_in)
        clerk.is_active = False
        clerk.save()
        assert Client().get(url).status_code == 404

    def test_nobody_takes_back_another_one_s(self, signed_in: Client, office: Any) -> None:
        from gongjian.kernel.calendars.services import subscribe as make

        other = make(make_clerk(office))
        assert signed_in.post(reverse("desk:unsubscribe_calendar", args=[other.pk])).status_code == 404
        assert Subscription.objects.count() == 1


class TestOfThings:
    def test_a_room_s_calendar_is_read_as_the_account_may(self, signed_in: Client) -> None:
        (event,) = entries(Client().get(subscribe(signed_in, "?code=test.team&about=7")))
        assert (event["location"], event["status"]) == ("东门", "CANCELLED")

    @pytest.mark.parametrize("query", ["?code=test.team&about=8", "?code=test.nothing"])
    def test_what_one_may_not_see_cannot_be_subscribed(self, signed_in: Client, query: str) -> None:
        assert signed_in.post(reverse("desk:subscribe_calendar") + query).status_code == 404
        assert not Subscription.objects.exists()


def test_text_cannot_write_lines_of_its_own() -> None:
    with clock.set_to(DUE):
        text = ical(Feed("甲", [Event("k", "上岗\r\nATTENDEE:mailto:x", DUE)]), site="https://a.example").decode()
    assert "\r\nATTENDEE" not in text
    assert "UID:k@a.example" in text
