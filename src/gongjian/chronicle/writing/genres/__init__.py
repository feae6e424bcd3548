"""The kinds of texts: each builds a document from what was gathered."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjian.chronicle.writing.document import Document
from gongjian.chronicle.writing.genres import page, quarter, report, statement
from gongjian.chronicle.writing.rhetoric import Rhetoric
from gongjian.chronicle.writing.subjects import Material, Subject, gather_about


@dataclass(frozen=True)
class Genre:
    code: str
    label: Any
    build: Callable[[Material, Rhetoric], Document]


GENRES = {
    genre.code: genre
    for genre in (
        Genre("page", _("报纸版面"), page.build),
        Genre("statement", _("事迹材料"), statement.build),
        Genre("report", _("工作报告"), report.build),
        Genre("quarter", _("情况表（按季或按月）"), quarter.build),
    )
}


def compose(subject: Subject, genre: str, *, seed: str = "") -> Document:
    """The same words for the same deeds and seed. Raises Conflict where there is nothing to tell."""
    return GENRES[genre].build(gather_about(subject), Rhetoric(f"{subject.seed}/{genre}/{seed}"))
