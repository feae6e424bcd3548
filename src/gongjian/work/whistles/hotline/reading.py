"""From an Excel file to its rows, a row at a time: a sheet of fifty thousand never lies in memory as a whole."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from gongjian.kernel.errors import Invalid
from gongjian.kernel.files import Examined, examine
from gongjian.work.whistles.hotline.columns import COLUMNS, OPTIONAL

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TITLES_WITHIN, MOST_COLUMNS, MOST_ROWS, MOST_LINES = 10, 60, 50_000, 200_000
"""Titles stand in the first ten lines; a forged sheet may claim a million empty ones."""
_BROKEN = (InvalidFileException, zipfile.BadZipFile, ParseError, LookupError, ValueError, TypeError, AttributeError, OSError)


def examined(file: Any) -> Examined:
    """Raises Invalid for anything but an Excel file of sound size."""
    try:
        found = examine(file)
    except Invalid as error:
        raise Invalid(error.sentence, code=error.code, field="file") from error
    if found.media_type != EXCEL:
        raise Invalid(_("请上传 Excel 文件（.xlsx）。"), code="file-type", field="file")
    return found


def rows_of(content: bytes) -> Iterator[tuple[int, list[Any]]]:
    """Each filled row below the titles: its number in the sheet, and its values in the order of COLUMNS.

    Formulas stay text. Raises Invalid where titles are missing, for too many rows, and for a file that cannot be read.
    """
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        yield from _filled(enumerate(book.worksheets[0].iter_rows(values_only=True, max_col=MOST_COLUMNS), start=1))
    except (*_BROKEN, EOFError) as error:
        sentence = _("这个 Excel 文件打不开，可能已经损坏；请另存为 .xlsx 再试。")
        raise Invalid(sentence, code="file-broken", field="file") from error


def _filled(lines: Iterator[tuple[int, tuple[Any, ...]]]) -> Iterator[tuple[int, list[Any]]]:
    positions, count = _titles(lines), 0
    for number, line in lines:
        values = [line[where] if where is not None and where < len(line) else None for where in positions]
        if any(value not in (None, "") for value in values):
            count += 1
            yield number, values
        if count > MOST_ROWS or number > MOST_LINES:
            raise Invalid(_("一次最多导入 %(most)s 行，请分成几个文件。") % {"most": MOST_ROWS}, code="too-many", field="file")


def _titles(lines: Iterator[tuple[int, tuple[Any, ...]]]) -> list[int | None]:
    """Where each column stands; the line with most of the titles is the one."""
    best: dict[str, int] = {}
    for number, line in lines:
        found = {str(cell).strip(): where for where, cell in reversed(list(enumerate(line))) if cell is not None}
        known = {title: found[title] for title in COLUMNS if title in found}
        best = max(best, known, key=len)
        if not set(COLUMNS) - OPTIONAL - known.keys():
            return [known.get(title) for title in COLUMNS]
        if number >= TITLES_WITHIN:
            break
    missing = "、".join(title for title in COLUMNS if title not in best and title not in OPTIONAL)
    sentence = _("表头缺少这些列：%(missing)s。请用模板，或把表头改成模板里的写法。")
    raise Invalid(sentence % {"missing": missing}, code="titles", field="file")
