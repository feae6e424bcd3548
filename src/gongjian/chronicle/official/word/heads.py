"""版头: what stands above the title, in each of the three forms."""

from typing import Any

from gongjian.chronicle.official import layout
from gongjian.chronicle.official.description import Form, OfficialPaper
from gongjian.chronicle.official.word import marks
from gongjian.chronicle.official.word.sheet import FOOTER_FROM_EDGE

_LARGEST = 52
_MARK_PITCH = 1.15
"""The line of the mark in relation to its size."""


def head(word: Any, paper: OfficialPaper) -> None:
    if paper.form is Form.LETTER:
        _letter(word, paper)
    else:
        _document(word, paper)


def mark_size(mark: str) -> int:
    """As large as one line holds, and no larger than looks well."""
    return min(_LARGEST, int(layout.TEXT_WIDTH / 25.4 * 72 * 0.96 / max(len(mark), 1)))


def _document(word: Any, paper: OfficialPaper) -> None:
    """Copy number, secrecy and urgency on the first three lines, the mark 35 mm below the top, number, red rule (7.2)."""
    for words, font in ((paper.copy_number, layout.FANGSONG), (paper.secrecy, layout.HEI), (paper.urgency, layout.HEI)):
        marks.text(word, words, font=font, align="left")
    marks.blank(word, pitch=layout.twips(layout.MARK_BELOW_TOP) - 3 * layout.LINE_PITCH)
    size = mark_size(paper.mark)
    marks.text(
        word, paper.mark, font=layout.SONG, size=size, color=layout.RED, align="center", pitch=round(size * _MARK_PITCH * 20)
    )
    marks.blank(word)
    marks.blank(word)
    number = marks.text(word, paper.number, align="center")
    space = round(layout.RULE_BELOW_NUMBER / 25.4 * 72)
    marks.border(number, "bottom", size=12, color=layout.RED, space=space)
    marks.blank(word)
    marks.blank(word)


def _letter(word: Any, paper: OfficialPaper) -> None:
    """The mark 30 mm below the edge with a double rule below it, another one 20 mm above the lower edge (10.1)."""
    section = word.sections[0]
    section.header_distance = _length(layout.LETTER_MARK_BELOW_EDGE)
    size = mark_size(paper.mark)
    header = section.first_page_header
    header.is_linked_to_previous = False
    made = _alone(header, pitch=round(size * _MARK_PITCH * 20))
    marks.run(made, paper.mark, font=layout.SONG, size=size, color=layout.RED)
    _double_rule(made, "bottom", "thickThinSmallGap", space=round(layout.RULE_BELOW_NUMBER / 25.4 * 72))
    footer = section.first_page_footer
    footer.is_linked_to_previous = False
    section.footer_distance = _length(layout.LETTER_RULE_ABOVE_EDGE)
    _double_rule(_alone(footer, pitch=200), "bottom", "thinThickSmallGap", space=0)
    for later in (section.footer, section.even_page_footer):
        marks.blank(later, pitch=layout.twips(FOOTER_FROM_EDGE - layout.LETTER_RULE_ABOVE_EDGE))
    marks.text(word, paper.number, align="right")
    marks.text(word, paper.secrecy, font=layout.HEI, align="left")
    marks.blank(word)


def _alone(part: Any, *, pitch: int) -> Any:
    for old in part.paragraphs:
        old._p.getparent().remove(old._p)
    return marks.paragraph(part, align="center", pitch=pitch)


def _double_rule(made: Any, side: str, kind: str, *, space: int) -> None:
    """170 mm long and centered on the page: longer than the text block on both sides."""
    beyond = (layout.PAGE[0] - layout.LETTER_RULE) / 2
    made.paragraph_format.left_indent = _length(beyond - layout.LEFT)
    made.paragraph_format.right_indent = _length(beyond - layout.RIGHT)
    marks.border(made, side, size=24, color=layout.RED, space=space, kind=kind)


def _length(millimeters: float) -> Any:
    from docx.shared import Twips

    return Twips(layout.twips(millimeters))
