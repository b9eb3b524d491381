"""Proofs of entry from the files of a log; needs no key and no database."""

from __future__ import annotations

from qingfeng.journal.checkpoint import Checkpoint
from qingfeng.journal.errors import JournalProblem
from qingfeng.journal.folder import LogFolder
from qingfeng.journal.proof import EntryProof, check_proof
from qingfeng.journal.tiles import WIDTH, Tile
from qingfeng.journal.tree import HASH_BYTES, inclusion_proof, leaf_hash


def prove_index(folder: LogFolder, index: int, *, carry: bool | None = None) -> bytes:
    """Return a proof of entry, verified once more before it is given out.

    The newest witnessed checkpoint is used where it covers the entry, else the newest.

    Args:
        folder: The log.
        index: Which entry, from 0.
        carry: Whether the proof carries the entry itself, or only its leaf hash; by default
            an entry of the public log is carried, one of the internal log is not.

    Raises:
        JournalProblem: If the log has no such entry yet.
        Broken: If tiles, bundle and checkpoint do not fit together.
    """
    note, checkpoint = covering(folder, index)
    entry = folder.entry(index, checkpoint.size)
    carried = folder.log == "public" if carry is None else carry
    hashes = inclusion_proof(index, checkpoint.size, folder.tree(checkpoint.size).node)
    extra = entry if carried else leaf_hash(entry)
    held = EntryProof(index, tuple(hashes), note, extra).encoded()
    check_proof(held, folder.key_of(note))
    return held


def covering(folder: LogFolder, index: int) -> tuple[bytes, Checkpoint]:
    """Return the signed checkpoint that an entry is proven under."""
    newest = folder.note()
    if not newest:
        raise JournalProblem("Nothing has been published in this log yet.", where=str(folder.root))
    checkpoint = folder.checkpoint(newest)
    if not 0 <= index < checkpoint.size:
        raise JournalProblem(
            f"The log has no entry {index}: it ends at {checkpoint.size - 1}.",
            where=str(folder.root),
            then="A new entry can be proven once it is published, usually within a minute.",
        )
    witnessed = folder.witnessed()
    if witnessed:
        seen = folder.checkpoint(witnessed)
        if index < seen.size <= checkpoint.size:
            return witnessed, seen
    return newest, checkpoint


def index_of_leaf(folder: LogFolder, leaf: bytes) -> int | None:
    """Return where a leaf hash stands in the log, or None; every tile of leaves is read."""
    size = folder.checkpoint(folder.note()).size if folder.note() else 0
    for number in range(-(-size // WIDTH)):
        width = min(WIDTH, size - number * WIDTH)
        held = folder.read(Tile(0, number, width))
        at = held.find(leaf)
        while at >= 0 and at % HASH_BYTES:
            at = held.find(leaf, at + 1)
        if at >= 0:
            return number * WIDTH + at // HASH_BYTES
    return None
