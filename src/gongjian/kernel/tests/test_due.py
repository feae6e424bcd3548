from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from gongjian.kernel.due import due

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


class TestDue:
    def test_without_deadline_it_is_whenever(self):
        assert due(None, NOW).kind == "later"

    @pytest.mark.parametrize(
        ("late_by", "words"),
        [
            (timedelta(minutes=1), "逾期 1 小时"),
            (timedelta(hours=3), "逾期 3 小时"),
            (timedelta(hours=23, minutes=59), "逾期 23 小时"),
            (timedelta(days=1), "逾期 1 天"),
            (timedelta(days=9, hours=5), "逾期 9 天"),
        ],
    )
    def test_late_says_by_how_much(self, late_by, words):
        assert (due(NOW - late_by, NOW).kind, due(NOW - late_by, NOW).words) == ("late", words)

    def test_today_says_the_time(self):
        assert due(NOW.replace(hour=11, minute=40), NOW).words == "11:40 到点"

    def test_midnight_belongs_to_the_day_that_it_ends(self):
        midnight = NOW.replace(hour=0) + timedelta(days=1)
        assert (due(midnight, NOW).kind, due(midnight, NOW).words) == ("today", "24:00 到点")
        assert due(midnight + timedelta(minutes=1), NOW).words == "明天"
        assert due(midnight + timedelta(days=1), NOW).words == "明天"

    def test_the_day_is_the_one_in_the_office_not_in_utc(self):
        early = NOW.replace(hour=7).astimezone(ZoneInfo("UTC"))
        assert due(early, NOW.replace(hour=6)).kind == "today"

    def test_within_a_week_says_the_weekday(self):
        assert due(NOW + timedelta(days=2), NOW).words == "星期三"
        assert due(NOW + timedelta(days=7), NOW).words == "11月30日"

    def test_english(self):
        with translation.override("en"):
            assert due(NOW + timedelta(days=2), NOW).words == "Wed"
