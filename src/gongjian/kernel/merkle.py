"""A Merkle log by RFC 6962 §2.1, kept in tiles of 256 hashes (the layout of C2SP tlog-tiles).

No table and no file here: callers give a function that reads tiles. Tests hold it against the library pymerkle, which
keeps whole trees in memory and so cannot serve a ledger that grows for years.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence

TILE_HEIGHT = 8
TILE_WIDTH = 1 << TILE_HEIGHT
HASH_SIZE = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()

ReadTile = Callable[[int, int], bytes]
"""(tile level, tile index) → its hashes, end to end."""


def hash_leaf(content: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + content).digest()


def hash_children(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


class CompactRange:
    """The root of a log in memory that grows with the logarithm of its size: the hashes of its complete subtrees.

    What is appended may be leaves, or the roots of complete subtrees that are all of one size.
    """

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def append(self, node: bytes) -> None:
        position = self.size
        while position & 1:
            node = hash_children(self._peaks.pop(), node)
            position >>= 1
        self._peaks.append(node)
        self.size += 1

    def root(self, tail: bytes | None = None) -> bytes:
        """`tail` is the root over leaves that follow and do not yet make a complete subtree."""
        nodes = self._peaks if tail is None else [*self._peaks, tail]
        if not nodes:
            return EMPTY_ROOT
        node = nodes[-1]
        for peak in reversed(nodes[:-1]):
            node = hash_children(peak, node)
        return node


def root_of(leaf_hashes: Iterable[bytes]) -> bytes:
    """The root over leaves that fit into memory."""
    leaves = list(leaf_hashes)
    if not leaves:
        return EMPTY_ROOT
    if len(leaves) & (len(leaves) - 1) == 0:
        return _fold(leaves)
    middle = _split(len(leaves))
    return hash_children(_fold(leaves[:middle]), root_of(leaves[middle:]))


def root(size: int, read: ReadTile) -> bytes:
    return _range_hash(0, size, read) if size else EMPTY_ROOT


def inclusion_path(index: int, size: int, read: ReadTile) -> list[bytes]:
    """PATH(index, D[size]), from the leaf up. Raises ValueError if the log has no such leaf."""
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a log of {size}")
    return list(_path(index, 0, size, read))


def consistency_path(old: int, new: int, read: ReadTile) -> list[bytes]:
    """PROOF(old, D[new]) of RFC 6962 §2.1.2; empty if `old` is 0 or `new`."""
    if not 0 <= old <= new:
        raise ValueError(f"a log of {new} does not extend one of {old}")
    return list(_consistency(old, 0, new, read, whole=True)) if 0 < old < new else []


def root_from_path(leaf_hash: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """The root that a log of `size` must have if the proof is right (RFC 9162 §2.1.3.2). Raises ValueError if it cannot be."""
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a log of {size}")
    node, last, position = leaf_hash, size - 1, index
    for sibling in path:
        if last == 0:
            raise ValueError("the path is longer than the tree is high")
        if position & 1 or position == last:
            node = hash_children(sibling, node)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            node = hash_children(node, sibling)
        position, last = position >> 1, last >> 1
    if last:
        raise ValueError("the path is shorter than the tree is high")
    return node


def grow_tiles(size: int, leaf_hashes: Iterable[bytes], read: ReadTile) -> Iterator[tuple[int, int, bytes]]:
    """The tiles that change when `leaf_hashes` join a log of `size`: (level, index, all hashes of the tile)."""
    level, fresh = 0, list(leaf_hashes)
    while fresh:
        complete: list[bytes] = []
        index, offset = divmod(size, TILE_WIDTH)
        begun = read(level, index)[: offset * HASH_SIZE] if offset else b""
        content = begun + b"".join(fresh)
        for start in range(0, len(content), TILE_WIDTH * HASH_SIZE):
            tile = content[start : start + TILE_WIDTH * HASH_SIZE]
            yield level, index, tile
            index += 1
            if len(tile) == TILE_WIDTH * HASH_SIZE:
                complete.append(_fold(split_hashes(tile)))
        level, size, fresh = level + 1, size >> TILE_HEIGHT, complete


def split_hashes(tile: bytes) -> list[bytes]:
    return [bytes(tile[i : i + HASH_SIZE]) for i in range(0, len(tile), HASH_SIZE)]


def _fold(hashes: list[bytes]) -> bytes:
    """The root of a complete subtree; the number of hashes is a power of two."""
    sha256 = hashlib.sha256
    while len(hashes) > 1:
        hashes = [sha256(b"\x01" + left + right).digest() for left, right in zip(hashes[::2], hashes[1::2], strict=True)]
    return hashes[0]


def _node(height: int, index: int, read: ReadTile) -> bytes:
    """The hash of the complete subtree over leaves [index·2^height, (index+1)·2^height)."""
    level, rest = divmod(height, TILE_HEIGHT)
    tile, slot = divmod(index << rest, TILE_WIDTH)
    hashes = read(level, tile)[slot * HASH_SIZE : (slot + (1 << rest)) * HASH_SIZE]
    return _fold(split_hashes(hashes))


def _range_hash(start: int, end: int, read: ReadTile) -> bytes:
    """MTH(D[start:end]); `start` is a multiple of the smallest power of two that is not below the width."""
    width = end - start
    if width & (width - 1) == 0:
        height = width.bit_length() - 1
        return _node(height, start >> height, read)
    middle = start + _split(width)
    return hash_children(_range_hash(start, middle, read), _range_hash(middle, end, read))


def _split(width: int) -> int:
    """The largest power of two below `width`."""
    return 1 << ((width - 1).bit_length() - 1)


def _path(index: int, start: int, end: int, read: ReadTile) -> Iterator[bytes]:
    if end - start == 1:
        return
    middle = start + _split(end - start)
    if index < middle:
        yield from _path(index, start, middle, read)
        yield _range_hash(middle, end, read)
    else:
        yield from _path(index, middle, end, read)
        yield _range_hash(start, middle, read)


def _consistency(old: int, start: int, end: int, read: ReadTile, *, whole: bool) -> Iterator[bytes]:
    width = end - start
    if old == width:
        if not whole:
            yield _range_hash(start, end, read)
        return
    split = _split(width)
    if old <= split:
        yield from _consistency(old, start, start + split, read, whole=whole)
        yield _range_hash(start + split, end, read)
    else:
        yield from _consistency(old - split, start + split, end, read, whole=False)
        yield _range_hash(start, start + split, read)
