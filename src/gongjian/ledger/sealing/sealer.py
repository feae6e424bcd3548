"""Sealing: all unsealed records become leaves, their sums are folded in, and the new root is signed."""

from datetime import UTC
from typing import Any

from django.db import connection, transaction

from gongjian.kernel import audit, clock, merkle
from gongjian.kernel.locking import lock
from gongjian.ledger.canonical import CONFIRMATION_FIELDS, DEED_FIELDS, leaf_hash_sql
from gongjian.ledger.models import Leaf, Seal, Tile
from gongjian.ledger.sealing.keys import key_id, public_key_hex, seal_message, signing_key
from gongjian.ledger.sealing.tiles import tile_reader

BATCH = 100_000

_TAKE = f"""
WITH taken AS (
    DELETE FROM ledger_unsealedrecord WHERE record_id IN (
        SELECT record_id FROM ledger_unsealedrecord ORDER BY record_id LIMIT %s FOR UPDATE SKIP LOCKED
    ) RETURNING record_id, is_deed
)
SELECT record_id, is_deed,
       CASE WHEN is_deed THEN {leaf_hash_sql(DEED_FIELDS, "d")} ELSE {leaf_hash_sql(CONFIRMATION_FIELDS, "c")} END
FROM taken
LEFT JOIN ledger_deed d ON is_deed AND d.id = record_id
LEFT JOIN ledger_confirmation c ON NOT is_deed AND c.id = record_id
ORDER BY record_id
"""

_FOLD = """
INSERT INTO ledger_tally AS t
    (office_id, month, kind_id, organization_id, place_id, level, public, deeds, quantity)
SELECT office_id, month, kind_id, organization_id, place_id, level, public, sum(deeds), sum(quantity)
FROM ledger_leaf l JOIN ledger_tallychange c ON c.record_id = coalesce(l.deed_id, l.confirmation_id)
WHERE l.index >= %s AND l.index < %s
GROUP BY office_id, month, kind_id, organization_id, place_id, level, public
ON CONFLICT (office_id, organization_id, month, kind_id, place_id, level, public)
DO UPDATE SET deeds = t.deeds + excluded.deeds, quantity = t.quantity + excluded.quantity
"""


def seal(actor: Any = None) -> Seal | None:
    """Seal whatever waits; None if nothing does. Two sealers at once: the second finds nothing left or waits its turn."""
    latest = None
    while batch := _seal_batch(actor):
        latest = batch
    return latest


@transaction.atomic
def _seal_batch(actor: Any) -> Seal | None:
    lock("ledger.sealing", seconds=60)
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [BATCH])
        taken = cursor.fetchall()
    if not taken:
        return None
    size = _size()
    _append(size, taken)
    with connection.cursor() as cursor:
        cursor.execute(_FOLD, [size, size + len(taken)])
    sealed = _sign(size + len(taken))
    audit.record(actor, "ledger.seal", sealed, leaves=len(taken))
    return sealed


def _size() -> int:
    last = Leaf.objects.order_by("-index").values_list("index", flat=True).first()
    return 0 if last is None else last + 1


def _append(size: int, taken: list[tuple[Any, bool, bytes]]) -> None:
    leaves = [
        Leaf(index=size + i, deed_id=record if is_deed else None, confirmation_id=None if is_deed else record)
        for i, (record, is_deed, _) in enumerate(taken)
    ]
    Leaf.objects.bulk_create(leaves, batch_size=5000)
    grown = merkle.grow_tiles(size, [bytes(row[2]) for row in taken], tile_reader())
    Tile.objects.bulk_create(
        [Tile(level=level, index=index, hashes=hashes) for level, index, hashes in grown],
        update_conflicts=True,
        unique_fields=["level", "index"],
        update_fields=["hashes"],
        batch_size=500,
    )


def _sign(size: int) -> Seal:
    key = signing_key()
    root, sealed_at = merkle.root(size, tile_reader()).hex(), clock.now()
    message = seal_message(size=size, root=root, sealed_at=sealed_at.astimezone(UTC).isoformat())
    return Seal.objects.create(
        size=size,
        root=root,
        sealed_at=sealed_at,
        key_id=key_id(public_key_hex(key)),
        signature=key.sign(message).hex(),
    )
