"""From an Excel file to its rows, a row at a time: a sheet of fifty thousand never lies in memory as a whole."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _

from gongjian.kernel.errors import Invalid
from gongjian.kernel.files import Examined, examine
from gongjian.kernel.sheets.cells import text_of
from gongjian.kernel.sheets.kinds import Column, Row

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TITLES_WITHIN, MOST_COLUMNS, MOST_ROWS, MOST_LINES = 10, 60, 50_000, 200_000
"""Titles stand in the first ten lines; a forged sheet may claim a million empty ones."""
_BROKEN = (zipfile.BadZipFile, ParseError, LookupError, ValueError, TypeError, AttributeError, OSError)


def examined(file: Any) -> Examined:
    """Raises Invalid for anything but an Excel file of sound size."""
    try:
        found = examine(file)
    except Invalid as error:
        raise Invalid(error.sentence, code=error.code, field="file") from error
    if found.media_type != EXCEL:
        raise Invalid(_("请上传 Excel 文件（.xlsx）。"), code="file-type", field="file")
    return found


def rows_of(content: bytes, columns: Sequence[Column]) -> Iterator[Row]:
    """Each filled row below the titles. Formulas stay text.

    Raises Invalid where titles are missing, for too many rows, and for a file that cannot be read.
    """
    from openpyxl import load_workbook  # 32 MB, with numpy, in the processes that read or write a list
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        yield from _filled(enumerate(book.worksheets[0].iter_rows(values_only=True, max_col=MOST_COLUMNS), start=1), columns)
    except (*_BROKEN, InvalidFileException, EOFError) as error:
        sentence = _("这个 Excel 文件打不开，可能已经损坏；请另存为 .xlsx 再试。")
        raise Invalid(sentence, code="file-broken", field="file") from error


def _filled(lines: Iterator[tuple[int, tuple[Any, ...]]], columns: Sequence[Column]) -> Iterator[Row]:
    positions, count = _titles(lines, columns), 0
    for number, line in lines:
        raw = {title: line[where] for title, where in positions.items() if where < len(line)}
        if any(value not in (None, "") for value in raw.values()):
            count += 1
            yield Row(number, {column.title: text_of(raw.get(column.title)) for column in columns}, raw)
        if count > MOST_ROWS or number > MOST_LINES:
            raise Invalid(_("一次最多导入 %(most)s 行，请分成几个文件。") % {"most": MOST_ROWS}, code="too-many", field="file")


def _titles(lines: Iterator[tuple[int, tuple[Any, ...]]], columns: Sequence[Column]) -> dict[str, int]:
    """Where each column stands; the line with most of the titles is the one."""
    wanted, must = {column.title for column in columns}, [column.title for column in columns if not column.optional]
    best: dict[str, int] = {}
    for number, line in lines:
        found = {str(cell).strip(): where for where, cell in reversed(list(enumerate(line))) if cell is not None}
        best = max(best, {title: found[title] for title in wanted & found.keys()}, key=len)
        if best.keys() >= set(must):
            return best
        if number >= TITLES_WITHIN:
            break
    missing = "、".join(title for title in must if title not in best)
    sentence = _("表头缺少这些列：%(missing)s。请用模板，或把表头改成模板里的写法。")
    raise Invalid(sentence % {"missing": missing}, code="titles", field="file")
