"""The small pieces that official papers are set of: runs with their fonts, exact lines, rules, fields."""

from typing import Any

from gongjian.chronicle.official import layout
from gongjian.kernel.papers.word import write

ALIGN = {"left": 0, "center": 1, "right": 2, "both": 3}


def paragraph(container: Any, *, align: str = "both", pitch: int = layout.LINE_PITCH) -> Any:
    """A paragraph without space around it, its line exactly `pitch` twips high."""
    from docx.shared import Twips

    made = container.add_paragraph()
    made.alignment = ALIGN[align]
    kept = made.paragraph_format
    kept.space_before = kept.space_after = Twips(0)
    kept.line_spacing = Twips(pitch)
    kept.widow_control = False
    return made


def text(
    container: Any, words: str, *, font: str = layout.FANGSONG, size: int = layout.BODY_SIZE, color: str = "", **how: Any
) -> Any:
    made = paragraph(container, **how)
    run(made, words, font=font, size=size, color=color)
    return made


def run(made: Any, words: str, *, font: str = layout.FANGSONG, size: int = layout.BODY_SIZE, color: str = "") -> Any:
    from docx.shared import RGBColor

    written = write(made, words, font=font, size=size)
    written.font.color.rgb = RGBColor.from_string(color or "000000")
    return written


def blank(container: Any, *, pitch: int = layout.LINE_PITCH) -> None:
    text(container, "", pitch=pitch)


def indent(made: Any, *, first: float = 0, left: float = 0, right: float = 0, hanging: float = 0) -> None:
    """In characters of the grid."""
    from docx.shared import Twips

    kept = made.paragraph_format
    if first:
        kept.first_line_indent = Twips(round(first * layout.CHARACTER))
    if hanging:
        kept.first_line_indent = Twips(-round(hanging * layout.CHARACTER))
    kept.left_indent = Twips(round((left + hanging) * layout.CHARACTER))
    kept.right_indent = Twips(round(right * layout.CHARACTER))


def border(made: Any, side: str, *, size: int, color: str = "000000", space: int = 1, kind: str = "single") -> None:
    """A rule along one side of a paragraph. `size` in eighths of a point, `space` in points."""
    from docx.oxml.ns import qn

    properties = made._p.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = properties.makeelement(qn("w:pBdr"), {})
        properties.insert_element_before(borders, *AFTER_BORDERS)
    attributes = {"val": kind, "sz": str(size), "space": str(space), "color": color}
    borders.append(borders.makeelement(qn(f"w:{side}"), {qn(f"w:{name}"): value for name, value in attributes.items()}))


AFTER_BORDERS = (
    "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct", "w:topLinePunct",
    "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind",
    "w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment",
    "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
)  # fmt: skip
"""What must stand behind a paragraph's borders, in the order that Word demands."""


def page_field(made: Any) -> None:
    """— 1 —"""
    from docx.oxml.ns import qn

    run(made, "— ", font=layout.NUMBER_SONG, size=layout.SMALL_SIZE)
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        piece = run(made, "", font=layout.NUMBER_SONG, size=layout.SMALL_SIZE)._r
        if kind:
            piece.append(piece.makeelement(qn("w:fldChar"), {qn("w:fldCharType"): kind}))
        else:
            instruction = piece.makeelement(qn("w:instrText"), {})
            instruction.text = words
            piece.append(instruction)
    run(made, " —", font=layout.NUMBER_SONG, size=layout.SMALL_SIZE)
