"""The hotline's sheets: read and shown first, written only when a person has said so, and then to the end."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account, Place
from gongjian.work.whistles.hotline.columns import CATEGORY
from gongjian.work.whistles.hotline.duplicates import Seen
from gongjian.work.whistles.hotline.names import names
from gongjian.work.whistles.hotline.reading import examined, rows_of
from gongjian.work.whistles.hotline.rows import read_row, report_of
from gongjian.work.whistles.models import Category, ImportBatch, ImportPart, Whistle
from gongjian.work.whistles.services.bulk_intake import take_in_many
from gongjian.work.whistles.services.reports import Report, draft

PART = 500
"""Rows that are written in one transaction; a killed worker loses at most so many and does them again."""
KEPT = timedelta(days=1)
Kind = ImportPart.Kind
HOTLINE = Whistle.Source.HOTLINE


@transaction.atomic
def read_sheet(actor: Account, *, file: Any) -> ImportBatch:
    """What a sheet would bring; no whistle is written. Raises Invalid for a file or titles that cannot be."""
    require(actor, "whistles.import")
    found = examined(file)
    batch: ImportBatch = ImportBatch.objects.create(
        office=actor.office, made_by=actor, made_at=clock.now(), file_name=found.name
    )
    known, seen = names(), Seen()
    read = (read_row(number, values, known) for number, values in rows_of(found.content))
    for chunk in _chunks(read):
        sound = [row for row in chunk if not row["why"]]
        fresh, repeated = seen.tell_apart(sound)
        _keep(batch, {Kind.NEW: fresh, Kind.DUPLICATE: repeated, Kind.BROKEN: [row for row in chunk if row["why"]]})
    batch.position = 0
    batch.save()
    counts = {"new": batch.new, "duplicate": batch.duplicate, "broken": batch.broken}
    audit.record(actor, "whistles.import_read", batch, **counts)
    return batch


def _chunks(rows: Iterator[dict[str, Any]]) -> Iterator[Sequence[dict[str, Any]]]:
    while chunk := list(islice(rows, PART)):
        yield chunk


def _keep(batch: ImportBatch, kinds: dict[Kind, Sequence[dict[str, Any]]]) -> None:
    for kind, rows in kinds.items():
        if rows:
            ImportPart.objects.create(batch=batch, kind=kind, number=batch.position, sealed_rows=ImportPart.seal(rows))
            setattr(batch, kind, getattr(batch, kind) + len(rows))
    batch.unmatched += sum(1 for row in kinds[Kind.NEW] if row["cells"][CATEGORY] and not row["category"])
    batch.position += 1


@transaction.atomic
def confirm_import(actor: Account, *, batch: ImportBatch, defer: Callable[[ImportBatch], object]) -> ImportBatch:
    """From here on it is written by jobs; confirmed twice, it is written once. Raises Conflict where nothing is new."""
    require(actor, "whistles.import")
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != ImportBatch.State.READ:
        return batch
    if not batch.new:
        raise Conflict(_("这个文件里没有新的工单，不用导入。"), code="nothing-new")
    batch.confirm()
    batch.save(update_fields=["state"])
    audit.record(actor, "whistles.import_confirmed", batch, new=batch.new)
    defer(batch)
    return batch


def write_all(key: int) -> None:
    """Every part that is left, one transaction each."""
    while write_next(key):
        pass


@transaction.atomic
def write_next(key: int) -> bool:
    """One part; False where none is left or another worker has the sheet. What came in meanwhile is left out."""
    free = ImportBatch.objects.select_for_update(skip_locked=True, of=("self",)).select_related("made_by", "office")
    batch = free.filter(pk=key, state=ImportBatch.State.WRITING).first()
    if batch is None:
        return False
    part = batch.parts.filter(kind=Kind.NEW, number__gte=batch.position).first()
    if part is None:
        batch.finish()
        batch.finished_at = clock.now()
        batch.save()
        return False
    batch.written += len(_write(batch, part.rows))
    batch.position = part.number + 1
    batch.save()
    part.delete()
    return True


def _write(batch: ImportBatch, rows: Sequence[dict[str, Any]]) -> list[Whistle]:
    fresh, _known = Seen().tell_apart(rows)
    places = Place.objects.filter(code__in={row["place"] for row in fresh if row["place"]})
    categories = Category.objects.filter(code__in={row["category"] for row in fresh if row["category"]})
    by_code = {place.code: place for place in places}, {category.code: category for category in categories}
    reports = [report_of(row, *by_code) for row in fresh]
    try:
        return take_in_many(batch.made_by, office=batch.office, reports=reports, source=HOTLINE)
    except Invalid:  # sound when it was shown, and no longer, e.g. too long ago by now
        sound = [report for report in reports if _is_sound(batch, report)]
        return take_in_many(batch.made_by, office=batch.office, reports=sound, source=HOTLINE)


def _is_sound(batch: ImportBatch, report: Report) -> bool:
    try:
        draft(batch.office, report, HOTLINE)
    except Invalid:
        return False
    return True


def unfinished() -> list[int]:
    """Sheets that a killed worker left in the middle."""
    return list(ImportBatch.objects.filter(state=ImportBatch.State.WRITING).values_list("pk", flat=True))


def write_unfinished() -> None:
    for key in unfinished():
        write_all(key)


def forget_old_imports() -> int:
    """Sheets of yesterday, confirmed or not, with every row that is left of them; not those being written."""
    old = ImportBatch.objects.filter(made_at__lt=clock.now() - KEPT).exclude(state=ImportBatch.State.WRITING)
    return old.delete()[0]
