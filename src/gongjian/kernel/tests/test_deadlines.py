from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from gongjian.kernel.deadlines import Limit, Stop, TimeUnit, WorkingTime
from gongjian.kernel.models import CalendarDay
from gongjian.kernel.workdays import WorkCalendar

HOURS = ((time(8, 30), time(12)), (time(14), time(18)))


def at(day: str, clock: str = "00:00") -> datetime:
    return timezone.make_aware(datetime.fromisoformat(f"{day}T{clock}"))


@pytest.fixture
def working(db):
    return WorkingTime(HOURS, WorkCalendar())


class TestNaturalTime:
    def test_hours_run_through_the_night(self, working):
        assert working.due(at("2026-09-04", "23:00"), Limit(2, TimeUnit.HOURS)).at == at("2026-09-05", "01:00")

    def test_days_end_at_midnight_and_the_first_does_not_count(self, working):
        assert working.due(at("2026-09-04", "09:00"), Limit(7, TimeUnit.DAYS)).at == at("2026-09-12")

    def test_a_stop_moves_hours_by_its_length(self, working):
        stop = Stop(at("2026-09-04", "10:00"), at("2026-09-04", "15:00"))
        assert working.due(at("2026-09-04", "09:00"), Limit(2, TimeUnit.HOURS), [stop]).at == at("2026-09-04", "16:00")

    def test_days_that_a_stop_touches_do_not_count(self, working):
        stop = Stop(at("2026-09-05", "10:00"), at("2026-09-06", "09:00"))
        assert working.due(at("2026-09-04", "09:00"), Limit(1, TimeUnit.DAYS), [stop]).at == at("2026-09-08")


class TestWorkingTime:
    def test_hours_skip_lunch_the_night_and_the_weekend(self, working):
        due = working.due(at("2026-09-04", "17:00"), Limit(5, TimeUnit.WORKING_HOURS))  # a Friday: 1 + 3.5 + 0.5
        assert due.at == at("2026-09-07", "14:30")

    def test_days_skip_a_holiday_and_count_the_make_up_saturday(self, working):
        due = working.due(at("2026-09-30", "10:00"), Limit(2, TimeUnit.WORKING_DAYS))
        assert due.at == at("2026-10-09", "18:00")  # 1 to 7 October off, the 8th and 9th work
        assert [step.reason for step in due.steps if not step.counted] == ["非工作日"] * 7
        assert working.due(at("2026-10-09", "10:00"), Limit(1, TimeUnit.WORKING_DAYS)).at == at("2026-10-10", "18:00")

    def test_an_office_s_own_table_wins(self, db):
        CalendarDay.objects.create(day="2026-09-07", working=False, reason="停电")
        working = WorkingTime(HOURS, WorkCalendar())
        assert working.due(at("2026-09-04", "10:00"), Limit(1, TimeUnit.WORKING_DAYS)).at == at("2026-09-08", "18:00")

    def test_past_the_published_years_it_falls_back_and_says_so(self, working):
        due = working.due(at("2040-03-01", "10:00"), Limit(1, TimeUnit.WORKING_DAYS))
        assert due.assumed
        assert due.at == at("2040-03-02", "18:00")
        assert not working.due(at("2026-09-01", "10:00"), Limit(1, TimeUnit.WORKING_DAYS)).assumed


class TestStops:
    def test_an_open_stop_leaves_no_deadline(self, working):
        for unit in TimeUnit:
            assert working.due(at("2026-09-04", "09:00"), Limit(1, unit), [Stop(at("2026-09-04", "09:30"))]).at is None

    @given(
        start=st.integers(0, 60 * 24 * 9),
        hours=st.integers(1, 60),
        begin=st.integers(0, 60 * 24 * 9),
        length=st.integers(1, 60 * 48),
        unit=st.sampled_from([TimeUnit.HOURS, TimeUnit.WORKING_HOURS]),
    )
    def test_what_is_measured_until_the_deadline_is_the_limit(self, start, hours, begin, length, unit):
        calendar = WorkCalendar.__new__(WorkCalendar)
        calendar._corrections = {}
        working, origin = WorkingTime(HOURS, calendar), at("2026-09-01")
        first = origin + timedelta(minutes=start)
        stop = Stop(origin + timedelta(minutes=begin), origin + timedelta(minutes=begin + length))
        limit = Limit(hours, unit)
        due = working.due(first, limit, [stop]).at
        assert working.measure(first, due, [stop], working=limit.is_working) == timedelta(hours=hours)
        assert due >= working.due(first, limit).at
