"""A document as plain lists, for templates and for Typst."""

from collections.abc import Iterable
from typing import Any

from gongjian.chronicle.writing.document import Document, Paragraph, Run
from gongjian.registry.addresses import absolute
from gongjian.registry.models import Office


def for_page(document: Document, office: Office | None = None) -> dict[str, Any]:
    """Pieces have `text`, `url` (of a figure) and `note`; addresses are absolute where an office is given."""

    def where(path: str) -> str:
        return absolute(office, path) if office and path else path

    def pieces(paragraph: Paragraph) -> list[dict[str, Any]]:
        return linked(document.marked(paragraph))

    def linked(marked: Iterable[tuple[Run, int]]) -> list[dict[str, Any]]:
        return [
            {"text": run.text, "url": where(run.source.path) if run.source and run.is_figure else "", "note": note}
            for run, note in marked
        ]

    return {
        "title": document.title,
        "sub": document.sub,
        "edition": document.edition,
        "opening": [pieces(paragraph) for paragraph in document.opening],
        "sections": [
            {
                "heading": section.heading,
                "kick": section.kick,
                "url": where(section.path),
                "paragraphs": [pieces(paragraph) for paragraph in section.paragraphs],
                "marks": list(section.marks),
            }
            for section in document.sections
        ],
        "head": list(document.table.head) if document.table else [],
        "shares": list(document.table.shares) if document.table else [],
        "rows": [[linked(cell) for cell in document.marked_row(row)] for row in document.table.rows] if document.table else [],
        "closing": [pieces(paragraph) for paragraph in document.closing],
        "signature": document.signature,
        "date": document.date,
        "note": document.note,
        "sources": [
            {
                "number": number,
                "who": source.who,
                "when": source.when,
                "told": source.told,
                "level": source.level,
                "url": where(source.path),
            }
            for source, number in document.numbers.items()
        ],
    }
