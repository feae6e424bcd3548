"""A finished Word file, opened for the self-check."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from django.utils.translation import gettext as _

from gongjian.chronicle.official import layout
from gongjian.kernel.errors import Invalid


@dataclass(frozen=True)
class Set:
    """A paragraph as it is set: its words, and font and size of its runs."""

    element: Any
    text: str
    fonts: frozenset[str]
    sizes: frozenset[float]
    colors: frozenset[str]

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()


class Sheet:
    """The document's body, section and settings under the names that the clauses use."""

    def __init__(self, content: bytes) -> None:
        from docx import Document

        try:
            self.word = Document(BytesIO(content))
        except (BadZipFile, KeyError, ValueError) as error:
            raise Invalid(_("这不是 Word 文件（.docx），没法自检。"), code="not-word") from error
        self.section = self.word.sections[0]
        self.paragraphs = [_as_set(paragraph) for paragraph in self.word.paragraphs]

    def index(self, *, font: str, size: float, color: str = "000000") -> int | None:
        """The first paragraph set so."""
        for at, one in enumerate(self.paragraphs):
            if not one.is_blank and font in one.fonts and size in one.sizes and color in one.colors:
                return at
        return None

    @property
    def title(self) -> int | None:
        return self.index(font=layout.SONG, size=layout.TITLE_SIZE)

    @property
    def text_block(self) -> tuple[float, float]:
        """Width and height in twips."""
        one: Any = self.section
        across = one.page_width - one.left_margin - one.right_margin
        return across / 635, (one.page_height - one.top_margin - one.bottom_margin) / 635

    def runs(self) -> list[Any]:
        from docx.oxml.ns import qn

        parts = [self.word.element, *(part._element for part in self._parts())]
        return [run for part in parts for run in part.iter(qn("w:r"))]

    def _parts(self) -> list[Any]:
        one = self.section
        parts = [one.footer, one.even_page_footer]
        return [*parts, one.first_page_header, one.first_page_footer] if one.different_first_page_header_footer else parts


def attribute(element: Any, path: str, name: str) -> str | None:
    from docx.oxml.ns import qn

    found = element.find("/".join(qn(f"w:{step}") for step in path.split("/")))
    return None if found is None else found.get(qn(f"w:{name}"))


def millimeters(length: Any) -> float:
    return round(length / 36000, 1) if length is not None else 0.0


def _as_set(paragraph: Any) -> Set:
    runs = [run for run in paragraph.runs if run.text]
    return Set(
        paragraph,
        paragraph.text,
        frozenset(attribute(run._r, "rPr/rFonts", "eastAsia") or "" for run in runs),
        frozenset(run.font.size.pt for run in runs if run.font.size),
        frozenset(str(run.font.color.rgb) for run in runs),
    )
