"""The log as the database has it, tile by tile: what was sealed and what the rows hash to now."""
# ruff: noqa: S608 (our own column tables; no value of anybody goes into these texts)

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from django.db import connection
from psycopg import Cursor

from gongjian.kernel.merkle import HASH_SIZE, TILE_WIDTH
from gongjian.ledger.canonical import canonical_sql, hash_rows

CHUNK = 64 * TILE_WIDTH

_SEALED = "SELECT index, hashes FROM ledger_tile WHERE level = 0 AND index >= %(first)s AND index < %(end)s"
_DEED, _CONFIRMATION = canonical_sql("deed", "d"), canonical_sql("confirmation", "c")
_OF_TILE = f"l.index >= tile * {TILE_WIDTH} AND l.index < (tile + 1) * {TILE_WIDTH}"


def _beside(table: str, column: str) -> str:
    """The rows from the tile's first one on, as many as it can hold."""
    first = f"SELECT l.{column} FROM ledger_leaf l WHERE {_OF_TILE} AND l.{column} IS NOT NULL ORDER BY l.index LIMIT 1"
    return f"(SELECT * FROM {table} WHERE id >= ({first}) ORDER BY id LIMIT {TILE_WIDTH})"


_TILES = f"""
SELECT tile, deeds, content FROM generate_series(%(first)s::bigint, %(end)s::bigint - 1) AS tile CROSS JOIN LATERAL (
    SELECT count(deed_id) AS deeds, convert_to(string_agg(content, chr(10)), 'UTF8') AS content FROM (
        SELECT l.deed_id, CASE WHEN d.id IS NOT NULL THEN {_DEED} WHEN c.id IS NOT NULL THEN {_CONFIRMATION} END AS content
        FROM ledger_leaf l LEFT JOIN {_beside("ledger_deed", "deed_id")} d ON d.id = l.deed_id
        LEFT JOIN {_beside("ledger_confirmation", "confirmation_id")} c ON c.id = l.confirmation_id
        WHERE {_OF_TILE} ORDER BY l.index
    ) AS rows
) AS tiles ORDER BY tile
"""
"""Records were sealed in the order of their keys, so those of a tile stand side by side and are read at one go. Where others
stand between them some are not found; such a tile does not fit and is read again, record by record."""
_RECORDS = f"""
SELECT l.index, l.deed_id, l.confirmation_id, coalesce(
    (SELECT {_DEED} FROM ledger_deed d WHERE d.id = l.deed_id),
    (SELECT {_CONFIRMATION} FROM ledger_confirmation c WHERE c.id = l.confirmation_id)
) FROM ledger_leaf l WHERE l.index >= %(first)s AND l.index < %(end)s ORDER BY l.index
"""


@dataclass(frozen=True)
class SealedTile:
    """Leaf hashes twice: `sealed` as the tile keeps them, end to end, and `actual` of the rows as they stand."""

    index: int
    deeds: int
    sealed: bytes
    actual: list[bytes]

    @property
    def fits(self) -> bool:
        return self.sealed == b"".join(self.actual)


@dataclass(frozen=True)
class Record:
    """A leaf with what its row hashes to; `actual` None where the row is gone."""

    index: int
    deed: Any
    confirmation: Any
    actual: bytes | None

    @property
    def name(self) -> str:
        record = f"deed {self.deed}" if self.deed else f"confirmation {self.confirmation}"
        return f"{record} (leaf {self.index})"


def tiles(size: int) -> Iterator[SealedTile]:
    """All tiles of the lowest level over `size` leaves. Memory does not grow with the log.

    While one chunk is hashed here, the database writes the next; psycopg lets the threads use the connection in turn.
    """
    connection.ensure_connection()
    database = connection.connection
    with ThreadPoolExecutor(1, thread_name_prefix="reading") as ahead:
        following = ahead.submit(_chunk, database, 0)
        for first in range(0, size, CHUNK):
            chunk = following.result()
            following = ahead.submit(_chunk, database, first + CHUNK)
            yield from _tiles_of(chunk, first, min(first + CHUNK, size))
        following.result()


@dataclass(frozen=True)
class _Chunk:
    """By tile: its hashes; the number of deeds under it and their canonical texts, one a line."""

    sealed: dict[int, bytes]
    actual: dict[int, tuple[int, bytes]]


def _chunk(database: Any, first: int) -> _Chunk:
    range_of_tiles = {"first": first // TILE_WIDTH, "end": (first + CHUNK) // TILE_WIDTH}
    with Cursor(database) as cursor:
        sealed = dict(cursor.execute(_SEALED, range_of_tiles, binary=True).fetchall())
        found = cursor.execute(_TILES, range_of_tiles, binary=True).fetchall()
    return _Chunk(sealed, {index: (deeds, rows or b"") for index, deeds, rows in found})


def _tiles_of(chunk: _Chunk, first: int, end: int) -> Iterator[SealedTile]:
    for index in range(first // TILE_WIDTH, -(-end // TILE_WIDTH)):
        deeds, rows = chunk.actual.get(index, (0, b""))
        yield SealedTile(index, deeds, chunk.sealed.get(index, b""), hash_rows(rows) if rows else [])


def records(tile: int) -> list[Record]:
    """The leaves of one tile."""
    first = tile * TILE_WIDTH
    with connection.cursor() as cursor:
        cursor.execute(_RECORDS, {"first": first, "end": first + TILE_WIDTH})
        return [
            Record(index, deed, confirmation, None if row is None else hash_rows(row.encode())[0])
            for index, deed, confirmation, row in cursor.fetchall()
        ]


def hash_at(tile: bytes, slot: int) -> bytes:
    return tile[slot * HASH_SIZE : (slot + 1) * HASH_SIZE]
