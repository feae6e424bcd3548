"""Verifying: every record is hashed again from its row and held against the tiles, every signed root against the hashes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

from django.db import connection

from gongjian.kernel import merkle
from gongjian.ledger.canonical import CONFIRMATION_FIELDS, DEED_FIELDS, leaf_hash_sql
from gongjian.ledger.models import Seal, Tile
from gongjian.ledger.sealing.keys import is_signed, key_id, public_key_hex, seal_message, signing_key

CHUNK = 32 * merkle.TILE_WIDTH

_LEAVES = f"""
SELECT l.index, l.deed_id, l.confirmation_id,
       CASE WHEN l.deed_id IS NULL THEN {leaf_hash_sql(CONFIRMATION_FIELDS, "c")}
            ELSE {leaf_hash_sql(DEED_FIELDS, "d")} END
FROM ledger_leaf l
LEFT JOIN ledger_deed d ON d.id = l.deed_id
LEFT JOIN ledger_confirmation c ON c.id = l.confirmation_id
WHERE l.index >= %s AND l.index < %s ORDER BY l.index
"""

_STRAYS = """
SELECT '{kind}', r.id::text FROM {table} r
WHERE NOT EXISTS (SELECT FROM ledger_leaf l WHERE l.{column} = r.id)
  AND NOT EXISTS (SELECT FROM ledger_unsealedrecord u WHERE u.record_id = r.id)
LIMIT 1
"""


@dataclass
class Report:
    """`fault` names the first record or seal that does not fit; None if everything does."""

    deeds: int = 0
    confirmations: int = 0
    unsealed: int = 0
    size: int = 0
    root: str = merkle.EMPTY_ROOT.hex()
    fault: str | None = None
    seals: int = 0
    ranges: merkle.CompactRange = field(default_factory=merkle.CompactRange, repr=False)


def verify(progress: Callable[[int, int], None] = lambda done, total: None) -> Report:
    """Recompute the whole log. Memory does not grow with it. `progress` gets (leaves done, leaves in all)."""
    report = Report(unsealed=_count("ledger_unsealedrecord"))
    seals = _seals()
    total = _count("ledger_leaf")
    pending = next(seals, None)
    for index, deed, confirmation, expected, actual in _leaves(total, progress):
        fault = _leaf_fault(index, deed, confirmation, expected, actual, report)
        if fault:
            report.fault = fault
            return report
        if pending and report.ranges.size == pending.size:
            report.fault = _seal_fault(pending, report)
            if report.fault:
                return report
            pending = next(seals, None)
    report.fault = _end_fault(report, pending) or _stray()
    return report


def _leaf_fault(index: int, deed: Any, confirmation: Any, expected: bytes, actual: bytes | None, report: Report) -> str | None:
    name = f"deed {deed}" if deed else f"confirmation {confirmation}"
    if index != report.ranges.size:
        return f"leaf {report.ranges.size} is missing"
    if actual is None:
        return f"{name} (leaf {index}) is missing"
    if actual != expected:
        return f"{name} (leaf {index}) was changed after it was sealed"
    report.ranges.append(actual)
    report.deeds += deed is not None
    report.confirmations += deed is None
    return None


def _seal_fault(seal: Seal, report: Report) -> str | None:
    report.size, report.root = report.ranges.size, report.ranges.root().hex()
    if seal.root != report.root:
        return f"seal over {seal.size} records does not fit its root"
    public_key = public_key_hex(signing_key())
    message = seal_message(size=seal.size, root=seal.root, sealed_at=seal.sealed_at.astimezone(UTC).isoformat())
    if seal.key_id == key_id(public_key) and not is_signed(message, seal.signature, public_key):
        return f"seal over {seal.size} records is not signed by this installation"
    report.seals += 1
    return None


def _end_fault(report: Report, pending: Seal | None) -> str | None:
    if pending:
        return f"seal over {pending.size} records covers more than the {report.ranges.size} leaves that are left"
    if report.ranges.size != report.size:
        return f"leaves after {report.size} are covered by no seal"
    return None


def _leaves(total: int, progress: Callable[[int, int], None]) -> Iterator[tuple[int, Any, Any, bytes, bytes | None]]:
    for start in range(0, total + 1, CHUNK):
        hashes = _tile_hashes(start)
        with connection.cursor() as cursor:
            cursor.execute(_LEAVES, [start, start + CHUNK])
            for index, deed, confirmation, actual in cursor.fetchall():
                slot = (index - start) * merkle.HASH_SIZE
                found = None if actual is None else bytes(actual)
                yield index, deed, confirmation, hashes[slot : slot + merkle.HASH_SIZE], found
        progress(min(start + CHUNK, total), total)


def _tile_hashes(start: int) -> bytes:
    first = start // merkle.TILE_WIDTH
    tiles = Tile.objects.filter(level=0, index__gte=first, index__lt=first + CHUNK // merkle.TILE_WIDTH)
    return b"".join(bytes(tile) for tile in tiles.order_by("index").values_list("hashes", flat=True))


def _seals() -> Iterator[Seal]:
    return Seal.objects.order_by("size").iterator(chunk_size=500)


def _stray() -> str | None:
    with connection.cursor() as cursor:
        for kind, table, column in (
            ("deed", "ledger_deed", "deed_id"),
            ("confirmation", "ledger_confirmation", "confirmation_id"),
        ):
            cursor.execute(_STRAYS.format(kind=kind, table=table, column=column))
            row = cursor.fetchone()
            if row:
                return f"{row[0]} {row[1]} stands in the ledger but neither sealed nor waiting to be"
    return None


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])
