"""What a file is, and its text."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gongjian.chronicle.reading.files import confined
from gongjian.chronicle.reading.files.encoding import decode
from gongjian.chronicle.reading.files.html import text_of_html
from gongjian.chronicle.reading.files.refusals import refusal
from gongjian.kernel.files import safe_name

MOST_BYTES = 20 * 1024 * 1024
MOST_CHARACTERS = 200_000
"""Some three hundred pages; a year's reports are better read one by one."""
LEAST_CHARACTERS = 10
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|div|p|table|article|meta)[\s>]", re.IGNORECASE)
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF", b"II*\x00", b"MM\x00*")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


@dataclass(frozen=True)
class Opened:
    """`sha256` is that of the file as it came."""

    text: str
    name: str
    media_type: str
    sha256: str


def open_report(content: bytes, name: str) -> Opened:
    """Raises Invalid, with a sentence for whoever brought it, for whatever cannot be read."""
    if not content.strip():
        raise refusal(_("这是空的，没有可读的文字。"), "report-empty")
    if len(content) > MOST_BYTES:
        raise refusal(_("文件太大，最多 20 MB。"), "report-too-large")
    media_type, read = _reader(content)
    return Opened(_checked(read(content)), safe_name(name), media_type, hashlib.sha256(content).hexdigest())


def pasted(text: str) -> Opened:
    """Text that was typed or pasted. Raises Invalid as `open_report` does."""
    return Opened(_checked(text), "", "text/plain", hashlib.sha256(text.encode("utf-8", "replace")).hexdigest())


def _reader(content: bytes) -> tuple[str, Callable[[bytes], str]]:
    if content.startswith(b"%PDF-"):
        return "application/pdf", confined.text_of_pdf
    if content.startswith(b"PK\x03\x04"):
        return confined.WORD, confined.text_of_word
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise refusal(_("这是旧版 Office 文件。请在 Word 里另存为 .docx 再读。"), "report-old-word")
    if content.startswith(_PICTURES):
        raise refusal(_("这是图片，里面没有文字可读。请先识别成文字，或者把文字打出来。"), "report-picture")
    if _HTML.search(content[:2048]):
        return "text/html", lambda page: text_of_html(decode(page))
    return "text/plain", decode


def _checked(text: str) -> str:
    text = _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) > MOST_CHARACTERS:
        sentence = _("太长了：%(count)s 字，一次最多读 %(most)s 字。请分成几篇。")
        raise refusal(sentence % {"count": f"{len(text):,}", "most": f"{MOST_CHARACTERS:,}"}, "report-too-long")
    if len(re.sub(r"\s", "", text)) < LEAST_CHARACTERS:
        raise refusal(_("这是空的，没有可读的文字。"), "report-empty")
    return text
