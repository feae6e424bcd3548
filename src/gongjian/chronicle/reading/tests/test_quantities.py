from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.chronicle.reading.facts.quantities import amounts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("退回商户押金近2万元", (20000, "元", "nearly")),
        ("累计时长达2600余小时", (2600, "小时", "over")),
        ("投资60余万元", (600000, "元", "over")),
        ("物资价值2万多元", (20000, "元", "over")),
        ("三十多户家庭参加", (30, "户", "over")),
        ("接收隔离人员近千名", (1000, "名", "nearly")),
        ("接待居民健身近1.5万人次", (15000, "人次", "nearly")),
        ("一楼两户底商", (2, "户", "exact")),
        ("面积约90㎡", (90, "平方米", "about")),
        ("志愿服务超过1,200小时", (1200, "小时", "over")),
        ("覆盖居民1500人左右", (1500, "人", "about")),
        ("线缆约2.4公里", (Decimal("2.4"), "公里", "about")),
        ("改造线路3.2千米", (Decimal("3.2"), "千米", "exact")),
        ("全市首台自筹资金加装的电梯", (1, "台", "exact")),
        ("捐资一亿二千万元", (120000000, "元", "exact")),
    ],
)
def test_a_figure_is_read_with_its_unit_and_how_exact_it_is(text, expected):
    [found] = amounts(text)
    assert (found.value, found.unit, found.approximation) == expected


@pytest.mark.parametrize(
    "text",
    [
        "第3名",
        "“三项工程、一项管理”",
        "花园路75号院",
        "2020年7月30日",
        "每月走访一次",
        "24小时热线",
        "一个社区",
        "百岁生日",
        "三个方面",
        "万家灯火",
    ],
)
def test_ordinals_names_and_turns_of_phrase_are_no_figures(text):
    assert amounts(text) == []


def test_each_figure_of_a_list_is_read():
    found = amounts("捐赠空调2台、桌椅40套，图书500册")
    assert [(int(a.value), a.unit) for a in found] == [(2, "台"), (40, "套"), (500, "册")]


@given(value=st.integers(2, 9_999_999), unit=st.sampled_from(["元", "平方米", "小时", "户", "人次", "件"]))
def test_whatever_number_is_written_is_the_number_read(value, unit):
    [found] = amounts(f"共捐{value}{unit}")
    assert (found.value, found.unit) == (value, unit)


@given(value=st.integers(2, 9999), unit=st.sampled_from(["元", "户", "件"]))
def test_ten_thousands_are_resolved(value, unit):
    [found] = amounts(f"约{value}万{unit}")
    assert (found.value, found.approximation) == (value * 10_000, "about")
