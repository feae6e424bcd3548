"""Sheets as the bytes of an Excel file. Imported where one is written, never at the start of a process."""

from collections.abc import Iterable
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from gongjian.kernel.web.spreadsheets import Sheet


def written(sheets: Iterable[Sheet]) -> bytes:
    book = Workbook(write_only=True)
    for sheet in sheets:
        _write(book.create_sheet(sheet.title[:31]), sheet)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _write(target: Any, sheet: Sheet) -> None:
    target.freeze_panes = "A2"
    for number, width in enumerate(sheet.widths, start=1):
        column = target.column_dimensions[get_column_letter(number)]
        column.width = width
        if sheet.as_text:
            column.number_format = "@"
    target.append([_cell(target, title, bold=True) for title in sheet.head])
    for row in sheet.rows:
        target.append([_cell(target, value) for value in row])


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> Any:
    if hasattr(value, "tzinfo") and value.tzinfo is not None:
        value = timezone.localtime(value).replace(tzinfo=None)
    cell = WriteOnlyCell(
        sheet, value if isinstance(value, int | float | Decimal) or hasattr(value, "year") else str(value or "")
    )
    if isinstance(cell.value, str):
        cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell
