"""Lists as Excel files. A cell that begins like a formula stays text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Sheet:
    """`widths` in characters, of the first columns; `as_text`: whole columns that Excel must not read as numbers."""

    title: str
    head: Sequence[Any]
    rows: Iterable[Sequence[Any]] = ()
    widths: Sequence[int] = ()
    as_text: bool = False


def spreadsheet(name: str, head: Sequence[Any], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """An answer that the browser saves as `name`.xlsx."""
    return workbook(name, [Sheet(name, head, rows)])


def workbook(name: str, sheets: Iterable[Sheet]) -> HttpResponse:
    """The same with several sheets."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        _write(book.create_sheet(sheet.title[:31]), sheet)
    content = BytesIO()
    book.save(content)
    response = HttpResponse(content.getvalue(), content_type=TYPE)
    response.headers["Content-Disposition"] = _disposition(f"{name}.xlsx")
    return response


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


def _disposition(filename: str) -> str:
    from django.utils.http import content_disposition_header

    return str(content_disposition_header(True, filename))  # noqa: FBT003
