"""Clauses → what kind of deed they tell, by the words of `tables/deeds.toml`."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from gongjian.ledger.catalogue import shipped_kinds

_TABLE = Path(__file__).parents[1] / "tables" / "deeds.toml"
_CLEAR = 3.5
"""A rule of this weight speaks even where the figure stands in none of its units."""
_STRONG = 5.5
_TAKES_ITS_SETTING = frozenset({"volunteering", "other"})
_EPIDEMIC = re.compile("疫情|防疫|抗疫|战疫|疫线|“疫”|核酸|封控|隔离|大白|下沉")
_BACKGROUND = re.compile(
    r"现有(?:党员|职工|员工|在职|教职|居民|在校)|下设|辖区(?:总)?面积|占地|常住人口|户籍|总人口|共有居民|(?:有|共)居民\d+[余多]?户|(?:始建于|建于|成立于)|(?<![将把])(?:位于|地处|坐落于)|予以表彰|进行了?表彰|表彰了"
    r"|下辖|辖\d|积水最深|最深处|被困(?!群众)|营业面积|建筑面积\d|注册资[金本]|年产值|在册|^(?:这|该).{0,8}(?:原是|原为|曾是)|原(?:是|为).{0,20}的"
    r"|(?:台账|记有|记下|记录在册|事迹)[^，]{0,8}\d+[余多]?条|\d+条只有自报|\d+家单位参与共建"
)
_NOT_DONE = re.compile(
    r"^(?:下一步|今后|未来|接下来|明年|下阶段|下步)|计划(?!生育|书)(?:.{0,6}(?:投|建|开|组|捐|安|新|再|于))|[拟将](?:于|投资|投入|建设|继续|进一步|不断|持续|陆续)|预计|力争|打算|争取(?:在|于|到|早日)|有望"
)
_NO_CHANGE = re.compile(r"(?:没有|尚未|未能|未曾|暂未|暂时没|不再)")


@dataclass(frozen=True)
class Rule:
    kind: str
    category: str
    words: re.Pattern[str]
    units: frozenset[str]
    weight: float
    alone: re.Pattern[str] | None


@cache
def _table() -> dict[str, Any]:
    with _TABLE.open("rb") as file:
        return tomllib.load(file)


@cache
def rules() -> tuple[Rule, ...]:
    rows = _table()["deed"]
    categories = {kind["code"]: kind["category"] for kind in shipped_kinds()}
    return tuple(
        Rule(
            row["kind"],
            categories[row["kind"]],
            re.compile(row["words"]),
            frozenset(row["units"]),
            row["weight"],
            re.compile(row["alone"]) if "alone" in row else None,
        )
        for row in rows
    )


def rule_for(unit: str, *texts: str) -> Rule | None:
    """What a figure in `unit` counts: by the nearest of `texts` that says anything, the clause first."""
    for text in texts:
        speaking = _speaking(text)
        if found := [rule for rule in speaking if unit in rule.units] or [rule for rule in speaking if rule.weight >= _CLEAR]:
            return max(found, key=lambda rule: rule.weight)
    return None


def says_what(unit: str, text: str, *, clearly: bool = False) -> bool:
    """Does `text` itself tell what a figure in `unit` counts?"""
    return any(unit in rule.units and (rule.weight >= _STRONG or not clearly) for rule in _speaking(text))


@lru_cache(maxsize=512)
def _speaking(text: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules() if rule.words.search(text))


def in_setting(rule: Rule | None, unit: str, *around: str) -> Rule | None:
    """What was done against an epidemic is told so, where the clause itself only says that somebody served."""
    if rule is not None and rule.category not in _TAKES_ITS_SETTING:
        return rule
    if not any(_EPIDEMIC.search(text) for text in around):
        return rule
    kind = "epidemic-hours" if unit == "小时" else "epidemic-people"
    return next(rule for rule in rules() if rule.kind == kind)


def rules_alone(text: str) -> list[Rule]:
    """Deeds that `text` tells without a figure, the weightiest first, one of each category."""
    found = sorted((rule for rule in rules() if rule.alone and rule.alone.search(text)), key=lambda rule: -rule.weight)
    return [rule for i, rule in enumerate(found) if rule.category not in {earlier.category for earlier in found[:i]}]


def uncounted_kind(category: str) -> str | None:
    """The kind for a deed of which only the category is known. None for space, of which every kind is counted."""
    found: str | None = _table()["uncounted"].get(category)
    return found


def is_category(name: str) -> bool:
    return any(rule.category == name for rule in rules())


def is_background(text: str) -> bool:
    """How large somebody is, or when something was built: no deed."""
    return bool(_BACKGROUND.search(text))


def is_not_done(text: str) -> bool:
    """Planned, hoped for, denied."""
    return bool(_NOT_DONE.search(text) or _NO_CHANGE.search(text))
