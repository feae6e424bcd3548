"""Sealing: all unsealed records become leaves, their sums are folded in, and the new root is signed."""
# ruff: noqa: S608 (our own column tables; no value of anybody goes into these texts)

from collections.abc import Iterable
from datetime import UTC
from typing import Any

from django.db import connection, transaction

from gongjian.kernel import audit, clock, merkle
from gongjian.kernel.locking import lock
from gongjian.ledger.canonical import canonical_sql, hash_rows
from gongjian.ledger.models import Leaf, Seal, Tile
from gongjian.ledger.sealing.keys import key_id, public_key_hex, seal_message, signing_key
from gongjian.ledger.sealing.lookup import by_key
from gongjian.ledger.sealing.sums import OF_LEAVES, raising
from gongjian.ledger.sealing.tiles import tile_reader

BATCH = 100_000

_TAKE = f"""
WITH waiting AS MATERIALIZED (
    SELECT record_id FROM ledger_unsealedrecord ORDER BY record_id LIMIT %(batch)s FOR UPDATE SKIP LOCKED
), taken AS (
    DELETE FROM ledger_unsealedrecord u USING waiting w WHERE u.record_id = w.record_id RETURNING u.record_id, u.is_deed
), numbered AS MATERIALIZED (
    SELECT record_id, is_deed, %(size)s + row_number() OVER (ORDER BY record_id) - 1 AS index FROM taken
), kept AS (
    INSERT INTO ledger_leaf (index, deed_id, confirmation_id)
    SELECT index, CASE WHEN is_deed THEN record_id END, CASE WHEN NOT is_deed THEN record_id END
    FROM numbered ORDER BY index
)
SELECT convert_to(string_agg(content, chr(10) ORDER BY index), 'UTF8') FROM (
    SELECT index, {canonical_sql("deed", "d")} AS content
    FROM numbered JOIN ledger_deed d ON d.id = record_id WHERE is_deed
    UNION ALL
    SELECT index, {canonical_sql("confirmation", "c")}
    FROM numbered JOIN ledger_confirmation c ON c.id = record_id WHERE NOT is_deed
) AS rows GROUP BY index / {merkle.TILE_WIDTH} ORDER BY index / {merkle.TILE_WIDTH}
"""

_FOLD = raising(
    OF_LEAVES,
    before="""folded AS MATERIALIZED (
    SELECT deed_id, confirmation_id FROM ledger_leaf WHERE index >= %(first)s AND index < %(end)s
),""",
)


def seal(actor: Any = None) -> Seal | None:
    """Seal whatever waits; None if nothing does. Two sealers at once: the second finds nothing left or waits its turn."""
    latest = None
    while batch := _seal_batch(actor):
        latest = batch
    return latest


@transaction.atomic
def _seal_batch(actor: Any) -> Seal | None:
    lock("ledger.sealing", seconds=60)
    size = log_size()
    with by_key():
        hashes = _take(size)
        if hashes:
            _fold_sums(size, size + len(hashes))
    if not hashes:
        return None
    keep_tiles(merkle.grow_tiles(size, hashes, tile_reader()))
    root = merkle.root(size + len(hashes), tile_reader())
    return sign(actor, size=size + len(hashes), root=root, leaves=len(hashes))


def _fold_sums(first: int, end: int) -> None:
    """Add the leaves from `first` up to before `end` to the kept sums."""
    with connection.cursor() as cursor:
        cursor.execute(_FOLD, {"first": first, "end": end})


def log_size() -> int:
    """Leaves so far."""
    last = Leaf.objects.order_by("-index").values_list("index", flat=True).first()
    return 0 if last is None else last + 1


def _take(size: int) -> list[bytes]:
    """Turn what waits into leaves after the first `size`; gives their hashes."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, {"batch": BATCH, "size": size})
        return [leaf_hash for (rows,) in cursor for leaf_hash in hash_rows(rows)]


def keep_tiles(grown: Iterable[tuple[int, int, bytes]]) -> None:
    """Tiles as `merkle.grow_tiles` gives them."""
    Tile.objects.bulk_create(
        [Tile(level=level, index=index, hashes=hashes) for level, index, hashes in grown],
        update_conflicts=True,
        unique_fields=["level", "index"],
        update_fields=["hashes"],
        batch_size=500,
    )


def sign(actor: Any, *, size: int, root: bytes, leaves: int) -> Seal:
    """The seal over `size` leaves, of which `leaves` are new."""
    key, sealed_at = signing_key(), clock.now()
    public_key = public_key_hex(key)
    message = seal_message(size=size, root=root.hex(), sealed_at=sealed_at.astimezone(UTC).isoformat())
    sealed = Seal.objects.create(
        size=size,
        root=root.hex(),
        sealed_at=sealed_at,
        public_key=public_key,
        key_id=key_id(public_key),
        signature=key.sign(message).hex(),
    )
    audit.record(actor, "ledger.seal", sealed, leaves=leaves)
    return sealed
