"""版记: copies, printer and day between rules, at the foot of the last page (7.4)."""

from typing import Any

from gongjian.chronicle.official import layout
from gongjian.chronicle.official.description import Form, OfficialPaper, in_words
from gongjian.chronicle.official.word import marks

_PITCH = 500


def foot(word: Any, paper: OfficialPaper) -> None:
    """A letter has neither rules nor printer there (10.1)."""
    if paper.form is Form.LETTER:
        if paper.copies:
            marks.blank(word)
            _line(word, _copies(paper))
        return
    rows = [row for row in ((_copies(paper), ""), _printed(paper)) if row[0]]
    if rows:
        _table(word, rows)
        marks.blank(word, pitch=20)  # what the table is anchored to


def _table(word: Any, rows: list[tuple[str, str]]) -> None:
    table = word.add_table(rows=len(rows), cols=1)
    _at_the_foot(table)
    last = len(rows) - 1
    for number, (left, right) in enumerate(rows):
        cell = table.rows[number].cells[0]
        _rules(cell, top=layout.THIN_RULE if number else layout.THICK_RULE, bottom=0 if number < last else layout.THICK_RULE)
        cell.paragraphs[0]._p.getparent().remove(cell.paragraphs[0]._p)
        _line(cell, left, right)


def _copies(paper: OfficialPaper) -> str:
    return f"抄送：{paper.copies.rstrip('。')}。" if paper.copies else ""


def _printed(paper: OfficialPaper) -> tuple[str, str]:
    if not paper.printer or paper.signed_on is None:
        return "", ""
    return paper.printer, f"{in_words(paper.signed_on)}印发"


def _line(word: Any, left: str, right: str = "") -> Any:
    """One character in from both sides by blanks, so that rules reach from edge to edge; the day at the right by a tab."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Twips

    made = marks.text(word, f"　{left}", size=layout.SMALL_SIZE, pitch=_PITCH, align="left")
    if right:
        made.paragraph_format.tab_stops.add_tab_stop(Twips(layout.twips(layout.TEXT_WIDTH)), WD_TAB_ALIGNMENT.RIGHT)
        marks.run(made, f"\t{right}　", size=layout.SMALL_SIZE)
    return made


def _at_the_foot(table: Any) -> None:
    """A floating table whose lower edge is that of the text block.

    It is placed by the page: LibreOffice floats no table that is placed by the text block and fills it.
    """
    from docx.oxml.ns import qn
    from docx.shared import Twips

    table.autofit = False
    properties, width = table._tbl.tblPr, Twips(layout.twips(layout.TEXT_WIDTH))
    top = layout.twips(layout.TOP + layout.TEXT_HEIGHT) - len(table.rows) * _PITCH - 20
    place = {"leftFromText": "0", "rightFromText": "0", "vertAnchor": "page", "horzAnchor": "page"}
    place |= {"tblpXSpec": "center", "tblpY": str(top)}
    named = {qn(f"w:{name}"): value for name, value in place.items()}
    properties.insert(1, properties.makeelement(qn("w:tblpPr"), named))
    inner = properties.makeelement(qn("w:tblCellMar"), {})
    for side in ("left", "right"):
        inner.append(inner.makeelement(qn(f"w:{side}"), {qn("w:w"): "0", qn("w:type"): "dxa"}))
    properties.insert_element_before(inner, "w:tblLook")
    for cell in table.columns[0].cells:
        cell.width = width


def _rules(cell: Any, *, top: int, bottom: int) -> None:
    from docx.oxml.ns import qn

    properties = cell._tc.get_or_add_tcPr()
    borders = properties.makeelement(qn("w:tcBorders"), {})
    for side, size in (("top", top), ("bottom", bottom)):
        if size:
            attributes = {"val": "single", "sz": str(size), "space": "0", "color": "000000"}
            named = {qn(f"w:{name}"): value for name, value in attributes.items()}
            borders.append(borders.makeelement(qn(f"w:{side}"), named))
    properties.append(borders)
