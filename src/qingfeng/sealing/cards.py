"""Cards (名片): by which keys an installation is known to another, and the fingerprint that people compare.

A card is JSON that its own key has signed: that proves it whole, not whose it is. Whose it is, two people
find out who read the fingerprint to each other over another way (a telephone, a meeting).
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass
from hashlib import sha256

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from qingfeng.sealing.envelope import canonical
from qingfeng.sealing.errors import SealingError

CARD = b"qingfeng-card/1\n"
MEMBERS = frozenset({"v", "name", "verify", "seal", "log"})
KEY_BYTES = 32
MOST_BYTES = 64 * 1024


@dataclass(frozen=True)
class Card:
    """What another installation must know of this one.

    Attributes:
        name: Of the installation, as people call it.
        verify: Ed25519 key that its packages are verified with, 32 bytes.
        seal: X25519 key that packages to it are sealed to, 32 bytes.
        log: Verifier key of its public log as one line of text; "" where it shows none.
    """

    name: str
    verify: bytes
    seal: bytes
    log: str = ""

    @property
    def whole_digest(self) -> str:
        """SHA-256 over the keys, hex; the name is no part of it."""
        return sha256(CARD + self.verify + self.seal + self.log.encode()).hexdigest()

    @property
    def key_id(self) -> str:
        """How packages name the two keys, 16 hex digits; the log's key is no part of it."""
        return sha256(CARD + self.verify + self.seal).hexdigest()[:16]

    @property
    def fingerprint(self) -> str:
        """What people read to each other: eight groups of four hex digits."""
        return " ".join(self.whole_digest[at : at + 4] for at in range(0, 32, 4))

    def encoded(self, seed: bytes) -> bytes:
        """Return the card as a file, signed with its own key.

        Args:
            seed: The 32 secret bytes of `verify`.
        """
        said = canonical(
            {
                "v": 1,
                "name": self.name,
                "verify": b64encode(self.verify).decode(),
                "seal": b64encode(self.seal).decode(),
                "log": self.log,
            }
        )
        return CARD + sign(seed, CARD + said) + said


def read_card(held: bytes) -> Card:
    """Return the card that a file holds; whose it is, is another question.

    Raises:
        SealingError: If it is none, or was changed.
    """
    if not held.startswith(CARD) or len(held) > MOST_BYTES:
        raise SealingError(SealingError.FORM, "This is no card of an installation.")
    signature, said = held[len(CARD) :][:64], held[len(CARD) + 64 :]
    try:
        read = json.loads(said)
        keys = [b64decode(read[name], validate=True) for name in ("verify", "seal")]
        right = set(read) == MEMBERS and canonical(read) == said and {len(one) for one in keys} == {KEY_BYTES}
    except (ValueError, TypeError, KeyError, Base64Error):
        right = False
    if not right:
        raise SealingError(SealingError.FORM, "This card is damaged.")
    card = Card(str(read["name"]), keys[0], keys[1], str(read["log"]))
    if not is_signed(card.verify, CARD + said, signature):
        raise SealingError(SealingError.CHANGED, "This card was changed: its own signature does not fit.")
    return card


def sign(seed: bytes, held: bytes) -> bytes:
    """Return the 64 bytes of an Ed25519 signature."""
    return bytes(SigningKey(seed).sign(held).signature)


def public_of(seed: bytes) -> bytes:
    """Return the public half of a signing key."""
    return bytes(SigningKey(seed).verify_key)


def is_signed(key: bytes, held: bytes, signature: bytes) -> bool:
    """Say whether a key made a signature over these bytes."""
    try:
        VerifyKey(key).verify(held, signature)
    except (BadSignatureError, ValueError, TypeError):
        return False
    return True
