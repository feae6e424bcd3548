"""The growing edge of the log in memory: appending much without reading tiles back."""

from collections.abc import Sequence
from dataclasses import dataclass

from gongjian.kernel import merkle
from gongjian.kernel.merkle import TILE_HEIGHT, TILE_WIDTH, ReadTile
from gongjian.ledger.canonical import hash_rows


@dataclass(frozen=True)
class Growth:
    """What `leaves` new leaves changed: the tiles (level, index, hashes) and the root over all `size`."""

    leaves: int
    size: int
    root: bytes
    tiles: list[tuple[int, int, bytes]]


class Edge:
    """The last tile of each level; `read` is asked for those of a log of `size` and never again."""

    def __init__(self, size: int, read: ReadTile) -> None:
        self._size = size
        self._last: dict[int, tuple[int, bytes]] = {}
        level = 0
        while size:
            self._last[level] = (size - 1) // TILE_WIDTH, read(level, (size - 1) // TILE_WIDTH)
            level, size = level + 1, size >> TILE_HEIGHT

    def grow(self, texts: Sequence[bytes]) -> Growth:
        """Append the leaves over canonical texts, which stand one a line."""
        hashes = [leaf_hash for text in texts for leaf_hash in hash_rows(text)]
        tiles = list(merkle.grow_tiles(self._size, hashes, self._read))
        self._last |= {level: (index, content) for level, index, content in tiles}
        self._size += len(hashes)
        return Growth(len(hashes), self._size, merkle.root(self._size, self._read), tiles)

    def _read(self, level: int, index: int) -> bytes:
        last, content = self._last[level]
        if last != index:
            raise LookupError(f"tile {level}/{index} is not at the edge")
        return content
