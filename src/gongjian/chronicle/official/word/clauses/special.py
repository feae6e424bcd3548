"""信函格式 and 纪要格式 (10.1, 10.3)."""

from collections.abc import Iterator
from typing import Any

from gongjian.chronicle.official import layout
from gongjian.chronicle.official.word.clauses.finding import Finding, near
from gongjian.chronicle.official.word.reading import Sheet, attribute, millimeters


def check_letter(sheet: Sheet) -> Iterator[Finding]:
    header, footer = (part.paragraphs[0] for part in (sheet.section.first_page_header, sheet.section.first_page_footer))
    runs = header.runs
    mark = "".join(run.text for run in runs)
    red = bool(mark) and all(str(run.font.color.rgb) == layout.RED for run in runs) and not mark.endswith("文件")
    yield Finding("10.1", "发文机关全称或规范化简称，不加“文件”，红色小标宋", mark or "没有找到", red)
    above = millimeters(sheet.section.header_distance)
    yield Finding("10.1", "标志上边缘至上页边 30 mm", f"{above} mm", near(above, layout.LETTER_MARK_BELOW_EDGE, 1))
    first = "首条红色双线，上粗下细，长 170 mm，在标志下 4 mm"
    yield from _rules(header, first, "thickThinSmallGap", space=layout.RULE_BELOW_NUMBER)
    yield from _rules(footer, "末条红色双线，上细下粗，长 170 mm", "thinThickSmallGap", space=0)
    below = millimeters(sheet.section.footer_distance)
    yield Finding("10.1", "末条双线距下页边 20 mm", f"{below} mm", near(below, layout.LETTER_RULE_ABOVE_EDGE, 1))
    number = next((one for one in sheet.paragraphs if "〔" in one.text), None)
    right = None if number is None else number.element.alignment == 2
    yield Finding("10.1", "发文字号居版心右边缘", number.text if number else "没有填写", right)
    bare = "PAGE" not in footer._p.xml
    yield Finding("10.1", "首页不显示页码", "没有页码" if bare else "有页码", bare)


def _rules(paragraph: Any, demand: str, kind: str, *, space: int) -> Iterator[Finding]:
    found = attribute(paragraph._p, "pPr/pBdr/bottom", "val")
    kept = paragraph.paragraph_format
    length = layout.TEXT_WIDTH - millimeters(kept.left_indent) - millimeters(kept.right_indent)
    gap = int(attribute(paragraph._p, "pPr/pBdr/bottom", "space") or 0) / 72 * 25.4
    holds = found == kind and near(length, layout.LETTER_RULE, 1) and near(gap, space)
    yield Finding("10.1", demand, f"{length:.1f} mm", holds)


def check_minutes(sheet: Sheet) -> Iterator[Finding]:
    present = next((one for one in sheet.paragraphs if one.text.startswith("出席：")), None)
    if present is None:
        yield Finding("10.3", "标注出席人员", "没有找到", holds=False)
        return
    at = sheet.paragraphs.index(present)
    runs = present.element.runs
    label = attribute(runs[0]._r, "rPr/rFonts", "eastAsia") == layout.HEI and runs[0].text == "出席："
    holds = label and sheet.paragraphs[at - 1].is_blank
    yield Finding("10.3", "“出席”二字 3 号黑体，左空二字，正文下空一行", "是" if holds else "否", holds)
    hanging = present.element.paragraph_format.first_line_indent
    holds = hanging is not None and hanging < 0
    yield Finding("10.3", "回行与冒号后首字对齐", "是" if holds else "否", holds)
