"""The Merkle tree of RFC 6962: hashes, a tree that grows, proofs and their verification.

Pure: nothing but `hashlib`. A tree of `size` leaves is named by the leaves 0 to `size` - 1.
`level` 0 are the leaves; the node `(level, n)` is the root of the complete subtree over the
leaves `n << level` to `(n + 1 << level) - 1`. Every hash is 32 bytes of SHA-256.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

from qingfeng.journal.errors import Broken

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()

Node = Callable[[int, int], bytes]
"""Give the hash of a complete subtree: `node(level, n)`."""


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of a leaf (RFC 6962 §2.1)."""
    return sha256(b"\x00" + entry).digest()


def leaf_hashes(entries: Iterable[bytes]) -> list[bytes]:
    """Return the hashes of many leaves, in order."""
    return [sha256(b"\x00" + entry).digest() for entry in entries]


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node (RFC 6962 §2.1)."""
    return sha256(b"\x01" + left + right).digest()


def halved(hashes: bytes) -> bytes:
    """Return the level above: `hashes` are 2n joined hashes, the answer n joined hashes."""
    return b"".join(
        [sha256(b"\x01" + hashes[at : at + 64]).digest() for at in range(0, len(hashes), 2 * HASH_BYTES)]
    )


def subtree_root(hashes: bytes) -> bytes:
    """Return the root over joined hashes; there are 1, 2, 4, 8 … of them."""
    while len(hashes) > HASH_BYTES:
        hashes = halved(hashes)
    return hashes


def peaks(size: int) -> list[tuple[int, int]]:
    """Return the complete subtrees that a tree consists of, from left to right: `(level, n)` each."""
    found, start = [], 0
    for level in range(size.bit_length() - 1, -1, -1):
        if size >> level & 1:
            found.append((level, start >> level))
            start += 1 << level
    return found


def folded(hashes: Sequence[bytes]) -> bytes:
    """Return the root over the hashes of a tree's peaks, from left to right."""
    if not hashes:
        return EMPTY_ROOT
    root = hashes[-1]
    for peak in reversed(hashes[:-1]):
        root = node_hash(peak, root)
    return root


class GrowingTree:
    """A tree that only knows its peaks (a compact range): enough to grow and to say its root.

    Attributes:
        size: Number of leaves.
        hashes: Hash of every peak, from left to right.
    """

    def __init__(self, size: int = 0, hashes: Iterable[bytes] = ()) -> None:
        self.size, self.hashes = size, list(hashes)
        if len(self.hashes) != size.bit_count() or any(len(peak) != HASH_BYTES for peak in self.hashes):
            raise Broken(f"A tree of {size} leaves has {size.bit_count()} peaks of 32 bytes.")

    @property
    def root(self) -> bytes:
        """The root of the tree as it is now."""
        return folded(self.hashes)

    def append(self, leaf: bytes) -> None:
        """Add the hash of one leaf."""
        hashed, size = leaf, self.size
        while size & 1:
            hashed = node_hash(self.hashes.pop(), hashed)
            size >>= 1
        self.hashes.append(hashed)
        self.size += 1

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Add the hashes of many leaves."""
        for leaf in leaves:
            self.append(leaf)


def root_of(size: int, node: Node) -> bytes:
    """Return the root of the tree of `size` leaves whose complete subtrees `node` gives."""
    return folded([node(level, n) for level, n in peaks(size)])


def _range_root(start: int, end: int, node: Node) -> bytes:
    """Return the root over the leaves from `start` (inclusive) to `end` (exclusive)."""
    level = (end - start - 1).bit_length() if end - start > 1 else 0
    if start % (1 << level) == 0 and end - start == 1 << level:
        return node(level, start >> level)
    middle = start + (1 << level - 1)
    return node_hash(node(level - 1, start >> level - 1), _range_root(middle, end, node))


def inclusion_proof(index: int, size: int, node: Node) -> list[bytes]:
    """Return the audit path of a leaf (RFC 6962 §2.1.1), from the leaf's sibling upwards.

    Args:
        index: Which leaf, from 0.
        size: Of which tree; greater than `index`.
        node: Gives complete subtrees of that tree.

    Raises:
        ValueError: If the tree has no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"A tree of {size} leaves has no leaf {index}.")
    path, start, end = [], 0, size
    while end - start > 1:
        middle = start + (1 << (end - start - 1).bit_length() - 1)
        if index < middle:
            path.append(_range_root(middle, end, node))
            end = middle
        else:
            path.append(_range_root(start, middle, node))
            start = middle
    return path[::-1]


