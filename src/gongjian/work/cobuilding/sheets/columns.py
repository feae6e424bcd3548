"""The columns of the lists. What goes out can come in again."""

from collections.abc import Iterator, Mapping
from typing import Any

from gongjian.kernel.quantities import CHINESE
from gongjian.kernel.sheets import cells
from gongjian.kernel.sheets.kinds import Column, Row
from gongjian.registry.models import Organization, Place
from gongjian.work.cobuilding.kinds import DEEDS, Condition, Kind, Weekday
from gongjian.work.cobuilding.models import Listing

PLACE, UNIT_NAME, TITLE, KIND, QUANTITY, UNIT = "地方", "共建单位", "名称", "类别", "数量", "单位"
DETAILS, LEAST, FROM, UNTIL, DAYS, BEGIN, END = "说明", "一次至少", "从哪天起", "到哪天止", "周几", "几点起", "几点止"
CONDITIONS, FARTHEST, NEED, DUE = "条件", "最远多少米", "需求编号", "哪天前办到"

WHAT = (
    Column(TITLE, "一看就懂的名称，不超过 60 个字。", "折叠椅", 24),
    Column(KIND, "场地、人员和技能、物资、资金、车辆、服务。", "物资", 12),
    Column(QUANTITY, "大于零；按件、按人数的写整数。", "40", 8),
    Column(UNIT, "和类别对得上的单位。", "件", 8),
    Column(FROM, "空着就是今天。", "2026-03-02", 12, optional=True),
    Column(UNTIL, "空着就是长期。", "2026-06-30", 12, optional=True),
    Column(DAYS, "用顿号隔开；空着就是哪天都行。", "周二、周四", 14, optional=True),
    Column(BEGIN, "和“几点止”一起写。", "09:00", 8, optional=True),
    Column(END, "晚于“几点起”。", "11:30", 8, optional=True),
    Column(CONDITIONS, "用顿号隔开，写法看“可以这样写”。", "免费、送货上门", 20, optional=True),
    Column(LEAST, "比这还零碎就不要的。", "", 8, optional=True),
    Column(DETAILS, "不超过 500 个字。", "", 30, optional=True),
)
NEEDS = (
    Column(PLACE, "社区或楼院，写名称或代码。", "通信花园社区", 16),
    *WHAT,
    Column(FARTHEST, "空着就是不限。", "", 10, optional=True),
)
OFFERS = (
    Column(UNIT_NAME, "登记过的单位，全称或别名。", "省实验小学", 20),
    *WHAT,
    Column(PLACE, "在哪里；送到哪里都行的空着。", "", 16, optional=True),
)
CLAIMS = (
    Column(NEED, "需求清单导出表第一列的编号。", "12", 10),
    Column(UNIT_NAME, "登记过的单位，全称或别名。", "省实验小学", 20),
    Column(QUANTITY, "不超过还剩的数量。", "10", 8),
    Column(DUE, "空着就是不限。", "", 12, optional=True),
)

KINDS: Mapping[str, str] = {
    "场地": Kind.SPACE,
    "人员和技能": Kind.PEOPLE,
    "物资": Kind.GOODS,
    "资金": Kind.FUNDS,
    "车辆": Kind.VEHICLE,
    "服务": Kind.SERVICE,
}
"""Sheets are Chinese in every language."""
CONDITION_NAMES = {
    "免费": Condition.FREE,
    "无障碍": Condition.ACCESSIBLE,
    "在一楼或有电梯": Condition.GROUND_FLOOR,
    "送货上门": Condition.DELIVERED,
    "持证或有资质": Condition.QUALIFIED,
    "适合未成年人": Condition.CHILDREN,
    "节假日也行": Condition.WEEKEND,
}
DAY_NAMES = {f"周{name}": Weekday(number) for number, name in enumerate("一二三四五六日", start=1)}
UNIT_NAMES = {CHINESE[unit]: unit for _kind, unit in DEEDS}


def choices() -> Iterator[tuple[str, str]]:
    """What may be written, as of the kinds."""
    yield from ((KIND, name) for name in KINDS)
    yield from (
        (UNIT, f"{name}（{'、'.join(kind for kind, code in KINDS.items() if (code, unit) in DEEDS)}）")
        for name, unit in UNIT_NAMES.items()
    )
    yield from ((CONDITIONS, name) for name in CONDITION_NAMES)


def _kinds_counted_in(unit: str) -> list[str]:
    return [name for name, kind in KINDS.items() if (kind, unit) in DEEDS]


def names_of_place(place: Place) -> tuple[str, ...]:
    return place.code, place.name, place.official_name, place.name.removesuffix("社区")


def names_of_organization(organization: Organization) -> list[str]:
    return [organization.name, organization.short_name, *(alias.name for alias in organization.aliases.all())]


def several(row: Row, title: str, names: Mapping[str, Any]) -> list[Any]:
    """What the cell names, one after another. Raises Invalid for a word that names nothing."""
    words = [word for word in row.cells[title].replace(",", "、").replace("，", "、").split("、") if word.strip()]
    found = [cells.one_of(Row(row.number, {title: word.strip()}), title, names) for word in words]
    return [str(one) if isinstance(one, Condition) else int(one) for one in found if one is not None]


def written(listing: Listing) -> list[Any]:
    """The cells of WHAT."""
    kinds = {str(code): name for name, code in KINDS.items()}
    days = {int(number): name for name, number in DAY_NAMES.items()}
    conditions = {str(code): name for name, code in CONDITION_NAMES.items()}
    return [
        listing.title,
        kinds[listing.kind],
        listing.quantity.normalize(),
        CHINESE[listing.unit],
        listing.from_day,
        listing.until_day or "",
        "、".join(days[number] for number in listing.weekdays),
        f"{listing.hours_from:%H:%M}" if listing.hours_from else "",
        f"{listing.hours_to:%H:%M}" if listing.hours_to else "",
        "、".join(conditions[code] for code in listing.conditions),
        listing.at_least.normalize() if listing.at_least else "",
        listing.details,
    ]
