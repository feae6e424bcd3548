"""Tables of hundreds of rows in Word: written as one piece of XML, because cell by cell takes a second."""

import re
from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML does not know."""


def append_table(
    document: Any,
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    shares: Sequence[int],
    width: int,
    font: str,
    size: int,
) -> None:
    """At the end of `document`; `width` in twips, `size` in points."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    widths = [width * share // sum(shares) for share in shares]
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    opening = f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{_cells(head, widths, font, size)}</w:tr>"
    body = "".join(f"<w:tr>{_cells(row, widths, font, size)}</w:tr>" for row in rows)
    table = (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{width}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{opening}{body}</w:tbl>'
    )
    document._body._element._insert_tbl(parse_xml(table))


def _cells(words: Sequence[str], widths: Sequence[int], font: str, size: int) -> str:
    name = quoteattr(font)
    face = f'<w:rPr><w:rFonts w:ascii={name} w:hAnsi={name} w:eastAsia={name}/><w:sz w:val="{size * 2}"/></w:rPr>'
    return "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f'<w:p><w:r>{face}<w:t xml:space="preserve">{escape(_UNWRITABLE.sub("", one))}</w:t></w:r></w:p></w:tc>'
        for one, width in zip(words, widths, strict=True)
    )
