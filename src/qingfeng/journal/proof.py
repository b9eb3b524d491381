"""Proofs of entry, as C2SP tlog-proof writes them: one small text that anybody can check offline.

The extra line carries what the leaf is made of: either the entry itself, or only the 32 bytes
of its leaf hash where the entry is not for the reader's eyes. It is not trusted: the hashes
must lead from it to the root that the log has signed.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass

from qingfeng.journal.checkpoint import Checkpoint, open_checkpoint, parse_checkpoint, witnessed_by
from qingfeng.journal.errors import Broken
from qingfeng.journal.note import Verifier, parse_note, strict_base64
from qingfeng.journal.tree import HASH_BYTES, leaf_hash, verify_inclusion

HEADER = "c2sp.org/tlog-proof@v1"
MOST_HASHES = 63
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,18})")


@dataclass(frozen=True)
class EntryProof:
    """A proof as it is written; nothing is verified yet.

    Attributes:
        index: Which entry, from 0.
        hashes: From the leaf's sibling upwards.
        note: The log's signed checkpoint.
        extra: The entry, or its leaf hash (32 bytes), or b"".
    """

    index: int
    hashes: tuple[bytes, ...]
    note: bytes
    extra: bytes = b""

    def encoded(self) -> bytes:
        """Return the proof as it is kept and sent."""
        lines = [HEADER]
        if self.extra:
            lines.append(f"extra {b64encode(self.extra).decode()}")
        lines.append(f"index {self.index}")
        lines += [b64encode(hashed).decode() for hashed in self.hashes]
        return ("\n".join(lines) + "\n\n").encode() + self.note


@dataclass(frozen=True)
class Proven:
    """What a right proof shows.

    Attributes:
        index: Where the entry stands, from 0.
        leaf: Its leaf hash.
        entry: The entry itself, or b"" where only its hash was there.
        checkpoint: The signed tree that it stands in.
        witnesses: Who else has signed that tree.
    """

    index: int
    leaf: bytes
    entry: bytes
    checkpoint: Checkpoint
    witnesses: tuple[Verifier, ...]


def parse_proof(held: bytes) -> EntryProof:
    """Return a proof as it is written; nothing is verified.

    Raises:
        Broken: If it is none, or not written in the one way it can be.
    """
    head, gap, note = held.partition(b"\n\n")
    try:
        lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError:
        lines = []
    if not gap or not lines or lines.pop(0) != HEADER:
        raise Broken("This is no proof of entry.", then=f"Its first line is {HEADER}.")
    extra = b""
    if lines and lines[0].startswith("extra "):
        extra = strict_base64(lines.pop(0).removeprefix("extra "))
    index = _INDEX.fullmatch(lines.pop(0)) if lines else None
    if not index or len(lines) > MOST_HASHES:
        raise Broken("This proof of entry does not say which entry, or has too many hashes.")
    hashes = tuple(strict_base64(line) for line in lines)
    if any(len(hashed) != HASH_BYTES for hashed in hashes):
        raise Broken("Every hash of a proof has 32 bytes.")
    parse_checkpoint(parse_note(note).text)
    return EntryProof(int(index.group(1)), hashes, note, extra)


def check_proof(
    held: bytes, log: Verifier, *, entry: bytes | None = None, witnesses: Iterable[Verifier] = ()
) -> Proven:
    """Return what a proof shows, having verified all of it.

    Args:
        held: The proof.
        log: The log's key, known from elsewhere than the proof.
        entry: The entry, where the proof does not carry it.
        witnesses: Keys of witnesses that the reader knows.

    Raises:
        Broken: If anything in it is wrong.
    """
    proof, known = parse_proof(held), tuple(witnesses)
    note = parse_note(proof.note)
    checkpoint = open_checkpoint(note, log, known)
    leaf, shown = _leaf(proof.extra, entry)
    verify_inclusion(leaf, proof.index, checkpoint.size, proof=proof.hashes, root=checkpoint.root)
    return Proven(proof.index, leaf, shown, checkpoint, witnessed_by(note, known))


def _leaf(extra: bytes, entry: bytes | None) -> tuple[bytes, bytes]:
    if entry is None:
        if not extra:
            raise Broken("This proof does not carry its entry.", then="Give the entry as well.")
        return (extra, b"") if len(extra) == HASH_BYTES else (leaf_hash(extra), extra)
    leaf = leaf_hash(entry)
    if extra and leaf != (extra if len(extra) == HASH_BYTES else leaf_hash(extra)):
        raise Broken("This proof belongs to another entry.")
    return leaf, entry
