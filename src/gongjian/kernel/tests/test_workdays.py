from datetime import date

import pytest

from gongjian.kernel.models import CalendarDay
from gongjian.kernel.workdays import WorkCalendar

pytestmark = pytest.mark.django_db


class TestIsWorkday:
    @pytest.mark.parametrize(
        ("day", "working"),
        [
            (date(2020, 1, 31), False),  # the Spring Festival, prolonged by the epidemic
            (date(2020, 2, 3), True),
            (date(2020, 5, 9), True),  # a make-up Saturday for Labor Day
            (date(2020, 10, 1), False),
            (date(2020, 7, 30), True),
            (date(2020, 7, 25), False),
        ],
    )
    def test_2020_by_the_state_councils_calendar(self, day: date, working: bool) -> None:
        assert WorkCalendar().is_workday(day) is working

    def test_2026_has_its_holidays_and_make_up_days(self) -> None:
        calendar = WorkCalendar()
        if not calendar.is_published(date(2026, 1, 1)):
            pytest.skip("this version of the calendar ends before 2026")
        assert not calendar.is_workday(date(2026, 10, 1))
        year = [date.fromordinal(date(2026, 1, 1).toordinal() + offset) for offset in range(365)]
        assert [day for day in year if day.weekday() >= 5 and calendar.is_workday(day)]

    def test_beyond_the_published_years_monday_to_friday_and_it_says_so(self) -> None:
        calendar, friday, saturday = WorkCalendar(), date(2049, 10, 1), date(2049, 10, 2)
        assert calendar.is_workday(friday)
        assert not calendar.is_workday(saturday)
        assert not calendar.is_published(friday)

    def test_the_offices_own_table_comes_first(self) -> None:
        CalendarDay.objects.create(day=date(2020, 7, 30), working=False, reason="全市停工")
        CalendarDay.objects.create(day=date(2049, 10, 2), working=True, reason="调休")
        calendar = WorkCalendar()
        assert not calendar.is_workday(date(2020, 7, 30))
        assert calendar.is_workday(date(2049, 10, 2))


class TestAdd:
    def test_a_holiday_week_is_jumped_over(self) -> None:
        assert WorkCalendar().add(date(2020, 9, 30), 1) == date(2020, 10, 9)

    def test_make_up_saturdays_count(self) -> None:
        assert WorkCalendar().add(date(2020, 9, 30), 2) == date(2020, 10, 10)

    def test_no_days_is_the_same_day(self) -> None:
        assert WorkCalendar().add(date(2020, 10, 1), 0) == date(2020, 10, 1)


class TestBetween:
    def test_both_ends_count(self) -> None:
        assert WorkCalendar().between(date(2020, 7, 27), date(2020, 7, 31)) == 5

    def test_reversed_is_none(self) -> None:
        assert WorkCalendar().between(date(2020, 7, 31), date(2020, 7, 27)) == 0

    def test_it_is_the_inverse_of_adding(self) -> None:
        calendar, start = WorkCalendar(), date(2020, 1, 17)
        for count in range(1, 30):
            assert calendar.between(start, calendar.add(start, count)) == count + calendar.is_workday(start)


def test_the_calendar_is_read_in_one_query(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):
        WorkCalendar().add(date(2020, 1, 1), 200)
