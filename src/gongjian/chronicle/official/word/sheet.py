"""The sheet itself: paper, margins, grid, page numbers, what the file says of itself."""

from typing import Any

from gongjian.chronicle.official import layout
from gongjian.chronicle.official.description import Form, OfficialPaper
from gongjian.chronicle.official.word import marks

_FOOTER_LINE = 360
FOOTER_FROM_EDGE = 24.8
"""mm; a line of 18 pt whose middle, where the dash is, lies 7 mm below the text block."""


def prepare(word: Any, paper: OfficialPaper) -> None:
    word.core_properties.title, word.core_properties.author = paper.title, paper.author
    _defaults(word)
    _margins(word.sections[0])
    _grid(word.sections[0])
    _settings(word)
    _page_numbers(word.sections[0], first_without=paper.form is Form.LETTER)


def _defaults(word: Any) -> None:
    """The body's font and size. Closer characters instead of a grid of characters: LibreOffice and WPS keep the one alike."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = layout.FANGSONG, Pt(layout.BODY_SIZE)
    properties = normal.element.get_or_add_rPr()
    properties.get_or_add_rFonts().set(qn("w:eastAsia"), layout.FANGSONG)
    closer = properties.makeelement(qn("w:spacing"), {qn("w:val"): str(layout.CLOSER)})
    properties.insert_element_before(closer, "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:lang")


def _margins(section: Any) -> None:
    from docx.shared import Twips

    section.page_width, section.page_height = (Twips(layout.twips(side)) for side in layout.PAGE)
    section.top_margin, section.bottom_margin = Twips(layout.twips(layout.TOP)), Twips(layout.twips(layout.BOTTOM))
    section.left_margin, section.right_margin = Twips(layout.twips(layout.LEFT)), Twips(layout.twips(layout.RIGHT))
    section.footer_distance = Twips(layout.twips(FOOTER_FROM_EDGE))
    section.header_distance = Twips(layout.twips(15))


def _grid(section: Any) -> None:
    from docx.oxml.ns import qn

    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    attributes = {"type": "lines", "linePitch": str(layout.LINE_PITCH)}
    named = {qn(f"w:{name}"): value for name, value in attributes.items()}
    section._sectPr.append(section._sectPr.makeelement(qn("w:docGrid"), named))


def _settings(word: Any) -> None:
    """Odd and even pages have their own margins and page numbers: printed on both sides, bound at the left."""
    from docx.oxml.ns import qn

    settings = word.settings.element
    settings.insert(0, settings.makeelement(qn("w:mirrorMargins"), {}))
    word.settings.odd_and_even_pages_header_footer = True


def _page_numbers(section: Any, *, first_without: bool) -> None:
    section.different_first_page_header_footer = first_without
    for footer, align in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        made = _only_paragraph(footer, align)
        marks.indent(made, **{align: 1})
        marks.page_field(made)


def _only_paragraph(part: Any, align: str) -> Any:
    for old in part.paragraphs:
        old._p.getparent().remove(old._p)
    return marks.paragraph(part, align=align, pitch=_FOOTER_LINE)
