"""Boxes: small content sealed to several receivers (X25519 sealed boxes, XChaCha20-Poly1305).

    b"QFB1" · head (slots.py) · nonce, 24 bytes · XChaCha20-Poly1305(padded content)

Nobody signs a box: whoever has a public key can seal to it. Who sent it is told elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from nacl import bindings
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey
from nacl.utils import random

from qingfeng.sealing import slots
from qingfeng.sealing.errors import SealingError
from qingfeng.sealing.padding import pad, unpad

KIND = b"QFB1"
NONCE_BYTES = bindings.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES


def new_pair() -> tuple[bytes, bytes]:
    """Return a fresh key pair: secret, public; 32 bytes each (X25519)."""
    secret = PrivateKey.generate()
    return bytes(secret), bytes(secret.public_key)


def pair_from(seed: bytes) -> tuple[bytes, bytes]:
    """Return the key pair that 32 secret bytes give: always the same one.

    Raises:
        SealingError: If the seed has another length.
    """
    return bytes(seed), slots.public_of(seed)


def seal(data: bytes, to: Sequence[bytes], *, about: bytes = b"") -> bytes:
    """Return data that only the holders of the receivers' secret keys can open.

    Args:
        data: Anything that fits in memory.
        to: Public keys, 1 to 64.
        about: What the box belongs to (a matter and a field); it opens nowhere else. Not kept in it.

    Raises:
        SealingError: If there is nobody to seal to, or a key is none.
    """
    key, nonce = random(slots.KEY_BYTES), random(NONCE_BYTES)
    head = slots.head_for(KIND, key, to)
    content = bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(pad(data), head.bound + about, nonce, key)
    return bytes(head) + nonce + content


def open_box(box: bytes, secret: bytes, *, about: bytes = b"") -> bytes:
    """Return what a box holds.

    Args:
        box: As `seal` gave it.
        secret: A receiver's secret key.
        about: What it was said to belong to.

    Raises:
        SealingError: If it is not sealed to that key, was changed or cut short, or belongs elsewhere.
    """
    head, content = _parts(box)
    key = slots.content_key(head, secret)
    try:
        padded = bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(
            content[NONCE_BYTES:], head.bound + about, content[:NONCE_BYTES], key
        )
    except (CryptoError, ValueError, TypeError) as error:
        raise SealingError(SealingError.CHANGED, "The content was changed, cut short, or moved.") from error
    return unpad(padded)


def receivers(box: bytes) -> tuple[bytes, ...]:
    """Return the key ids (`slots.key_id`) of those who can open a box.

    Raises:
        SealingError: If it is no box.
    """
    return tuple(name for name, _sealed in _parts(box)[0].slots)


def add_receiver(box: bytes, secret: bytes, public: bytes) -> bytes:
    """Return the box with one more receiver, given by somebody who can open it.

    Raises:
        SealingError: As `open_box`.
    """
    head, content = _parts(box)
    return bytes(slots.with_receiver(head, secret, public)) + content


def drop_receiver(box: bytes, public: bytes) -> bytes:
    """Return the box without somebody's slot; nobody needs to open it for that.

    Whoever kept an older copy, or the content itself, is not made to forget it: what is
    added later is sealed anew, under a new key.

    Raises:
        SealingError: If it is no box, or nobody would be left.
    """
    head, content = _parts(box)
    return bytes(slots.without_receiver(head, public)) + content


def _parts(box: bytes) -> tuple[slots.Head, bytes]:
    head = slots.read_head(bytes(box), KIND)
    return head, bytes(box)[len(bytes(head)) :]
