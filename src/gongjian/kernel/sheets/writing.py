"""A person has looked at the rows and wants them: written part by part, each once, to the end."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, DomainError
from gongjian.kernel.sheets.kinds import Row, SheetKind, open_kind
from gongjian.kernel.sheets.models import SheetImport, SheetPart
from gongjian.kernel.sheets.receiving import PART, Defer

State, Kind = SheetImport.State, SheetPart.Kind


@transaction.atomic
def confirm_sheet(actor: Any, *, sheet: SheetImport, defer: Defer) -> SheetImport:
    """A part is written at once, more by a job; confirmed twice, written once. Raises Conflict where nothing is new."""
    open_kind(sheet.kind, actor, sheet.about)
    sheet = SheetImport.objects.select_for_update().get(pk=sheet.pk)
    if sheet.state in (State.WRITING, State.DONE):
        return sheet
    if sheet.state != State.READ or not sheet.new:
        raise Conflict(_("这个文件里没有新的行，不用导入。"), code="nothing-new")
    sheet.confirm()
    sheet.touched_at = clock.now()
    sheet.save()
    audit.record(actor, "sheets.confirm", sheet, kind=sheet.kind, new=sheet.new)
    if sheet.new <= PART:
        write_on(sheet.pk)
    else:
        defer(sheet)
    return SheetImport.objects.get(pk=sheet.pk)


def write_on(key: int) -> None:
    """Every part that is left, one transaction each."""
    while write_next(key):
        pass


@transaction.atomic
def write_next(key: int) -> bool:
    """One part; False where none is left or another worker has the file. What came in meanwhile is left out."""
    free = SheetImport.objects.select_for_update(skip_locked=True, of=("self",)).select_related("made_by", "office")
    sheet = free.filter(pk=key, state=State.WRITING).first()
    if sheet is None:
        return False
    part = sheet.parts.filter(kind=Kind.NEW).first()
    if part is None:
        sheet.finish()
        sheet.finished_at = clock.now()
        sheet.save()
        return False
    with translation.override(sheet.language):
        _write(sheet, part)
    sheet.touched_at = clock.now()
    sheet.save()
    return True


def _write(sheet: SheetImport, part: SheetPart) -> None:
    rows, number = part.rows, part.number
    part.delete()
    try:
        kind = open_kind(sheet.kind, sheet.made_by, sheet.about)
    except DomainError as error:  # a role was taken away, or the thing is gone, since it was shown
        _turn_away(sheet, number, Kind.BROKEN, _because(rows, str(error)))
        return
    kind.prepare()
    kind.mark_repeated(rows)
    _turn_away(sheet, number, Kind.REPEATED, [row for row in rows if row.repeated])
    sheet.written += _write_sound(sheet, kind, number, [row for row in rows if not row.repeated])


def _write_sound(sheet: SheetImport, kind: SheetKind, number: int, rows: Sequence[Row]) -> int:
    """All together; where one is refused, which was sound when it was shown, each by itself."""
    try:
        with transaction.atomic():
            return kind.write(rows)
    except DomainError:
        wrong = [row for row in rows if not _written_alone(kind, row)]
        _turn_away(sheet, number, Kind.BROKEN, wrong)
        return len(rows) - len(wrong)


def _written_alone(kind: SheetKind, row: Row) -> bool:
    try:
        with transaction.atomic():
            kind.write([row])
    except DomainError as error:
        row.why = str(error)
        return False
    return True


def _because(rows: Sequence[Row], why: str) -> Sequence[Row]:
    for row in rows:
        row.why = why
    return rows


def _turn_away(sheet: SheetImport, number: int, kind: SheetPart.Kind, rows: Sequence[Row]) -> None:
    """They join the rows of that kind which the preview showed, and are counted there from now on."""
    if not rows:
        return
    part, _created = sheet.parts.get_or_create(kind=kind, number=number)
    part.sealed_rows = SheetPart.seal([*part.rows, *rows])
    part.save(update_fields=["sealed_rows"])
    sheet.new -= len(rows)
    setattr(sheet, kind, getattr(sheet, kind) + len(rows))
