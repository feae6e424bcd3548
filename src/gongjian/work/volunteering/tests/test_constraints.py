"""What the database itself refuses, whoever asks."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from gongjian.kernel import clock
from gongjian.work.volunteering.models import Attendance, Call, Enrollment
from gongjian.work.volunteering.tests.factories import at, make_activity, make_assignment, make_shift, make_volunteer

EIGHT, TWELVE = at("2020-02-03 08:00"), at("2020-02-03 12:00")


def refused(name):
    return pytest.raises(IntegrityError, match=name)


def attend(shift, volunteer, began=EIGHT, ended=TWELVE, **details):
    plain = {"state": "left", "came_by": "code", "left_by": "code", "minutes": 0, "entered_at": clock.now()}
    return Attendance.objects.create(
        office=shift.office, shift=shift, volunteer=volunteer, began=began, ended=ended, **(plain | details)
    )


class TestPlacesInAShift:
    def test_a_shift_counts_who_is_booked_and_takes_no_more_than_its_most(self, office):
        shift = make_shift(make_activity(office), most=1)
        first = make_assignment(shift, make_volunteer(office))
        with refused("shift_never_overbooked"), transaction.atomic():
            make_assignment(shift, make_volunteer(office))
        make_assignment(shift, make_volunteer(office), "waiting")
        shift.refresh_from_db()
        assert (shift.booked, shift.free) == (1, 0)

        first.state = "withdrawn"
        first.save()
        make_assignment(shift, make_volunteer(office))
        shift.refresh_from_db()
        assert shift.booked == 1

    def test_nobody_is_booked_for_two_places_at_once(self, office):
        volunteer, activity = make_volunteer(office), make_activity(office)
        make_assignment(make_shift(activity, EIGHT), volunteer)
        with refused("assignment_one_place_at_a_time"), transaction.atomic():
            make_assignment(make_shift(make_activity(office), at("2020-02-03 11:59")), volunteer)
        make_assignment(make_shift(activity, TWELVE), volunteer)

    def test_moving_a_shift_moves_its_assignments(self, office):
        volunteer, shift = make_volunteer(office), make_shift(make_activity(office), EIGHT)
        assignment = make_assignment(shift, volunteer)
        make_assignment(make_shift(make_activity(office), TWELVE), volunteer)
        shift.begins = EIGHT - timedelta(hours=1)
        shift.save()
        assignment.refresh_from_db()
        assert assignment.begins == shift.begins
        shift.ends = TWELVE + timedelta(hours=1)
        with refused("assignment_one_place_at_a_time"):
            shift.save()

    def test_a_shift_may_run_over_midnight_and_the_end_of_the_month_but_not_for_more_than_a_day(self, office):
        activity = make_activity(office)
        assert make_shift(activity, at("2020-02-29 20:00"), hours=8).pk
        with refused("shift_ends_after_it_begins"):
            make_shift(activity, EIGHT, hours=24.5)


class TestHours:
    def test_nobody_serves_in_two_places_at_once(self, office):
        volunteer = make_volunteer(office)
        attend(make_shift(make_activity(office)), volunteer)
        other = make_shift(make_activity(office), at("2020-02-03 11:00"))
        with refused("attendance_one_place_at_a_time"), transaction.atomic():
            attend(other, volunteer, began=at("2020-02-03 11:30"))
        attend(other, volunteer, began=TWELVE, ended=at("2020-02-03 13:00"))

    def test_who_has_not_left_yet_is_there_until_the_shift_ends(self, office):
        volunteer, activity = make_volunteer(office), make_activity(office)
        attend(make_shift(activity), volunteer, ended=None, state="here", minutes=None, left_by="")
        other = make_shift(activity, at("2020-02-03 10:00"))
        with refused("attendance_one_place_at_a_time"), transaction.atomic():
            attend(other, volunteer, began=at("2020-02-03 10:00"))
        attend(make_shift(activity, TWELVE), volunteer, TWELVE, TWELVE + timedelta(hours=1))

    @pytest.mark.parametrize(("began", "ended"), [("07:59", "12:00"), ("08:00", "12:01")])
    def test_hours_stay_inside_their_shift(self, office, began, ended):
        with refused("attendance_within_shift"):
            attend(
                make_shift(make_activity(office)), make_volunteer(office), at(f"2020-02-03 {began}"), at(f"2020-02-03 {ended}")
            )

    def test_a_shift_does_not_shrink_away_from_hours_served_in_it(self, office):
        shift = make_shift(make_activity(office))
        attend(shift, make_volunteer(office))
        shift.ends = at("2020-02-03 11:00")
        with refused("attendance_within_shift"):
            shift.save()

    def test_no_more_minutes_are_counted_than_were_served(self, office):
        with refused("attendance_minutes_fit"):
            attend(make_shift(make_activity(office)), make_volunteer(office), minutes=241)

    def test_what_was_typed_in_is_confirmed_by_another(self, office):
        activity = make_activity(office)
        clerk = activity.created_by
        with refused("attendance_manual_needs_a_second_person"):
            attend(
                make_shift(activity),
                make_volunteer(office),
                came_by="manual",
                left_by="manual",
                state="confirmed",
                entered_by=clerk,
                confirmed_by=clerk,
                confirmed_at=clock.now(),
            )


class TestOthers:
    def test_a_minor_has_a_guardian_who_consented(self, office):
        with refused("volunteer_minor_has_guardian"):
            make_volunteer(office, born=date(2008, 5, 1))

    def test_a_minor_comes_of_age_on_the_eighteenth_birthday(self, office):
        volunteer = make_volunteer(
            office, born=date(2004, 2, 29), guardian_name="样例", guardian_consented_at=at("2020-01-01 08:00")
        )
        assert volunteer.is_minor(date(2022, 2, 28))
        assert not volunteer.is_minor(date(2022, 3, 1))

    def test_a_dangerous_activity_is_insured_and_says_what_may_happen(self, office):
        with refused("activity_dangerous_is_insured"):
            make_activity(office, dangerous=True, risks="路口车多")

    def test_a_call_takes_no_more_than_its_places(self, office):
        activity = make_activity(office)
        call = Call.objects.create(
            office=office,
            activity=activity,
            title="样例",
            text="样例",
            places=1,
            closes_at=TWELVE,
            created_by=activity.created_by,
        )
        Enrollment.objects.create(call=call, volunteer=make_volunteer(office), state="accepted", at=EIGHT)
        with refused("call_never_overfilled"):
            Enrollment.objects.create(call=call, volunteer=make_volunteer(office), state="accepted", at=EIGHT)
