"""From “fill it for me” to places in shifts, with changes by hand in between."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid, NotAllowed
from gongjian.registry.models import Role
from gongjian.registry.tests.factories import make_account, make_clerk
from gongjian.work.volunteering.models import (
    Absence,
    Assignment,
    Availability,
    Call,
    Enrollment,
    Roster,
    ShiftNeed,
    Skill,
    Wish,
)
from gongjian.work.volunteering.selectors.roster_case import case_of
from gongjian.work.volunteering.selectors.rosters import told_gaps
from gongjian.work.volunteering.services.adopting import adopt_roster
from gongjian.work.volunteering.services.rostering import (
    drop_roster,
    fix_place,
    mend_roster,
    propose_roster,
    put_in,
    solve_roster,
    take_out,
)
from gongjian.work.volunteering.tests.factories import at, make_activity, make_assignment, make_shift, make_volunteer

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2020, 2, 3), date(2020, 2, 9)


@pytest.fixture(autouse=True)
def before_the_first_shift():
    with clock.set_to(at("2020-02-01 09:00")):
        yield


@pytest.fixture
def clerk(office):
    return make_clerk(office)


@pytest.fixture
def activity(office, clerk):
    return make_activity(office, clerk=clerk)


def accept(activity, volunteer, **details):
    call = Call.objects.get_or_create(
        activity=activity,
        office=activity.office,
        defaults={"title": "招募令", "text": "样例", "closes_at": at("2020-02-02 18:00"), "created_by": activity.created_by},
    )[0]
    return Enrollment.objects.create(call=call, volunteer=volunteer, state=Enrollment.State.ACCEPTED, at=clock.now(), **details)


def people(office, activity, number):
    volunteers = [make_volunteer(office) for _one in range(number)]
    for volunteer in volunteers:
        accept(activity, volunteer)
    return volunteers


def proposed(clerk, activity, **rules):
    rules = {"seconds": 2, "hours_a_week": None} | rules
    return propose_roster(clerk, activity=activity, first=FIRST, last=LAST, **rules)


def solved(clerk, activity, **rules):
    return solve_roster(roster=proposed(clerk, activity, **rules))


def pairs(roster):
    return set(roster.places.values_list("volunteer", "shift"))


class TestProposeRoster:
    def test_a_job_solves_it(self, office, clerk, activity) -> None:
        people(office, activity, 2)
        make_shift(activity)
        roster = solved(clerk, activity)
        assert (roster.state, roster.places.count(), roster.gap) == ("ready", 1, 0)

    def test_one_open_proposal_at_a_time(self, office, clerk, activity) -> None:
        make_shift(activity)
        proposed(clerk, activity)
        with pytest.raises(Conflict):
            proposed(clerk, activity)

    def test_no_shift_ahead(self, clerk, activity) -> None:
        make_shift(activity, at("2020-01-20 08:00"))
        with pytest.raises(Invalid):
            propose_roster(clerk, activity=activity, first=date(2020, 1, 20), last=LAST)

    def test_another_communitys_worker_may_not(self, office, activity) -> None:
        make_shift(activity)
        other = make_account(office, Role.COMMUNITY_WORKER, community=activity.place.parent)
        other.role_assignments.all().delete() if hasattr(other, "role_assignments") else None
        stranger = make_account(office, Role.VOLUNTEER)
        with pytest.raises(NotAllowed):
            propose_roster(stranger, activity=activity, first=FIRST, last=LAST)

    def test_a_dropped_proposal_is_not_filled_later(self, clerk, office, activity) -> None:
        people(office, activity, 1)
        make_shift(activity)
        roster = proposed(clerk, activity)
        drop_roster(clerk, roster=roster)
        assert solve_roster(roster=roster).places.count() == 0


class TestCase:
    def test_what_is_written_about_people_reaches_the_solver(self, office, clerk, activity) -> None:
        volunteer = people(office, activity, 1)[0]
        first_aid = Skill.objects.create(office=office, name="急救")
        shift = make_shift(activity, post="东门")
        ShiftNeed.objects.create(shift=shift, skill=first_aid)
        Availability.objects.create(volunteer=volunteer, weekday=1, begins="20:00", ends="06:00")
        Absence.objects.create(volunteer=volunteer, first=date(2020, 2, 9), last=date(2020, 2, 12))
        Wish.objects.create(shift=shift, volunteer=volunteer, kind=Wish.Kind.AVOID)
        elsewhere = make_shift(make_activity(office, clerk=clerk), at("2020-02-04 08:00"))
        make_assignment(elsewhere, volunteer)
        case = case_of(proposed(clerk, activity))
        (person,) = case.volunteers
        assert case.shifts[0].some == {"急救": 1}
        assert [(window.start, window.end) for window in person.available] == [(at("2020-02-03 20:00"), at("2020-02-04 06:00"))]
        assert person.engaged[0].start == at("2020-02-04 08:00")
        assert person.avoids == {shift.pk}

    def test_what_people_chose_themselves_is_kept(self, office, clerk, activity) -> None:
        volunteer = people(office, activity, 2)[0]
        shift = make_shift(activity, most=1)
        make_assignment(shift, volunteer, origin=Assignment.Origin.SIGN_UP)
        assert pairs(solved(clerk, activity)) == {(volunteer.pk, shift.pk)}

    def test_who_withdrew_is_not_put_there_again(self, office, clerk, activity) -> None:
        volunteer = people(office, activity, 1)[0]
        make_assignment(make_shift(activity), volunteer, state="withdrawn", origin=Assignment.Origin.SIGN_UP)
        roster = solved(clerk, activity)
        assert pairs(roster) == set()
        assert told_gaps(roster)[0].left_out == "1人不排这一班（退出过、被调出或年龄不符）"

    def test_minors_are_not_put_where_it_is_dangerous(self, office, clerk) -> None:
        activity = make_activity(office, clerk=clerk, dangerous=True, insurance="意外险", risks="车多")
        minor = make_volunteer(office, born=date(2006, 1, 1), guardian_name="样例", guardian_consented_at=clock.now())
        accept(activity, minor)
        make_shift(activity)
        assert pairs(solved(clerk, activity)) == set()


class TestByHand:
    def test_put_in_is_fixed_and_kept_when_mended(self, office, clerk, activity) -> None:
        one, other = people(office, activity, 2)
        shift = make_shift(activity, most=1)
        roster = solved(clerk, activity)
        inside = roster.places.get().volunteer
        outside = other if inside == one else one
        take_out(clerk, roster=roster, shift=shift, volunteer=inside)
        put_in(clerk, roster=roster, shift=shift, volunteer=outside)
        mend_roster(clerk, roster=roster)
        assert pairs(roster) == {(outside.pk, shift.pk)}

    def test_who_was_taken_out_is_replaced(self, office, clerk, activity) -> None:
        people(office, activity, 2)
        shift = make_shift(activity, most=1)
        roster = solved(clerk, activity)
        gone = roster.places.get().volunteer
        take_out(clerk, roster=roster, shift=shift, volunteer=gone)
        mend_roster(clerk, roster=roster)
        assert roster.places.get().volunteer != gone

    def test_no_rule_is_broken_by_hand(self, office, clerk, activity) -> None:
        volunteer = people(office, activity, 1)[0]
        early, late = make_shift(activity), make_shift(activity, at("2020-02-03 14:00"))
        roster = solved(clerk, activity)
        there = roster.places.get().shift
        with pytest.raises(Conflict) as error:
            put_in(clerk, roster=roster, shift=late if there == early else early, volunteer=volunteer)
        assert error.value.code == "rest"

    def test_fixed_places_survive_a_mend(self, office, clerk, activity) -> None:
        people(office, activity, 3)
        shift = make_shift(activity, least=2)
        roster = solved(clerk, activity)
        kept, gone = [place.volunteer for place in roster.places.all()]
        fix_place(clerk, roster=roster, shift=shift, volunteer=kept, locked=True)
        take_out(clerk, roster=roster, shift=shift, volunteer=gone)
        mend_roster(clerk, roster=roster)
        assert roster.places.filter(volunteer=kept, locked=True).exists()
        assert roster.places.count() == 2


class TestAdoptRoster:
    def test_places_become_places_in_shifts(self, office, clerk, activity) -> None:
        people(office, activity, 2)
        shift = make_shift(activity, least=2)
        adopt_roster(clerk, roster=solved(clerk, activity))
        shift.refresh_from_db()
        assert shift.booked == 2
        row = Assignment.objects.first()
        assert (row.origin, row.state, row.begins) == ("roster", "booked", shift.begins)

    def test_the_next_roster_takes_the_place_of_the_first(self, office, clerk, activity) -> None:
        one, other = people(office, activity, 2)
        shift = make_shift(activity, most=1)
        adopt_roster(clerk, roster=solved(clerk, activity))
        first = Assignment.objects.get(state="booked").volunteer
        second = solved(clerk, activity)
        take_out(clerk, roster=second, shift=shift, volunteer=first)
        put_in(clerk, roster=second, shift=shift, volunteer=other if first == one else one)
        adopt_roster(clerk, roster=second)
        assert Assignment.objects.get(state="booked").volunteer != first
        assert Assignment.objects.get(state="withdrawn").volunteer == first

    def test_overtaken_by_somebody_who_signed_up(self, office, clerk, activity) -> None:
        volunteer = people(office, activity, 1)[0]
        shift = make_shift(activity, most=1)
        roster = solved(clerk, activity)
        elsewhere = make_shift(make_activity(office, clerk=clerk), at("2020-02-03 09:00"))
        make_assignment(elsewhere, volunteer)
        with pytest.raises(Conflict):
            adopt_roster(clerk, roster=roster)
        assert not Assignment.objects.filter(shift=shift).exists()
        roster.refresh_from_db()
        assert roster.state == "ready"

    def test_only_once(self, office, clerk, activity) -> None:
        people(office, activity, 1)
        make_shift(activity)
        roster = solved(clerk, activity)
        adopt_roster(clerk, roster=roster)
        with pytest.raises(Conflict):
            adopt_roster(clerk, roster=roster)
        assert Assignment.objects.count() == 1

    def test_filling_gaps_leaves_the_rest(self, office, clerk, activity) -> None:
        people(office, activity, 4)
        shifts = [make_shift(activity, at("2020-02-03 08:00") + timedelta(days=day), most=1) for day in range(3)]
        adopt_roster(clerk, roster=solved(clerk, activity))
        held = set(Assignment.objects.filter(state="booked").exclude(shift=shifts[1]).values_list("volunteer", "shift"))
        Assignment.objects.filter(shift=shifts[1]).update(state="withdrawn", origin="sign_up")
        adopt_roster(clerk, roster=solved(clerk, activity, scope=Roster.Scope.GAPS))
        assert held <= set(Assignment.objects.filter(state="booked").values_list("volunteer", "shift"))
        assert Assignment.objects.filter(shift=shifts[1], state="booked").count() == 1


class TestPages:
    def test_from_the_calendar_to_adopted(self, office, clerk, activity, client) -> None:
        people(office, activity, 2)
        shift = make_shift(activity, post="东门")
        client.force_login(clerk)
        page = client.get(reverse("volunteering:activity_roster", args=[activity.pk]) + "?week=2020-02-03")
        assert "差 1 人" in page.content.decode()
        form = {"first": "2020-02-03", "last": "2020-02-09", "scope": "whole", "rest_hours": 8, "hours_a_day": 8}
        to = client.post(reverse("volunteering:propose_roster", args=[activity.pk]), form)["Location"]
        assert "every 2s" in client.get(to).content.decode()
        roster = solve_roster(roster=Roster.objects.get())
        assert "采用" in client.get(to).content.decode()
        hand = reverse("volunteering:roster_shift", args=[roster.pk, shift.pk])
        assert "可以排进来的人" in client.get(hand).content.decode()
        seat = roster.places.get().volunteer_id
        client.post(hand + "fix/", {"seat": f"{seat}:locked"})
        assert roster.places.get().locked
        client.post(to + "adopt/")
        assert Assignment.objects.get().locked

    def test_days_in_the_wrong_order_keep_what_was_typed(self, clerk, activity, client) -> None:
        make_shift(activity)
        client.force_login(clerk)
        form = {"first": "2020-02-09", "last": "2020-02-03", "scope": "whole", "rest_hours": 8}
        answer = client.post(reverse("volunteering:propose_roster", args=[activity.pk]), form)
        assert answer.status_code == 422
        assert "2020-02-09" in answer.content.decode()
        assert not Roster.objects.exists()

    def test_a_constant_number_of_queries(self, office, clerk, activity, client, django_assert_max_num_queries) -> None:
        people(office, activity, 12)
        for day in range(6):
            make_shift(activity, at("2020-02-03 08:00") + timedelta(days=day), least=2)
        roster = solved(clerk, activity)
        client.force_login(clerk)
        with django_assert_max_num_queries(50):
            client.get(reverse("volunteering:roster", args=[roster.pk]))
