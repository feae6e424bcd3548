from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from gongjian.kernel import merkle

SIZES = st.integers(1, 700)


def leaves(size: int) -> list[bytes]:
    return [merkle.hash_leaf(b"%d" % n) for n in range(size)]


def library_tree(size: int) -> InmemoryTree:
    tree = InmemoryTree(algorithm="sha256")
    for n in range(size):
        tree.append_entry(b"%d" % n)
    return tree


def tiles_of(*growths: int) -> Callable[[int, int], bytes]:
    """Tiles of a log that grew by so many leaves at a time."""
    tiles: dict[tuple[int, int], bytes] = {}

    def read(level: int, index: int) -> bytes:
        return tiles.get((level, index), b"")

    size, all_leaves = 0, leaves(sum(growths))
    for growth in growths:
        grown = list(merkle.grow_tiles(size, all_leaves[size : size + growth], read))
        tiles.update({(level, index): hashes for level, index, hashes in grown})
        size += growth
    return read


def roots_from_consistency(old: int, new: int, path: list[bytes], old_root: bytes) -> tuple[bytes, bytes]:
    """RFC 9162 §2.1.4.2: the two roots that the proof leads to."""
    if old == new:
        return old_root, old_root
    nodes = [old_root, *path] if old & (old - 1) == 0 else list(path)
    first, last = old - 1, new - 1
    while first & 1:
        first, last = first >> 1, last >> 1
    left = right = nodes[0]
    for node in nodes[1:]:
        if first & 1 or first == last:
            left, right = merkle.hash_children(node, left), merkle.hash_children(node, right)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            right = merkle.hash_children(right, node)
        first, last = first >> 1, last >> 1
    assert last == 0
    return left, right


class TestRoot:
    def test_of_nothing_is_the_hash_of_nothing(self) -> None:
        assert merkle.root(0, tiles_of()) == merkle.EMPTY_ROOT == merkle.root_of([])

    @given(SIZES)
    @settings(deadline=None, max_examples=40)
    def test_is_the_librarys(self, size: int) -> None:
        assert merkle.root(size, tiles_of(size)) == library_tree(size).get_root() == merkle.root_of(leaves(size))

    @given(st.lists(st.integers(1, 300), min_size=1, max_size=5))
    @settings(deadline=None, max_examples=40)
    def test_does_not_depend_on_how_the_log_grew(self, growths: list[int]) -> None:
        assert merkle.root(sum(growths), tiles_of(*growths)) == merkle.root_of(leaves(sum(growths)))

    @given(SIZES, st.integers(0, 5))
    @settings(deadline=None, max_examples=40)
    def test_over_whole_tiles_and_a_tail(self, rest: int, whole: int) -> None:
        all_leaves = leaves(whole * merkle.TILE_WIDTH + rest)
        tiles = merkle.CompactRange()
        for n in range(whole):
            tiles.append(merkle.root_of(all_leaves[n * merkle.TILE_WIDTH : (n + 1) * merkle.TILE_WIDTH]))
        tail = all_leaves[whole * merkle.TILE_WIDTH :][: merkle.TILE_WIDTH - 1]
        expected = merkle.root_of(all_leaves[: whole * merkle.TILE_WIDTH + len(tail)])
        assert tiles.root(merkle.root_of(tail)) == expected

    def test_three_levels_of_tiles(self) -> None:
        size = merkle.TILE_WIDTH**2 + 3
        assert merkle.root(size, tiles_of(size)) == merkle.root_of(leaves(size))


class TestInclusion:
    @given(st.data(), SIZES)
    @settings(deadline=None, max_examples=60)
    def test_the_path_is_the_librarys_and_leads_to_the_root(self, data: st.DataObject, size: int) -> None:
        index = data.draw(st.integers(0, size - 1))
        path = merkle.inclusion_path(index, size, tiles_of(size))
        proof = library_tree(size).prove_inclusion(index + 1)
        assert [node.hex() for node in path] == proof.serialize()["path"][1:]
        assert merkle.root_from_path(leaves(size)[index], index, size, path) == merkle.root_of(leaves(size))

    @given(st.data(), st.integers(2, 300))
    @settings(deadline=None, max_examples=40)
    def test_another_leaf_does_not_lead_to_the_root(self, data: st.DataObject, size: int) -> None:
        index = data.draw(st.integers(0, size - 1))
        path = merkle.inclusion_path(index, size, tiles_of(size))
        assert merkle.root_from_path(merkle.hash_leaf(b"forged"), index, size, path) != merkle.root_of(leaves(size))

    @given(st.data(), st.integers(2, 300))
    @settings(deadline=None, max_examples=40)
    def test_another_index_does_not_lead_to_the_root(self, data: st.DataObject, size: int) -> None:
        index, other = data.draw(st.lists(st.integers(0, size - 1), min_size=2, max_size=2, unique=True))
        path = merkle.inclusion_path(index, size, tiles_of(size))
        try:
            found = merkle.root_from_path(leaves(size)[index], other, size, path)
        except ValueError:
            return
        assert found != merkle.root_of(leaves(size))

    @pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
    def test_a_leaf_that_is_not_there(self, index: int, size: int) -> None:
        with pytest.raises(ValueError, match="is not in a log"):
            merkle.inclusion_path(index, size, tiles_of(3))
        with pytest.raises(ValueError, match="is not in a log"):
            merkle.root_from_path(b"", index, size, [])

    @pytest.mark.parametrize("change", [lambda path: path[:-1], lambda path: [*path, path[0]]])
    def test_a_path_of_the_wrong_length(self, change: Callable[[list[bytes]], list[bytes]]) -> None:
        path = merkle.inclusion_path(1, 5, tiles_of(5))
        with pytest.raises(ValueError, match="the path is"):
            merkle.root_from_path(leaves(5)[1], 1, 5, change(path))


class TestConsistency:
    @given(st.data(), SIZES)
    @settings(deadline=None, max_examples=80)
    def test_the_path_leads_from_the_old_root_to_the_new(self, data: st.DataObject, new: int) -> None:
        old = data.draw(st.integers(1, new))
        path = merkle.consistency_path(old, new, tiles_of(new))
        assert roots_from_consistency(old, new, path, merkle.root_of(leaves(old))) == (
            library_tree(old).get_root(),
            library_tree(new).get_root(),
        )

    @given(st.data(), st.integers(2, 300))
    @settings(deadline=None, max_examples=40)
    def test_a_rewritten_log_has_no_path(self, data: st.DataObject, new: int) -> None:
        old = data.draw(st.integers(1, new - 1))
        path = merkle.consistency_path(old, new, tiles_of(new))
        forged = merkle.root_of([*leaves(old)[:-1], merkle.hash_leaf(b"forged")])
        found = roots_from_consistency(old, new, path, forged)
        assert found != (forged, merkle.root_of(leaves(new)))

    def test_a_log_that_shrank(self) -> None:
        with pytest.raises(ValueError, match="does not extend"):
            merkle.consistency_path(5, 3, tiles_of(5))

    @pytest.mark.parametrize(("old", "new"), [(0, 5), (5, 5)])
    def test_nothing_to_prove(self, old: int, new: int) -> None:
        assert merkle.consistency_path(old, new, tiles_of(5)) == []
