"""Signed notes, as C2SP signed-note and tlog-cosignature write them (Ed25519).

A note is text that ends in a newline, an empty line, and one line a signature. A signature
names its key by name and by four bytes of key id, so that several keys (the log's, its
witnesses') can sign one text and a reader ignores those he does not know.
"""

from __future__ import annotations

import re
import struct
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from qingfeng.journal.errors import Broken

LOG = 0x01  # an Ed25519 signature over the text
WITNESS = 0x04  # a timestamped Ed25519 cosignature over a checkpoint
MOST_SIGNATURES = 100
KEY_BYTES, SIGNATURE_BYTES = 32, 64
_NAME = re.compile(r"[^\s+]+")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_DASH = "— "


def strict_base64(text: str) -> bytes:
    """Return the bytes of standard base64, refusing every second spelling of the same bytes.

    Raises:
        Broken: If it is no base64, or not in its one form.
    """
    try:
        held = b64decode(text, validate=True)
    except (Base64Error, ValueError):
        held = b""
    if b64encode(held).decode() != text:
        raise Broken("This is not base64.", where=text[:80])
    return held


def key_id(name: str, kind: int, key: bytes) -> bytes:
    """Return the four bytes that name a key beside its name."""
    return sha256(name.encode() + b"\n" + bytes([kind]) + key).digest()[:4]


@dataclass(frozen=True)
class Signature:
    """One signature line of a note.

    Attributes:
        name: The key's name.
        id: Four bytes.
        value: What the key made; for a witness its time (8 bytes) and the signature.
    """

    name: str
    id: bytes
    value: bytes

    def line(self) -> str:
        """Return the line, with its newline."""
        return f"{_DASH}{self.name} {b64encode(self.id + self.value).decode()}\n"


@dataclass(frozen=True)
class Note:
    """A text with its signatures; nothing is verified yet.

    Attributes:
        text: Ends in a newline.
        signatures: In the order of their lines.
    """

    text: str
    signatures: tuple[Signature, ...]

    def encoded(self) -> bytes:
        """Return the note as it is kept and sent."""
        return (self.text + "\n" + "".join(one.line() for one in self.signatures)).encode()

    def signed_also(self, more: Iterable[Signature]) -> Note:
        """Return the note with further signatures; one it already has is not added twice."""
        held = list(self.signatures)
        held += [one for one in more if one not in held]
        return Note(self.text, tuple(held))


@dataclass(frozen=True)
class Verifier:
    """A key that signatures are checked with.

    Attributes:
        name: As in the signature lines.
        kind: `LOG` or `WITNESS`.
        key: 32 bytes.
    """

    name: str
    kind: int
    key: bytes

    @property
    def id(self) -> bytes:
        """Four bytes that signature lines carry."""
        return key_id(self.name, self.kind, self.key)

    @property
    def vkey(self) -> str:
        """The key as text: `name+id+base64`."""
        return f"{self.name}+{self.id.hex()}+{b64encode(bytes([self.kind]) + self.key).decode()}"

    def made(self, signature: Signature) -> bool:
        """Say whether a signature names this key; whether it is right is another question."""
        return signature.name == self.name and signature.id == self.id

    def is_right(self, text: str, signature: Signature) -> bool:
        """Say whether this key made the signature over the text."""
        message, value = text.encode(), signature.value
        if self.kind == WITNESS:
            if len(value) != 8 + SIGNATURE_BYTES:
                return False
            message, value = _cosigned(text, timestamp(signature)), value[8:]
        if len(value) != SIGNATURE_BYTES:
            return False
        try:
            VerifyKey(self.key).verify(message, value)
        except BadSignatureError:
            return False
        return True


