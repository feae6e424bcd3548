from io import BytesIO

from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from gongjian.kernel.papers import Paper, Part, Table
from gongjian.kernel.papers.pdf import as_pdf
from gongjian.kernel.papers.word import as_word

PAPER = Paper(
    title="共建季报",
    sub="2020年第三季度",
    parts=[
        Part("一、事迹", ["共记 2 件。"], Table(["事迹", "数量"], [["提供场地", "620平方米"], ["捐椅子", "12件"]], [3, 1])),
        Part("二、会议", table=Table(["日期", "议题"], [], empty="这个季度没有开会。")),
    ],
    signers=["甲方（盖章）", "乙方（盖章）"],
    date="2020年10月8日",
)


class TestWord:
    def test_it_says_what_the_paper_says(self) -> None:
        document = Document(BytesIO(as_word(PAPER)))
        texts = [paragraph.text for paragraph in document.paragraphs]
        assert texts[:2] == ["共建季报", "2020年第三季度"]
        assert "这个季度没有开会。" in texts
        assert [cell.text for cell in document.tables[0].rows[1].cells] == ["提供场地", "620平方米"]

    def test_every_run_names_its_chinese_font(self) -> None:
        document = Document(BytesIO(as_word(PAPER)))
        runs = [run for paragraph in document.element.body.iter(qn("w:p")) for run in paragraph.iter(qn("w:r"))]
        assert runs
        assert all(run.find(f".//{qn('w:rFonts')}").get(qn("w:eastAsia")) for run in runs)


class TestPdf:
    def test_it_says_what_the_paper_says(self) -> None:
        text = "".join(page.extract_text() for page in PdfReader(BytesIO(as_pdf(PAPER))).pages).replace(" ", "")
        for words in ("共建季报", "620平方米", "这个季度没有开会。", "甲方（盖章）", "2020年10月8日"):
            assert words in text
