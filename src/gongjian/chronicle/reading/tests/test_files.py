"""Files from outside: a clear word for each that cannot be read, and nothing run."""

import io
import zipfile

import pytest
from docx import Document
from pypdf import PdfWriter

from gongjian.chronicle.reading.files import open_report, pasted
from gongjian.kernel.errors import Invalid

TEXT = "样例银行向社区捐赠口罩五百只，大家都说好。\n学校提供活动室二百平方米，供居民使用。\n"


def word(*paragraphs: str, rows: tuple[tuple[str, ...], ...] = ()) -> bytes:
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for i, row in enumerate(rows):
            for j, cell in enumerate(row):
                table.cell(i, j).text = cell
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def with_member(content: bytes, name: str, member: bytes) -> bytes:
    buffer = io.BytesIO(content)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(name, member)
    return buffer.getvalue()


def with_document(xml: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", xml)
    return buffer.getvalue()


def refused(content: bytes) -> str:
    with pytest.raises(Invalid) as caught:
        open_report(content, "report")
    return caught.value.code


class TestText:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
    def test_it_is_read_in_every_encoding_that_is_used(self, encoding):
        assert open_report(TEXT.encode(encoding), "a.txt").text == TEXT

    def test_big5_is_told_from_gb18030(self):
        traditional = "柳蔭街道志願服務隊為社區老人服務三百小時，大家都說這個活動很好。\n"
        assert open_report(traditional.encode("big5"), "a.txt").text == traditional

    def test_windows_line_ends_become_plain_ones(self):
        assert pasted("一行文字在这里写着\r\n又一行").text == "一行文字在这里写着\n又一行"

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "report-empty"),
            (b" \n\t ", "report-empty"),
            (("字" * 1_700_000).encode(), "report-too-long"),
            (bytes(range(128, 256)) * 20, "report-encoding"),
            (b"MZ\x00\x01" + b"\x00" * 100, "report-encoding"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1", "report-old-word"),
            (b"\x89PNG\r\n\x1a\n....", "report-picture"),
            (b"x" * (20 * 1024 * 1024 + 1), "report-too-large"),
        ],
    )
    def test_what_cannot_be_read_is_refused_with_its_reason(self, content, code):
        assert refused(content) == code


class TestHtml:
    def test_numbers_of_notes_are_no_part_of_the_figures(self):
        page = f"<body><p>{TEXT}捐款5<sup>12</sup>万元。</p><footer>出处：12</footer></body>"
        assert "捐款5万元" in open_report(page.encode(), "a.html").text

    def test_only_the_words_are_taken(self):
        head = "<html><head><title>x</title><script>alert(1)</script></head>"
        page = f"{head}<body><h1>样例</h1><p>{TEXT}</p><script>evil()</script></body></html>"
        text = open_report(page.encode(), "a.html").text
        assert "捐赠口罩五百只" in text
        assert "alert" not in text
        assert "evil" not in text

    def test_a_script_that_is_never_closed_swallows_nothing_into_the_text(self):
        assert "evil" not in open_report(f"<html><body><p>{TEXT}</p><script>evil()".encode(), "a").text

    def test_cells_of_a_row_stay_apart(self):
        page = "<table><tr><td>样例文化馆</td><td>送戏进社区6场</td></tr></table>"
        assert "样例文化馆\t送戏进社区6场" in open_report(page.encode(), "a").text


class TestWord:
    def test_paragraphs_and_tables_are_read(self):
        text = open_report(word("样例银行捐款五万元给社区", rows=(("单位", "事项"), ("样例馆", "送戏6场"))), "a.docx").text
        assert "样例银行捐款五万元给社区" in text
        assert "样例馆\t送戏6场" in text

    def test_macros_are_refused(self):
        assert refused(with_member(word(TEXT), "word/vbaProject.bin", b"x")) == "report-macros"

    def test_a_file_that_unpacks_without_end_is_refused(self):
        bomb = io.BytesIO(word(TEXT))
        with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/media/zeros.bin", b"\0" * 70_000_000)
        assert refused(bomb.getvalue()) == "report-bomb"

    def test_entities_are_refused(self):
        xml = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><d>&a;</d>'
        assert refused(with_document(xml)) == "report-entities"

    def test_another_archive_is_no_word_file(self):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("a.txt", "x")
        assert refused(buffer.getvalue()) == "report-not-word"

    def test_a_broken_file_is_refused(self):
        assert refused(word(TEXT)[:2000]) == "report-broken"


class TestPdf:
    def test_text_is_read(self):
        import typst

        source = b'#set text(font: ("Noto Serif CJK SC", "Noto Sans CJK SC", "Noto Serif SC"))\n' + TEXT.encode()
        from pylopdf_fonts_zh_cn import __file__ as fonts

        pdf = typst.compile(source, font_paths=[str(fonts).rpartition("/")[0]])
        assert "样例银行" in open_report(pdf, "a.pdf").text.replace("\n", "")

    def test_a_scan_without_text_is_told(self):
        writer = PdfWriter()
        writer.add_blank_page(200, 200)
        buffer = io.BytesIO()
        writer.write(buffer)
        assert refused(buffer.getvalue()) == "report-scanned"

    def test_a_locked_file_is_told(self):
        writer = PdfWriter()
        writer.add_blank_page(200, 200)
        writer.encrypt("secret", algorithm="RC4-128")
        buffer = io.BytesIO()
        writer.write(buffer)
        assert refused(buffer.getvalue()) == "report-locked"

    def test_a_broken_file_is_refused(self):
        assert refused(b"%PDF-1.4 nothing") == "report-broken"
