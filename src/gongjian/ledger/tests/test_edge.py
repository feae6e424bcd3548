from typing import Any

import pytest

from gongjian.kernel import merkle
from gongjian.ledger.canonical import hash_rows
from gongjian.ledger.sealing.edge import Edge


def text(first: int, end: int) -> bytes:
    return b"\n".join(f'{{"n":{number}}}'.encode() for number in range(first, end))


def sealed(size: int) -> dict[tuple[int, int], bytes]:
    """The tiles of a log of so many leaves, as a table would keep them."""
    return {(level, index): content for level, index, content in merkle.grow_tiles(0, hash_rows(text(0, size)), no_tile)}


def no_tile(level: int, index: int) -> Any:
    raise AssertionError(f"tile {level}/{index} was read")


class TestEdge:
    @pytest.mark.parametrize("begun", [0, 1, 255, 256, 300, 65_536, 65_700])
    def test_grows_as_the_log_with_all_its_tiles_would(self, begun: int) -> None:
        tiles = sealed(begun) if begun else {}

        def read(level: int, index: int) -> bytes:
            return tiles[level, index]

        edge = Edge(begun, read)
        end = begun
        for step in (1, 254, 1, 700):
            growth = edge.grow(
                [text(end, end + step // 2), text(end + step // 2, end + step)] if step > 1 else [text(end, end + 1)]
            )
            end += step
            tiles.update({(level, index): content for level, index, content in growth.tiles})
            assert (growth.leaves, growth.size) == (step, end)
            assert growth.root == merkle.root(end, read)
        assert tiles == sealed(end)
