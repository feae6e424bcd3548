from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from gongjian.desk.templatetags.shell import spoken
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

    def test_the_last_minute_of_today_is_today_and_the_next_is_tomorrow(self):
        last = NOW.replace(hour=23, minute=59)
        assert due(last, NOW).kind == "today"
        assert due(last + timedelta(minutes=1), NOW).words == "明天"

    def test_the_day_is_the_one_in_the_office_not_in_utc(self):
        early = NOW.replace(hour=7).astimezone(ZoneInfo("UTC"))
        assert due(early, NOW.replace(hour=6)).kind == "today"

    def test_within_a_week_says_the_weekday(self):
        assert due(NOW + timedelta(days=2), NOW).words == "星期三"
        assert due(NOW + timedelta(days=7), NOW).words == "11月30日"

    def test_english(self):
        with translation.override("en"):
            assert due(NOW + timedelta(days=2), NOW).words == "Wed"


class TestSpoken:
    @pytest.mark.parametrize(
        ("count", "words"),
        [(1, "一"), (2, "两"), (9, "九"), (10, "十"), (12, "十二"), (20, "二十"), (99, "九十九"), (137, "137")],
    )
    def test_as_one_says_it(self, count, words):
        assert spoken(count) == words

    def test_in_english_a_figure(self):
        with translation.override("en"):
            assert spoken(2) == "2"
