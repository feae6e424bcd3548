from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from gongjian.honors import notice_clock, selectors, services
from gongjian.honors.models import Candidate, Objection, PublicNotice
from gongjian.honors.tests.factories import at, found, make_objection, make_team, on_notice
from gongjian.kernel.errors import Conflict, Missing, NotAllowed
from gongjian.kernel.models import CalendarDay


@pytest.fixture
def team(office):
    return make_team(office)


def hung(office, team, *day, **details):
    with at(*day):
        return on_notice(office, team, **details)


def clock_of(campaign):
    return notice_clock.read(PublicNotice.objects.get(campaign=campaign))


class TestNoticeClock:
    @pytest.mark.parametrize(
        ("published", "today", "elapsed", "last_day"),
        [
            ((2021, 3, 1), (2021, 3, 1), 0, date(2021, 3, 8)),
            ((2021, 3, 1), (2021, 3, 2), 0, date(2021, 3, 8)),
            ((2021, 3, 1), (2021, 3, 3), 1, date(2021, 3, 8)),
            ((2021, 3, 1), (2021, 3, 8), 4, date(2021, 3, 8)),
            ((2021, 3, 1), (2021, 3, 9), 5, date(2021, 3, 8)),
            # National Day 2020: 1 to 8 October off, 27 September and 10 October worked
            ((2020, 9, 30), (2020, 10, 9), 0, date(2020, 10, 14)),
            ((2020, 9, 30), (2020, 10, 14), 4, date(2020, 10, 14)),
            ((2020, 9, 30), (2020, 10, 15), 5, date(2020, 10, 14)),
            ((2020, 9, 25), (2020, 9, 28), 1, date(2020, 10, 9)),
            # Spring Festival 2021: 11 to 17 February off, Sunday 7 and Saturday 20 February worked
            ((2021, 2, 5), (2021, 2, 11), 4, date(2021, 2, 18)),
            ((2021, 2, 10), (2021, 2, 23), 4, date(2021, 2, 23)),
            ((2021, 2, 10), (2021, 2, 24), 5, date(2021, 2, 23)),
        ],
    )
    def test_working_days_after_publication_count_once_they_are_over(  # noqa: PLR0917
        self, office, team, published, today, elapsed, last_day
    ):
        campaign, _candidates = hung(office, team, *published)
        with at(*today):
            now = clock_of(campaign)
        assert (now.elapsed, now.left, now.last_day, now.is_assumed) == (elapsed, 5 - elapsed, last_day, False)

    def test_beyond_the_published_calendar_it_says_so(self, office, team):
        campaign, _candidates = hung(office, team, 2035, 3, 1)
        with at(2035, 3, 2):
            assert clock_of(campaign).is_assumed

    def test_the_offices_own_calendar_corrects_it(self, office, team):
        campaign, _candidates = hung(office, team, 2021, 3, 1)
        CalendarDay.objects.create(day=date(2021, 3, 3), working=False, reason="暴雪停工")
        with at(2021, 3, 9):
            assert clock_of(campaign).elapsed == 4


class TestEndNotice:
    def test_after_four_working_days_it_is_refused_with_the_count(self, office, team):
        campaign, _candidates = hung(office, team, 2021, 3, 1)
        with at(2021, 3, 8, 18), pytest.raises(Conflict, match="满了 4 个，还差 1 个") as refusal:
            services.end_notice(team.clerk, campaign=campaign)
        assert refusal.value.code == "notice-too-short"

    def test_after_five_it_ends(self, office, team):
        campaign, _candidates = hung(office, team, 2021, 3, 1)
        with at(2021, 3, 9, 0):
            assert services.end_notice(team.clerk, campaign=campaign).ended_at

    def test_once_only(self, office, team):
        campaign, _candidates = hung(office, team, 2021, 3, 1)
        with at(2021, 3, 9):
            services.end_notice(team.clerk, campaign=campaign)
            with pytest.raises(Conflict):
                services.end_notice(team.clerk, campaign=campaign)

    def test_not_while_an_objection_is_open_however_late(self, office, team):
        campaign, _candidates = hung(office, team, 2021, 3, 1)
        with at(2021, 3, 2):
            make_objection(campaign)
        with at(2021, 6, 1), pytest.raises(Conflict, match="1 条异议"):
            services.end_notice(team.clerk, campaign=campaign)

    def test_the_office_may_ask_for_more_days(self, office, team):
        campaign, _candidates = hung(office, team, 2021, 3, 1, notice_workdays=7)
        with at(2021, 3, 9), pytest.raises(Conflict, match="还差 2 个"):
            services.end_notice(team.clerk, campaign=campaign)


class TestTheClockStops:
    def test_from_the_day_a_well_founded_objection_came_in_until_it_was_answered(self, office, team):
        campaign, _candidates = hung(office, team, 2021, 3, 1)
        with at(2021, 3, 3):
            objection = make_objection(campaign)
        with at(2021, 3, 5):
            found(team, objection)
            now = clock_of(campaign)
            assert (now.elapsed, now.stopped, now.last_day) == (1, True, None)
        with at(2021, 3, 9):
            services.answer_objection(team.clerk, objection=objection, answer="已经更正，谢谢")
            assert clock_of(campaign).last_day == date(2021, 3, 15)
        with at(2021, 3, 15), pytest.raises(Conflict, match="满了 4 个"):
            services.end_notice(team.clerk, campaign=campaign)
        with at(2021, 3, 16):
            assert services.end_notice(team.clerk, campaign=campaign)

    def test_not_for_an_unfounded_one(self, office, team):
        campaign, _candidates = hung(office, team, 2021, 3, 1)
        with at(2021, 3, 3):
            objection = found(team, make_objection(campaign), well_founded=False)
            services.answer_objection(team.clerk, objection=objection, answer="经核实不属实")
        with at(2021, 3, 9):
            assert services.end_notice(team.clerk, campaign=campaign)


