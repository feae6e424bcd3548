"""Setting an official paper from head to foot."""

from io import BytesIO
from typing import Any

from gongjian.chronicle.official import layout
from gongjian.chronicle.official.description import Attachment, OfficialPaper, in_words
from gongjian.chronicle.official.word import marks
from gongjian.chronicle.official.word.foot import foot
from gongjian.chronicle.official.word.heads import head
from gongjian.chronicle.official.word.sheet import prepare
from gongjian.kernel.papers.long_tables import append_table
from gongjian.kernel.papers.word import TYPE

__all__ = ["TYPE", "as_word"]

_TITLE_PITCH = 680


def as_word(paper: OfficialPaper) -> bytes:
    """python-docx is imported only when there is something to write."""
    from docx import Document

    word = Document()
    prepare(word, paper)
    head(word, paper)
    marks.text(word, paper.title, font=layout.SONG, size=layout.TITLE_SIZE, align="center", pitch=_TITLE_PITCH)
    marks.blank(word)
    _body(word, paper)
    _signed(word, paper)
    for number, attachment in enumerate(paper.attachments, start=1):
        _attachment(word, attachment, number if len(paper.attachments) > 1 else 0)
    foot(word, paper)
    written = BytesIO()
    word.save(written)
    return written.getvalue()


def _body(word: Any, paper: OfficialPaper) -> None:
    if paper.addressee:
        marks.text(word, f"{paper.addressee.rstrip('：:')}：", align="left")
    for line in paper.body:
        face = layout.LEVELS[line.level]
        marks.indent(marks.text(word, line.text, font=face.font), first=2)
    _attachment_note(word, paper)
    for label, names in (("出席", paper.present), ("请假", paper.excused), ("列席", paper.attending)):
        if names:
            _people(word, label, names)


def _attachment_note(word: Any, paper: OfficialPaper) -> None:
    """附件：1. …, no mark at the end (7.3.4)."""
    if paper.attachments:
        marks.blank(word)
    several = len(paper.attachments) > 1
    for number, attachment in enumerate(paper.attachments, start=1):
        opening = "附件：" if number == 1 else "　　　"
        made = marks.text(word, f"{opening}{f'{number}. ' if several else ''}{attachment.title}", align="left")
        marks.indent(made, left=2, hanging=3)


def _people(word: Any, label: str, names: str) -> None:
    """出席： in 黑体, names in 仿宋, further lines below the first name (10.3)."""
    if label == "出席":
        marks.blank(word)
    made = marks.paragraph(word, align="left")
    marks.run(made, f"{label}：", font=layout.HEI)
    marks.run(made, names)
    marks.indent(made, left=2, hanging=3)


def _signed(word: Any, paper: OfficialPaper) -> None:
    """The date four characters from the right, the issuer centered above it (7.3.5)."""
    if paper.signed_on is None:
        return
    marks.blank(word)
    marks.blank(word)
    day = in_words(paper.signed_on)
    beside = 4 + (_width(day) - _width(paper.signature)) / 2
    signature = marks.text(word, paper.signature, align="right")
    signature.paragraph_format.keep_with_next = True
    marks.indent(signature, right=max(beside, 0))
    marks.indent(marks.text(word, day, align="right"), right=4)
    if paper.remark:
        marks.indent(marks.text(word, f"（{paper.remark}）", align="left"), left=2)


def _width(words: str) -> float:
    """In characters; digits take half of one."""
    return sum(0.5 if character.isascii() else 1 for character in words)


def _attachment(word: Any, attachment: Attachment, number: int) -> None:
    """On a new page: 附件1 in 黑体 on the first line, the title on the third (7.3.7)."""
    first = marks.text(word, f"附件{number or ''}", font=layout.HEI, align="left")
    first.paragraph_format.page_break_before = True
    marks.blank(word)
    marks.text(word, attachment.title, font=layout.SONG, size=layout.TITLE_SIZE, align="center", pitch=_TITLE_PITCH)
    marks.blank(word)
    _table(word, attachment)


def _table(word: Any, attachment: Attachment) -> None:
    append_table(
        word,
        attachment.head,
        attachment.rows,
        shares=attachment.shares or [1] * len(attachment.head),
        width=layout.twips(layout.TEXT_WIDTH),
        font=layout.FANGSONG,
        size=10,
    )
