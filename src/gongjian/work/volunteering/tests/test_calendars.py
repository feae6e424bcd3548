"""Shifts in calendars."""

from datetime import timedelta

import pytest
from django.template import Context, Template
from django.urls import reverse

from gongjian.kernel import clock
from gongjian.kernel.calendars.services import feed_of
from gongjian.kernel.errors import Missing, NotAllowed
from gongjian.registry.tests.factories import make_account, make_clerk, make_organization
from gongjian.work.volunteering import services
from gongjian.work.volunteering.tests.factories import at, make_activity, make_assignment, make_shift, make_volunteer

pytestmark = pytest.mark.django_db
NOW = at("2020-02-01 09:00")


@pytest.fixture(autouse=True)
def february():
    with clock.set_to(NOW):
        yield


def test_a_shift_after_midnight_stands_on_its_own_day():
    moment = at("2020-03-01 00:30")
    assert Template("{{ moment|day }}").render(Context({"moment": moment})) == "2020年3月1日"


def titles(feed):
    return [str(event.title) for event in feed.events]


def test_ones_own_calendar_has_the_shifts_that_one_is_booked_for(office):
    account, activity = make_account(office), make_activity(office, title="东门值守")
    volunteer = make_volunteer(office)
    account.person = volunteer.person
    account.save()
    make_assignment(make_shift(activity, post="东门"), volunteer)
    make_assignment(make_shift(activity, at("2020-02-04 08:00")), volunteer, "withdrawn")
    make_assignment(make_shift(activity, at("2020-02-05 08:00")), make_volunteer(office))
    assert titles(feed_of(account, "", "")) == ["东门值守 · 东门"]


def test_the_calendar_behind_the_link_is_of_this_activity(office, client):
    activity = make_activity(office, title="东门值守")
    clerk, volunteer = activity.created_by, make_volunteer(office)
    call = services.draft_call(clerk, activity=activity, title="招募令", text="样例", closes_at=NOW + timedelta(days=1))
    answer = services.answer_call(None, call=services.open_call(clerk, call=call), volunteer=volunteer)
    make_assignment(make_shift(activity), volunteer)
    make_assignment(make_shift(make_activity(office, title="别的"), at("2020-02-06 08:00")), volunteer)
    found = client.get(reverse("volunteering:my_calendar", args=[answer.token]))
    assert found["Content-Type"].startswith("text/calendar")
    text = found.content.decode()
    assert ("东门值守" in text, "别的" in text, "20200203T000000Z" in text) == (True, False, True)
    assert client.get(reverse("volunteering:my_calendar", args=["x"])).status_code == 404


def test_a_teams_calendar_has_what_it_and_the_teams_inside_it_do(office):
    clerk, unit = make_clerk(office), make_organization(office)
    outer = services.found_teams(clerk, parent=unit, names=["青年队"], field="community")[0]
    inner = services.found_teams(clerk, parent=outer.organization, names=["一队"], field="community")[0]
    for team, title in ((outer, "扫雪"), (inner, "送菜")):
        make_shift(make_activity(office, title=title, team=team.organization))
    cancelled = make_shift(make_activity(office, title="巡夜", team=inner.organization))
    services.cancel_shift(clerk, shift=cancelled)
    feed = feed_of(clerk, "volunteering.team", str(outer.pk))
    assert {title.partition("（")[0] for title in titles(feed)} == {"扫雪", "送菜", "巡夜"}
    assert [event.canceled for event in feed.events if "巡夜" in str(event.title)] == [True]
    with pytest.raises(NotAllowed):
        feed_of(make_account(office), "volunteering.team", str(outer.pk))
    with pytest.raises(Missing):
        feed_of(clerk, "volunteering.team", "x")
