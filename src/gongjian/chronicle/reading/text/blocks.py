"""Plain text → blocks: paragraphs, headings and rows of tables; lines that a column or a page broke are joined again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from gongjian.chronicle.reading.doers.names import is_name
from gongjian.chronicle.reading.text.folding import fold


class Form(Enum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ROW = "row"


@dataclass(frozen=True)
class Block:
    """`text` is folded and without line breaks; `origins[i]` is where its i-th character stands in the report."""

    form: Form
    text: str
    origins: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where in the report `text[start:end]` came from."""
        return self.origins[start], self.origins[end - 1] + 1


@dataclass(frozen=True)
class _Line:
    text: str
    start: int
    after_gap: bool


_ENDS = tuple("。！？…”」』）】：；.!?~")
_SENTENCE_END = re.compile(r"[。！？；]")
_LIST_MARK = re.compile(r"^(?:[一二三四五六七八九十]+[、是.]|（[一二三四五六七八九十\d]+）|\d{1,2}[、.](?!\d)|[①-⑳■●◆▲★※【])")
_BYLINE = re.compile(r"(?:记者|通讯员|摄影|编辑|作者|来源|文/图?)[ ：:/][^，。]{2,20}$")
_CELLS = re.compile(r"\t|\s\|\s|(?<=\S)\|(?=\S)")
_HEADER_CELL = re.compile(r"^(?:序号|单位|单位名称|事项|内容|.*事项|时间|日期|地点|数量|计量单位|备注|项目|类别)$")
HEADING_MOST = 40


def blocks(text: str) -> list[Block]:
    lines = list(_lines(text))
    width = _usual_width(lines)
    found: list[Block] = []
    waiting: list[_Line] = []
    for line in lines:
        if waiting and not _continues(waiting, line, width):
            found.append(_block(waiting))
            waiting = []
        waiting.append(line)
    return [*found, _block(waiting)] if waiting else found


def _lines(text: str) -> Iterator[_Line]:
    position, gap = 0, True
    for raw in text.splitlines(keepends=True):
        stripped = raw.strip(" \t\r\n\u3000\ufeff\xa0\x0b\x0c")
        if stripped:
            yield _Line(fold(stripped), position + raw.index(stripped[0]), gap)
        gap = not stripped
        position += len(raw)


def _usual_width(lines: list[_Line]) -> int:
    """How long lines are that a page broke: the width that many lines share; 0 where paragraphs stand on one line each."""
    lengths = sorted(len(line.text) for line in lines)
    if len(lengths) < 6:
        return 0
    longest = lengths[int(len(lengths) * 0.9)]
    shared = sum(longest - 4 <= length <= longest + 1 for length in lengths)
    return longest if longest <= 60 and shared >= len(lengths) * 0.4 else 0


def _continues(before: list[_Line], line: _Line, width: int) -> bool:
    """Is `line` the rest of a paragraph that was broken in the middle of a sentence?"""
    last = before[-1].text
    if _BYLINE.search(last) or (line.after_gap and is_name(line.text)):
        return False
    if last.endswith(_ENDS) or _CELLS.search(last) or _CELLS.search(line.text) or _LIST_MARK.match(line.text):
        return (
            bool(width)
            and last.endswith("。")
            and len(last) >= width - 1
            and not line.after_gap
            and not _LIST_MARK.match(line.text)
        )
    if width:
        return len(last) >= width - 3 and not line.after_gap
    whole = "".join(part.text for part in before)
    if _SENTENCE_END.search(whole):
        return True
    return "，" in whole and not is_heading(whole)


def is_heading(text: str) -> bool:
    if "，" in text and re.search(r"\d", text):
        return False
    return (
        len(text) <= HEADING_MOST
        and not _SENTENCE_END.search(text)
        and text.count("，") <= 2
        and not text.endswith(("，", "、"))
    )


def _block(lines: list[_Line]) -> Block:
    characters = [(character, line.start + i) for line in lines for i, character in enumerate(line.text)]
    whole = "".join(line.text for line in lines)
    if _CELLS.search(whole):
        return _made(Form.ROW, _row(characters))
    form = Form.HEADING if is_heading(whole) else Form.PARAGRAPH
    return _made(form, characters if form is Form.HEADING else _without_blanks(characters))


def _made(form: Form, characters: list[tuple[str, int]]) -> Block:
    return Block(form, "".join(c for c, _ in characters), tuple(origin for _, origin in characters))


def _without_blanks(characters: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Blanks inside a Chinese paragraph are how a page was set; between Latin words they stay."""
    kept = []
    for i, (character, origin) in enumerate(characters):
        beside = characters[i - 1][0] + (characters[i + 1][0] if i + 1 < len(characters) else "") if i else ""
        if character.isspace() and not (beside.isascii() and beside.isalpha()):
            continue
        kept.append((character, origin))
    return kept


def _row(characters: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Cells become clauses; a cell that is but a number stays with the unit in the next one."""
    text = "".join(c for c, _ in characters)
    kept = list(characters)
    for found in _CELLS.finditer(text):
        number = re.search(r"(?:^|[\t|]\s?)[\d.]+$", text[: found.start()])
        unit = re.match(r"[^\d\t|，]{1,3}(?:[\t|]|\s|$)", text[found.end() :])
        mark = " " if number and unit and found.start() - number.start() != len(text) else "，"
        for i in range(found.start(), found.end()):
            kept[i] = (mark if i == found.start() else " ", characters[i][1])
    return _without_blanks(kept)


def is_header_row(block: Block) -> bool:
    """The names of a table's columns."""
    cells = block.text.split("，")
    return block.form is Form.ROW and sum(bool(_HEADER_CELL.match(cell)) for cell in cells) * 2 > len(cells)
