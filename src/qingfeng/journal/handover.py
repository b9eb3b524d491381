"""A log's key is replaced by another: a note that both have signed says so, and from which size on.

Whoever trusts the old key learns the new one from it, whoever knows the new one learns which older
checkpoints are still true. The text:

    qingfeng/key-handover@v1
    origin of the log
    number of entries that the old key signed at most
    old key, as name+id+base64
    new key
"""

from __future__ import annotations

from dataclasses import dataclass

from qingfeng.journal.errors import Broken
from qingfeng.journal.note import Signer, Verifier, opened, parse_note, parse_vkey, signed

FIRST_LINE = "qingfeng/key-handover@v1"


@dataclass(frozen=True)
class Handover:
    """One key replaced by another.

    Attributes:
        size: Number of entries up to which checkpoints of the old key count.
        old: The key before.
        new: The key since.
    """

    size: int
    old: Verifier
    new: Verifier


def hand_over(old: Signer, new: Signer, size: int) -> bytes:
    """Return the note by which one key hands over to another of the same log."""
    lines = (FIRST_LINE, old.name, str(size), old.verifier.vkey, new.verifier.vkey)
    return signed("\n".join(lines) + "\n", old, new).encoded()


def read_handover(held: bytes) -> Handover:
    """Return a handover, both signatures verified.

    Raises:
        Broken: If it is none, or either key did not sign it.
    """
    note = parse_note(held)
    lines = note.text.split("\n")
    if len(lines) != 6 or lines[0] != FIRST_LINE or not lines[2].isascii() or not lines[2].isdigit():
        raise Broken("This is no handover of a key.", where=note.text[:80])
    old, new = parse_vkey(lines[3]), parse_vkey(lines[4])
    if {old.name, new.name} != {lines[1]} or old == new or len(opened(note, (old, new))) != 2:
        raise Broken("Both keys sign a handover, and both are of one log.", where=lines[1])
    return Handover(int(lines[2]), old, new)
