"""The newspaper page: one article for each doer, with a headline made of what was done."""

from django.urls import reverse

from gongjian.chronicle.writing.document import Document, Run, Section
from gongjian.chronicle.writing.gathering import Gathered
from gongjian.chronicle.writing.genres.wording import all_deeds, counts, marks, organizations, period, rest, sample_note
from gongjian.chronicle.writing.rhetoric import Rhetoric
from gongjian.chronicle.writing.sentences import Teller
from gongjian.chronicle.writing.subjects import Material


def build(material: Material, rhetoric: Rhetoric) -> Document:
    subject, campaign = material.subject, material.subject.campaign
    told = [one for one in material.gathered if one.kinds]
    headlines = [award.candidate.headline for award in material.awards] or [""] * len(material.gathered)
    by_doer = {one.doer: headline for one, headline in zip(material.gathered, headlines, strict=True)}
    return Document(
        title=(campaign.slogan or campaign.title) if campaign else f"{subject.name}共建纪事",
        sub=(campaign.subtitle or campaign.title) if campaign else period(subject.since, subject.until),
        edition=f"{subject.office.name} {period(subject.since, subject.until)}",
        opening=[_opening(material, rhetoric)],
        sections=[_article(material, one, by_doer[one.doer], rhetoric) for one in told],
        closing=list(rest(material)),
        note=sample_note(material),
    )


def _opening(material: Material, rhetoric: Rhetoric) -> list[Run]:
    subject = material.subject
    many = organizations(material.gathered) + material.more_doers
    units = [Run(f"{many}家", all_deeds(material), is_figure=True), Run("单位")] if many > 1 else []
    who = [Run(f"{subject.name}的"), *units, Run("，")] if units else []
    return [Run(f"{period(subject.since, subject.until)}，"), *who, *counts(material, rhetoric)]


def _article(material: Material, one: Gathered, headline: str, rhetoric: Rhetoric) -> Section:
    organization = one.doer.organization_id
    return Section(
        heading=headline or headline_of(one),
        kick=one.doer.name,
        path=reverse("desk:organization", args=[organization]) if organization else "",
        paragraphs=list(Teller(material.subject, one.doer, rhetoric).paragraphs(one.kinds)),
        marks=marks(one),
    )


def headline_of(one: Gathered) -> str:
    """The two most telling kinds: those that strangers confirmed, then those with the largest share of the deeds."""
    ranked = sorted(one.kinds, key=lambda of_kind: (-of_kind.third_party, -of_kind.confirmed, of_kind.kind.order))
    return "　".join(of_kind.kind.name_zh.removesuffix("（未计数）") for of_kind in ranked[:2])
