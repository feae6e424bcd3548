"""Rows of the hotline's sheet: read, or refused with a reason; never an error, never evaluated."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongjian.kernel.errors import Invalid
from gongjian.work.whistles.hotline.reading import rows_of
from gongjian.work.whistles.hotline.rows import Names, read_row, report_of, text_of
from gongjian.work.whistles.tests.sheets import make_row, make_sheet

NAMES = Names({}, {})
FIRST = datetime(2024, 1, 1)  # noqa: DTZ001
CELLS = st.one_of(
    st.none(), st.text(max_size=30), st.integers(), st.floats(), st.booleans(), st.datetimes(), st.dates(), st.times()
)


@settings(suppress_health_check=list(HealthCheck), deadline=None)
@given(st.lists(CELLS, min_size=10, max_size=10))
def test_any_row_is_read_or_has_a_reason(values: list[Any]) -> None:
    with override("zh-hans"):
        read = read_row(7, values, NAMES)
    assert read["row"] == 7
    assert all(isinstance(cell, str) for cell in read["cells"])
    if not read["why"]:
        assert report_of(read, {}, {}).text == read["cells"][2]
        assert not any(isinstance(value, str) and value.startswith("=") for value in values)


@settings(deadline=None)
@given(st.integers(0, 60 * 24 * 700).map(lambda minutes: timedelta(minutes=minutes) + FIRST))
def test_a_time_is_read_however_it_is_written(moment: datetime) -> None:
    forms = ["%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M:%S", "%Y年%m月%d日 %H:%M"]
    read = [read_row(1, make_row(said_at=value), NAMES)["at"] for value in (moment, *(moment.strftime(f) for f in forms))]
    assert set(read) == {f"{moment.isoformat()}+08:00"}


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"text": ""}, "请写几个字"),
        ({"text": "=1+1+1+1"}, "公式"),
        ({"spot": '=HYPERLINK("http://evil")'}, "公式"),
        ({"spot": "#REF!"}, "错误值"),
        ({"phone": "12345"}, "电话号码不对"),
        ({"longitude": 113.6}, "坐标不对"),
        ({"place": "不存在社区"}, "没有“不存在社区”"),
        ({"said_at": "前天"}, "看不懂"),
        ({"said_at": "2999-01-01"}, "不能晚于现在"),
        ({"number": 1234567890123456789}, "末几位已经丢失"),
        ({"number": "9" * 61}, "太长"),
    ],
)
def test_what_is_wrong_is_said(cells: dict[str, Any], why: str) -> None:
    with override("zh-hans"):
        assert why in read_row(1, make_row(**cells), NAMES)["why"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (13800000000.0, "13800000000"),
        (12, "12"),
        (None, ""),
        (" 甲\x00 ", "甲"),
        (date(2026, 3, 2), "2026-03-02"),
        (1.5, "1.5"),
    ],
)
def test_a_cell_is_what_it_shows(value: Any, text: str) -> None:
    assert text_of(value) == text


class TestTitles:
    def rows(self, *args: Any, **kwargs: Any) -> list[Any]:
        return list(rows_of(make_sheet(*args, **kwargs).read()))

    def test_in_any_order_below_other_lines(self) -> None:
        titles = ["内容", "别的", "工单编号", "反映时间", "社区", "具体位置", "反映人", "电话", "类别"]
        ((number, values),) = self.rows([["垃圾没清", "x", "A-1"], [None, ""]], titles, above=[["某市热线"], []])
        assert (number, values[0], values[2], values[8]) == (4, "A-1", "垃圾没清", None)

    def test_what_is_missing_is_listed(self) -> None:
        with override("zh-hans"), pytest.raises(Invalid, match="缺少这些列：反映时间、电话。"):
            self.rows([], ["工单编号", "内容", "社区", "具体位置", "反映人", "类别"])

    def test_what_is_no_sheet_is_refused(self) -> None:
        with pytest.raises(Invalid):
            list(rows_of(b"PK\x03\x04 nothing"))
