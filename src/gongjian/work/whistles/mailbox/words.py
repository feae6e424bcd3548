"""What somebody wrote in a mail: without markup, without the letter they answer, without their signature."""

import re
from html.parser import HTMLParser

BLOCKS = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "ul", "ol", "table", "hr"})
SILENT = frozenset({"script", "style", "head", "title", "blockquote", "template"})
VOID = frozenset({"br", "hr", "img", "input", "meta", "link"})

QUOTE_BEGINS = re.compile(
    r"^\s*(?:"
    r"-{2,}\s*(?:original message|forwarded message|原始邮件|转发的邮件|原邮件|回复的原邮件).*"
    r"|on\b.{4,200}\bwrote\s*[:：]"
    r"|(?:在|于)?.{0,120}(?:写道|写到|寫道)\s*[:：]"
    r"|_{8,}"
    r"|(?:发件人|寄件者|from)\s*[:：].{2,}"
    r")\s*$",
    re.IGNORECASE,
)
SIGNATURE = re.compile(
    r"^\s*(?:--\s*|—{2,}|发自我的.{1,30}|从我的.{1,20}发送|来自.{1,20}(?:邮箱|手机|客户端)|sent from my .{1,40})$",
    re.IGNORECASE,
)
PREFIX = re.compile(r"^(?:\s*(?:re|fw|fwd|aw|回复|答复|转发|回覆|轉寄)\s*[:：])+", re.IGNORECASE)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in SILENT:
            self.silent.append(tag)
        elif tag in BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.silent:
            while self.silent.pop() != tag:
                pass
        elif tag in BLOCKS - VOID:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(re.sub(r"\s+", " ", data))


def plain(html: str) -> str:
    """The words of a page of HTML; what it quotes is left out."""
    reader = _Text()
    reader.feed(html)
    reader.close()
    return tidy("".join(reader.parts))


def own_words(text: str) -> str:
    """Up to where the answered letter or the signature begins, without quoted lines."""
    kept = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if QUOTE_BEGINS.match(line) or SIGNATURE.match(line):
            break
        if not line.lstrip().startswith(">"):
            kept.append(line)
    return tidy("\n".join(kept))


def own_subject(subject: str) -> str:
    return PREFIX.sub("", " ".join(subject.split())).strip()


def tidy(text: str) -> str:
    """No blanks at the ends of lines, and never more than one empty line."""
    lines = "\n".join(line.strip() for line in text.replace("\x00", "").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip()
