"""Clauses → quantities: 近2万元, 2600余小时, 三十多户, 首台. 万 and 亿 are resolved, how exact it is stays."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path

from gongjian.kernel.quantities import Approximation

_TABLE = Path(__file__).parents[1] / "tables" / "units.toml"
_CHINESE = "零〇一二两三四五六七八九十百千万亿半"
_BEFORE = {
    Approximation.NEARLY: ["将近", "接近", "近"],
    Approximation.OVER: ["不少于", "不低于", "超过", "突破", "至少", "超", "逾", "上"],
    Approximation.ABOUT: ["大约", "大概", "约"],
}
_AFTER = {Approximation.OVER: ["以上", "余", "多"], Approximation.ABOUT: ["左右", "上下", "来"]}
_NOT_BEFORE = re.compile(r"(?:附|最|临|靠|远|亲|节|公|契|预|制|条|大|合|负)$")
_SKIPPED_BEFORE = re.compile(r"(?:一行|第|[A-Za-z]|每[天日周月年]|每个月|每户|每人|每次|每|年|月|人均)$")
_FREQUENT = re.compile(r"(?:每[天日周月年]|每个?月|每季度?|每周|每学期|每户|每人|每次|早晚)[^，]{0,4}$")
_NOT_AFTER_GE = re.compile(
    r"(?:月|工作日|方面|环节|阶段|百分点|年|季度|字|党支部|支部|社区|部门|科室|小区|街道|村|维|学雷锋|星期|多月|时段|小组)"
)
_ONE_COUNTS = frozenset(["场", "支", "台", "部", "处", "间", "座", "所", "套", "次", "辆"])
_ROUND = frozenset("一百千万亿十两")
_REPEATED = frozenset({"次", "场", "轮", "趟", "小时", "期"})
_SELDOM_COUNTED = frozenset({"批", "期", "面", "首", "组", "班", "对", "单", "节"})
_FIRST = re.compile("首(?P<unit>[台部座支间处家])")
_QUOTED = re.compile("“[^”]{1,14}”|《[^》]*》|‘[^’]{1,14}’")


@dataclass(frozen=True)
class Amount:
    """`value` in whole units (万 resolved); `start` and `end` in the text it was found in."""

    value: Decimal
    unit: str
    approximation: str
    start: int
    end: int

    @property
    def ledger_unit(self) -> str:
        """The code of `kernel.quantities.Unit`, or empty."""
        return units()[self.unit][1]


@cache
def units() -> dict[str, tuple[str, str]]:
    """Word → (the name it is given, the ledger's code)."""
    with _TABLE.open("rb") as file:
        rows = tomllib.load(file)["unit"]
    return {word: (row.get("name", word), row.get("ledger", "")) for row in rows for word in row["words"]}


@cache
def _pattern() -> re.Pattern[str]:
    before = "|".join(word for words in _BEFORE.values() for word in words)
    words = "|".join(re.escape(word) for word in sorted(units(), key=len, reverse=True))
    return re.compile(
        rf"(?P<before>{before})?"
        rf"(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|[{_CHINESE}]+)"
        r"(?P<more>[余多来])?(?P<scale>[十百千万亿]+(?![米克]))?(?P<more2>[余多来])? ?(?P<each>个?多?)"
        rf"(?P<unit>{words})(?P<after>以上|左右|上下|多)?"
    )


def amounts(text: str) -> list[Amount]:
    quoted = [found.span() for found in _QUOTED.finditer(text)]
    found = [amount for amount in _all(text) if not any(a <= amount.start and amount.end <= b for a, b in quoted)]
    return sorted(found, key=lambda amount: amount.start)


def _all(text: str) -> Iterator[Amount]:
    for found in _pattern().finditer(text):
        value = _value(found["number"], found["scale"] or "")
        if value is not None and value > 0 and _is_counted(text, found):
            name = units()[found["unit"]][0]
            yield Amount(value, name, _approximation(text, found), found.start(), found.end())
    for found in _FIRST.finditer(text):
        yield Amount(Decimal(1), found["unit"], Approximation.EXACT, found.start(), found.end())


def _is_counted(text: str, found: re.Match[str]) -> bool:
    """Not an ordinal, a frequency, a measure of size, a turn of phrase."""
    ahead, behind, unit, number = text[: found.start()], text[found.end() :], found["unit"], found["number"]
    refused = (
        _SKIPPED_BEFORE.search(ahead) and unit not in {"人次", "份"},
        number in _ROUND and not _stands_for_a_number(found, ahead),
        unit == "个" and (_NOT_AFTER_GE.match(behind) or number == "一"),
        unit in _REPEATED and _FREQUENT.search(ahead),
        unit == "小时" and (number == "24" or behind.startswith(("热线", "内", "轮班", "值班"))),
        unit in _SELDOM_COUNTED and not number[0].isdigit(),
        unit == "小时" and number in {"一", "两", "半"},
        unit == "门" and behind.startswith(("岗", "店", "面", "诊", "卫", "口", "前", "头")),
        unit in {"米", "平方"} and behind.startswith(("高", "深", "宽", "长", "外", "内", "处", "线")),
    )
    return not any(refused)


def _stands_for_a_number(found: re.Match[str], ahead: str) -> bool:
    number = found["number"]
    if number == "一":
        return found["unit"] in _ONE_COUNTS and not ahead.endswith(
            ("同", "这", "那", "某", "每", "再", "又", "进", "第", "有", "任")
        )
    if number == "两":
        return not ahead.endswith(("这", "那"))
    return bool(found["before"] or found["more"]) if number != "十" else True


def _approximation(text: str, found: re.Match[str]) -> str:
    after = found["after"] or found["more2"] or found["more"] or found["each"].replace("个", "")
    for kind, words in _AFTER.items():
        if after in words:
            return kind
    before = found["before"]
    if before and not (before in {"近", "约", "超"} and _NOT_BEFORE.search(text[: found.start()])):
        return next(kind for kind, words in _BEFORE.items() if before in words)
    return Approximation.EXACT


@lru_cache(maxsize=4096)
def _value(number: str, scale: str) -> Decimal | None:
    base = Decimal(number.replace(",", "")) if number[0].isdigit() else _chinese_value(number)
    return None if base is None else base * _scale(scale)


def _scale(scale: str) -> Decimal:
    powers = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
    product = Decimal(1)
    for character in scale:
        product *= powers[character]
    return product


def _chinese_value(number: str) -> Decimal | None:
    import cn2an

    if number[0] in "百千万亿":
        number = f"一{number}"
    try:
        return Decimal(str(cn2an.cn2an(number, "smart")))
    except ValueError:
        return None
