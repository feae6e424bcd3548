"""A whistle from the call to the deed, and everywhere it may turn off."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid, NotAllowed
from gongjian.ledger.models import Deed
from gongjian.work.whistles import services
from gongjian.work.whistles.models import Whistle
from gongjian.work.whistles.tests.factories import Cast, make_category, make_whistle

pytestmark = pytest.mark.django_db
NEIGHBOR = AnonymousUser()


@pytest.fixture
def cast(office):
    return Cast()


class TestTheWholeWay:
    def test_it_ends_closed_solved_and_satisfied_and_leaves_a_deed(self, cast):
        whistle = cast.closed()
        assert (whistle.state, whistle.solved, whistle.satisfaction) == ("closed", True, "satisfied")
        deed = Deed.objects.get()
        assert deed.organization == cast.organization
        assert (deed.kind_id, deed.quantity, deed.source_room) == ("whistle-answered", 1, "whistles")
        assert "垃圾三天" not in deed.statement

    def test_closed_is_not_solved_is_not_satisfied(self, cast):
        whistle = cast.closed(satisfaction="dissatisfied", solved=False)
        assert (whistle.state, whistle.solved, whistle.satisfaction) == ("closed", False, "dissatisfied")

    def test_an_explanation_is_no_deed(self, cast):
        whistle = cast.reported(outcome="explained")
        services.verify(cast.worker, whistle=whistle, solved=False)
        services.revisit(cast.worker, whistle=whistle, means="phone", valid=True, contacted=True, satisfaction="basically")
        services.close(cast.clerk, whistle=whistle)
        assert not Deed.objects.exists()

    def test_closing_twice_leaves_one_deed(self, cast):
        whistle = cast.closed()
        with pytest.raises(Conflict):
            services.close(cast.clerk, whistle=whistle)
        assert Deed.objects.count() == 1

    def test_without_a_rating_it_waits_its_days(self, cast):
        whistle = cast.reported()
        services.verify(cast.worker, whistle=whistle, solved=True)
        with pytest.raises(Conflict):
            services.close(cast.clerk, whistle=whistle)
        with clock.set_to(clock.now() + timedelta(days=8)):
            assert services.close(cast.clerk, whistle=whistle).state == "closed"

    def test_supporters_leave_a_deed_of_their_own(self, cast):
        from gongjian.registry.models import Role
        from gongjian.registry.tests.factories import make_account, make_organization

        whistle, unit = make_whistle(), make_organization(cast.office)
        helper = make_account(cast.office, Role.UNIT_LIAISON, organization=unit)
        services.triage(cast.clerk, whistle=whistle, category=cast.category)
        services.dispatch(
            cast.clerk, whistle=whistle, lead=services.Sending(cast.organization), supporters=[services.Sending(unit, "派车")]
        )
        lead, support = whistle.dispatches.order_by("part")
        services.accept(cast.liaison, dispatch=lead)
        with pytest.raises(Conflict):  # the supporter has not answered yet
            services.report(cast.liaison, dispatch=lead, outcome="solved", words="办好了")
        services.accept(helper, dispatch=support)
        services.report(helper, dispatch=support, outcome="solved", words="派了车")
        services.report(cast.liaison, dispatch=lead, outcome="solved", words="办好了")
        services.verify(cast.worker, whistle=whistle, solved=True)
        services.rate_by_link(NEIGHBOR, whistle=whistle, satisfaction="satisfied", solved=True, contacted=True)
        services.close(cast.clerk, whistle=whistle)
        assert set(Deed.objects.values_list("organization", flat=True)) == {cast.organization.pk, unit.pk}


class TestObjections:
    def test_a_well_founded_one_frees_the_whistle_for_another(self, cast):
        sent = cast.dispatched()
        services.object_to(cast.liaison, dispatch=sent, reason="不在本单位管辖范围，应由城管办理")
        services.decide_objection(cast.clerk, dispatch=sent, well_founded=True, words="同意改派")
        whistle = Whistle.objects.get()
        assert (whistle.state, whistle.lead) == ("returned", None)
        services.dispatch(cast.clerk, whistle=whistle, lead=services.Sending(cast.organization))
        assert Whistle.objects.get().state == "dispatched"

    def test_a_refused_one_leaves_it_where_it_is(self, cast):
        sent = cast.dispatched()
        services.object_to(cast.liaison, dispatch=sent, reason="不归我们")
        assert services.decide_objection(cast.clerk, dispatch=sent, well_founded=False, words="首接负责").state == "sent"
        assert Whistle.objects.get().state == "dispatched"

    def test_it_must_say_why(self, cast):
        with pytest.raises(Invalid):
            services.object_to(cast.liaison, dispatch=cast.dispatched(), reason=" ")


class TestTurnings:
    def test_found_otherwise_on_site_goes_back_to_the_lead(self, cast):
        whistle = cast.reported()
        assert whistle.reported_at is not None
        services.refuse(cast.worker, whistle=whistle, reason="垃圾还在")
        whistle.refresh_from_db()
        assert (whistle.state, whistle.reported_at) == ("accepted", None)

    def test_reopened_it_begins_another_round(self, cast):
        whistle = services.reopen(cast.clerk, whistle=cast.closed(), reason="又堆起来了")
        assert (whistle.state, whistle.round, whistle.solved, whistle.lead) == ("triaged", 2, None, None)
        cast.closed(whistle)
        assert Deed.objects.count() == 2

    def test_merging_adds_the_voices_and_unmerging_takes_them_back(self, cast):
        one, other = make_whistle(), make_whistle("楼前垃圾堆了好几天没人管")
        services.merge(cast.clerk, whistle=other, into=one)
        one.refresh_from_db()
        assert one.voices == 2
        services.unmerge(cast.clerk, whistle=other)
        one.refresh_from_db()
        other.refresh_from_db()
        assert (one.voices, other.state, other.merged_into) == (1, "triaged", None)

    def test_a_merged_one_takes_no_other_in(self, cast):
        one, other, third = make_whistle(), make_whistle(), make_whistle()
        services.merge(cast.clerk, whistle=other, into=one)
        with pytest.raises(Conflict):
            services.merge(cast.clerk, whistle=third, into=other)

    def test_splitting_makes_a_whistle_of_each_matter(self, cast):
        whistle = make_whistle("垃圾没清，路灯也不亮", phone="13800000000")
        parts = services.split(cast.clerk, whistle=whistle, texts=["三号楼前路灯不亮了"], reason="两件事")
        assert [part.split_from for part in parts] == [whistle]
        assert parts[0].phone_mark == whistle.phone_mark

    def test_not_accepting_takes_a_reason_of_the_list(self, cast):
        whistle = make_whistle()
        with pytest.raises(Invalid):
            services.not_accept(cast.clerk, whistle=whistle, reason="tired", words="不办")
        services.not_accept(cast.clerk, whistle=whistle, reason="in_proceedings", words="法院正在审理，请等判决。")
        whistle.refresh_from_db()
        assert whistle.state == "not_accepted"

    def test_a_neighbor_joins_once(self, cast):
        whistle = make_whistle()
        for _ in range(2):
            services.join(NEIGHBOR, whistle=whistle, phone="13800000000")
        services.join(NEIGHBOR, whistle=whistle, visitor="browser-7")
        whistle.refresh_from_db()
        assert whistle.voices == 3


class TestApproval:
    def test_where_the_office_demands_it_a_community_waits(self, cast):
        from gongjian.work.whistles.models import Policy

        Policy.objects.create(office=cast.office, approval_required=True)
        report = services.Report(text="楼道堆了杂物挡住消防门", place=cast.community)
        whistle = services.blow_whistle(cast.worker, report=report)
        assert (whistle.state, whistle.blown_at) == ("pending", None)
        assert services.approve(cast.leader, whistle=whistle).state == "blown"

    def test_nobody_blows_in_another_community(self, cast):
        from gongjian.registry.tests.factories import make_community

        with pytest.raises(NotAllowed):
            services.blow_whistle(cast.worker, report=services.Report(text="路灯不亮", place=make_community(cast.office)))


class TestPermission:
    def test_only_who_was_sent_handles(self, cast):
        from gongjian.registry.models import Role
        from gongjian.registry.tests.factories import make_account, make_organization

        stranger = make_account(cast.office, Role.UNIT_LIAISON, organization=make_organization(cast.office))
        with pytest.raises(NotAllowed):
            services.accept(stranger, dispatch=cast.dispatched())

    def test_a_category_that_is_chosen_sets_the_limits(self, cast):
        whistle = make_whistle()
        fast = make_category("leak", minor="漏水", grade="emergency", resolution_amount=2, resolution_unit="hours")
        services.triage(cast.clerk, whistle=whistle, category=fast)
        whistle.refresh_from_db()
        assert whistle.grade == "emergency"
        assert whistle.resolution_due_at == whistle.blown_at + timedelta(hours=2)