def parse_vkey(text: str) -> Verifier:
    """Return the key that a `name+id+base64` text carries.

    Raises:
        Broken: If it is none, or its id does not fit.
    """
    parts = text.strip().split("+", 2)
    if len(parts) == 3 and _NAME.fullmatch(parts[0]) and re.fullmatch("[0-9a-f]{8}", parts[1]):
        held = strict_base64(parts[2])
        verifier = Verifier(parts[0], held[0], held[1:]) if held else None
        if verifier and verifier.kind in (LOG, WITNESS) and len(verifier.key) == KEY_BYTES:
            if verifier.id.hex() == parts[1]:
                return verifier
            raise Broken("The id in this verifier key does not belong to its name and key.", where=text[:120])
    raise Broken(
        "This is no verifier key of a log (Ed25519) or a witness (cosignature/v1).",
        where=text[:120],
        then="Give it as name+id+base64, on one line, as it was published.",
    )


@dataclass(frozen=True)
class Signer:
    """A key that signs.

    Attributes:
        name: As in the signature lines: no white space, no plus.
        seed: 32 secret bytes.
        kind: `LOG` or `WITNESS`.
    """

    name: str
    seed: bytes
    kind: int = LOG

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name) or _CONTROL.search(self.name) or len(self.seed) != KEY_BYTES:
            raise Broken("A key has a name without white space and plus signs, and 32 secret bytes.")

    def __repr__(self) -> str:
        return f"Signer({self.verifier.vkey})"

    @property
    def verifier(self) -> Verifier:
        """The public half."""
        return Verifier(self.name, self.kind, bytes(SigningKey(self.seed).verify_key))

    def sign(self, text: str) -> Signature:
        """Return this log's signature over a note's text."""
        return Signature(self.name, self.verifier.id, SigningKey(self.seed).sign(text.encode()).signature)

    def cosign(self, text: str, at: int) -> Signature:
        """Return this witness's signature over a checkpoint's text.

        Args:
            text: The whole text, without signature lines.
            at: Seconds since 1970, UTC.
        """
        made = SigningKey(self.seed).sign(_cosigned(text, at)).signature
        return Signature(self.name, self.verifier.id, struct.pack(">Q", at) + made)


def timestamp(signature: Signature) -> int:
    """Return when a witness signed, in seconds since 1970, UTC."""
    return int(struct.unpack(">Q", signature.value[:8])[0])


def _cosigned(text: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def signed(text: str, *signers: Signer) -> Note:
    """Return a note over a text, signed by logs' keys.

    Raises:
        Broken: If the text cannot be a note's.
    """
    if not text.endswith("\n") or _CONTROL.search(text):
        raise Broken("The text of a note ends in a newline and has no other control characters.")
    return Note(text, tuple(signer.sign(text) for signer in signers))


def parse_note(held: bytes) -> Note:
    """Return a note as it is written; its signatures are not verified.

    Raises:
        Broken: If it is no note.
    """
    try:
        whole = held.decode()
    except UnicodeDecodeError:
        raise Broken("A note is UTF-8 text.") from None
    text, gap, lines = whole.rpartition("\n\n")
    if not gap or not lines.endswith("\n") or _CONTROL.search(whole):
        raise Broken("This is no signed note: text, an empty line and signature lines are wanted.")
    signatures = lines[:-1].split("\n")
    if len(signatures) > MOST_SIGNATURES:
        raise Broken(f"A note has at most {MOST_SIGNATURES} signatures.")
    return Note(text + "\n", tuple(_parse_signature(line) for line in signatures))


def _parse_signature(line: str) -> Signature:
    name, space, value = line.removeprefix(_DASH).partition(" ")
    if line.startswith(_DASH) and space and _NAME.fullmatch(name):
        held = strict_base64(value)
        if len(held) > 4:
            return Signature(name, held[:4], held[4:])
    raise Broken("This is no signature line of a note.", where=line[:80])


def opened(note: Note, verifiers: Iterable[Verifier]) -> tuple[Verifier, ...]:
    """Return the known keys that signed a note; signatures of unknown keys are ignored.

    Raises:
        Broken: If a known key's signature is wrong, or no known key signed.
    """
    right = []
    for verifier in verifiers:
        made = [one for one in note.signatures if verifier.made(one)]
        if any(not verifier.is_right(note.text, one) for one in made):
            raise Broken("A signature on this note is wrong: the text or the signature was changed.",
                         where=verifier.name)  # fmt: skip
        if made:
            right.append(verifier)
    if not right:
        raise Broken("None of the known keys has signed this note.")
    return tuple(right)
