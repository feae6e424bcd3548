"""What names of organizations look like, and when a short one may mean a long one."""

import re
import tomllib
from collections import Counter
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

_TABLE = Path(__file__).parents[1] / "tables" / "names.toml"
LONGEST = 30
_NAME_LED = re.compile(
    r"^(?P<before>.{0,14}?)(?:成员单位|共建单位|驻街单位|驻区单位|驻地单位|驻社区单位|帮扶单位|包联单位|结对单位|包保单位|爱心企业|爱心商家|爱心商户|辖区企业|辖区单位|驻区企业|下沉单位|辖区内的?|辖区)(?:之一)?(?:的)?[、，]?(?=[\u4e00-\u9fff]{4})"
)
_PARTY = re.compile("(?<=...)(?:机关)?(?:党支部|党总支|党委|党组|支部|工会|团委)$")
"""A unit's party organization goes by the type of the unit."""
_REGION = re.compile(r"^(?:[\u4e00-\u9fff]{2,3}省|[\u4e00-\u9fff]{2,3}市|[\u4e00-\u9fff]{2,3}(?:区|县))+")


@cache
def table() -> dict[str, Any]:
    with _TABLE.open("rb") as file:
        return tomllib.load(file)


@cache
def _stops() -> re.Pattern[str]:
    """What ends a name."""
    return re.compile("|".join(table()["stops"]))


@cache
def _not_names() -> frozenset[str]:
    return frozenset(table()["not_names"])


@cache
def _endings() -> dict[str, str]:
    """Ending → type."""
    return {ending: kind for kind, endings in table()["types"].items() for ending in endings}


@cache
def _cut_endings() -> tuple[str, ...]:
    """Endings that contain a word that would end a name: 街道社区卫生服务中心."""
    return tuple(ending for ending in _endings() if _stops().search(ending))


@cache
def _longest_ending() -> int:
    return max(map(len, _endings()))


def _ending(name: str) -> str:
    lengths = range(min(len(name), _longest_ending()), 0, -1)
    return next((name[-length:] for length in lengths if name[-length:] in _endings()), "")


@lru_cache(maxsize=8192)
def type_of(name: str) -> str:
    """bank, school, hospital …; empty where the name does not end like an organization's."""
    return _endings().get(_ending(_PARTY.sub("", name)) or _ending(name), "")


def is_name(text: str) -> bool:
    """Could `text`, whole, be the name of one organization?"""
    return 3 <= len(text) <= LONGEST and text not in _not_names() and bool(type_of(text)) and not _stops().search(_core(text))


def is_generic(name: str) -> bool:
    """A mere ending, such as 服务站: it stands for one that was named whole."""
    return name in _endings()


def _core(name: str) -> str:
    """Without the ending, which may itself contain a word that would end a name."""
    return name.removesuffix(_ending(name))


def name_at(text: str) -> tuple[str, int] | None:
    """The organization's name with which `text` begins (after 辖区企业 and the like), and where it ends."""
    start = led_by(text)
    run = text[start : start + LONGEST]
    stop = _stops().search(run)
    limit = stop.start() if stop else len(run)
    limit = _widened(run, limit)
    for end in range(limit, 2, -1):
        if type_of(run[:end]) and run[:end] not in _not_names():
            return run[:end], start + end
    return None


def _widened(run: str, limit: int) -> int:
    for ending in _cut_endings():
        at = run.find(ending, max(0, limit - len(ending) + 1))
        if at != -1 and at < limit < at + len(ending):
            return at + len(ending)
    return limit


def led_by(text: str) -> int:
    """Where the name begins after 辖区企业, 街道大工委成员单位 and the like; 0 where nothing of the kind stands before it."""
    found = _NAME_LED.match(text)
    return found.end() if found and not _stops().search(found["before"]) else 0


@lru_cache(maxsize=16384)
def may_mean(short: str, full: str) -> bool:
    """Is `short` (省建行) a way to call `full` (中国建设银行股份有限公司河南省分行)? By the characters they share."""
    if short == full:
        return True
    short, full = _spelled_out(short), _spelled_out(full)
    if len(short) > len(full):
        short, full = full, short
    kinds = type_of(short), type_of(full)
    if kinds[0] and kinds[1] and kinds[0] != kinds[1]:
        return False
    if {"street", "community"} & set(kinds):
        return full.endswith(short) and _REGION.sub("", full).endswith(_REGION.sub("", short) or short)
    return len(short) >= 3 and not Counter(short) - Counter(full) and _shared_run(short, full)


def _shared_run(short: str, full: str) -> bool:
    """At least two characters of the short name stand side by side in the long one, its numbers too."""
    core = _REGION.sub("", short) or short
    return any(core[i : i + 2] in full for i in range(len(core) - 1))


def _spelled_out(name: str) -> str:
    for short, full in table()["short"].items():
        if short in name and full not in name:
            name = name.replace(short, full)
    return name


def stand_in_at(text: str) -> tuple[str, frozenset[str]] | None:
    """The word for an organization named before with which `text` begins, and the types that it may stand for."""
    found = _stand_in_pattern().match(text)
    return (found[0], _stand_ins()[found[0]]) if found else None


@cache
def _stand_in_pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_stand_ins(), key=len, reverse=True)))


@cache
def _stand_ins() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for kind, words in table()["stand_ins"].items():
        for word in words:
            found.setdefault(word, set()).add(kind)
    return {word: frozenset(kinds) for word, kinds in found.items()}
