"""Verifying: every record is hashed again from its row and held against the tiles, every signed root against the hashes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC

from django.db import connection, transaction

from gongjian.kernel import merkle
from gongjian.ledger.models import Leaf, Seal, UnsealedRecord
from gongjian.ledger.sealing.keys import is_signed, key_id, known_keys, seal_message
from gongjian.ledger.sealing.lookup import piece_by_piece
from gongjian.ledger.sealing.reading import SealedTile, hash_at, records, tiles
from gongjian.ledger.sealing.strays import differing_sum, stray

Progress = Callable[[int, int], None]


@dataclass
class Report:
    """`fault` names the first record or seal that does not fit; None if everything does. `size` and `root`: the last seal."""

    deeds: int = 0
    confirmations: int = 0
    unsealed: int = 0
    seals: int = 0
    size: int = 0
    root: str = merkle.EMPTY_ROOT.hex()
    fault: str | None = None


class Fault(Exception):
    """Something does not fit; the message names it."""


def verify(progress: Progress = lambda done, total: None, *, sums: bool = False) -> Report:
    """Recompute the whole log, and with `sums` the monthly sums. Writes nothing. `progress` gets (leaves done, in all)."""
    report = Report()
    with _one_moment():
        try:
            with piece_by_piece():
                _Verification(report).run(progress)
            report.fault = stray(report.deeds, report.confirmations) or (differing_sum() if sums else None)
        except Fault as fault:
            report.fault = str(fault)
    return report


@contextmanager
def _one_moment() -> Iterator[None]:
    """All queries see the same state, whatever is recorded and sealed meanwhile; inside a transaction, that one's state."""
    outermost = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if outermost:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


class _Verification:
    """One run over the log: complete tiles are folded into `whole`, the seals are met on the way."""

    def __init__(self, report: Report) -> None:
        self._report, self._whole = report, merkle.CompactRange()
        self._known, self._keys = known_keys(), list[str]()
        self._seals = Seal.objects.order_by("size").iterator(chunk_size=500)
        self._pending = next(self._seals, None)

    def run(self, progress: Progress) -> None:
        last = Leaf.objects.order_by("-index").values_list("index", flat=True).first()
        leaves = 0 if last is None else last + 1
        self._report.unsealed = UnsealedRecord.objects.count()
        for tile in tiles(leaves):
            self._take(tile if tile.fits else _read_again(tile))
            progress(min((tile.index + 1) * merkle.TILE_WIDTH, leaves), leaves)
        self._end(leaves)

    def _take(self, tile: SealedTile) -> None:
        hashes = tile.actual
        self._report.deeds += tile.deeds
        self._report.confirmations += len(hashes) - tile.deeds
        before = tile.index * merkle.TILE_WIDTH
        while self._pending and self._pending.size <= before + len(hashes):
            self._check(self._pending, self._whole.root(merkle.root_of(hashes[: self._pending.size - before])))
            self._pending = next(self._seals, None)
        self._whole.append(merkle.root_of(hashes))

    def _check(self, seal: Seal, root: bytes) -> None:
        if seal.root != root.hex():
            raise Fault(f"seal over {seal.size} records does not fit its root")
        message = seal_message(size=seal.size, root=seal.root, sealed_at=seal.sealed_at.astimezone(UTC).isoformat())
        if not is_signed(message, seal.signature, seal.public_key) or seal.key_id != key_id(seal.public_key):
            raise Fault(f"seal over {seal.size} records is not signed by the key {seal.key_id} that it names")
        self._follow(seal)
        self._report.seals += 1
        self._report.size, self._report.root = seal.size, seal.root

    def _follow(self, seal: Seal) -> None:
        """Every key is one of ours, and keys succeed one another: one that was replaced never signs again."""
        if seal.public_key not in self._known:
            key = key_id(seal.public_key)
            raise Fault(f"seal over {seal.size} records is signed by key {key}, which this installation does not know")
        if seal.public_key in self._keys[:-1]:
            raise Fault(f"seal over {seal.size} records follows one by another key, {key_id(self._keys[-1])}")
        if seal.public_key not in self._keys:
            self._keys.append(seal.public_key)

    def _end(self, leaves: int) -> None:
        if self._pending:
            raise Fault(f"seal over {self._pending.size} records covers more than the {leaves} leaves that are left")
        if self._report.size != leaves:
            raise Fault(f"leaves after {self._report.size} are covered by no seal")


def _read_again(tile: SealedTile) -> SealedTile:
    """Record by record. Raises Fault, naming the first that does not fit."""
    first = tile.index * merkle.TILE_WIDTH
    found = records(tile.index)
    for slot, record in enumerate(found):
        if record.index != first + slot:
            raise Fault(f"leaf {first + slot} is missing")
        if record.actual is None:
            raise Fault(f"{record.name} is missing")
        if record.actual != hash_at(tile.sealed, slot):
            raise Fault(f"{record.name} was changed after it was sealed")
    again = replace(tile, actual=[record.actual for record in found if record.actual])
    if not again.fits:
        raise Fault(f"leaf {first + len(found)} is missing")
    return again
