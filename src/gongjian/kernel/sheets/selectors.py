"""Files that somebody has uploaded."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.errors import Missing
from gongjian.kernel.sheets.kinds import Row
from gongjian.kernel.sheets.models import SheetImport

SHOWN = 50
STALLED = timedelta(minutes=2)
"""Longer than any part takes: whoever worked on it is gone."""


def own_sheets(account: Any, kind: str = "", about: str = "") -> QuerySet[SheetImport]:
    found = SheetImport.objects.filter(made_by=account).defer("sealed_file")
    return found.filter(kind=kind, about=about) if kind else found


def get_sheet(account: Any, pk: int) -> SheetImport:
    """Only one's own: rows may hold names and phones. Raises Missing."""
    found = own_sheets(account).filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这次导入，或已经过了一天、自动删除了。"))
    return found


def rows_of(sheet: SheetImport, kind: str) -> Iterator[Row]:
    """A part at a time."""
    for part in sheet.parts.filter(kind=kind).order_by("number").iterator(chunk_size=4):
        yield from part.rows


def first_rows(sheet: SheetImport, kind: str) -> list[Row]:
    return list(islice(rows_of(sheet, kind), SHOWN))


def stalled(state: str) -> list[int]:
    """Files in whose middle a killed worker stopped."""
    return list(SheetImport.objects.filter(state=state, touched_at__lt=clock.now() - STALLED).values_list("pk", flat=True))
