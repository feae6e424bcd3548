"""A web page's words, without its scripts. Nothing in it is run, loaded or followed."""

import re
from html.parser import HTMLParser

_SILENT = frozenset(
    ["script", "style", "noscript", "template", "svg", "iframe", "object", "head", "nav", "button", "select", "sup", "footer"]
)
"""Raised numbers of notes, and the notes at the foot, are about the words, not of them."""
_BLOCKS = re.compile(
    "p|div|br|li|ul|ol|h[1-6]|tr|table|section|article|header|blockquote|figure|figcaption|hr|dt|dd|main|aside"
)
_CELLS = frozenset({"td", "th"})


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag == "body":
            self._silent.clear()
        elif _BLOCKS.fullmatch(tag):
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            if tag in self._silent:
                del self._silent[self._silent.index(tag) :]
        elif tag in _CELLS:
            self.pieces.append("\t")
        elif _BLOCKS.fullmatch(tag):
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(re.sub(r"\s+", " ", data))


def text_of_html(page: str) -> str:
    words = _Words()
    words.feed(page)
    words.close()
    lines = (line.strip(" \t") for line in "".join(words.pieces).split("\n"))
    return "\n".join(line for line in lines if line)
