"""The tree: RFC 6962's known answers, an independent implementation, and laws that hold for any tree."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pymerkle import InmemoryTree

from qingfeng.journal.errors import Broken
from qingfeng.journal.tree import (
    EMPTY_ROOT,
    GrowingTree,
    consistency_proof,
    folded,
    inclusion_proof,
    leaf_hash,
    leaf_hashes,
    node_hash,
    root_of,
    subtree_root,
    verify_consistency,
    verify_inclusion,
)

# The eight leaves and roots with which implementations of RFC 6962 check one another
# (certificate-transparency's merkletree tests).
LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
sizes = some.integers(min_value=1, max_value=700)


def some_leaves(size):
    return leaf_hashes(str(number).encode() for number in range(size))


def nodes_of(leaves):
    """Give complete subtrees of a small tree, computed the slow way."""

    def node(level, number):
        return subtree_root(b"".join(leaves[number << level : (number + 1) << level]))

    return node


def slow_root(leaves):
    """RFC 6962 §2.1, as it is written."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return node_hash(slow_root(leaves[:split]), slow_root(leaves[split:]))


def test_the_empty_tree_has_the_hash_of_nothing():
    assert GrowingTree().root == EMPTY_ROOT == hashlib.sha256(b"").digest()


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_the_known_answers_of_rfc_6962(size):
    tree = GrowingTree()

    tree.extend(leaf_hashes(LEAVES[:size]))

    assert tree.root.hex() == ROOTS[size - 1]


def test_audit_paths_are_the_known_answers_of_rfc_6962():
    node = nodes_of(leaf_hashes(LEAVES))

    path = [hashed.hex() for hashed in inclusion_proof(0, 8, node)]

    assert path == [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]
    assert inclusion_proof(0, 1, node) == []


def test_consistency_proofs_are_the_known_answers_of_rfc_6962():
    node = nodes_of(leaf_hashes(LEAVES))

    assert [h.hex() for h in consistency_proof(1, 8, node)] == [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]
    assert [h.hex() for h in consistency_proof(6, 8, node)] == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 100, 257, 1000])
def test_roots_equal_those_of_an_independent_implementation(size):
    theirs, ours = InmemoryTree(algorithm="sha256"), GrowingTree()
    for number in range(size):
        theirs.append_entry(str(number).encode())

    ours.extend(some_leaves(size))

    assert ours.root == theirs.get_root()


@given(some.lists(some.binary(max_size=40), max_size=80), some.data())
def test_a_tree_grown_in_any_portions_has_the_root_of_the_rfc(entries, data):
    leaves, tree = leaf_hashes(entries), GrowingTree()
    while tree.size < len(leaves):
        portion = data.draw(some.integers(min_value=1, max_value=len(leaves) - tree.size))
        tree = GrowingTree(tree.size, tree.hashes)

        tree.extend(leaves[tree.size : tree.size + portion])

        assert tree.root == slow_root(leaves[: tree.size])


@given(sizes, some.data())
def test_every_leaf_of_every_tree_can_be_proven(size, data):
    leaves = some_leaves(size)
    index = data.draw(some.integers(min_value=0, max_value=size - 1))
    root = root_of(size, nodes_of(leaves))

    proof = inclusion_proof(index, size, nodes_of(leaves))

    verify_inclusion(leaves[index], index, size, proof=proof, root=root)
    assert root == slow_root(leaves)


@given(sizes, some.data())
def test_an_inclusion_proof_changed_anywhere_fails(size, data):
    leaves = some_leaves(size)
    index = data.draw(some.integers(min_value=0, max_value=size - 1))
    proof = inclusion_proof(index, size, nodes_of(leaves))
    root = slow_root(leaves)
    parts = [leaves[index], root, *proof]
    which = data.draw(some.integers(min_value=0, max_value=len(parts) - 1))
    bit = data.draw(some.integers(min_value=0, max_value=255))
    parts[which] = (int.from_bytes(parts[which], "big") ^ 1 << bit).to_bytes(32, "big")

    with pytest.raises(Broken):
        verify_inclusion(parts[0], index, size, proof=parts[2:], root=parts[1])


