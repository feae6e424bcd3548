"""版头: mark, number, red rule (7.2)."""

import re
from collections.abc import Iterator

from gongjian.chronicle.official import layout
from gongjian.chronicle.official.word.clauses.finding import Finding, near
from gongjian.chronicle.official.word.reading import Set, Sheet, attribute

_NUMBER = re.compile(r"^[\u4e00-\u9fa5]+〔(?:19|20)\d{2}〕[1-9]\d*号$")
_ISSUE = re.compile(r"^第[1-9]\d*期$|〔(?:19|20)\d{2}〕[1-9]\d*号?$")


def mark(sheet: Sheet) -> Set | None:
    return next((one for one in sheet.paragraphs if layout.RED in one.colors and not one.is_blank), None)


def check(sheet: Sheet) -> Iterator[Finding]:
    found = mark(sheet)
    if found is None:
        yield Finding("7.2.4", "发文机关标志，红色小标宋，居中", "没有找到", holds=False)
        return
    centered = layout.SONG in found.fonts and found.element.alignment == 1
    yield Finding("7.2.4", "发文机关标志，红色小标宋，居中", found.text, centered)
    at = sheet.paragraphs.index(found)
    above = sum(_height(one) for one in sheet.paragraphs[:at])
    holds = near(above, layout.MARK_BELOW_TOP, 1)
    yield Finding("7.2.4", "标志上边缘至版心上边缘 35 mm", f"{above:.1f} mm", holds)
    yield from _number(sheet, at)


def _number(sheet: Sheet, mark_at: int) -> Iterator[Finding]:
    at = next((i for i, one in enumerate(sheet.paragraphs) if _has_rule(one)), None)
    if at is None:
        yield Finding("7.2.7", "发文字号之下 4 mm 处红色分隔线", "没有找到", holds=False)
        return
    number = sheet.paragraphs[at]
    minutes = sheet.paragraphs[mark_at].text.endswith("纪要")
    pattern, name = (_ISSUE, "编号") if minutes else (_NUMBER, "发文字号用六角括号〔〕，年份全称，序号不编虚位、不加“第”")
    clause = "10.3" if minutes else "7.2.5"
    yield Finding(clause, name, number.text or "没有填写", bool(pattern.match(number.text)))
    blanks, centered = at - mark_at - 1, number.element.alignment == 1
    yield Finding(clause, "在标志下空二行居中", f"空 {blanks} 行", blanks == 2 and centered)
    space = int(attribute(number.element._p, "pPr/pBdr/bottom", "space") or 0) / 72 * 25.4
    yield Finding("7.2.7", "红色分隔线在其下 4 mm，与版心等宽", f"{space:.1f} mm", near(space, layout.RULE_BELOW_NUMBER))
    gap = (sheet.title or 0) - at - 1
    yield Finding("7.3.1", "标题在分隔线下空二行", f"空 {gap} 行", gap == 2)


def _has_rule(one: Set) -> bool:
    return attribute(one.element._p, "pPr/pBdr/bottom", "color") == layout.RED


def _height(one: Set) -> float:
    """mm, of a line set exactly."""
    pitch = one.element.paragraph_format.line_spacing
    return pitch / 36000 if pitch else 0.0
