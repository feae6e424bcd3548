"""Excel files as people send them in."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from gongjian.kernel.sheets.kinds import Column


def make_sheet(columns: Sequence[Column | str], rows: Iterable[Sequence[Any]], above: Sequence[Sequence[Any]] = ()) -> Any:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("表")
    titles = [column.title if isinstance(column, Column) else column for column in columns]
    for line in (*above, titles, *rows):
        sheet.append(list(line))
    content = io.BytesIO()
    book.save(content)
    return SimpleUploadedFile("表.xlsx", content.getvalue())


def cells_of(content: bytes, sheet: int = 0) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in load_workbook(io.BytesIO(content)).worksheets[sheet].iter_rows()]
