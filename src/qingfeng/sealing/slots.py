"""A content key for several receivers: one slot each (X25519 sealed box), and a commitment to the key.

The head of every sealed thing: four letters that say what it is, the number of slots, the commitment,
the slots. A slot names its receiver by eight bytes of a hash of the public key. The commitment
(BLAKE2b of the content key) makes one sealed thing open to the same content for everybody, which
XChaCha20-Poly1305 alone does not promise.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from qingfeng.sealing.errors import SealingError

KEY_BYTES = 32
ID_BYTES = 8
MOST = 64
_SLOT_BYTES = ID_BYTES + KEY_BYTES + 48
_COMMITMENT_BYTES = 32
_PREFIX = 4 + 1 + _COMMITMENT_BYTES
LONGEST = _PREFIX + MOST * _SLOT_BYTES


def key_id(public: bytes) -> bytes:
    """Return the eight bytes that name a public key in a slot."""
    return blake2b(public, digest_size=ID_BYTES, person=b"qingfeng-key-id").digest()


def public_of(secret: bytes) -> bytes:
    """Return the public half of a secret key, 32 bytes.

    Raises:
        SealingError: If it is no key.
    """
    return bytes(_private(secret).public_key)


@dataclass(frozen=True)
class Head:
    """The head of something sealed.

    Attributes:
        kind: Four bytes: what it is, and the version of its form.
        commitment: 32 bytes that bind the content key.
        slots: Receiver's key id and the content key sealed to it, in the order they were given.
    """

    kind: bytes
    commitment: bytes
    slots: tuple[tuple[bytes, bytes], ...]

    def __bytes__(self) -> bytes:
        """Return the head as it is written."""
        rows = b"".join(name + sealed for name, sealed in self.slots)
        return self.kind + bytes([len(self.slots)]) + self.commitment + rows

    @property
    def bound(self) -> bytes:
        """What the content is bound to: everything of the head but who may open it."""
        return self.kind + self.commitment


def head_for(kind: bytes, key: bytes, to: Sequence[bytes]) -> Head:
    """Return the head that seals a content key to public keys; the same receiver is written once.

    Raises:
        SealingError: If there is nobody, too many (64 at most), or something is no key.
    """
    once = tuple(dict.fromkeys(bytes(one) for one in to))
    if not once or len(once) > MOST:
        raise SealingError(SealingError.NOBODY, f"Between 1 and {MOST} receivers, not {len(once)}.")
    return Head(kind, _commitment(key), tuple(_slot(key, one) for one in once))


def read_head(data: bytes, kind: bytes) -> Head:
    """Return the head that some bytes begin with.

    Args:
        data: At least as much as the head; `LONGEST` bytes are always enough.
        kind: What it must be.

    Raises:
        SealingError: If it is something else, or cut short.
    """
    if data[:4] != kind or len(data) < _PREFIX or not 1 <= data[4] <= MOST:
        raise SealingError(SealingError.FORM, "This was not sealed here.")
    rows = data[_PREFIX : _PREFIX + data[4] * _SLOT_BYTES]
    if len(rows) != data[4] * _SLOT_BYTES:
        raise SealingError(SealingError.FORM, "What was sealed is cut short.")
    starts = range(0, len(rows), _SLOT_BYTES)
    slots = tuple((rows[at : at + ID_BYTES], rows[at + ID_BYTES : at + _SLOT_BYTES]) for at in starts)
    return Head(kind, data[5:_PREFIX], slots)


def content_key(head: Head, secret: bytes) -> bytes:
    """Return the content key of something that is sealed to the holder of a secret key.

    Raises:
        SealingError: If it is not sealed to that key, or its slot was changed.
    """
    private = _private(secret)
    name = key_id(bytes(private.public_key))
    sealed = next((one for which, one in head.slots if which == name), None)
    if sealed is None:
        raise SealingError(SealingError.RECEIVER, "This is not sealed to that key.")
    try:
        key = bytes(SealedBox(private).decrypt(sealed))
    except CryptoError as error:
        raise SealingError(SealingError.CHANGED, "The receiver's slot was changed.") from error
    if not hmac.compare_digest(_commitment(key), head.commitment):
        raise SealingError(SealingError.CHANGED, "The slot does not belong to this content.")
    return key


def with_receiver(head: Head, secret: bytes, public: bytes) -> Head:
    """Return the head with one more receiver, given by somebody who can open it.

    Raises:
        SealingError: As `content_key`; or if there are 64 already.
    """
    key = content_key(head, secret)
    kept = tuple(one for one in head.slots if one[0] != key_id(public))
    if len(kept) >= MOST:
        raise SealingError(SealingError.NOBODY, f"At most {MOST} receivers.")
    return Head(head.kind, head.commitment, (*kept, _slot(key, public)))


def without_receiver(head: Head, public: bytes) -> Head:
    """Return the head without somebody's slot.

    Raises:
        SealingError: If nobody would be left: it would be lost.
    """
    kept = tuple(one for one in head.slots if one[0] != key_id(public))
    if not kept:
        raise SealingError(SealingError.NOBODY, "Nobody would be left who can open it.")
    return Head(head.kind, head.commitment, kept)


def _slot(key: bytes, public: bytes) -> tuple[bytes, bytes]:
    try:
        return key_id(public), bytes(SealedBox(PublicKey(public)).encrypt(key))
    except (CryptoError, ValueError, TypeError) as error:
        raise SealingError(SealingError.FORM, "A receiver's key is no X25519 key.") from error


def _private(secret: bytes) -> PrivateKey:
    try:
        return PrivateKey(secret)
    except (CryptoError, ValueError, TypeError) as error:
        raise SealingError(SealingError.FORM, "This is no X25519 key.") from error


def _commitment(key: bytes) -> bytes:
    return blake2b(key, digest_size=_COMMITMENT_BYTES, person=b"qingfeng-commit").digest()
