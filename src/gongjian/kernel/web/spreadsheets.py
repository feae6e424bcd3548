"""Lists as Excel files. A cell that begins like a formula stays text."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def spreadsheet(name: str, head: Sequence[Any], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """An answer that the browser saves as `name`.xlsx."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:31])
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, title, bold=True) for title in head])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    content = BytesIO()
    book.save(content)
    response = HttpResponse(content.getvalue(), content_type=TYPE)
    response.headers["Content-Disposition"] = _disposition(f"{name}.xlsx")
    return response


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
