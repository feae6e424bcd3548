"""The work report: by category, over all who took part, with what is still open said as plainly as what was done."""

from collections.abc import Iterator

from gongjian.chronicle.writing.document import Document, Paragraph, Run, Section, Source
from gongjian.chronicle.writing.gathering import Doer, OfOneKind
from gongjian.chronicle.writing.genres.wording import all_deeds, counts, day, organizations, period, rest, sample_note
from gongjian.chronicle.writing.rhetoric import Rhetoric
from gongjian.chronicle.writing.sentences import Teller, by_category, items, list_path
from gongjian.chronicle.writing.subjects import Material, Subject
from gongjian.kernel import clock
from gongjian.ledger.models.deeds import Category

NUMERALS = "一二三四五六七八九十"


def build(material: Material, rhetoric: Rhetoric) -> Document:
    subject = material.subject
    sections = [
        Section(f"{heading(number)}、{Category(category).label}", list(_category(subject, category, doers, rhetoric)))
        for number, (category, doers) in enumerate(by_category(material.gathered).items())
    ]
    last = Section(f"{heading(len(sections))}、还要做的", [_open_matters(material)])
    return Document(
        title=f"{subject.name}{period(subject.since, subject.until)}共建工作报告",
        opening=[_opening(material, rhetoric)],
        sections=[*sections, last],
        closing=list(rest(material)),
        signature=subject.office.name,
        date=day(clock.today()),
        note=sample_note(material),
    )


def heading(number: int) -> str:
    """一, 二 … 十, 十一 …"""
    return NUMERALS[number] if number < 10 else f"十{NUMERALS[number - 10]}"


def _opening(material: Material, rhetoric: Rhetoric) -> Paragraph:
    subject = material.subject
    many = organizations(material.gathered) + material.more_doers
    who = [Run("，"), Run(f"{many}家", all_deeds(material), is_figure=True), Run("单位参与共建")] if many > 1 else []
    return [Run(period(subject.since, subject.until)), *who, Run("，"), *counts(material, rhetoric)]


def _category(
    subject: Subject, category: str, doers: list[tuple[Doer, list[OfOneKind]]], rhetoric: Rhetoric
) -> Iterator[Paragraph]:
    count = sum(of_kind.count for _doer, kinds in doers for of_kind in kinds)
    told = f"{Category(category).label}，{count}条"
    conditions = subject.conditions | {"category": category}
    source = Source(subject.name, f"{subject.since}至{subject.until}", told, "", list_path(conditions))
    yield [Run("这一类记有"), Run(f"{count}条", source, is_figure=True), Run("。")]
    for doer, kinds in doers:
        yield list(Teller(subject, doer, rhetoric).introduced(items(kinds)))


def _open_matters(material: Material) -> Paragraph:
    """Deeds that nobody but their doer stands behind."""
    confirmed = sum(one.sum_of("confirmed") for one in material.gathered)
    waiting = sum(one.sum_of("count") for one in material.gathered) - confirmed
    if not waiting:
        return [Run("所写事迹均已由社区或第三方确认。")]
    return [
        Run("所写事迹中，还有"),
        Run(f"{waiting}条", all_deeds(material), is_figure=True),
        Run("只有自报，要请社区核实确认。"),
    ]
