"""Papers keep the standard, and the self-check sees where one does not."""

import re
import shutil
import subprocess
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from docx import Document
from docx.shared import Mm, Pt
from pypdf import PdfReader

from gongjian.chronicle.official.description import Form, level_of
from gongjian.chronicle.official.tests.factories import make_paper
from gongjian.chronicle.official.word import as_word
from gongjian.chronicle.official.word.check import check
from gongjian.kernel.errors import Invalid


def changed(change, form=Form.DOCUMENT):
    """The file after somebody worked on it."""
    word = Document(BytesIO(as_word(make_paper(form))))
    change(word)
    written = BytesIO()
    word.save(written)
    return check(written.getvalue(), form)


def broken(report):
    return {finding.clause for finding in report.findings if finding.holds is False}


@pytest.mark.parametrize("form", Form)
def test_a_paper_holds_every_clause_that_a_file_can_show(form):
    report = check(as_word(make_paper(form)))
    assert report.form is form
    assert list(broken(report)) == []
    assert len(report.findings) > 20


def _paragraph(word, beginning):
    return next(one for one in word.paragraphs if one.text.startswith(beginning))


@pytest.mark.parametrize(
    ("clause", "change"),
    [
        ("5.1", lambda word: setattr(word.sections[0], "page_width", Mm(216))),
        ("5.2.1", lambda word: setattr(word.sections[0], "top_margin", Mm(25))),
        ("5.2.3", lambda word: setattr(_paragraph(word, "经研究").paragraph_format, "line_spacing", Pt(20))),
        ("5.2.2", lambda word: setattr(_paragraph(word, "经研究").runs[0].font, "size", Pt(12))),
        ("7.2.5", lambda word: setattr(_paragraph(word, "样办").runs[0], "text", "样办[2020]第012号")),
        ("7.3.1", lambda word: setattr(_paragraph(word, "关于"), "alignment", 0)),
        ("7.3.3", lambda word: setattr(_paragraph(word, "经研究").paragraph_format, "first_line_indent", Pt(0))),
        ("7.3.4", lambda word: setattr(_paragraph(word, "附件：").runs[0], "text", "附件：事迹出处。")),
        ("7.3.5", lambda word: setattr(_paragraph(word, "2020年").runs[0], "text", "2020年12月04日")),
        ("7.5", lambda word: setattr(word.settings, "odd_and_even_pages_header_footer", False)),
    ],
)
def test_the_self_check_sees_what_was_spoiled(clause, change):
    assert clause in broken(changed(change))


def test_it_sees_a_run_without_a_chinese_font():
    assert "5.2.2" in broken(changed(lambda word: _paragraph(word, "经研究").add_run("后加的字")))


def test_what_is_no_word_file_is_refused():
    with pytest.raises(Invalid, match="不是 Word 文件"):
        check(b"PK no archive")


def test_minutes_without_those_present_are_not_whole():
    assert "10.3" in broken(check(as_word(make_paper(Form.MINUTES, present="")), Form.MINUTES))


@pytest.mark.parametrize(
    ("line", "level"), [("一、甲", 1), ("（一）甲", 2), ("1.甲", 3), ("（1）甲", 4), ("1.5万元", 0), ("甲", 0)]
)
def test_levels_show_by_their_numbers(line, level):
    assert level_of(line) == level


@cache
def laid_out():
    """The words of each page, by form, as LibreOffice sets them. Once for all tests here."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice (soffice) is not installed, so papers are not laid out here.")
    with TemporaryDirectory() as folder:
        for form in Form:
            (Path(folder) / f"{form}.docx").write_bytes(as_word(make_paper(form)))
        files = [f"{folder}/{form}.docx" for form in Form]
        command = [soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
        subprocess.run([*command, "--outdir", folder, *files], check=True, capture_output=True, timeout=180)
        return {form: _words(Path(folder) / f"{form}.pdf") for form in Form}


def _words(file):
    return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(file.read_bytes())).pages]


class TestLaidOut:
    """What LibreOffice makes of it, page by page."""

    def test_odd_and_even_pages_carry_their_numbers(self):
        pages = laid_out()[Form.DOCUMENT]
        assert ["—1—" in pages[0], "—2—" in pages[1]] == [True, True]

    def test_the_first_page_of_a_letter_carries_none(self):
        assert not re.search(r"—\d—", laid_out()[Form.LETTER][0])

    def test_copies_and_printer_stand_on_the_last_page(self):
        assert "抄送：区委办公室。" in laid_out()[Form.DOCUMENT][-1]
        assert "印发" in laid_out()[Form.MINUTES][-1]
