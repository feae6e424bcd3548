"""The document as Word, for people to go on working with; notes as raised numbers, their sources in a table at the end."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from gongjian.chronicle.writing.document import Document, Paragraph, Run
from gongjian.kernel.papers.long_tables import append_table
from gongjian.kernel.papers.word import TYPE, write
from gongjian.registry.models import Office

__all__ = ["TYPE", "render"]

_HEAD, _SHARES = ("号", "谁", "时间", "事迹", "确认"), (1, 4, 4, 9, 3)
_WIDTH = 8957
"""Twips between the margins: 158 mm."""


def render(document: Document, office: Office) -> bytes:
    """python-docx is imported only when there is something to write."""
    from docx import Document as Word
    from docx.shared import Mm

    word = Word()
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(26)
    word.core_properties.title, word.core_properties.author = document.title, office.name
    _centered(word, document.title, size=22, font="黑体")
    if document.sub:
        _centered(word, document.sub, size=14)
    _body(word, document)
    _sources(word, document)
    written = BytesIO()
    word.save(written)
    return written.getvalue()


def _centered(word: Any, text: str, *, size: int, font: str = "仿宋") -> None:
    paragraph = word.add_paragraph()
    paragraph.alignment = 1
    write(paragraph, text, font=font, size=size)


def _body(word: Any, document: Document) -> None:
    for paragraph in document.opening:
        _told(word, document, paragraph)
    for section in document.sections:
        for words in filter(None, (section.kick, section.heading)):
            write(word.add_paragraph(), words, font="黑体")
        for paragraph in section.paragraphs:
            _told(word, document, paragraph)
    if document.table:
        _table(word, [document.table.head, *(list(document.marked_row(row)) for row in document.table.rows)])
    for paragraph in document.closing:
        _told(word, document, paragraph)
    for words in filter(None, (document.signature, document.date)):
        ending = word.add_paragraph()
        ending.alignment = 2
        write(ending, words)
    if document.note:
        write(word.add_paragraph(), document.note, size=11)


def _told(word: Any, document: Document, told: Paragraph) -> None:
    from docx.shared import Pt

    paragraph = word.add_paragraph()
    paragraph.paragraph_format.first_line_indent = Pt(28)
    _runs(paragraph, document.marked(told))


def _runs(paragraph: Any, marked: Iterable[tuple[Run, int]], *, size: int = 14) -> None:
    """Pieces up to a note are one run of Word's: each costs a third of a millisecond."""
    waiting = ""
    for run, note in marked:
        waiting += run.text
        if note:
            write(paragraph, waiting, size=size)
            write(paragraph, str(note), size=size).font.superscript = True
            waiting = ""
    if waiting:
        write(paragraph, waiting, size=size)


def _table(word: Any, rows: list[Any]) -> None:
    written = word.add_table(rows=len(rows), cols=len(rows[0]))
    written.style = "Table Grid"
    for cells, row in zip(written._tbl.tr_lst, rows, strict=True):
        for cell, words in zip(cells.tc_lst, row, strict=True):
            paragraph = _paragraph_of(cell)
            if isinstance(words, str):
                write(paragraph, words, size=10)
            else:
                _runs(paragraph, words, size=10)


def _paragraph_of(cell: Any) -> Any:
    """Straight from the cell's element: `table.cell` walks the whole table for each cell."""
    from docx.text.paragraph import Paragraph as WordParagraph

    return WordParagraph(cell.p_lst[0], None)  # type: ignore[arg-type]


def _sources(word: Any, document: Document) -> None:
    if document.numbers:
        write(word.add_paragraph(), "出处", font="黑体")
        rows = [[str(number), one.who, one.when, one.told, one.level] for one, number in document.numbers.items()]
        append_table(word, _HEAD, rows, shares=_SHARES, width=_WIDTH, font="仿宋", size=10)
