"""Excel files as the hotline hands them down."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from gongjian.work.whistles.hotline.columns import COLUMNS


def make_row(number: str = "A-1", text: str = "三号楼前的垃圾三天没有清了", **cells: Any) -> list[Any]:
    """`cells` by their English names."""
    names = ("number", "said_at", "text", "place", "spot", "name", "phone", "category", "longitude", "latitude")
    values = {"number": number, "text": text} | cells
    return [values.get(name) for name in names]


def make_sheet(rows: Iterable[Sequence[Any]], titles: Sequence[str] = COLUMNS, above: Sequence[Sequence[Any]] = ()) -> Any:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("工单")
    for line in (*above, titles, *rows):
        sheet.append(list(line))
    content = io.BytesIO()
    book.save(content)
    return SimpleUploadedFile("工单.xlsx", content.getvalue())


def cells_of(content: bytes, sheet: int = 0) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in load_workbook(io.BytesIO(content)).worksheets[sheet].iter_rows()]
