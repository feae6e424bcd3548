"""A file comes in and is read; nothing of it is written yet."""

import base64
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import translation

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import DomainError
from gongjian.kernel.sheets.cells import check_sound
from gongjian.kernel.sheets.kinds import Row, SheetKind, open_kind
from gongjian.kernel.sheets.models import SheetImport, SheetPart
from gongjian.kernel.sheets.reading import examined, rows_of

PART = 500
"""Rows that are read or written in one transaction; a killed worker loses at most so many and does them again."""
SMALL = 64 * 1024
"""Bytes of a file, some thousand rows, that are read while the person waits."""
KEPT = timedelta(days=1)
State, Kind = SheetImport.State, SheetPart.Kind
Defer = Callable[[SheetImport], object]


@transaction.atomic
def receive_sheet(actor: Any, *, code: str, file: Any, about: str = "", defer: Defer) -> SheetImport:
    """Small files are read at once, others by a job. Raises Invalid for a file, or for titles, that cannot be."""
    kind = open_kind(code, actor, about)
    found = examined(file)
    now = clock.now()
    sheet: SheetImport = SheetImport.objects.create(
        office=actor.office,
        made_by=actor,
        made_at=now,
        touched_at=now,
        kind=code,
        about=about,
        language=translation.get_language() or "zh-hans",
        file_name=found.name,
    )
    if found.size <= SMALL:
        _read_now(sheet, kind, found.content)
    else:
        next(rows_of(found.content, kind.columns), None)  # titles are refused while the person is there
        sheet.sealed_file = base64.b64encode(found.content).decode()
        sheet.save(update_fields=["sealed_file"])
        defer(sheet)
    audit.record(actor, "sheets.receive", sheet, kind=code, rows=sheet.rows_read)
    return sheet


def _read_now(sheet: SheetImport, kind: SheetKind, content: bytes) -> None:
    for rows in _parts(kind, content):
        _keep(sheet, rows)
    sheet.finish_reading()
    sheet.position = 0
    sheet.save()


def read_on(key: int) -> None:
    """Read a waiting file from where it stopped, a transaction for each part; where it cannot be read, say so."""
    sheet = SheetImport.objects.select_related("made_by", "office").filter(pk=key, state=State.READING).first()
    if sheet is None:
        return
    with translation.override(sheet.language):
        try:
            kind = open_kind(sheet.kind, sheet.made_by, sheet.about)
            for number, rows in enumerate(_parts(kind, base64.b64decode(sheet.sealed_file or ""))):
                if not _keep_once(key, number, rows):
                    return
            _end(key, lambda found: found.finish_reading())
        except DomainError as error:
            _refuse(key, str(error))


def _keep_once(key: int, number: int, rows: Sequence[Row]) -> bool:
    """False where another worker is further than this one."""
    with transaction.atomic():
        sheet = SheetImport.objects.select_for_update().filter(pk=key, state=State.READING).first()
        if sheet is None or sheet.position > number + 1:
            return False
        if sheet.position == number:
            _keep(sheet, rows)
        return True


def _refuse(key: int, sentence: str) -> None:
    def refuse(sheet: SheetImport) -> None:
        sheet.parts.all().delete()
        sheet.refusal = sentence[:500]
        sheet.refuse()

    _end(key, refuse)


def _end(key: int, change: Callable[[SheetImport], None]) -> None:
    with transaction.atomic():
        sheet = SheetImport.objects.select_for_update().filter(pk=key, state=State.READING).first()
        if sheet is not None:
            change(sheet)
            sheet.position, sheet.sealed_file = 0, None
            sheet.save()


def _parts(kind: SheetKind, content: bytes) -> Iterator[list[Row]]:
    """Rows that were looked at, some hundred at a time."""
    kind.prepare()
    rows = rows_of(content, kind.columns)
    while part := list(islice(rows, PART)):
        for row in part:
            look_at(kind, row)
        kind.mark_repeated([row for row in part if not row.why])
        yield part


def look_at(kind: SheetKind, row: Row) -> None:
    try:
        check_sound(row, kind.columns)
        kind.read(row)
    except DomainError as error:
        row.why = str(error)


def _keep(sheet: SheetImport, rows: Sequence[Row]) -> None:
    for kind in Kind:
        if those := [row for row in rows if _kind_of(row) == kind]:
            sheet.parts.create(kind=kind, number=sheet.position, sealed_rows=SheetPart.seal(those))
            setattr(sheet, kind, getattr(sheet, kind) + len(those))
    sheet.remarked += sum(1 for row in rows if row.remark and not row.why)
    sheet.position += 1
    sheet.touched_at = clock.now()
    sheet.save()


def _kind_of(row: Row) -> SheetPart.Kind:
    if row.repeated:
        return Kind.REPEATED
    return Kind.BROKEN if row.why else Kind.NEW


def forget_old_sheets() -> int:
    """Files of yesterday, confirmed or not, with every row that is left of them; not those being written."""
    old = SheetImport.objects.filter(made_at__lt=clock.now() - KEPT).exclude(state=State.WRITING)
    return old.delete()[0]
