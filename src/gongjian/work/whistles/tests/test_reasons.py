"""How a due date was reached, as the page tells it."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gongjian.kernel import clock
from gongjian.work.whistles import services
from gongjian.work.whistles.models import Whistle
from gongjian.work.whistles.reasons import moment, why
from gongjian.work.whistles.selectors.reading import read_clocks
from gongjian.work.whistles.tests.factories import Cast, make_category, make_whistle

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2026, 11, 20, 16, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def cast(office: Any) -> Cast:
    return Cast()


def lines(whistle: Whistle, name: str) -> list[str]:
    read = read_clocks(whistle)
    assert read is not None
    return why(getattr(read, name))


class TestWhy:
    def test_working_days_leave_out_the_weekend(self, cast: Cast) -> None:
        with clock.set_to(FRIDAY):
            whistle = make_whistle(category=make_category("slow", resolution_amount=2, resolution_unit="working_days"))
        told = lines(whistle, "resolution")
        assert told[0].startswith("11月20日 16:00 起算，时限 2 工作日")
        assert "11月21日到11月22日：非工作日，不算。" in told
        assert "11月23日到11月24日：算 2 天。" in told
        assert told[-1] == "所以是 11月24日 18:00。"

    def test_working_hours_are_told_stretch_by_stretch(self, cast: Cast) -> None:
        with clock.set_to(FRIDAY):
            whistle = make_whistle(category=make_category("fast", response_amount=3, response_unit="working_hours"))
        told = lines(whistle, "response")
        assert "11月20日 16:00到11月20日 18:00：算 2 小时。" in told
        assert told[-1] == "所以是 11月23日 9:30。"

    def test_an_extension_is_told_last(self, cast: Cast) -> None:
        with clock.set_to(FRIDAY):
            whistle = cast.dispatched().whistle
            until = FRIDAY.replace(month=12)
            pause = services.ask_pause(cast.liaison, whistle=whistle, kind="extend", reason="等配件", until=until)
            services.decide_pause(cast.clerk, pause=pause, approved=True, words="同意")
        assert lines(Whistle.objects.get(), "resolution")[-1] == "后来批准延期到 12月20日 16:00。"

    def test_while_it_is_suspended_there_is_no_date(self, cast: Cast) -> None:
        with clock.set_to(FRIDAY):
            whistle = cast.dispatched().whistle
            until = FRIDAY.replace(month=12)
            pause = services.ask_pause(cast.liaison, whistle=whistle, kind="suspend", reason="等鉴定", until=until)
            services.decide_pause(cast.clerk, pause=pause, approved=True, words="同意")
            assert "停着钟" in lines(Whistle.objects.get(), "resolution")[-1]


class TestMoment:
    def test_midnight_belongs_to_the_day_that_it_ends(self) -> None:
        assert moment(datetime(2026, 12, 1, tzinfo=ZoneInfo("Asia/Shanghai"))) == "11月30日 24:00"
