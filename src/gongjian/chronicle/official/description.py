"""What an official paper says, before it is a file."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Form(StrEnum):
    DOCUMENT = "document"
    """The general form, with the issuer's mark and red rule (7)."""
    LETTER = "letter"
    """信函格式 (10.1)."""
    MINUTES = "minutes"
    """纪要格式 (10.3)."""


@dataclass(frozen=True)
class Line:
    """`level` 0 is running text; 1 to 4 are 一、 （一） 1. （1）."""

    text: str
    level: int = 0


@dataclass(frozen=True)
class Attachment:
    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    shares: Sequence[int] = ()


@dataclass(frozen=True)
class OfficialPaper:
    form: Form
    mark: str
    """The issuer's mark, as it stands in red at the head."""
    title: str
    body: Sequence[Line]
    number: str = ""
    copy_number: str = ""
    secrecy: str = ""
    urgency: str = ""
    addressee: str = ""
    attachments: Sequence[Attachment] = ()
    signature: str = ""
    signed_on: date | None = None
    remark: str = ""
    present: str = ""
    excused: str = ""
    attending: str = ""
    copies: str = ""
    printer: str = ""
    author: str = field(default="")


_FIRST, _SECOND = re.compile(r"^[一二三四五六七八九十]+、"), re.compile(r"^（[一二三四五六七八九十]+）")
_THIRD, _FOURTH = re.compile(r"^\d+\.(?!\d)"), re.compile(r"^（\d+）")


def lines(text: str) -> list[Line]:
    """Typed paragraphs, each with the level that its number shows."""
    return [Line(line, level_of(line)) for line in filter(None, (raw.strip() for raw in text.splitlines()))]


def level_of(line: str) -> int:
    for level, pattern in enumerate((_FIRST, _SECOND, _THIRD, _FOURTH), start=1):
        if pattern.match(line):
            return level
    return 0


def in_words(day: date) -> str:
    """Arabic numerals, without zeros in front (7.3.5)."""
    return f"{day.year}年{day.month}月{day.day}日"
