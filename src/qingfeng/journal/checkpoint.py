"""Checkpoints, as C2SP tlog-checkpoint writes them: what a log was, in three lines, signed."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qingfeng.journal.errors import Broken
from qingfeng.journal.note import WITNESS, Note, Signer, Verifier, opened, parse_note, strict_base64
from qingfeng.journal.tree import EMPTY_ROOT, HASH_BYTES, verify_consistency

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True)
class Checkpoint:
    """What a log was at one size.

    Attributes:
        origin: Which log.
        size: Number of entries.
        root: Root of the tree, 32 bytes.
        extensions: Further lines, none of them empty; ours has none.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The text that is signed."""
        lines = (self.origin, str(self.size), b64encode(self.root).decode(), *self.extensions)
        return "\n".join(lines) + "\n"


def parse_checkpoint(text: str) -> Checkpoint:
    """Return the checkpoint that a note's text is.

    Raises:
        Broken: If it is none, or not written in the one way it can be.
    """
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or not all(lines[:-1]) or not _SIZE.fullmatch(lines[1]):
        raise Broken("This is no checkpoint: origin, size and root are wanted, a line each.", where=text[:80])
    read = Checkpoint(lines[0], int(lines[1]), strict_base64(lines[2]), tuple(lines[3:-1]))
    if len(read.root) != HASH_BYTES or (read.size == 0 and read.root != EMPTY_ROOT):
        raise Broken("The root in this checkpoint cannot be one.", where=lines[2][:80])
    return read


def open_checkpoint(note: bytes | Note, log: Verifier, witnesses: Iterable[Verifier] = ()) -> Checkpoint:
    """Return a checkpoint that the log itself has signed.

    Args:
        note: As it is kept.
        log: The log's key; its name is the origin that is accepted.
        witnesses: Keys whose cosignatures must be right where they are there.

    Raises:
        Broken: If it is no checkpoint of that log, or a signature is wrong.
    """
    read = note if isinstance(note, Note) else parse_note(note)
    if log not in opened(read, (log, *witnesses)):
        raise Broken("The log itself has not signed this checkpoint.", where=log.name)
    checkpoint = parse_checkpoint(read.text)
    if checkpoint.origin != log.name:
        raise Broken("This checkpoint belongs to another log.", where=checkpoint.origin)
    return checkpoint


def witnessed_by(note: Note, witnesses: Iterable[Verifier]) -> tuple[Verifier, ...]:
    """Return the witnesses, of those given, whose right cosignature a note carries."""
    return tuple(
        witness
        for witness in witnesses
        if any(witness.made(one) and witness.is_right(note.text, one) for one in note.signatures)
    )


def cosign(
    note: bytes, log: Verifier, witness: Signer, *, seen: Checkpoint | None, proof: Sequence[bytes], at: int
) -> bytes:
    """Return a checkpoint with a witness's signature added. This is what a witness does, outside the office.

    A witness keeps the last checkpoint it has signed and signs only what continues it.

    Args:
        note: The log's checkpoint.
        log: The log's key.
        witness: The witness's own key.
        seen: What this witness signed last for this log; None the first time.
        proof: That the tree only grew from `seen`; empty the first time.
        at: Seconds since 1970, UTC.

    Raises:
        Broken: If the log did not sign it, or it does not continue what was seen.
    """
    if witness.kind != WITNESS:
        raise Broken("A witness signs with a key of kind cosignature/v1.", where=witness.name)
    read = parse_note(note)
    checkpoint = open_checkpoint(read, log)
    before = seen or Checkpoint(checkpoint.origin, 0, EMPTY_ROOT)
    if before.origin != checkpoint.origin:
        raise Broken("This checkpoint belongs to another log.", where=checkpoint.origin)
    verify_consistency(before.size, before.root, checkpoint.size, new_root=checkpoint.root, proof=proof)
    return read.signed_also([witness.cosign(read.text, at)]).encoded()
