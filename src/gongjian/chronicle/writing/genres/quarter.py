"""The sheet of a quarter or a month: who did what, how much, and how far it is confirmed."""

from gongjian.chronicle.writing.document import Document, Paragraph, Run, Table
from gongjian.chronicle.writing.gathering import Doer, OfOneKind
from gongjian.chronicle.writing.genres.wording import counts, day, period, rest, sample_note
from gongjian.chronicle.writing.rhetoric import Rhetoric
from gongjian.chronicle.writing.sentences import source_of_deed, source_of_sum
from gongjian.chronicle.writing.subjects import Material, Subject
from gongjian.kernel import clock

HEAD = ("单位", "做了什么", "条数", "数量", "时间", "社区已确认")


def build(material: Material, rhetoric: Rhetoric) -> Document:
    subject = material.subject
    rows = [_row(subject, one.doer, of_kind) for one in material.gathered for of_kind in one.kinds]
    return Document(
        title=f"{subject.name}共建情况表",
        sub=period(subject.since, subject.until),
        opening=[list(counts(material, rhetoric))],
        table=Table(HEAD, rows, shares=(5, 5, 2, 3, 5, 2)),
        closing=list(rest(material)),
        signature=subject.office.name,
        date=day(clock.today()),
        note=sample_note(material),
    )


def _row(subject: Subject, doer: Doer, of_kind: OfOneKind) -> list[Paragraph]:
    one = len(of_kind.deeds) == 1
    source = source_of_deed(of_kind.deeds[0], doer) if one else source_of_sum(of_kind, doer, subject)
    amount = of_kind.total.in_chinese() if of_kind.total else "—"
    return [
        [Run(doer.name)],
        [Run(of_kind.kind.name_zh)],
        [Run(str(of_kind.count), source, is_figure=True)],
        [Run(amount, source if of_kind.total else None, is_figure=bool(of_kind.total))],
        [Run(source.when, source, is_figure=True)],
        [Run(f"{of_kind.confirmed}", source, is_figure=True)],
    ]
