"""The document as PDF, typeset by Typst; a newspaper page in two columns, everything else in one."""

from pathlib import Path

from gongjian.chronicle.writing.document import Document
from gongjian.chronicle.writing.rendering.laid_out import for_page
from gongjian.kernel.papers.typesetting import typeset
from gongjian.registry.models import Office

_TEMPLATE = Path(__file__).with_name("document.typ")


def render(document: Document, office: Office) -> bytes:
    return typeset(_TEMPLATE, for_page(document, office))