class TestRaiseObjection:
    def test_anybody_may_without_a_name_and_follow_it_by_its_token(self, office, team):
        campaign, (candidate,) = hung(office, team, 2021, 3, 1)
        with at(2021, 3, 2):
            objection = make_objection(campaign, candidate=candidate)
        assert selectors.follow_objection(objection.token) == objection
        with pytest.raises(Missing):
            selectors.follow_objection("guessed")

    def test_name_and_contact_lie_encrypted_in_the_database(self, office, team):
        campaign, _candidates = hung(office, team, 2021, 3, 1)
        with at(2021, 3, 2):
            objection = make_objection(campaign, name="李四光", contact="13800000000")
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, contact FROM honors_objection")
            stored = "".join(cursor.fetchone())
        assert "13800000000" not in stored
        assert "李四光" not in stored
        assert Objection.objects.get(pk=objection.pk).contact == "13800000000"

    def test_not_after_the_notice(self, office, team):
        campaign, _candidates = hung(office, team, 2021, 3, 1)
        with at(2021, 3, 9):
            services.end_notice(team.clerk, campaign=campaign)
            with pytest.raises(Conflict, match="投诉建议"):
                make_objection(campaign)

    def test_a_flood_is_stopped(self, office, team, monkeypatch):
        monkeypatch.setattr("gongjian.honors.services.objecting.MOST_PER_HOUR", 2)
        campaign, _candidates = hung(office, team, 2021, 3, 1)
        with at(2021, 3, 2):
            make_objection(campaign)
            make_objection(campaign)
            with pytest.raises(Conflict, match="稍后"):
                make_objection(campaign)

    def test_about_somebody_on_this_list_only(self, office, team):
        campaign, _candidates = hung(office, team, 2021, 3, 1)
        _other, (stranger,) = hung(office, team, 2021, 3, 1)
        with at(2021, 3, 2), pytest.raises(Exception, match="公示名单"):
            make_objection(campaign, candidate=stranger)


class TestHandleObjection:
    def test_steps_come_in_order(self, office, team):
        campaign, _candidates = hung(office, team, 2021, 3, 1)
        with at(2021, 3, 2):
            objection = make_objection(campaign)
            with pytest.raises(Conflict):
                services.answer_objection(team.clerk, objection=objection, answer="谢谢您")
            services.investigate_objection(team.clerk, objection=objection)
            with pytest.raises(Conflict):
                services.investigate_objection(team.clerk, objection=objection)

    def test_only_clerks_handle_them(self, office, team):
        campaign, _candidates = hung(office, team, 2021, 3, 1)
        with at(2021, 3, 2):
            objection = make_objection(campaign)
            for account in (team.leader, team.worker, AnonymousUser()):
                with pytest.raises(NotAllowed):
                    services.investigate_objection(account, objection=objection)


class TestRemoveCandidate:
    def test_a_well_founded_objection_may_cost_the_title(self, office, team):
        campaign, (candidate, other) = hung(office, team, 2021, 3, 1, organizations=2)
        with at(2021, 3, 2):
            objection = found(team, make_objection(campaign, candidate=candidate))
            services.remove_candidate(team.leader, objection=objection, candidate=candidate, reason="电梯并未装好")
            services.answer_objection(team.clerk, objection=objection, answer="已经取消")
        with at(2021, 3, 12):
            services.end_notice(team.clerk, campaign=campaign)
            services.decide(team.leader, campaign=campaign, document_number="5号", decided_on=date(2021, 3, 12))
        assert [Candidate.objects.get(pk=c.pk).state for c in (candidate, other)] == ["removed", "awarded"]

    def test_an_unfounded_one_does_not(self, office, team):
        campaign, (candidate,) = hung(office, team, 2021, 3, 1)
        with at(2021, 3, 2):
            objection = found(team, make_objection(campaign), well_founded=False)
            with pytest.raises(Conflict, match="查实"):
                services.remove_candidate(team.leader, objection=objection, candidate=candidate, reason="不实")

    def test_with_nobody_left_there_is_nothing_to_decide(self, office, team):
        campaign, (candidate,) = hung(office, team, 2021, 3, 1)
        with at(2021, 3, 2):
            objection = found(team, make_objection(campaign))
            services.remove_candidate(team.leader, objection=objection, candidate=candidate, reason="材料不实")
            services.answer_objection(team.clerk, objection=objection, answer="已经取消")
        with at(2021, 3, 12):
            services.end_notice(team.clerk, campaign=campaign)
            with pytest.raises(Conflict, match="没有对象"):
                services.decide(team.leader, campaign=campaign, document_number="5号", decided_on=date(2021, 3, 12))


class TestCurrentNotices:
    def test_they_carry_the_days_left(self, office, team):
        campaign, _candidates = hung(office, team, 2021, 3, 1)
        with at(2021, 3, 4):
            (hanging,) = selectors.current_notices()
        assert (hanging.campaign, hanging.clock.left) == (campaign, 3)
        with at(2021, 3, 9):
            services.end_notice(team.clerk, campaign=campaign)
            assert selectors.current_notices() == []
