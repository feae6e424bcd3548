"""A paper as a Word file that people go on working with."""

from io import BytesIO
from typing import Any

from gongjian.kernel.papers.description import Paper, Part, Table

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BODY, BOLD = "仿宋", "黑体"
SIZE, TITLE_SIZE, TABLE_SIZE = 14, 22, 11


def as_word(paper: Paper) -> bytes:
    """python-docx is imported only when there is something to write."""
    from docx import Document
    from docx.shared import Mm

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(26)
    document.core_properties.title, document.core_properties.author = paper.title, paper.author
    _line(document, paper.title, font=BOLD, size=TITLE_SIZE, align="CENTER")
    if paper.sub:
        _line(document, paper.sub, align="CENTER")
    for part in paper.parts:
        _part(document, part)
    _signers(document, paper)
    if paper.foot:
        _line(document, paper.foot, size=TABLE_SIZE)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def write(paragraph: Any, text: str, *, font: str = BODY, size: int = SIZE) -> Any:
    """A run in a Chinese font. Word takes `w:eastAsia` for Chinese characters: without it they fall back to another font."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return run


def _line(document: Any, text: str, *, font: str = BODY, size: int = SIZE, align: str = "", indent: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    if align:
        paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, align)
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(2 * size)
    write(paragraph, text, font=font, size=size)


def _part(document: Any, part: Part) -> None:
    if part.heading:
        _line(document, part.heading, font=BOLD)
    for text in part.lines:
        _line(document, text, indent=True)
    if part.table is not None:
        _table(document, part.table)


def _table(document: Any, table: Table) -> None:
    if not table.rows:
        _line(document, table.empty)
        return
    written = document.add_table(rows=0, cols=len(table.head))
    written.style = "Table Grid"
    for number, row in enumerate([table.head, *table.rows]):
        for cell, text in zip(written.add_row().cells, row, strict=True):
            write(cell.paragraphs[0], text, font=BODY if number else BOLD, size=TABLE_SIZE)
    _widths(document, written, table)


def _widths(document: Any, written: Any, table: Table) -> None:
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    shares = table.shares or [1] * len(table.head)
    for column, share in zip(written.columns, shares, strict=True):
        for cell in column.cells:
            cell.width = room * share // sum(shares)


def _signers(document: Any, paper: Paper) -> None:
    if paper.signers:
        places = document.add_table(rows=1, cols=len(paper.signers))
        for cell, signer in zip(places.rows[0].cells, paper.signers, strict=True):
            write(cell.paragraphs[0], f"{signer}\n\n\n")
    if paper.date:
        _line(document, paper.date, align="RIGHT")
