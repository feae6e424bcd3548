"""One document as Markdown, web page, PDF and Word: the same words, every figure with its way back, markup stays text."""

from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document as Word
from docx.oxml.ns import qn
from pypdf import PdfReader

from gongjian.chronicle.writing.genres import compose
from gongjian.chronicle.writing.rendering import FORMATS
from gongjian.chronicle.writing.tests.factories import about, donate, make_doer


@pytest.fixture
def deed(office):
    return donate(office, make_doer(office, "样城银行"), statement="让出用房{数}<script>alert(1)</script>[x](http://e)")


def rendered(office, kind, genre="page"):
    return FORMATS[kind].render(compose(about(office), genre), office)


def test_markdown_numbers_the_deed_behind_the_figure(office, deed):
    text = rendered(office, "md").decode()
    assert "620平方米" in text
    assert f"{reverse('ledger:deed', args=[deed.pk])}>" in text
    assert "[x]" not in text
    assert r"\<script\>" in text


def test_the_web_page_stands_alone_and_runs_nothing(office, deed):
    page = rendered(office, "html").decode()
    assert f'{reverse("ledger:deed", args=[deed.pk])}">620平方米</a>' in page
    assert "<script" not in page
    assert 'href="http' in page


@pytest.mark.parametrize("genre", ["page", "quarter"])
def test_the_pdf_holds_words_and_sources(office, deed, genre):
    pages = PdfReader(BytesIO(rendered(office, "pdf", genre))).pages
    text = "".join(page.extract_text() for page in pages)
    text = "".join(text.split())
    assert "620平方米" in text
    assert "出处" in text


@pytest.mark.parametrize("genre", ["report", "quarter"])
def test_word_gets_every_run_in_a_chinese_font(office, deed, genre):
    word = Word(BytesIO(rendered(office, "docx", genre)))
    fonts = [run.find(qn("w:rPr")).find(qn("w:rFonts")) for run in word.element.iter(qn("w:r"))]
    assert all(font is not None and font.get(qn("w:eastAsia")) for font in fonts)
    assert "620平方米" in "".join(word.element.itertext())
