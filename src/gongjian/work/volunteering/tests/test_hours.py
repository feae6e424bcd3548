"""Hours: from the scan to the deed, and everything that may go wrong on the way."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid, NotAllowed
from gongjian.ledger.models import Deed
from gongjian.registry.models import Consent
from gongjian.registry.services.oneself import decide_consent
from gongjian.registry.tests.factories import make_clerk
from gongjian.work.volunteering import codes, services
from gongjian.work.volunteering.models import Assignment, Stamp
from gongjian.work.volunteering.tests.factories import at, make_activity, make_assignment, make_shift, make_volunteer

pytestmark = pytest.mark.django_db
EIGHT = at("2020-02-03 08:00")


class Gate:
    """A shift from eight to twelve with one volunteer who is booked."""

    def __init__(self, office, **details):
        self.activity = make_activity(office, **details)
        self.clerk = self.activity.created_by
        self.shift = make_shift(self.activity, EIGHT, most=3)
        self.volunteer = make_volunteer(office)
        make_assignment(self.shift, self.volunteer)

    def proof(self, moment, **details):
        return services.Proof(code=codes.code_at(self.shift.secret, moment), **details)

    def scan(self, moment, act=services.check_in, volunteer=None, **details):
        moment = at(f"2020-02-03 {moment}")
        with clock.set_to(moment):
            return act(None, shift=self.shift, volunteer=volunteer or self.volunteer, proof=self.proof(moment, **details))

    def out(self, moment, **details):
        return self.scan(moment, services.check_out, **details)

    def served(self):
        self.scan("07:50")
        return self.out("12:20")


@pytest.fixture
def gate(office):
    return Gate(office)


class TestByCode:
    def test_who_comes_early_and_stays_late_serves_the_shift(self, gate):
        attendance = gate.served()
        assert (attendance.began, attendance.ended) == (EIGHT, EIGHT + timedelta(hours=4))
        assert (attendance.hours, attendance.state) == (Decimal(4), "left")

    def test_what_is_begun_but_not_full_is_not_counted(self, gate):
        gate.scan("08:10")
        assert gate.out("11:54").minutes == 3 * 60 + 30

    def test_an_expired_code_opens_nothing(self, gate):
        old = gate.proof(EIGHT)
        with clock.set_to(EIGHT + timedelta(minutes=2)), pytest.raises(Invalid, match="过期"):
            services.check_in(None, shift=gate.shift, volunteer=gate.volunteer, proof=old)

    def test_the_code_of_another_shift_opens_nothing(self, gate, office):
        other = make_shift(gate.activity, EIGHT, post="西门")
        with clock.set_to(EIGHT), pytest.raises(Invalid):
            services.check_in(None, shift=other, volunteer=gate.volunteer, proof=gate.proof(EIGHT))

    def test_scanning_twice_counts_once(self, gate):
        assert gate.scan("07:50") == gate.scan("08:30")
        assert gate.out("12:00") == gate.out("12:01")
        assert Stamp.objects.count() == 2

    def test_nobody_leaves_before_coming(self, gate):
        with pytest.raises(Conflict, match="没有签到"):
            gate.out("12:00")

    def test_who_is_not_booked_joins_on_the_spot_while_places_are_left(self, gate, office):
        attendance = gate.scan("08:00", volunteer=make_volunteer(office))
        assert Assignment.objects.get(volunteer=attendance.volunteer).origin == "walk_in"
        gate.scan("08:00", volunteer=make_volunteer(office))
        with pytest.raises(Conflict, match="名额也满了"):
            gate.scan("08:00", volunteer=make_volunteer(office))

    def test_nobody_checks_in_long_before_or_after_the_shift(self, gate):
        with pytest.raises(Conflict, match="还早"):
            gate.scan("06:30")
        with pytest.raises(Conflict, match="结束"):
            gate.scan("12:00")

    def test_one_person_is_not_in_two_places(self, gate, office):
        gate.scan("08:00")
        other = make_activity(office)
        elsewhere = make_shift(other, EIGHT + timedelta(hours=1))
        with clock.set_to(EIGHT + timedelta(hours=2)), pytest.raises(Conflict, match="不能同时在两处"):
            services.tick_in(other.created_by, shift=elsewhere, volunteers=[gate.volunteer])

    def test_a_shift_over_midnight_and_the_end_of_the_month_counts_whole(self, gate):
        shift = make_shift(gate.activity, at("2020-02-29 20:00"), hours=8)
        came, left = at("2020-02-29 20:00"), at("2020-03-01 04:00")
        for moment, act in ((came, services.check_in), (left, services.check_out)):
            with clock.set_to(moment):
                proof = services.Proof(code=codes.code_at(shift.secret, moment))
                attendance = act(None, shift=shift, volunteer=gate.volunteer, proof=proof)
        assert attendance.hours == 8


class TestByPin:
    def test_the_right_pin_of_this_shift_opens(self, gate):
        with clock.set_to(EIGHT):
            pin = services.give_pin(gate.clerk, shift=gate.shift)
            gate.shift.refresh_from_db()
            with pytest.raises(Invalid, match="口令不对"):
                services.check_in(None, shift=gate.shift, volunteer=gate.volunteer, proof=services.Proof(pin="x"))
            proof = services.Proof(pin=pin)
            assert services.check_in(None, shift=gate.shift, volunteer=gate.volunteer, proof=proof).came_by == "pin"

    def test_without_a_pin_given_out_an_empty_one_opens_nothing(self, gate):
        with clock.set_to(EIGHT), pytest.raises(Invalid):
            services.check_in(None, shift=gate.shift, volunteer=gate.volunteer, proof=services.Proof())


class TestWithoutNetwork:
    def test_a_kept_check_in_counts_from_when_it_happened_and_is_flagged(self, gate):
        happened, slip = EIGHT + timedelta(minutes=3), str(uuid4())
        kept = gate.proof(happened, happened_at=happened, slip=slip)
        with clock.set_to(EIGHT + timedelta(hours=6)):
            attendance = services.check_in(None, shift=gate.shift, volunteer=gate.volunteer, proof=kept)
            again = services.check_in(None, shift=gate.shift, volunteer=gate.volunteer, proof=kept)
        assert (attendance.began, attendance.late_entry) == (happened, True)
        assert again == attendance
        assert Stamp.objects.count() == 1

    def test_beyond_the_grace_it_is_told_what_to_do(self, gate):
        kept = gate.proof(EIGHT, happened_at=EIGHT, slip=str(uuid4()))
        with clock.set_to(EIGHT + timedelta(hours=25)), pytest.raises(Invalid, match="补录"):
            services.check_in(None, shift=gate.shift, volunteer=gate.volunteer, proof=kept)

    def test_a_clock_that_runs_ahead_gains_nothing(self, gate):
        with clock.set_to(EIGHT):
            ahead = gate.proof(EIGHT, happened_at=EIGHT + timedelta(hours=2))
            assert services.check_in(None, shift=gate.shift, volunteer=gate.volunteer, proof=ahead).began <= clock.now()

    def test_the_position_is_kept_only_with_consent(self, gate):
        where = {"latitude": Decimal("34.77"), "longitude": Decimal("113.68")}
        gate.scan("08:00", **where)
        decide_consent(None, person=gate.volunteer.person, purpose=Consent.Purpose.LOCATION, given=True, means="样例")
        gate.out("12:00", **where)
        assert [stamp.latitude for stamp in Stamp.objects.order_by("happened_at")] == [None, Decimal("34.77")]


class TestByList:
    def test_ticked_after_the_shift_it_is_flagged_as_late_and_as_bulk(self, gate, office):
        people = [gate.volunteer, make_volunteer(office)]
        with clock.set_to(EIGHT + timedelta(hours=3)):
            services.assign(gate.clerk, shift=gate.shift, volunteers=people[1:])
            services.tick_in(gate.clerk, shift=gate.shift, volunteers=people, at=EIGHT)
        with clock.set_to(EIGHT + timedelta(hours=6)):
            rows = services.tick_out(gate.clerk, shift=gate.shift, volunteers=people, at=EIGHT + timedelta(hours=4))
        assert {(row.hours, row.late_entry, row.bulk_entry) for row in rows} == {(Decimal(4), True, True)}

    def test_during_the_shift_it_is_not_flagged(self, gate):
        with clock.set_to(EIGHT):
            row = services.tick_in(gate.clerk, shift=gate.shift, volunteers=[gate.volunteer])[0]
        assert (row.late_entry, row.bulk_entry) == (False, False)

    def test_nobody_ticks_for_another_community(self, gate, office):
        from gongjian.registry.models import Role
        from gongjian.registry.tests.factories import make_account, make_community

        stranger = make_account(office, Role.COMMUNITY_WORKER, community=make_community(office))
        with clock.set_to(EIGHT), pytest.raises(NotAllowed):
            services.tick_in(stranger, shift=gate.shift, volunteers=[gate.volunteer])


class TestForgotten:
    def test_who_never_checked_out_is_closed_at_the_end_and_flagged(self, gate):
        gate.scan("08:00")
        with clock.set_to(EIGHT + timedelta(hours=9)):
            assert services.close_forgotten() == 1
            assert services.close_forgotten() == 0
        attendance = gate.volunteer.attendances.get()
        assert (attendance.hours, attendance.no_check_out, attendance.state) == (4, True, "left")


class TestByHand:
    @pytest.fixture
    def entered(self, gate):
        with clock.set_to(EIGHT + timedelta(hours=5)):
            return services.enter_hours(
                gate.clerk,
                shift=gate.shift,
                volunteer=gate.volunteer,
                came=EIGHT,
                left=EIGHT + timedelta(hours=2),
                note="手机没电，领队在场",
            )

    def test_it_takes_a_second_person(self, gate, entered, office):
        with pytest.raises(NotAllowed):
            services.confirm_hours(gate.clerk, attendances=[entered])
        assert services.confirm_hours(make_clerk(office), attendances=[entered])[0].state == "confirmed"

    def test_it_stays_inside_the_shift(self, gate):
        with clock.set_to(EIGHT + timedelta(hours=9)), pytest.raises(Invalid, match="路上"):
            services.enter_hours(
                gate.clerk,
                shift=gate.shift,
                volunteer=gate.volunteer,
                came=EIGHT - timedelta(hours=1),
                left=EIGHT + timedelta(hours=2),
                note="样例",
            )

    def test_it_does_not_overlap_what_was_scanned(self, gate):
        gate.served()
        with clock.set_to(EIGHT + timedelta(hours=9)), pytest.raises(Conflict, match="两处"):
            services.enter_hours(
                gate.clerk,
                shift=gate.shift,
                volunteer=gate.volunteer,
                came=EIGHT,
                left=EIGHT + timedelta(hours=2),
                note="样例",
            )

    def test_who_corrects_cannot_confirm_and_the_scans_stay(self, gate):
        attendance = gate.served()
        stamps = list(Stamp.objects.values_list("happened_at", flat=True))
        with clock.set_to(EIGHT + timedelta(hours=9)):
            services.correct_times(
                gate.clerk, attendance=attendance, came=EIGHT, left=EIGHT + timedelta(hours=3), note="提前走了"
            )
        with pytest.raises(NotAllowed):
            services.confirm_hours(gate.clerk, attendances=[attendance])
        assert list(Stamp.objects.values_list("happened_at", flat=True)) == stamps

    def test_nobody_confirms_their_own_hours(self, gate):
        attendance = gate.served()
        gate.clerk.person = gate.volunteer.person
        gate.clerk.save()
        with pytest.raises(NotAllowed):
            services.confirm_hours(gate.clerk, attendances=[attendance])

    def test_the_community_where_it_took_place_confirms_and_not_the_unit_that_sent_people(self, gate, office):
        from gongjian.registry.models import Role
        from gongjian.registry.tests.factories import first_community, make_account, make_organization

        attendance, unit = gate.served(), make_organization(office)
        attendance.organization = unit
        attendance.save()
        with pytest.raises(NotAllowed):
            services.confirm_hours(make_account(office, Role.UNIT_LIAISON, organization=unit), attendances=[attendance])
        worker = make_account(office, Role.COMMUNITY_WORKER, community=first_community(office))
        assert services.confirm_hours(worker, attendances=[attendance])[0].state == "confirmed"

    def test_refused_hours_are_kept_and_free_the_time(self, gate):
        attendance = services.refuse_hours(gate.clerk, attendance=gate.served(), reason="人不在岗")
        assert (attendance.state, attendance.deed) == ("refused", None)
        assert gate.volunteer.attendances.count() == 1


class TestCredit:
    def test_one_deed_stands_to_the_credit_of_person_team_and_organization(self, office):
        from gongjian.registry.tests.factories import make_organization

        team = make_organization(office, kind="team")
        gate = Gate(office, team=team, field="epidemic")
        services.confirm_hours(gate.clerk, attendances=[gate.served()])
        services.credit_hours(gate.clerk, activity=gate.activity)
        deed = Deed.objects.get()
        assert (deed.kind_id, deed.quantity) == ("epidemic-hours", 4)
        assert (deed.person, deed.team, deed.organization) == (gate.volunteer.person, team, gate.activity.organization)

    def test_crediting_again_adds_only_what_is_new(self, gate):
        services.confirm_hours(gate.clerk, attendances=[gate.served()])
        services.credit_hours(gate.clerk, activity=gate.activity)
        with pytest.raises(Conflict):
            services.credit_hours(gate.clerk, activity=gate.activity)
        assert Deed.objects.count() == 1

    def test_what_nobody_confirmed_is_no_deed(self, gate):
        gate.served()
        with pytest.raises(Conflict):
            services.credit_hours(gate.clerk, activity=gate.activity)
        assert not Deed.objects.exists()

    def test_who_answered_the_call_is_told_as_one_deed_when_the_activity_ends(self, gate, office):
        with clock.set_to(EIGHT - timedelta(days=1)):
            call = services.draft_call(gate.clerk, activity=gate.activity, title="样例招募令", text="样例", closes_at=EIGHT)
            call = services.open_call(gate.clerk, call=call)
            for volunteer in (gate.volunteer, make_volunteer(office)):
                services.answer_call(None, call=call, volunteer=volunteer)
        with clock.set_to(EIGHT + timedelta(days=1)):
            services.finish_activity(gate.clerk, activity=gate.activity)
        deed = Deed.objects.get()
        assert (deed.kind_id, deed.quantity, deed.organization) == ("volunteer-people", 2, gate.activity.organization)

    def test_the_community_stands_behind_all_its_hours_at_once(self, gate, office):
        from gongjian.registry.models import Role
        from gongjian.registry.tests.factories import first_community, make_account

        services.confirm_hours(gate.clerk, attendances=[gate.served()])
        services.credit_hours(gate.clerk, activity=gate.activity)
        worker = make_account(office, Role.COMMUNITY_WORKER, community=first_community(office))
        for expected in (1, 0):
            behind = services.stand_behind_hours(worker, activity=gate.activity, level=1, on_behalf_of="一号社区")
            assert behind == expected