@given(sizes, some.data())
def test_an_inclusion_proof_holds_at_no_other_place_and_with_no_other_length(size, data):
    leaves = some_leaves(size)
    index = data.draw(some.integers(min_value=0, max_value=size - 1))
    proof, root = inclusion_proof(index, size, nodes_of(leaves)), slow_root(leaves)
    elsewhere = data.draw(some.integers(min_value=-1, max_value=size + 1).filter(lambda i: i != index))

    with pytest.raises(Broken):
        verify_inclusion(leaves[index], elsewhere, size, proof=proof, root=root)
    with pytest.raises(Broken):
        verify_inclusion(leaves[index], index, size, proof=[*proof, leaves[0]], root=root)
    if proof:
        with pytest.raises(Broken):
            verify_inclusion(leaves[index], index, size, proof=proof[:-1], root=root)
        with pytest.raises(Broken):
            verify_inclusion(leaves[index], index, size, proof=[proof[0][:31], *proof[1:]], root=root)


@given(sizes, some.data())
def test_every_beginning_of_a_tree_is_consistent_with_it(size, data):
    leaves = some_leaves(size)
    old = data.draw(some.integers(min_value=0, max_value=size))

    proof = consistency_proof(old, size, nodes_of(leaves))

    verify_consistency(old, slow_root(leaves[:old]), size, new_root=slow_root(leaves), proof=proof)


@given(some.integers(min_value=2, max_value=300), some.data())
def test_a_consistency_proof_changed_anywhere_fails(size, data):
    leaves = some_leaves(size)
    old = data.draw(some.integers(min_value=1, max_value=size - 1))
    proof = consistency_proof(old, size, nodes_of(leaves))
    parts = [slow_root(leaves[:old]), slow_root(leaves), *proof]
    which = data.draw(some.integers(min_value=0, max_value=len(parts) - 1))
    parts[which] = bytes([parts[which][0] ^ 1]) + parts[which][1:]

    with pytest.raises(Broken):
        verify_consistency(old, parts[0], size, new_root=parts[1], proof=parts[2:])
    with pytest.raises(Broken):
        verify_consistency(old, parts[0], size, new_root=parts[1], proof=[*proof, leaves[0]])
    with pytest.raises(Broken):
        verify_consistency(old, parts[0], size, new_root=parts[1], proof=proof[:-1])


def test_a_tree_that_shrinks_or_changes_at_the_same_size_is_refused():
    leaves = some_leaves(5)
    root = slow_root(leaves)

    with pytest.raises(Broken):
        verify_consistency(5, root, 4, new_root=slow_root(leaves[:4]), proof=[])
    with pytest.raises(Broken):
        verify_consistency(5, root, 5, new_root=slow_root(leaves[::-1]), proof=[])
    with pytest.raises(Broken):
        verify_consistency(0, root, 5, new_root=root, proof=[])
    with pytest.raises(Broken):
        verify_consistency(0, EMPTY_ROOT, 5, new_root=root, proof=[root])
    with pytest.raises(Broken):
        verify_consistency(2, root, 5, new_root=root, proof=[])


def test_a_proof_of_a_leaf_that_is_not_there_is_not_made():
    node = nodes_of(some_leaves(3))

    with pytest.raises(ValueError, match="no leaf 3"):
        inclusion_proof(3, 3, node)
    with pytest.raises(ValueError, match="no beginning"):
        consistency_proof(4, 3, node)


def test_peaks_that_do_not_fit_the_size_are_refused():
    with pytest.raises(Broken):
        GrowingTree(3, [leaf_hash(b"")])
    assert folded([]) == EMPTY_ROOT
