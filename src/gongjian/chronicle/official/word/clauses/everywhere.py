"""Paper, margins, lines, fonts and page numbers: alike in every form (5, 7.3.1 to 7.3.3, 7.5)."""

import re
from collections.abc import Iterator
from typing import Any

from gongjian.chronicle.official import layout
from gongjian.chronicle.official.description import level_of
from gongjian.chronicle.official.word.clauses.finding import Finding, near
from gongjian.chronicle.official.word.reading import Sheet, attribute, millimeters


def check(sheet: Sheet) -> Iterator[Finding]:
    yield from _paper(sheet)
    yield from _lines(sheet)
    yield from _fonts(sheet)
    yield from _title_and_body(sheet)
    yield from _page_numbers(sheet)


def _paper(sheet: Sheet) -> Iterator[Finding]:
    one = sheet.section
    width, height = millimeters(one.page_width), millimeters(one.page_height)
    yield Finding("5.1", "A4，210 mm × 297 mm", f"{width} × {height} mm", near(width, 210) and near(height, 297))
    top, left = millimeters(one.top_margin), millimeters(one.left_margin)
    yield Finding("5.2.1", "天头 37 mm ± 1 mm", f"{top} mm", near(top, layout.TOP, 1))
    yield Finding("5.2.1", "订口 28 mm ± 1 mm", f"{left} mm", near(left, layout.LEFT, 1))
    text = width - left - millimeters(one.right_margin), height - top - millimeters(one.bottom_margin)
    holds = near(text[0], layout.TEXT_WIDTH) and near(text[1], layout.TEXT_HEIGHT)
    yield Finding("5.2.1", "版心 156 mm × 225 mm", f"{text[0]:.1f} × {text[1]:.1f} mm", holds)
    mirrored = sheet.word.settings.element.find(_w("mirrorMargins")) is not None
    yield Finding("6", "双面印刷，左侧装订", "左右页边对称" if mirrored else "左右页边未对称", mirrored)


def _lines(sheet: Sheet) -> Iterator[Finding]:
    width, height = sheet.text_block
    body = [one.element.paragraph_format.line_spacing for one in _body(sheet)]
    pitches = {pitch / 635 for pitch in body if pitch is not None and pitch > 100}
    fit = {int(height // pitch) for pitch in pitches}
    found = "、".join(f"{count} 行" for count in sorted(fit)) or "行距未固定"
    yield Finding("5.2.3", "每面 22 行", found, fit == {layout.LINES})
    normal = sheet.word.styles["Normal"].element
    closer = int(attribute(normal, "rPr/spacing", "val") or 0)
    count = int(width // (layout.BODY_SIZE * 20 + closer))
    yield Finding("5.2.3", "每行 28 字", f"{count} 字", count == layout.CHARACTERS)


def _fonts(sheet: Sheet) -> Iterator[Finding]:
    runs = sheet.runs()
    bare = sum(not attribute(run, "rPr/rFonts", "eastAsia") for run in runs)
    found = f"{len(runs)} 处文字，{bare} 处没有声明"
    yield Finding("5.2.2", "每处文字都声明中文字体（w:eastAsia）", found, bare == 0)
    colors = {color for one in sheet.paragraphs for color in one.colors} - {"None"}
    yield Finding("5.2.4", "除红色标志外，文字为黑色", "、".join(sorted(colors)), colors <= {"000000", layout.RED})


def _title_and_body(sheet: Sheet) -> Iterator[Finding]:
    at = sheet.title
    title = sheet.paragraphs[at] if at is not None else None
    centered = title is not None and title.element.alignment == 1
    yield Finding("7.3.1", "标题 2 号小标宋，居中", title.text if title else "没有找到", centered)
    body = _body(sheet)
    sizes = {size for one in body for size in one.sizes}
    yield Finding("5.2.2", "正文 3 号字", "、".join(f"{size:g} 磅" for size in sorted(sizes)), sizes == {layout.BODY_SIZE})
    for level, name in enumerate(("正文 3 号仿宋", "“一、”用黑体", "“（一）”用楷体", "“1.”用仿宋", "“（1）”用仿宋")):
        of_level = [one for one in body if level_of(one.text) == level and not _is_address(one.text)]
        if of_level:
            fonts = {font for one in of_level for font in one.fonts}
            indents = {_first_line(one.element) for one in of_level}
            holds = fonts == {layout.LEVELS[level].font} and indents == {2.0}
            found = f"{'、'.join(sorted(fonts))}，首行空 {'、'.join(f'{n:g}' for n in sorted(indents))} 字"
            yield Finding("7.3.3", f"{name}，左空二字", found, holds)


def _body(sheet: Sheet) -> list[Any]:
    """From the title to the first thing that stands below the text."""
    below = re.compile(r"^(?:附件(?:：|\d|$)|出席：|请假：|列席：)")
    found: list[Any] = []
    for one in sheet.paragraphs[(sheet.title or 0) + 1 :]:
        if below.match(one.text) or (found and one.is_blank):
            break
        if not one.is_blank:
            found.append(one)
    return found


def _is_address(text: str) -> bool:
    return text.endswith("：")


def _first_line(paragraph: Any) -> float:
    indent = paragraph.paragraph_format.first_line_indent
    return round(indent / 635 / layout.CHARACTER, 1) if indent else 0.0


def _page_numbers(sheet: Sheet) -> Iterator[Finding]:
    one = sheet.section
    both = bool(sheet.word.settings.odd_and_even_pages_header_footer)
    yield Finding("7.5", "单页码、双页码分开编排", "已分开" if both else "未分开", both)
    for footer, side, align in ((one.footer, "单页码居右空一字", 2), (one.even_page_footer, "双页码居左空一字", 0)):
        made = footer.paragraphs[0]
        indent = made.paragraph_format.right_indent if align == 2 else made.paragraph_format.left_indent
        holds = made.alignment == align and near((indent or 0) / 635 / layout.CHARACTER, 1, 0.1)
        yield Finding("7.5", side, "是" if holds else "否", holds)
    runs = [run for run in one.footer.paragraphs[0].runs if run.text.strip()]
    sizes = {run.font.size.pt for run in runs}
    holds = sizes == {layout.SMALL_SIZE} and {run.text.strip() for run in runs} == {"—"}
    yield Finding("7.5", "4 号半角宋体数字，左右各一条一字线", "、".join(f"{size:g} 磅" for size in sizes), holds)


def _w(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{name}"))
