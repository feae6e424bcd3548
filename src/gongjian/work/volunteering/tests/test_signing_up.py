"""Calls, places, queues, swaps: who gets in, who waits, who moves up."""

from datetime import date, time, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.registry.tests.factories import make_organization
from gongjian.work.volunteering import services
from gongjian.work.volunteering.models import Assignment, Membership, Shift, Skill, Team, Volunteer
from gongjian.work.volunteering.tests.factories import at, make_activity, make_assignment, make_shift, make_volunteer

pytestmark = pytest.mark.django_db
NOW = at("2020-02-01 09:00")


@pytest.fixture(autouse=True)
def february():
    with clock.set_to(NOW):
        yield


def make_call(activity, **details):
    plain = {"title": "样例招募令", "text": "样例", "closes_at": NOW + timedelta(days=5), "mode": "choose"}
    clerk = activity.created_by
    return services.open_call(clerk, call=services.draft_call(clerk, activity=activity, **(plain | details)))


def introduce(office, name="王样例", phone="13800000001", **details):
    introduction = services.Introduction(name=name, phone=phone, **details)
    return services.take_in_volunteer(AnonymousUser(), office=office, introduction=introduction)


class TestIntroducing:
    def test_the_same_name_and_phone_is_the_same_volunteer(self, office):
        assert introduce(office) == introduce(office, phone="138 0000 0001")
        assert introduce(office, name="李样例") != introduce(office)
        assert Volunteer.objects.get(person__name="王样例").number == "V202000001"

    def test_a_minor_needs_a_guardian_who_consents(self, office):
        born = date(2006, 5, 1)
        with pytest.raises(Invalid, match="监护人的姓名"):
            introduce(office, guardian=services.Guardian(born))
        with pytest.raises(Invalid, match="同意"):
            introduce(office, guardian=services.Guardian(born, "王示例", "13800000002"))
        assert not Volunteer.objects.exists()
        minor = introduce(office, guardian=services.Guardian(born, "王示例", "13800000002", consented=True))
        assert minor.is_minor(clock.today())

    def test_minors_do_not_come_where_it_is_dangerous(self, office):
        minor = introduce(office, guardian=services.Guardian(date(2006, 5, 1), "王示例", "13800000002", consented=True))
        activity = make_activity(office, dangerous=True, risks="路口车多", insurance="样例意外险")
        with pytest.raises(Invalid, match="18"):
            services.answer_call(None, call=make_call(activity), volunteer=minor)


class TestCalls:
    def test_answering_after_the_deadline_is_refused(self, office):
        call = make_call(make_activity(office))
        with clock.set_to(NOW + timedelta(days=6)), pytest.raises(Conflict, match="截止"):
            services.answer_call(None, call=call, volunteer=make_volunteer(office))

    def test_beyond_the_places_one_waits_and_moves_up(self, office):
        call = make_call(make_activity(office), places=1)
        first = services.answer_call(None, call=call, volunteer=make_volunteer(office))
        second = services.answer_call(None, call=call, volunteer=make_volunteer(office))
        assert (first.state, second.state) == ("accepted", "waiting")
        services.withdraw_answer(None, enrollment=first)
        second.refresh_from_db()
        assert second.state == "accepted"

    def test_a_call_to_one_unit_takes_its_people_only(self, office):
        unit = make_organization(office)
        call = make_call(make_activity(office), audience="organization", organization=unit)
        with pytest.raises(Invalid, match="只面向"):
            services.answer_call(None, call=call, volunteer=make_volunteer(office))
        assert services.answer_call(None, call=call, volunteer=make_volunteer(office), organization=unit).state == "accepted"

    def test_where_approval_is_wanted_the_organizer_decides(self, office):
        activity = make_activity(office, needs_approval=True)
        answer = services.answer_call(None, call=make_call(activity), volunteer=make_volunteer(office))
        assert answer.state == "asked"
        assert services.decide_answer(activity.created_by, enrollment=answer, accepted=True).state == "accepted"
        with pytest.raises(Conflict):
            services.decide_answer(activity.created_by, enrollment=answer, accepted=False)


