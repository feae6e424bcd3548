"""Sheets of the hotline that somebody has uploaded."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.registry.models import Account
from gongjian.work.whistles.models import ImportBatch

SHOWN = 50


def own_imports(account: Account) -> QuerySet[ImportBatch]:
    return ImportBatch.objects.filter(made_by=account)


def get_import(account: Account, pk: int) -> ImportBatch:
    """Only one's own: the rows hold names and phones. Raises Missing."""
    found = own_imports(account).filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这次导入，或已经过了一天、自动删除了。"))
    return found


def import_rows(batch: ImportBatch, kind: str) -> Iterator[dict[str, Any]]:
    """A part at a time."""
    for part in batch.parts.filter(kind=kind).order_by("number").iterator(chunk_size=4):
        yield from part.rows


def first_rows(batch: ImportBatch, kind: str) -> list[dict[str, Any]]:
    return list(islice(import_rows(batch, kind), SHOWN))
