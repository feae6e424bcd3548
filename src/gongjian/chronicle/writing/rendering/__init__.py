"""One document as web page, Markdown, PDF or Word."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjian.chronicle.writing.document import Document
from gongjian.chronicle.writing.rendering import html, markdown, pdf, word
from gongjian.registry.models import Office


@dataclass(frozen=True)
class Format:
    code: str
    label: Any
    media_type: str
    render: Callable[[Document, Office], bytes]


FORMATS = {
    one.code: one
    for one in (
        Format("html", _("网页"), "text/html; charset=utf-8", html.render),
        Format("md", "Markdown", "text/markdown; charset=utf-8", markdown.render),
        Format("pdf", "PDF", "application/pdf", pdf.render),
        Format("docx", "Word", word.TYPE, word.render),
    )
}
