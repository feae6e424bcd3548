"""Many at the same moment, over connections of their own: what the database alone decides."""

from collections import Counter

import pytest

from gongjian.kernel import clock
from gongjian.kernel.tests.racing import at_once
from gongjian.work.volunteering import codes, services
from gongjian.work.volunteering.models import Assignment, Attendance, Enrollment, Stamp
from gongjian.work.volunteering.tests.factories import at, make_activity, make_assignment, make_shift, make_volunteer

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 8


def then(moment, act, **said):
    """The clock is a thread's own."""

    def acted():
        with clock.set_to(at(moment)):
            return act(None, **said)

    return acted


class TestTheLastPlace:
    def test_many_want_it_and_one_gets_it(self, office):
        shift = make_shift(make_activity(office), most=2)
        make_assignment(shift, make_volunteer(office))
        people = [make_volunteer(office) for _number in range(MANY)]
        done = at_once(office, *(then("2020-02-02 09:00", services.sign_up, shift=shift, volunteer=one) for one in people))
        assert done == {"done": MANY}
        states = Counter(Assignment.objects.filter(volunteer__in=people).values_list("state", flat=True))
        assert states == {"booked": 1, "waiting": MANY - 1}
        shift.refresh_from_db()
        assert shift.booked == shift.most

    def test_of_a_call_too(self, office):
        activity, closes = make_activity(office), at("2020-02-03 08:00")
        clerk = activity.created_by
        with clock.set_to(at("2020-02-01 09:00")):
            call = services.draft_call(clerk, activity=activity, title="招募令", text="样例", closes_at=closes, places=1)
            call = services.open_call(clerk, call=call)
        people = [make_volunteer(office) for _number in range(MANY)]
        at_once(office, *(then("2020-02-02 09:00", services.answer_call, call=call, volunteer=one) for one in people))
        assert Counter(Enrollment.objects.values_list("state", flat=True)) == {"accepted": 1, "waiting": MANY - 1}


class TestOnePerson:
    def test_signs_up_for_two_places_at_once_and_has_one(self, office):
        volunteer = make_volunteer(office)
        shifts = [make_shift(make_activity(office), at(f"2020-02-03 0{hour}:00")) for hour in range(4, 8)]
        acts = [then("2020-02-02 09:00", services.sign_up, shift=shift, volunteer=volunteer) for shift in shifts]
        assert at_once(office, *acts) == {"done": 1, "elsewhere": len(shifts) - 1}
        assert Assignment.objects.get().state == "booked"

    def test_scans_once_however_often_the_phone_sends_it(self, office):
        shift, volunteer = make_shift(make_activity(office)), make_volunteer(office)
        make_assignment(shift, volunteer)
        proof = services.Proof(code=codes.code_at(shift.secret, shift.begins))
        acts = [then("2020-02-03 08:00", services.check_in, shift=shift, volunteer=volunteer, proof=proof)] * MANY
        assert at_once(office, *acts) == {"done": MANY}
        assert (Attendance.objects.count(), Stamp.objects.count()) == (1, 1)
