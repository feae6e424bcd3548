"""Figures of one report that cannot both be right: the same organization, thing and unit, and different numbers."""

import re
from collections import defaultdict

from gongjian.chronicle.reading.proposals import Contradiction, Proposal

_NUMBER = re.compile(
    r"[近约超逾达共计了]*[\d零一二两三四五六七八九十百千万][\d,.零一二两三四五六七八九十百千万]*[余多来]?[万亿]?[余多]?"
)
_THING = re.compile(r"[\u4e00-\u9fff]{2,3}$")
_AFTER = re.compile(r"^[\u4e00-\u9fff]{2}")


def contradictions(proposals: list[Proposal], text: str) -> list[Contradiction]:
    by_thing: dict[tuple[str, str, str, str], list[Proposal]] = defaultdict(list)
    for proposal in proposals:
        if proposal.quantity is not None and (thing := _thing(text[proposal.start : proposal.end], proposal.unit)):
            by_thing[proposal.organization, proposal.kind, proposal.unit, thing].append(proposal)
    return [
        Contradiction(key[0], key[3], several[0], other)
        for key, several in by_thing.items()
        for other in several[1:]
        if other.quantity != several[0].quantity and not _told_of_different_times(several[0], other)
    ]


def _thing(span: str, unit: str) -> str:
    """What is counted: the word before the number, as in 口罩500只."""
    for found in _NUMBER.finditer(span):
        if span[found.end() :].lstrip("个").startswith(unit):
            before = _THING.search(span[: found.start()])
            return before[0][-2:] if before else ""
    return ""


def _told_of_different_times(one: Proposal, other: Proposal) -> bool:
    return bool(one.when and other.when and str(one.when) != str(other.when))
