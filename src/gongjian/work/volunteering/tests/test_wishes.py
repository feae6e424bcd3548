"""What volunteers would like, and the roster that weighs it."""

from datetime import time, timedelta

import pytest
from django.urls import reverse

from gongjian.kernel import clock
from gongjian.kernel.errors import Invalid
from gongjian.work.volunteering import services
from gongjian.work.volunteering.models import Roster, Volunteer, Wish
from gongjian.work.volunteering.selectors.roster_case import case_of
from gongjian.work.volunteering.tests.factories import at, make_activity, make_shift, make_volunteer

pytestmark = pytest.mark.django_db
NOW = at("2020-02-01 09:00")


@pytest.fixture(autouse=True)
def february():
    with clock.set_to(NOW):
        yield


@pytest.fixture
def answer(office):
    activity = make_activity(office)
    clerk, until = activity.created_by, NOW + timedelta(days=1)
    call = services.draft_call(clerk, activity=activity, title="招募令", text="样例", closes_at=until, mode="roster")
    return services.answer_call(None, call=services.open_call(clerk, call=call), volunteer=make_volunteer(office))


def test_what_is_said_on_the_page_reaches_the_roster_and_is_shown_again(office, client, answer):
    activity, friend = answer.call.activity, make_volunteer(office)
    wanted, unwanted = make_shift(activity), make_shift(activity, at("2020-02-04 08:00"))
    url = reverse("volunteering:my_wishes", args=[answer.token])
    said = {"weekdays": ["1", "2"], "times": "8:00-12:00", "most_hours_a_week": "8", "companions": friend.number.lower()}
    to = client.post(url, {**said, f"wish_{wanted.pk}": "prefer", f"wish_{unwanted.pk}": "avoid"})
    assert to["Location"] == reverse("volunteering:my", args=[answer.token])
    roster = Roster(office=office, activity=activity, first=NOW.date(), last=at("2020-02-07 00:00").date())
    roster.created_by, roster.created_at = activity.created_by, NOW
    roster.save()
    [one] = [one for one in case_of(roster).volunteers if one.key == answer.volunteer_id]
    assert (one.wishes, one.avoids, one.friends) == ({wanted.pk}, {unwanted.pk}, {friend.pk})
    assert (one.per_week, {window.start.time() for window in one.available}) == (timedelta(hours=8), {time(8)})
    shown = client.get(url).content.decode()
    assert friend.number in shown
    assert shown.count(" selected") >= 2


def test_an_unknown_companion_is_named_and_nothing_is_kept(client, answer):
    shift = make_shift(answer.call.activity)
    url = reverse("volunteering:my_wishes", args=[answer.token])
    wrong = client.post(url, {"companions": "V209900009", "most_hours_a_week": "6", f"wish_{shift.pk}": "prefer"})
    assert (wrong.status_code, "V209900009" in wrong.content.decode()) == (422, True)
    assert (Wish.objects.count(), Volunteer.objects.get(pk=answer.volunteer_id).most_hours_a_week) == (0, None)


def test_nobody_is_their_own_companion(answer):
    with pytest.raises(Invalid, match="另一个人"):
        services.set_companions(None, volunteer=answer.volunteer, numbers=[answer.volunteer.number])


def test_wishes_about_another_activity_or_what_is_past_stay(office, answer):
    past, other = make_shift(answer.call.activity, NOW - timedelta(days=1)), make_shift(make_activity(office))
    for shift in (past, other):
        Wish.objects.create(shift=shift, volunteer=answer.volunteer, kind="avoid")
    said = {"volunteer": answer.volunteer, "activity": answer.call.activity}
    services.say_wishes(None, **said, prefer=[past.pk, other.pk], avoid=[])
    assert set(Wish.objects.values_list("kind", flat=True)) == {"avoid"}
