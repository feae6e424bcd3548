"""Sentences about deeds, as runs that know their sources."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from urllib.parse import urlencode

from django.urls import reverse

from gongjian.chronicle.writing.document import Paragraph, Run, Source
from gongjian.chronicle.writing.gathering import Doer, Gathered, OfOneKind
from gongjian.chronicle.writing.rhetoric import Rhetoric, lacks_subject
from gongjian.chronicle.writing.subjects import Subject
from gongjian.ledger.models import Deed, Level
from gongjian.ledger.models.deeds import Category
from gongjian.ledger.telling import DATE, pieces, plain, when

SHORT = 20
"""Sentences of up to so many characters may be joined by a semicolon."""

Item = Deed | OfOneKind
"""What one sentence tells: a deed, or the sum of many."""


class Teller:
    """Tells what one doer did. It remembers the last date it said, so that none is repeated and none is left out."""

    def __init__(self, subject: Subject, doer: Doer, rhetoric: Rhetoric) -> None:
        self._subject, self._doer, self._rhetoric = subject, doer, rhetoric
        self._said: Deed | None = None
        self._named = False

    def introduced(self, told: list[Item]) -> Iterator[Run]:
        """The sentences, with the doer's name in front where the first of them has no room for it."""
        first = told[0]
        if isinstance(first, OfOneKind) or not lacks_subject(first.statement):
            self._named = True
            yield Run(f"{self._doer.name}：")
        yield from self.sentences(told)

    def paragraphs(self, kinds: Iterable[OfOneKind]) -> Iterator[Paragraph]:
        for category, of_category in groupby(sorted(kinds, key=_by_category), key=lambda of_kind: of_kind.kind.category):
            self._said = None  # each paragraph can be read alone
            lead = self._rhetoric.choose("lead", category)
            yield [Run(lead), *self.sentences(items(of_category))]

    def sentences(self, told: list[Item]) -> Iterator[Run]:
        for number, item in enumerate(told):
            runs = list(self._sentence(item))
            yield from runs
            is_last = number == len(told) - 1
            short = len("".join(run.text for run in runs)) <= SHORT and not is_last
            yield Run(self._rhetoric.choose("say", "join") if short else "。")

    def _sentence(self, item: Item) -> Iterator[Run]:
        if isinstance(item, OfOneKind):
            yield from self._summed(item)
            return
        source = source_of_deed(item, self._doer)
        yield from self._date(item, source)
        yield Run(self._subject_before(item.statement))
        yield from _figures(item, source)

    def _subject_before(self, statement: str) -> str:
        if not lacks_subject(statement):
            return ""
        if not self._named:
            self._named = True
            return self._doer.name
        return self._rhetoric.choose("anaphora", self._doer.kind)

    def _date(self, deed: Deed, source: Source) -> Iterator[Run]:
        before, self._said = self._said, deed
        if DATE in deed.statement:
            return
        if before is not None and _when(before) == _when(deed):
            if deed.precision in ("day", "month"):
                yield Run(self._rhetoric.choose("say", f"same_{deed.precision}"))
            return
        yield Run(_shortly(deed, before), source, is_figure=True)
        yield Run("，")

    def _summed(self, of_kind: OfOneKind) -> Iterator[Run]:
        self._said = None
        source = source_of_sum(of_kind, self._doer, self._subject)
        yield Run(f"{of_kind.kind.name_zh}{self._rhetoric.choose('say', 'total')}")
        if of_kind.total is None:
            yield Run(f"{of_kind.count}条", source, is_figure=True)
            return
        yield Run(of_kind.total.in_chinese(), source, is_figure=True)
        yield Run("（")
        yield Run(f"{of_kind.count}条", source, is_figure=True)
        yield Run("）")


def items(kinds: Iterable[OfOneKind]) -> list[Item]:
    """Deeds of which only the year is known, then the others by date, then sums."""
    found = list(kinds)
    deeds = sorted((deed for of_kind in found for deed in of_kind.deeds), key=_in_time)
    return [*deeds, *(of_kind for of_kind in found if not of_kind.deeds)]


def by_category(gathered: Iterable[Gathered]) -> dict[str, list[tuple[Doer, list[OfOneKind]]]]:
    found: dict[str, list[tuple[Doer, list[OfOneKind]]]] = {}
    for category in Category.values:
        for one in gathered:
            kinds = [of_kind for of_kind in one.kinds if of_kind.kind.category == category]
            if kinds:
                found.setdefault(category, []).append((one.doer, kinds))
    return found


def source_of_deed(deed: Deed, doer: Doer) -> Source:
    level = Level(deed.level).label  # type: ignore[attr-defined]
    return Source(doer.name, when(deed, language="zh"), plain(deed), str(level), reverse("ledger:deed", args=[deed.pk]))


def source_of_sum(of_kind: OfOneKind, doer: Doer, subject: Subject) -> Source:
    """The list of the deeds that the sum counts, by the day of the first and of the last."""
    told = f"{of_kind.kind.name_zh}，{of_kind.count}条的合计"
    level = f"社区已确认{of_kind.confirmed}条" if of_kind.confirmed else "自报"
    conditions = dict(subject.conditions) | {"kind": of_kind.kind.code, "since": of_kind.first, "until": of_kind.last}
    if doer.organization_id:
        conditions["organization"] = doer.organization_id
    return Source(doer.name, f"{of_kind.first}至{of_kind.last}", told, level, list_path(conditions))


def source_of_all(subject: Subject, told: str) -> Source:
    when_all = f"{subject.since}至{subject.until}"
    return Source(subject.name, when_all, told, "", list_path(subject.conditions))


def list_path(conditions: dict[str, object]) -> str:
    return f"{reverse('desk:deeds')}?{urlencode(conditions)}"


def _figures(deed: Deed, source: Source) -> Iterator[Run]:
    found = [Run(piece.text, source if piece.is_figure else None, piece.is_figure) for piece in pieces(deed)]
    last = found[-1]
    found[-1] = Run(last.text.rstrip("。；"), last.source, last.is_figure)
    if not any(run.source for run in found):
        found[-1] = Run(found[-1].text, source)
    yield from found


def _by_category(of_kind: OfOneKind) -> int:
    return Category.values.index(of_kind.kind.category)


def _in_time(deed: Deed) -> tuple[bool, object, object]:
    return deed.precision != "year", deed.occurred_from, deed.pk


def _when(deed: Deed) -> str:
    return when(deed, language="zh")


def _shortly(deed: Deed, before: Deed | None) -> str:
    """Without the year where the sentence before was about the same."""
    full = when(deed, language="zh")
    year = f"{deed.occurred_from.year}年"
    if before is None or before.occurred_to.year != deed.occurred_from.year:
        return full
    return full.replace(year, "") if full != year else full
