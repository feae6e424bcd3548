"""Exporting what is sealed and not exported yet, portion by portion; whatever stops it, the next run goes on from there."""

import fcntl
import hmac
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC
from functools import partial
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _
from ibis.backends.sql.compilers.postgres import PostgresCompiler

from gongjian.kernel import clock, merkle
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.ledger.models import Seal
from gongjian.ledger.sealing.lookup import by_key
from gongjian.ledger.sealing.tiles import tile_reader
from gongjian.ledger.statistics.engines import sql_of
from gongjian.ledger.statistics.engines.postgres import Postgres
from gongjian.ledger.statistics.export import manifest
from gongjian.ledger.statistics.export.manifest import Manifest
from gongjian.ledger.statistics.export.writing import arrow_schema, write_list, write_partitions
from gongjian.ledger.statistics.records import LISTS, live_lists, sealed

PORTION = 2_000_000
"""Records exported at one go: what is lost at most when the export is killed. The database sorts them on its disk."""
_PERSON_KEY = "gongjian.export_key"
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Report:
    """`fresh`: records that this run added; the rest as in the manifest."""

    fresh: int
    records: int
    files: int
    bytes: int
    root: str


def export(folder: Path, progress: Progress = lambda done, total: None, *, thoroughly: bool = False) -> Report:
    """Bring `folder` up to the latest seal; `progress` gets (records exported, in all).

    Raises Conflict where a file in it was changed, another ledger was exported into it, or another export is writing.
    """
    folder = folder.resolve()
    with _alone(folder):
        done = manifest.read(folder) or _begun(folder)
        _clear(folder, done)
        done.check(folder, thoroughly=thoroughly)
        _check_same_ledger(folder, done)
        seal = Seal.objects.order_by("-size").first()
        before, size = done.size, seal.size if seal else 0
        while done.size < size:
            done = _grow(folder, done, min(done.size + PORTION, size), partial(_add, progress, done.size, size))
        done = replace(done, lists=_lists(folder), seal=_as_json(seal) if seal else None, exported_at=clock.now().isoformat())
        manifest.keep(folder, done)
    return Report(done.size - before, done.size, len(done.files), sum(file.bytes for file in done.files), done.root)


def check(folder: Path) -> Manifest:
    """Hash every file of an export again. Raises Invalid where there is none, Conflict naming what was changed."""
    found = manifest.read(folder.resolve())
    if found is None:
        raise Invalid(_("%(folder)s 里没有导出的台账。") % {"folder": folder}, code="manifest")
    found.check(folder.resolve(), thoroughly=True)
    return found


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / ".lock").open("w")
    except OSError as error:
        raise Invalid(
            _("写不进 %(folder)s：%(reason)s") % {"folder": folder, "reason": error.strerror}, code="folder"
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Conflict(_("另一个导出正在写 %(folder)s。") % {"folder": folder}, code="busy") from error
        yield


def _begun(folder: Path) -> Manifest:
    """A new export, kept at once, so that what a killed run leaves behind is known as ours."""
    others = [path.name for path in folder.iterdir() if path.name != ".lock"]
    if others:
        raise Conflict(_("%(folder)s 里有别的文件，请换一个空文件夹。") % {"folder": folder}, code="not-empty")
    begun = Manifest(root=merkle.EMPTY_ROOT.hex())
    manifest.keep(folder, begun)
    return begun


def _clear(folder: Path, done: Manifest) -> None:
    """Take away what an interrupted run left: the portion that it was writing."""
    for left in (f"records/*/*/{done.size:012d}-*.parquet", "records/*/*/.*.tmp", ".*.tmp"):
        for path in folder.glob(left):
            path.unlink()


def _check_same_ledger(folder: Path, done: Manifest) -> None:
    latest = Seal.objects.order_by("-size").values_list("size", flat=True).first() or 0
    if done.size > latest or merkle.root(done.size, tile_reader()).hex() != done.root:
        raise Conflict(
            _("%(folder)s 里是另一个台账的导出：前 %(size)s 条记录的根不同。") % {"folder": folder, "size": done.size},
            code="other",
        )


def _grow(folder: Path, done: Manifest, end: int, progress: Callable[[int], None]) -> Manifest:
    sql = sql_of(sealed(done.size, end, person_key=_PERSON_KEY), PostgresCompiler())
    with transaction.atomic(), by_key():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, %s, true)", [_PERSON_KEY, _person_key()])
        files = write_partitions(sql, folder, done.size, end, progress)
    written = sum(file.rows for file in files)
    if written != end - done.size:
        raise Conflict(
            _("台账的第 %(first)s 到 %(end)s 条记录只找到 %(n)s 条。请运行 gongjian ledger verify。")
            % {"first": done.size, "end": end, "n": written},
            code="missing-records",
        )
    grown = replace(done, size=end, root=merkle.root(end, tile_reader()).hex(), seal=None, files=[*done.files, *files])
    manifest.keep(folder, grown)
    return grown


def _add(progress: Progress, before: int, total: int, rows: int) -> None:
    progress(before + rows, total)


def _lists(folder: Path) -> list[manifest.File]:
    """Names change: they are written anew each time."""
    live = Postgres()
    lists = live_lists()
    tables = {name: pa.Table.from_pylist(live.rows(lists[name]), schema=arrow_schema(LISTS[name])) for name in LISTS}
    return [write_list(folder, name, table) for name, table in tables.items()]


def _person_key() -> str:
    return hmac.new(settings.SALT_KEY[0].encode(), b"ledger.export", sha256).hexdigest()


def _as_json(seal: Seal) -> dict[str, object]:
    names = ("size", "root", "public_key", "key_id", "signature")
    return {name: getattr(seal, name) for name in names} | {"sealed_at": seal.sealed_at.astimezone(UTC).isoformat()}
