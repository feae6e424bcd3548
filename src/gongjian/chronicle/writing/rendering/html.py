"""A web page that stands alone: its styles inside it, its links absolute."""

from django.template.loader import render_to_string
from django.utils.translation import override

from gongjian.chronicle.writing.document import Document
from gongjian.chronicle.writing.rendering.laid_out import for_page
from gongjian.registry.models import Office


def render(document: Document, office: Office) -> bytes:
    with override("zh-hans"):
        return render_to_string("writing/alone.html", {"document": for_page(document, office)}).encode()
