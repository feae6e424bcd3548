"""Whatever people do in whatever order, hours stay true: a random gate, watched after every step."""

from collections import defaultdict
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from gongjian.kernel import clock
from gongjian.kernel.errors import DomainError
from gongjian.ledger.models import Deed
from gongjian.registry.tests.factories import make_clerk
from gongjian.work.volunteering import codes, services
from gongjian.work.volunteering.models import Attendance, Stamp
from gongjian.work.volunteering.tests.factories import at, make_activity, make_shift, make_volunteer

BEGINS = at("2020-02-29 18:00")
"""The shifts run over midnight and the end of the month, and the last two overlap."""
STEP = timedelta(minutes=17)
people, gates = st.integers(0, 2), st.integers(0, 3)


class Gates(RuleBasedStateMachine):
    office: Any = None

    @initialize()
    def open_gates(self):
        self.now = BEGINS - timedelta(minutes=30)
        with clock.set_to(self.now):
            self.activity = make_activity(self.office, rest_hours=0)
            self.clerks = [self.activity.created_by, make_clerk(self.office)]
            starts = (0, 4, 8, 9)
            self.shifts = [make_shift(self.activity, BEGINS + timedelta(hours=n), post=f"{n}") for n in starts]
            self.people = [make_volunteer(self.office) for _ in range(3)]

    def attempt(self, act, *arguments, **details):
        """What is refused must leave nothing behind; the invariants see to it."""
        with clock.set_to(self.now):
            try:
                return act(*arguments, **details)
            except DomainError:
                return None

    @rule(steps=st.integers(1, 12))
    def time_passes(self, steps):
        self.now += STEP * steps

    @rule(who=people, gate=gates, out=st.booleans(), age=st.sampled_from([0, 20, 90, 3600]))
    def scan(self, who, gate, out, age):
        shift, happened = self.shifts[gate], self.now - timedelta(seconds=age)
        proof = services.Proof(code=codes.code_at(shift.secret, happened), happened_at=happened if age > 60 else None)
        act = services.check_out if out else services.check_in
        self.attempt(act, None, shift=shift, volunteer=self.people[who], proof=proof)

    @rule(chosen=st.sets(people, min_size=1), gate=gates, out=st.booleans())
    def tick(self, chosen, gate, out):
        act = services.tick_out if out else services.tick_in
        self.attempt(act, self.clerks[0], shift=self.shifts[gate], volunteers=[self.people[n] for n in sorted(chosen)])

    @rule(who=people, gate=gates, first=st.integers(-1, 4), hours=st.integers(0, 5), clerk=st.integers(0, 1))
    def enter(self, who, gate, first, hours, clerk):
        came = self.shifts[gate].begins + timedelta(hours=first)
        details = {"came": came, "left": came + timedelta(hours=hours), "note": "样例"}
        self.attempt(services.enter_hours, self.clerks[clerk], shift=self.shifts[gate], volunteer=self.people[who], **details)

    @rule(clerk=st.integers(0, 1))
    def confirm_one_by_one(self, clerk):
        for row in Attendance.objects.filter(shift__activity=self.activity, state="left"):
            self.attempt(services.confirm_hours, self.clerks[clerk], attendances=[row])

    @rule(clerk=st.integers(0, 1))
    def refuse_the_first(self, clerk):
        row = Attendance.objects.filter(shift__activity=self.activity, state__in=["here", "left"]).first()
        if row is not None:
            self.attempt(services.refuse_hours, self.clerks[clerk], attendance=row, reason="样例")

    @rule()
    def close_what_was_forgotten(self):
        self.attempt(services.close_forgotten)

    @rule(clerk=st.integers(0, 1))
    def credit(self, clerk):
        self.attempt(services.credit_hours, self.clerks[clerk], activity=self.activity)

    def rows(self):
        rows = Attendance.objects.filter(shift__activity=self.activity).select_related("shift", "volunteer")
        return rows.order_by("volunteer", "began", "pk")

    @invariant()
    def nobody_is_in_two_places(self):
        spans = defaultdict(list)
        for row in self.rows().exclude(state="refused"):
            spans[row.volunteer_id].append((row.began, row.ended or row.shift.ends))
        for of_one in spans.values():
            filled = sorted(span for span in of_one if span[0] < span[1])
            assert all(a[1] <= b[0] for a, b in pairwise(filled))

    @invariant()
    def hours_lie_in_their_shift_and_are_whole_quarters(self):
        for row in self.rows().filter(ended__isnull=False):
            assert row.shift.begins <= row.began <= row.ended <= row.shift.ends
            assert row.minutes % 15 == 0
            assert timedelta(minutes=row.minutes) <= row.ended - row.began

    @invariant()
    def what_was_typed_in_was_confirmed_by_another(self):
        for row in self.rows().filter(came_by="manual", state="confirmed"):
            assert row.confirmed_by_id != row.entered_by_id

    @invariant()
    def the_ledger_holds_each_credited_hour_once(self):
        credited = self.rows().exclude(deed=None)
        assert all(row.state == "confirmed" for row in credited)
        deeds = Deed.objects.filter(volunteering_attendances__shift__activity=self.activity).distinct()
        assert sum(deed.quantity for deed in deeds) == sum(row.hours for row in credited)

    @invariant()
    def every_scan_is_kept_once(self):
        stamps = Stamp.objects.filter(attendance__shift__activity=self.activity)
        assert not stamps.filter(attendance__came_by="manual", direction="in").exists()


@pytest.mark.django_db
def test_hours_stay_true_whatever_happens(office):
    checks = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large]
    run_state_machine_as_test(
        type("GatesOfTheOffice", (Gates,), {"office": office}),
        settings=settings(max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=checks),
    )
