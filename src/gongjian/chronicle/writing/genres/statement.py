"""The statement of deeds (事迹材料): each doer's deeds in the third person, category by category."""

from gongjian.chronicle.writing.document import Document, Run, Section
from gongjian.chronicle.writing.gathering import Gathered
from gongjian.chronicle.writing.genres.wording import day, marks, period, sample_note
from gongjian.chronicle.writing.rhetoric import Rhetoric
from gongjian.chronicle.writing.sentences import Teller, source_of_all
from gongjian.chronicle.writing.subjects import Material
from gongjian.kernel import clock


def build(material: Material, rhetoric: Rhetoric) -> Document:
    subject = material.subject
    told = [one for one in material.gathered if one.kinds]
    alone = len(told) == 1
    return Document(
        title=f"{told[0].doer.name if alone else subject.name}事迹材料",
        sub=period(subject.since, subject.until),
        sections=[_section(material, one, rhetoric, alone=alone) for one in told],
        signature=subject.office.name,
        date=day(clock.today()),
        note=sample_note(material),
    )


def _section(material: Material, one: Gathered, rhetoric: Rhetoric, *, alone: bool) -> Section:
    subject = material.subject
    count = Run(f"{one.sum_of('count')}条", source_of_all(subject, f"{one.doer.name}的全部事迹"), is_figure=True)
    opening = [Run(f"{period(subject.since, subject.until)}，{one.doer.name}记入台账的事迹有"), count, Run("。")]
    told = Teller(subject, one.doer, rhetoric).paragraphs(one.kinds)
    return Section("" if alone else one.doer.name, paragraphs=[opening, *told], marks=marks(one))
