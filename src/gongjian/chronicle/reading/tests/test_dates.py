from datetime import date

import pytest

from gongjian.chronicle.reading.facts.dates import dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020年7月30日，签署协议", "2020-07-30"),
        ("二〇二一年三月五日", "2021-03-05"),
        ("二〇二一年十一月", "2021-11"),
        ("2021年5月", "2021-05"),
        ("2020年度", "2020"),
        ("2022-03-05", "2022-03-05"),
        ("2022.9.15", "2022-09-15"),
        ("2022年3月至5月", "2022-03/2022-05"),
        ("4月1日至10日", "2024-04-01/2024-04-10"),
        ("7月4日、5日", "2024-07-04/2024-07-05"),
        ("8月11日至8月20日", "2024-08-11/2024-08-20"),
        ("2023年第三季度", "2023-07/2023-09"),
        ("去年12月", "2023-12"),
    ],
)
def test_a_date_is_as_precise_as_it_is_written(text, expected):
    assert str(dates(text, 2024, 2024)[0]) == expected


def test_a_day_without_a_known_year_stays_without_one():
    [when] = dates("7月30日", None)
    assert str(when) == "--07-30"
    assert when.days() is None


@pytest.mark.parametrize("text", ["2020年13月", "2月30日", "2600余小时", "纬五路12号院", "第3期"])
def test_what_cannot_be_a_date_is_none(text):
    assert all(when.month is None for when in dates(text, 2024))


def test_a_month_is_its_first_and_last_day():
    [when] = dates("2024年2月", None)
    assert when.days() == (date(2024, 2, 1), date(2024, 2, 29))
