"""When each clause happened: by its own date, the one before it in the sentence or paragraph, or the report's."""

import re
from dataclasses import dataclass, replace
from datetime import date

from gongjian.chronicle.reading.facts.dates import When, breaks_off, dates, day_meant, means_the_year, years_of
from gongjian.chronicle.reading.text.blocks import Block, Form
from gongjian.chronicle.reading.text.sentences import Clause, Sentence

_SUMMARY = re.compile(r"小结|总结|月报|简报|汇总|动态|情况|台账|清单")
_DECISION = re.compile(r"(?:表彰|表扬|通报).*(?:决定|通报)|(?:决定|通报)$")
_LONGER = re.compile(r"[建完]成后|截至|累计|据了解|据悉|自.{2,12}以来")
_EVENT_MOST = 14
"""Paragraphs: a longer report tells of more than one event."""
_OPENING = 60
"""Characters that may stand before the day is named."""


@dataclass
class Periods:
    """`year` is the one spoken of last; `period` the month or quarter of a summary; `event` the day of one event."""

    year: int | None
    this_year: int | None = None
    """What 今年 means; None where the report does not say."""
    period: When | None = None
    event: When | None = None
    _carried: When | None = None
    _carried_for: object = None
    _spoken: When | None = None
    """The last day named, for 次日."""

    def begin_paragraph(self) -> None:
        self._carried = None

    def of_sentence(self, sentence: Sentence, *, is_row: bool) -> list[When | None]:
        """One for each clause."""
        if breaks_off(sentence.text):
            self._carried = None
        found: list[When | None] = []
        current: When | None = None
        for clause in sentence.clauses:
            current = self._own(clause) or current
            found.append(current)
        first = next((when for when in found if when), None)
        return [when or (first if is_row else None) for when in found]

    def _own(self, clause: Clause) -> When | None:
        inside = [when for when in dates(clause.text, self.year, self.this_year) if not _is_a_rule(clause.text, when)]
        for when in inside:
            self.year = when.year or self.year
        meant = None if inside else day_meant(clause.text, self._spoken or self.event)
        if meant:
            self._spoken = meant
            self.event = self.event and meant
            return meant
        if inside:
            self._spoken = next((when for when in inside if when.day is not None), self._spoken)
            return max(inside, key=lambda when: (when.month is not None, when.day is not None, -when.start))
        return When(self.this_year) if self.this_year and means_the_year(clause.text) else None

    def carried(self, when: When | None, doer: object, sentence: Sentence) -> When | None:
        """The date of a clause that has none of its own: it goes on being spoken of while the same one acts."""
        if when is not None:
            self._carried, self._carried_for = when, doer
            return when
        if self._carried and self._carried_for == doer:
            return self._carried
        if self.event and not breaks_off(sentence.text) and not _LONGER.search(sentence.text):
            return self.event
        return self.period


def _is_a_rule(text: str, when: When) -> bool:
    """2020年度重点工作, 30年, 2021年度先进集体 name no time at which something was done; 2020年 alone does."""
    return text[when.end : when.end + 2] in {"前后", "以前", "版本"} or text[: when.start].endswith(("建于", "成立于", "始于"))


def periods_of(blocks: list[Block], published: date | None, *, one_event: bool) -> Periods:
    this_year = published.year if published else _this_year(blocks)
    every = [year for block in blocks for year in years_of(block.text)]
    found = Periods(this_year or (every[0] if every else None), this_year)
    headings = [block.text for block in blocks[:6] if block.form is Form.HEADING]
    periods = (_month_or_quarter(text, found.year) or _year_of_decision(text) for text in headings)
    found.period = next(filter(None, periods), None)
    found.event = _event(blocks, found.year) if one_event else None
    return found


def _this_year(blocks: list[Block]) -> int | None:
    """The year in the title, the first words or the signature; else the only one that the report names."""
    first = next((i for i, block in enumerate(blocks) if block.form is Form.PARAGRAPH), 0)
    ends = [*blocks[: min(first + 1, 4)], *blocks[-2:]]
    near = [year for block in ends for year in years_of(block.text if block.form is Form.HEADING else block.text[:40])]
    every = {year for block in blocks for year in years_of(block.text)}
    return near[0] if near else every.pop() if len(every) == 1 else None


def _month_or_quarter(title: str, year: int | None) -> When | None:
    if not _SUMMARY.search(title):
        return None
    inside = [when for when in dates(title, year) if when.month is not None and when.day is None]
    return replace(inside[0], start=0, end=0) if inside else None


def _year_of_decision(title: str) -> When | None:
    """关于通报表扬2023年度先进单位的决定: what it tells was done in that year."""
    years = list(years_of(title)) if _DECISION.search(title) else []
    return When(years[0]) if len(years) == 1 else None


def _event(blocks: list[Block], year: int | None) -> When | None:
    """The day in the opening of a report that tells of one day only."""
    paragraphs = [block.text for block in blocks if block.form is Form.PARAGRAPH]
    if (
        not paragraphs
        or len(paragraphs) > _EVENT_MOST
        or any(_SUMMARY.search(b.text) for b in blocks[:3] if b.form is Form.HEADING)
    ):
        return None
    days = [(i, when) for i, text in enumerate(paragraphs) for when in dates(text, year) if when.day is not None]
    different = {str(when) for _, when in days}
    if len(different) != 1 or sum(map(len, paragraphs[: days[0][0]])) > _OPENING or days[0][1].start > 40 or days[0][1].until:
        return None
    return days[0][1]
