"""Tiles and bundles: paths and widths of the specification, and laws that hold for any tree."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from qingfeng.journal.errors import Broken, Refused
from qingfeng.journal.tiles import (
    BUNDLE,
    Edge,
    Tile,
    TileTree,
    bundle_of,
    bundles_after,
    entries_in,
    parse_path,
    tiles_of,
)
from qingfeng.journal.tree import (
    GrowingTree,
    consistency_proof,
    inclusion_proof,
    leaf_hashes,
    root_of,
    verify_consistency,
    verify_inclusion,
)


def reader(tiles):
    """Read tiles from a dictionary, partial ones also from the full tile that replaced them."""

    def read(tile):
        held = tiles.get(tile) or tiles.get(Tile(tile.level, tile.number), b"")[: tile.width * 32]
        if not held:
            raise Broken("There is no such tile.", where=tile.path)
        return held

    return read


def grown(portions):
    """Grow a tree by portions; return tiles, roots by size, and all leaves."""
    edge, tiles, leaves, roots = Edge(), {}, [], {}
    for portion in portions:
        new = leaf_hashes(str(len(leaves) + number).encode() for number in range(portion))
        tiles |= dict(edge.grow(new))
        leaves += new
        roots[len(leaves)] = edge.root
    return tiles, roots, leaves


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 1234067), "tile/0/x001/x234/067"),  # the specification's example
        (Tile(0, 0), "tile/0/000"),
        (Tile(0, 999), "tile/0/999"),
        (Tile(1, 1234), "tile/1/x001/234"),
        (Tile(2, 5, 17), "tile/2/005.p/17"),
        (Tile(0, 1000, 255), "tile/0/x001/000.p/255"),
        (Tile(63, 1, 1), "tile/63/001.p/1"),
        (Tile(BUNDLE, 1234067), "tile/entries/x001/x234/067"),
        (Tile(BUNDLE, 0, 9), "tile/entries/000.p/9"),
    ],
)
def test_a_path_is_written_as_the_specification_says_and_read_back(tile, path):
    assert tile.path == path
    assert parse_path(path) == tile


@pytest.mark.parametrize(
    "path",
    ["tile/64/000", "tile/00/000", "tile/0/00", "tile/0/x000/001", "tile/0/000.p/256", "tile/0/000.p/0",
     "tile/0/000.p/01", "tile/0/001/002", "tile/0/x001", "tile/data/000", "tile/0/../000", "tile/0/０００"],
)  # fmt: skip
def test_any_other_spelling_is_no_path(path):
    with pytest.raises(Broken):
        parse_path(path)


def test_a_tree_of_70000_has_the_tiles_that_the_specification_counts():
    tiles = list(tiles_of(70_000))

    at = {level: [tile for tile in tiles if tile.level == level] for level in range(3)}
    assert [len(at[0]), at[0][-1].width] == [274, 112]
    assert [len(at[1]), at[1][0].width, at[1][1].width] == [2, 256, 17]
    assert [tile.width for tile in at[2]] == [1]
    assert {tile.level for tile in tiles} == {BUNDLE, 0, 1, 2}
    assert [tile for tile in tiles_of(256) if tile.level >= 0] == [Tile(0, 0), Tile(1, 0, 1)]
    assert list(tiles_of(0)) == []


@given(some.lists(some.integers(min_value=1, max_value=600), min_size=1, max_size=6))
@example([256, 256 * 255, 1, 255])
@example([65_535, 1, 1])
def test_any_portions_give_the_tiles_and_the_root_of_the_whole(portions):
    tiles, roots, leaves = grown(portions)
    at_once, _, _ = grown([len(leaves)])
    slow = GrowingTree()
    slow.extend(leaves)

    names = {tile for tile in tiles_of(len(leaves)) if tile.level >= 0}

    assert names <= set(tiles)
    assert {tile: tiles[tile] for tile in names} == at_once
    assert roots[len(leaves)] == slow.root
    tree = TileTree(len(leaves), reader(tiles))
    assert tree.edge().root == root_of(len(leaves), tree.node) == slow.root


@given(some.lists(some.integers(min_value=1, max_value=900), min_size=2, max_size=4), some.data())
def test_proofs_from_tiles_verify_for_every_tree_that_was(portions, data):
    tiles, roots, leaves = grown(portions)
    size = data.draw(some.sampled_from(sorted(roots)))
    old = data.draw(some.sampled_from([old for old in roots if old <= size]))
    index = data.draw(some.integers(min_value=0, max_value=size - 1))
    node = TileTree(size, reader(tiles)).node

    verify_inclusion(leaves[index], index, size, proof=inclusion_proof(index, size, node), root=roots[size])
    verify_consistency(old, roots[old], size, new_root=roots[size], proof=consistency_proof(old, size, node))


@given(some.integers(min_value=1, max_value=1500), some.data())
def test_a_tile_at_the_edge_changed_anywhere_changes_the_root(size, data):
    tiles, roots, _ = grown([size])
    edge = [tile for tile in tiles_of(size) if tile.level >= 0 and tile.width < 256]
    tile = data.draw(some.sampled_from(edge)) if edge else Tile(1, 0, 1)
    at = data.draw(some.integers(min_value=0, max_value=len(tiles[tile]) - 1))
    held = bytearray(tiles[tile])
    held[at] ^= data.draw(some.integers(min_value=1, max_value=255))

    seen = TileTree(size, reader(tiles | {tile: bytes(held)})).edge().root

    assert seen != roots[size]


def test_a_tile_of_another_length_is_refused():
    tiles, _, _ = grown([10])

    with pytest.raises(Broken, match="another length"):
        TileTree(10, lambda tile: tiles[tile][:-1]).edge()


@given(some.lists(some.binary(max_size=300), max_size=30))
def test_a_bundle_gives_back_its_entries(entries):
    assert entries_in(bundle_of(entries)) == entries


@given(some.lists(some.binary(min_size=1, max_size=50), min_size=1, max_size=10), some.data())
def test_a_bundle_cut_short_gives_fewer_entries_or_is_refused(entries, data):
    bundle = bundle_of(entries)
    cut = data.draw(some.integers(min_value=0, max_value=len(bundle) - 1))

    try:
        left = entries_in(bundle[:cut])
    except Broken:
        return

    assert len(left) < len(entries)
    assert left == entries[: len(left)]


def test_an_entry_is_as_long_as_its_prefix_can_say():
    longest = b"x" * 65_535

    assert entries_in(bundle_of([longest, b""])) == [longest, b""]
    with pytest.raises(Refused, match="65,535"):
        bundle_of([longest + b"x"])


def test_new_entries_continue_the_bundle_at_the_edge():
    entries = [str(number).encode() for number in range(600)]

    bundles = dict(bundles_after(300, entries[256:300], entries[300:]))

    assert sorted(bundles) == [Tile(BUNDLE, 1), Tile(BUNDLE, 2, 88)]
    assert entries_in(bundles[Tile(BUNDLE, 1)]) == entries[256:512]
