"""Two clocks: warnings, stops, extensions, and what happens when nobody looks."""

from datetime import UTC, datetime, timedelta

import pytest

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid, NotAllowed
from gongjian.kernel.models import CalendarDay
from gongjian.work.whistles import services
from gongjian.work.whistles.models import Escalation, Pause, Whistle
from gongjian.work.whistles.tests.factories import Cast, make_category, make_whistle

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(office):
    return Cast()


def later(whistle, **span):
    return clock.set_to(whistle.blown_at + timedelta(**span))


def colors():
    return list(Escalation.objects.order_by("pk").values_list("clock", "color"))


class TestWarnings:
    def test_blue_yellow_and_red_come_in_turn_and_once(self, cast):
        whistle = make_whistle()
        for minutes, expected in ((59, 0), (61, 1), (97, 2), (121, 3)):
            with later(whistle, minutes=minutes):
                services.check_clocks()
                services.check_clocks()
            assert len(colors()) == expected
        assert colors() == [("response", 1), ("response", 2), ("response", 3)]

    def test_missed_runs_are_caught_up_with(self, cast):
        whistle = make_whistle()
        with later(whistle, days=30):
            services.check_clocks()
        assert len(colors()) == 6
        whistle.refresh_from_db()
        assert (whistle.color, whistle.next_check_at) == (3, None)

    def test_whoever_acts_before_the_run_does_not_swallow_the_warning(self, cast):
        whistle = make_whistle()
        with later(whistle, minutes=121):
            services.triage(cast.clerk, whistle=whistle, category=cast.category)
        assert colors() == [("response", 1), ("response", 2), ("response", 3)]

    def test_contact_stops_the_response_clock_and_an_attempt_does_not(self, cast):
        sent = cast.dispatched()
        services.accept(cast.liaison, dispatch=sent)
        services.log_contact(cast.liaison, whistle=sent.whistle, means="phone", reached=False, words="无人接听")
        whistle = Whistle.objects.get()
        assert whistle.responded_at is None
        services.log_contact(cast.liaison, whistle=whistle, means="phone", reached=True, words="约好下午上门")
        whistle.refresh_from_db()
        assert whistle.responded_at is not None
        with later(whistle, hours=3):
            services.check_clocks()
        assert colors() == []

    def test_the_leader_takes_an_overdue_one_up_once(self, cast):
        whistle = make_whistle()
        with later(whistle, hours=3):
            services.check_clocks()
        red = Escalation.objects.get(color=3)
        with pytest.raises(NotAllowed):
            services.take_up(cast.clerk, escalation=red, instruction="今天到场")
        services.take_up(cast.leader, escalation=red, instruction="今天到场")
        with pytest.raises(Conflict):
            services.take_up(cast.leader, escalation=red, instruction="今天到场")


class TestPauses:
    def ask(self, cast, kind, **span):
        whistle = make_whistle()
        until = clock.now() + timedelta(**span)
        return whistle, services.ask_pause(cast.clerk, whistle=whistle, kind=kind, reason="等产权单位确认", until=until)

    def test_a_suspension_stops_both_clocks_until_it_is_resumed(self, cast):
        whistle, pause = self.ask(cast, "suspend", days=3)
        services.decide_pause(cast.leader, pause=pause, approved=True, words="同意")
        whistle.refresh_from_db()
        assert (whistle.response_due_at, whistle.resolution_due_at, whistle.next_check_at) == (None, None, None)
        with later(whistle, hours=30):
            services.resume(cast.clerk, whistle=whistle)
        whistle.refresh_from_db()
        begun = whistle.happenings.get(kind="suspended").at
        ended = whistle.happenings.get(kind="resumed").at
        assert whistle.response_due_at == whistle.blown_at + timedelta(hours=2) + (ended - begun)

    def test_it_ends_by_itself_on_its_date(self, cast):
        whistle, pause = self.ask(cast, "suspend", hours=5)
        services.decide_pause(cast.leader, pause=pause, approved=True, words="同意")
        with later(whistle, hours=6):
            assert services.end_suspensions() == 1
            assert services.end_suspensions() == 0
        whistle.refresh_from_db()
        assert not whistle.suspended

    def test_an_extension_sets_the_new_date(self, cast):
        whistle, pause = self.ask(cast, "extend", days=20)
        services.decide_pause(cast.leader, pause=pause, approved=True, words="同意")
        whistle.refresh_from_db()
        assert whistle.resolution_due_at == pause.until

    def test_nobody_approves_what_they_asked_for(self, cast):
        _, pause = self.ask(cast, "extend", days=20)
        with pytest.raises(NotAllowed):
            services.decide_pause(cast.clerk, pause=pause, approved=True, words="同意")

    def test_a_date_in_the_past_or_no_later_is_refused(self, cast):
        for kind, span in (("suspend", {"days": -1}), ("extend", {"days": 1})):
            with pytest.raises(Invalid):
                self.ask(cast, kind, **span)

    def test_a_second_application_waits_for_the_first(self, cast):
        whistle, _ = self.ask(cast, "extend", days=20)
        with pytest.raises(Conflict):
            services.ask_pause(
                cast.clerk, whistle=whistle, kind="extend", reason="再等等", until=clock.now() + timedelta(days=30)
            )
        assert Pause.objects.count() == 1


class TestCalendar:
    def test_open_deadlines_follow_a_changed_calendar(self, cast):
        working = make_category("works", minor="市政", resolution_amount=1, resolution_unit="working_days")
        with clock.set_to(datetime(2026, 9, 3, 2, tzinfo=UTC)):  # a Thursday
            whistle = make_whistle(category=working)
            before = whistle.resolution_due_at
            CalendarDay.objects.create(day="2026-09-04", working=False, reason="临时停工")
            services.recompute_open()
        whistle.refresh_from_db()
        assert whistle.resolution_due_at - before == timedelta(days=3)