def root_from_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes:
    """Return the root that an audit path leads to (RFC 9162 §2.1.3.2).

    Raises:
        Broken: If the path cannot belong to that leaf of a tree of that size.
    """
    if not 0 <= index < size:
        raise Broken(f"A tree of {size} entries has no entry {index}.")
    if any(len(hashed) != HASH_BYTES for hashed in (leaf, *proof)):
        raise Broken("Every hash of a proof has 32 bytes.")
    place, last, root = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise Broken("The proof is longer than the tree is high.")
        if place & 1 or place == last:
            root = node_hash(sibling, root)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            root = node_hash(root, sibling)
        place, last = place >> 1, last >> 1
    if last:
        raise Broken("The proof is shorter than the tree is high.")
    return root


def verify_inclusion(leaf: bytes, index: int, size: int, *, proof: Sequence[bytes], root: bytes) -> None:
    """Check that a leaf stands at `index` of the tree with that size and root.

    Raises:
        Broken: If it does not.
    """
    if root_from_inclusion(leaf, index, size, proof) != root:
        raise Broken("The proof does not lead to the root of the checkpoint.")


def consistency_proof(old: int, new: int, node: Node) -> list[bytes]:
    """Return the proof that the tree of `old` leaves is the beginning of that of `new` (RFC 6962 §2.1.2).

    Args:
        old: Size of the older tree, from 0.
        new: Size of the newer tree, not less than `old`.
        node: Gives complete subtrees of the newer tree.

    Raises:
        ValueError: If the sizes are the wrong way round.
    """
    if not 0 <= old <= new:
        raise ValueError(f"A tree of {new} leaves has no beginning of {old}.")
    if old in (0, new):
        return []
    proof: list[bytes] = []
    start, end, whole = 0, new, True
    while old != end:
        middle = start + (1 << (end - start - 1).bit_length() - 1)
        if old <= middle:
            proof.append(_range_root(middle, end, node))
            end = middle
        else:
            proof.append(_range_root(start, middle, node))
            start, whole = middle, False
    if not whole:
        proof.append(_range_root(start, end, node))
    return proof[::-1]


def verify_consistency(
    old: int, old_root: bytes, new: int, *, new_root: bytes, proof: Sequence[bytes]
) -> None:
    """Check that a newer tree only adds to an older one (RFC 9162 §2.1.4.2).

    Raises:
        Broken: If it does not, or the proof is not one.
    """
    if old > new or old < 0:
        raise Broken(f"The tree shrinks from {old} to {new}.")
    if old == 0 and old_root != EMPTY_ROOT:
        raise Broken("The empty tree has another root.")
    if old in (0, new):
        if proof or (old == new and old_root != new_root):
            raise Broken(f"Two different trees of {new} entries.")
        return
    path = list(proof)
    if old & (old - 1) == 0:
        path.insert(0, old_root)
    if not path or any(len(hashed) != HASH_BYTES for hashed in path):
        raise Broken("The proof of consistency is empty or has a hash that is not 32 bytes long.")
    if _roots_from_consistency(old, new, path) != (old_root, new_root):
        raise Broken(f"The tree of {new} entries does not continue the tree of {old}.")


def _roots_from_consistency(old: int, new: int, path: Sequence[bytes]) -> tuple[bytes, bytes]:
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old_root = new_root = path[0]
    for hashed in path[1:]:
        if last == 0:
            raise Broken("The proof of consistency is too long.")
        if place & 1 or place == last:
            old_root, new_root = node_hash(hashed, old_root), node_hash(hashed, new_root)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new_root = node_hash(new_root, hashed)
        place, last = place >> 1, last >> 1
    if last:
        raise Broken("The proof of consistency is too short.")
    return old_root, new_root
