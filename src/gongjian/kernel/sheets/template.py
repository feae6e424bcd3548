"""The empty sheet that people fill in, and rows that come back to be mended."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gongjian.kernel.sheets.kinds import SheetKind
from gongjian.kernel.sheets.models import SheetImport
from gongjian.kernel.sheets.selectors import rows_of
from gongjian.kernel.web.spreadsheets import Sheet, spreadsheet, workbook


def template_of(kind: SheetKind) -> HttpResponse:
    """Titles, how to fill each column, and what may be written in those that choose."""
    columns, choices = kind.columns, list(kind.choices())
    titles, widths = [column.title for column in columns], [column.width for column in columns]
    helps = [(column.title, column.help, column.example) for column in columns]
    sheets = [
        Sheet(str(kind.title), titles, widths=widths, as_text=True),
        Sheet(_("填写说明"), [_("列"), _("怎么填"), _("例子")], helps, widths=(14, 80, 34)),
    ]
    if choices:
        sheets.append(Sheet(_("可以这样写"), [_("列"), _("可以这样写")], choices, widths=(14, 50)))
    return workbook(_("%(title)s（模板）") % {"title": kind.title}, sheets)


def turned_away(kind: SheetKind, sheet: SheetImport, which: str) -> HttpResponse:
    """Rows of one kind with their reasons, under the titles that the import takes back."""
    titles = [column.title for column in kind.columns]
    return spreadsheet(sheet.file_name.removesuffix(".xlsx"), [*titles, _("原表行号"), _("原因")], _lines(titles, sheet, which))


def _lines(titles: list[str], sheet: SheetImport, which: str) -> Iterator[list[Any]]:
    for row in rows_of(sheet, which):
        yield [*(row.cells.get(title, "") for title in titles), row.number, row.why]
