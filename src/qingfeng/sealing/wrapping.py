"""A secret key under a phrase (Argon2id, XChaCha20-Poly1305), or under what a device gives (WebAuthn PRF).

    b"QFW1" · passes, 4 bytes · memory in KiB, 4 bytes · salt, 16 · nonce, 24 · wrapped key
    b"QFD1" · nonce, 24 · wrapped key

The strength stands in front, so that it can be raised: what is wrapped anew takes the strength of the
day. Today's is the second recommended option of RFC 9106 §4 (3 passes, 64 MiB), in one lane.
"""

from __future__ import annotations

import struct
from hashlib import blake2b

from nacl import bindings, pwhash
from nacl.exceptions import CryptoError
from nacl.utils import random

from qingfeng.sealing.errors import SealingError

KIND, BY_DEVICE = b"QFW1", b"QFD1"
OUTPUT_BYTES = 32  # what a device gives for a salt
PASSES, MEMORY_KIB = 3, 64 * 1024
MOST_PASSES, MOST_MEMORY_KIB = 16, 1024 * 1024
LEAST_PHRASE = 12
SALT_BYTES = pwhash.argon2id.SALTBYTES
_NONCE = bindings.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
_HEAD = struct.Struct(f">4sII{SALT_BYTES}s")


def stretch(phrase: str, salt: bytes, *, passes: int = 0, memory_kib: int = 0) -> bytes:
    """Return 32 bytes that cost time and memory to find from a phrase (Argon2id 1.3, one lane).

    Args:
        phrase: Taken as it is, UTF-8.
        salt: 16 bytes.
        passes: How often the memory is walked; today's strength unless given.
        memory_kib: How much memory; today's strength unless given.

    Raises:
        SealingError: If the salt or the strength cannot be.
    """
    memory = (memory_kib or MEMORY_KIB) * 1024
    try:
        return bytes(
            pwhash.argon2id.kdf(32, phrase.encode(), salt, opslimit=passes or PASSES, memlimit=memory)
        )
    except (CryptoError, ValueError, TypeError) as error:
        raise SealingError(SealingError.FORM, "The salt or the strength cannot be.") from error


def wrap(secret: bytes, phrase: str) -> bytes:
    """Return a secret key that the phrase opens again."""
    head = _HEAD.pack(KIND, PASSES, MEMORY_KIB, random(SALT_BYTES))
    nonce = random(_NONCE)
    key = stretch(phrase, head[-SALT_BYTES:])
    return head + nonce + bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(secret, head, nonce, key)


def unwrap(wrapped: bytes, phrase: str) -> bytes:
    """Return the secret key.

    Raises:
        SealingError: If the phrase is another, or a byte was changed; one cannot be told from the other.
    """
    wrapped = bytes(wrapped)
    if len(wrapped) <= _HEAD.size + _NONCE or wrapped[:4] != KIND:
        raise SealingError(SealingError.FORM, "This is no wrapped key.")
    head, nonce, content = (
        wrapped[: _HEAD.size],
        wrapped[_HEAD.size : _HEAD.size + _NONCE],
        wrapped[_HEAD.size + _NONCE :],
    )
    _kind, passes, memory_kib, salt = _HEAD.unpack(head)
    if not 0 < passes <= MOST_PASSES or not 0 < memory_kib <= MOST_MEMORY_KIB:
        raise SealingError(SealingError.FORM, "Nobody wraps a key as hard as this says.")
    key = stretch(phrase, salt, passes=passes, memory_kib=memory_kib)
    try:
        return bytes(bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(content, head, nonce, key))
    except (CryptoError, ValueError, TypeError) as error:
        raise SealingError(SealingError.PHRASE, "The phrase does not open this key.") from error


def wrap_by_device(secret: bytes, output: bytes) -> bytes:
    """Return a secret key that the output of a key device opens again; the output is random, nobody tries it.

    Args:
        secret: The key.
        output: 32 bytes that the device gives for its salt, and for that alone.

    Raises:
        SealingError: If the output has another length.
    """
    nonce, key = random(_NONCE), _device_key(output)
    return (
        BY_DEVICE + nonce + bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(secret, BY_DEVICE, nonce, key)
    )


def unwrap_by_device(wrapped: bytes, output: bytes) -> bytes:
    """Return the secret key.

    Raises:
        SealingError: If another device gave the output, or a byte was changed.
    """
    wrapped, key = bytes(wrapped), _device_key(output)
    if len(wrapped) <= len(BY_DEVICE) + _NONCE or wrapped[: len(BY_DEVICE)] != BY_DEVICE:
        raise SealingError(SealingError.FORM, "This is no key wrapped by a device.")
    nonce, content = wrapped[len(BY_DEVICE) :][:_NONCE], wrapped[len(BY_DEVICE) + _NONCE :]
    try:
        return bytes(bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(content, BY_DEVICE, nonce, key))
    except (CryptoError, ValueError, TypeError) as error:
        raise SealingError(SealingError.PHRASE, "This device does not open this key.") from error


def _device_key(output: bytes) -> bytes:
    if len(output) != OUTPUT_BYTES:
        raise SealingError(SealingError.FORM, "A device gives 32 bytes.")
    return blake2b(output, digest_size=32, person=b"qingfeng-prf").digest()