class TestPlaces:
    def test_the_queue_moves_up_in_its_order(self, office):
        shift = make_shift(make_activity(office), most=1)
        first, second, third = (services.sign_up(None, shift=shift, volunteer=make_volunteer(office)) for _ in range(3))
        assert [one.state for one in (first, second, third)] == ["booked", "waiting", "waiting"]
        services.withdraw(None, assignment=first)
        second.refresh_from_db(), third.refresh_from_db()
        assert (second.state, third.state) == ("booked", "waiting")

    def test_signing_up_twice_is_one_place(self, office):
        shift, volunteer = make_shift(make_activity(office)), make_volunteer(office)
        assert services.sign_up(None, shift=shift, volunteer=volunteer) == services.sign_up(
            None, shift=shift, volunteer=volunteer
        )

    def test_two_overlapping_shifts_say_which(self, office):
        volunteer = make_volunteer(office)
        services.sign_up(None, shift=make_shift(make_activity(office, title="东门值守")), volunteer=volunteer)
        with pytest.raises(Conflict, match="东门值守"):
            services.sign_up(None, shift=make_shift(make_activity(office), at("2020-02-03 11:00")), volunteer=volunteer)

    def test_rest_lies_between_two_shifts_of_one_activity(self, office):
        activity, volunteer = make_activity(office, rest_hours=8), make_volunteer(office)
        services.sign_up(None, shift=make_shift(activity), volunteer=volunteer)
        with pytest.raises(Conflict, match="8 小时"):
            services.sign_up(None, shift=make_shift(activity, at("2020-02-03 16:00")), volunteer=volunteer)

    def test_the_last_place_is_kept_for_the_skill_that_is_missing(self, office):
        shift, skill = make_shift(make_activity(office), most=2), Skill.objects.create(office=office, name="急救")
        shift.needs.create(skill=skill, at_least=1)
        services.sign_up(None, shift=shift, volunteer=make_volunteer(office))
        with pytest.raises(Conflict, match="急救"):
            services.sign_up(None, shift=shift, volunteer=make_volunteer(office))
        nurse = make_volunteer(office)
        nurse.skills.add(skill)
        assert services.sign_up(None, shift=shift, volunteer=nurse).state == "booked"

    def test_a_swap_frees_the_holder_only_when_somebody_takes_it(self, office):
        shift = make_shift(make_activity(office), most=1)
        held = services.sign_up(None, shift=shift, volunteer=make_volunteer(office))
        offer = services.offer_swap(None, assignment=held)
        assert Assignment.objects.get(pk=held.pk).state == "booked"
        taken = services.take_swap(None, offer=offer, volunteer=make_volunteer(office))
        assert (Assignment.objects.get(pk=held.pk).state, taken.state) == ("withdrawn", "booked")
        with pytest.raises(Conflict):
            services.take_swap(None, offer=offer, volunteer=make_volunteer(office))

    def test_retiring_leaves_all_places_ahead(self, office):
        volunteer = make_volunteer(office)
        services.sign_up(None, shift=make_shift(make_activity(office)), volunteer=volunteer)
        services.retire_volunteer(None, volunteer=volunteer)
        assert Shift.objects.get().booked == 0


