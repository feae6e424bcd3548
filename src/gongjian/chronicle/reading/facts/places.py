"""Clauses → the place of which they speak: one of the registry, or what is named like a place."""

import re
import tomllib
from collections.abc import Collection
from functools import cache
from pathlib import Path

_HAN = r"[\u4e00-\u9fff]"
_STOP = (
    "在到于向与和对为将把从由给让使同往至进入赴、，的了区街道辖联合配合协助支援帮助指导组织位居及"
    "加快党沉地增强所提融积好各全该本此两处每个老旧"
)
_ROAD = r"路(?!街道|社区|小区|边|上|口|灯|面|段|人|线|网|由)|路与[^，]{1,8}?(?:街|路|大道)路口"
_STREET = r"大街|[^街]街(?!道|坊|区|头|面)|大道|胡同|巷"
_GROUND = r"家属院|小区|社区|广场(?!社区|小区)|公园(?!社区|小区)|花园(?!社区|小区|路|街)|大厦|新村|[一二三四五六]村"
_NAMED = re.compile(
    rf"(?:(?![{_STOP}]){_HAN}|\d){{1,8}}?(?:路\d*号院|街\d*号院|\d+号院|{_GROUND}|{_ROAD}|{_STREET})(?:\d+号楼|\d+号院)?"
)
_OPENS = re.compile(r"(?:在|到|于|为|将|对|与|进|赴|往|下沉|支援|配合|协助|联合|指导|向|帮助|驻|拆除|开放)(?P<rest>.+)")
_TABLE = Path(__file__).parents[1] / "tables" / "places.toml"


def place_in(text: str, known: Collection[str]) -> str | None:
    """A known place wins over one that is merely named like one; the later of two is the closer description."""
    registered = [name for name in known if name in text]
    if registered:
        return max(registered, key=len)
    opened = _OPENS.search(text)
    for part in [opened["rest"]] if opened else []:
        for found in _NAMED.finditer(part):
            if found[0] not in _generic() and len(found[0]) >= 3:
                return found[0]
    return None


@cache
def _generic() -> frozenset[str]:
    with _TABLE.open("rb") as file:
        return frozenset(tomllib.load(file)["generic"])
