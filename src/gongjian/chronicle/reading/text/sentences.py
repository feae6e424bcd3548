"""Blocks → sentences → clauses, with their positions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongjian.chronicle.reading.text.blocks import Block

_SENTENCE = re.compile(r"[^。！？；…]*[。！？；…]*[”』」）]?")
_CLAUSE = re.compile(r"[^，：]+")
_LEAD = re.compile(
    r"^[^\w【（①-⑳“《]*(?:【([^】]{2,16})】|(?:[一二三四五六七八九十]{1,2}|\d{1,2})(?:[、]|[.](?!\d))|（[一二三四五六七八九十\d]+）|[①-⑳]|[一二三四五六七八九十]是|[\u4e00-\u9fff]{0,8}讯（[^）]{2,24}）|（(?:记者|通讯员)[^）]{1,20}）|本报讯)?[^\w“《（]*"
)


@dataclass(frozen=True)
class Clause:
    text: str
    start: int
    """In its block."""

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True)
class Sentence:
    text: str
    start: int
    clauses: tuple[Clause, ...]
    label: str = ""
    """What stands in brackets before it: 【安全生产】."""

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def sentences(block: Block) -> Iterator[Sentence]:
    """Numbers and marks of a list before a sentence do not belong to it."""
    label = ""
    for found in _SENTENCE.finditer(block.text):
        lead = _LEAD.match(found[0])
        skipped = lead.end() if lead and lead.end() < len(found[0]) and not found[0].startswith(("“", "《", "‘", "（")) else 0
        label = (lead[1] if lead and skipped and lead[1] else "") or label
        text = found[0][skipped:]
        if text.strip("。！？；…” "):
            yield Sentence(text, found.start() + skipped, tuple(_clauses(text, found.start() + skipped)), label)


def _clauses(sentence: str, start: int) -> Iterator[Clause]:
    for found in _CLAUSE.finditer(sentence):
        text = found[0].rstrip("。！？；… ")
        if text:
            yield Clause(text, start + found.start())
