"""Lists as Excel files. A cell that begins like a formula stays text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

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
    from gongjian.kernel.web.workbooks import written  # openpyxl takes 32 MB, in the processes that write a list

    response = HttpResponse(written(sheets), content_type=TYPE)
    response.headers["Content-Disposition"] = _disposition(f"{name}.xlsx")
    return response


def _disposition(filename: str) -> str:
    from django.utils.http import content_disposition_header

    return str(content_disposition_header(True, filename))  # noqa: FBT003