class TestLayingOut:
    def lay(self, activity, **details):
        plain = {"first": date(2020, 2, 3), "last": date(2020, 4, 2), "times": [(time(8), time(12))]}
        pattern = services.Pattern(**(plain | details))
        return services.lay_out_shifts(activity.created_by, activity=activity, pattern=pattern)

    def test_two_months_of_three_shifts_a_day_at_five_gates(self, office):
        times = [(time(8), time(14)), (time(14), time(20)), (time(20), time(2))]
        shifts = self.lay(make_activity(office), times=times, posts=["东门", "西门", "南门", "北门", "侧门"], most=4)
        assert len(shifts) == 60 * 3 * 5
        assert Shift.objects.filter(begins=at("2020-02-03 20:00"), ends=at("2020-02-04 02:00")).count() == 5

    def test_every_saturday(self, office):
        shifts = self.lay(make_activity(office), weekdays=frozenset({6}))
        assert len(shifts) == 8

    def test_what_is_there_stays(self, office):
        activity = make_activity(office)
        self.lay(activity, last=date(2020, 2, 5))
        assert len(self.lay(activity, last=date(2020, 2, 7))) == 2
        with pytest.raises(Conflict, match="都已经排好"):
            self.lay(activity, last=date(2020, 2, 7))

    def test_times_that_overlap_are_refused(self, office):
        with pytest.raises(Invalid, match="重叠"):
            self.lay(make_activity(office), times=[(time(8), time(12)), (time(11), time(15))])

    def test_doing_the_same_again_copies_posts_and_shifts_from_another_day_on(self, office):
        activity = make_activity(office)
        self.lay(activity, last=date(2020, 2, 4), posts=["东门"])
        again = services.repeat_activity(activity.created_by, activity=activity, first=date(2020, 3, 2))
        assert [shift.begins for shift in again.shifts.all()] == [at("2020-03-02 08:00"), at("2020-03-03 08:00")]
        assert again.state == "planned"

    def test_a_shift_with_people_on_duty_is_not_cancelled(self, office):
        activity = make_activity(office)
        shift = make_shift(activity, NOW)
        services.tick_in(activity.created_by, shift=shift, volunteers=[make_volunteer(office)])
        with pytest.raises(Conflict, match="签到"):
            services.cancel_shift(activity.created_by, shift=shift)


class TestTeams:
    def test_teams_founded_together_are_one_deed_of_their_unit(self, office):
        from gongjian.ledger.models import Deed
        from gongjian.registry.tests.factories import first_community, make_clerk

        unit, clerk = make_organization(office, community=first_community(office)), make_clerk(office)
        outer, _inner = services.found_teams(clerk, parent=unit, names=["青年队", "党员队"], field="community")
        inside = services.found_teams(clerk, parent=outer.organization, names=["青年一队"], field="cleaning")
        assert [(deed.quantity, deed.organization) for deed in Deed.objects.order_by("id")] == [(2, unit), (1, unit)]
        assert Team.objects.filter(organization__parent=outer.pk).get() == inside[0]

    def test_nobody_joins_twice(self, office):
        from gongjian.registry.tests.factories import make_clerk

        clerk = make_clerk(office)
        team = services.found_teams(clerk, parent=make_organization(office), names=["样例队"], field="community")[0]
        volunteer = make_volunteer(office)
        services.join_team(clerk, team=team, volunteer=volunteer)
        with pytest.raises(Conflict):
            services.join_team(clerk, team=team, volunteer=volunteer)
        services.dissolve_team(clerk, team=team)
        assert Membership.objects.get().until == clock.today()


class TestTheCallsPage:
    def fill(self, client, call, **fields):
        plain = {"name": "王样例", "phone": "13800000001", "agreed": "on"}
        return client.post(reverse("volunteering:call", args=[call.token]), plain | fields)

    def test_after_the_deadline_nobody_is_registered(self, office, client):
        call = make_call(make_activity(office))
        with clock.set_to(NOW + timedelta(days=6)):
            answer = self.fill(client, call)
        assert (answer.status_code, "截止" in answer.content.decode()) == (422, True)
        assert not Volunteer.objects.exists()

    def test_a_minor_without_guardian_keeps_what_was_typed(self, office, client):
        answer = self.fill(client, make_call(make_activity(office)), minor="on", born="2010-01-01")
        page = answer.content.decode()
        assert (answer.status_code, "监护人的姓名和电话" in page, 'value="王样例"' in page) == (422, True, True)
        assert not Volunteer.objects.exists()

    def test_the_phone_offers_no_shift_that_is_over(self, office, client):
        call = make_call(make_activity(office))
        answer = services.answer_call(None, call=call, volunteer=make_volunteer(office))
        over, ahead = make_shift(call.activity, NOW - timedelta(hours=9)), make_shift(call.activity)
        for shift in (over, ahead):
            make_assignment(shift, answer.volunteer)
        with clock.set_to(over.begins):
            services.tick_in(call.created_by, shift=over, volunteers=[answer.volunteer])
        page = client.get(reverse("volunteering:my", args=[answer.token])).content.decode()
        assert (f'<option value="{ahead.pk}">' in page, f'<option value="{over.pk}">' in page) == (True, False)
