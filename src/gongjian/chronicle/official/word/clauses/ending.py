"""Attachments, signature and date, and the 版记 (7.3.4, 7.3.5, 7.3.7, 7.4)."""

import re
from collections.abc import Iterator
from typing import Any

from gongjian.chronicle.official import layout
from gongjian.chronicle.official.word.clauses.finding import Finding, near
from gongjian.chronicle.official.word.reading import Set, Sheet

_DAY = re.compile(r"^\d{4}年[1-9]\d?月[1-9]\d?日$")
_ANY_DAY = re.compile(r"^[\d〇零一二三四五六七八九十]{2,4}年.{1,3}月.{1,3}日$")


def check(sheet: Sheet) -> Iterator[Finding]:
    yield from _attachments(sheet)
    yield from check_signature(sheet)
    yield from check_foot(sheet)


def _attachments(sheet: Sheet) -> Iterator[Finding]:
    notes = [one for one in sheet.paragraphs if one.text.startswith("附件：")]
    if not notes:
        return
    holds = not any(one.text.endswith(("。", "，", "；")) for one in notes)
    yield Finding("7.3.4", "附件说明左空二字，名称后不加标点", notes[0].text, holds)
    first = next((one for one in sheet.paragraphs if re.fullmatch(r"附件\d*", one.text)), None)
    on_top = first is not None and bool(first.element.paragraph_format.page_break_before) and layout.HEI in first.fonts
    yield Finding("7.3.7", "附件另面编排，“附件”二字 3 号黑体顶格", first.text if first else "没有找到", on_top)


def check_signature(sheet: Sheet) -> Iterator[Finding]:
    at = next((i for i, one in enumerate(sheet.paragraphs) if _ANY_DAY.match(one.text)), None)
    if at is None:
        yield Finding("7.3.5", "成文日期", "没有找到", holds=False)
        return
    day, issuer = sheet.paragraphs[at], sheet.paragraphs[at - 1]
    yield Finding("7.3.5", "成文日期用阿拉伯数字，月、日不编虚位", day.text, bool(_DAY.match(day.text)))
    right = _right(day.element)
    yield Finding("7.3.5", "成文日期右空四字", f"{right:.1f} 字", near(right, 4, 0.1))
    offset = _middle(issuer) - _middle(day)
    centered = bool(issuer.text) and (near(offset, 0, 0.3) or _right(issuer.element) == 0)
    yield Finding("7.3.5", "署名以成文日期为准居中", issuer.text or "没有署名", centered)


def check_foot(sheet: Sheet) -> Iterator[Finding]:
    foot = next((table for table in sheet.word.tables if _is_foot(table)), None)
    if foot is None:
        return
    widths = [_rule(foot.rows[0], "top"), *(_rule(row, "top") for row in foot.rows[1:]), _rule(foot.rows[-1], "bottom")]
    wanted = [layout.THICK_RULE, *[layout.THIN_RULE] * (len(foot.rows) - 1), layout.THICK_RULE]
    found = "、".join(f"{width / 8 / 72 * 25.4:.2f} mm" for width in widths)
    yield Finding("7.4.1", "版记首末线 0.35 mm，中间线 0.25 mm", found, widths == wanted)
    runs = [run for row in foot.rows for paragraph in row.cells[0].paragraphs for run in paragraph.runs]
    holds = {run.font.size.pt for run in runs} == {layout.SMALL_SIZE}
    yield Finding("7.4.2", "抄送、印发用 4 号仿宋，左右各空一字", f"{len(foot.rows)} 行", holds)
    yield Finding("7.4", "版记在最后一面，双页码面", "要看排好的页面", None)


def _is_foot(table: Any) -> bool:
    from docx.oxml.ns import qn

    return table._tbl.tblPr.find(qn("w:tblpPr")) is not None


def _rule(row: Any, side: str) -> int:
    from docx.oxml.ns import qn

    borders = row.cells[0]._tc.tcPr.find(qn("w:tcBorders"))
    rule = None if borders is None else borders.find(qn(f"w:{side}"))
    return 0 if rule is None else int(rule.get(qn("w:sz")))


def _right(paragraph: Any) -> float:
    indent = paragraph.paragraph_format.right_indent
    return indent / 635 / layout.CHARACTER if indent else 0.0


def _middle(one: Set) -> float:
    """How far the middle of the words lies from the right edge, in characters."""
    width = sum(0.5 if character.isascii() else 1 for character in one.text)
    return _right(one.element) + width / 2
