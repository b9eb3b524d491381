"""The office's key for what comes back from the field: made at first use, in the home's `keys`.

Its public half goes out with every pack; what is sealed to it (X25519, XSalsa20-Poly1305, as libsodium's
`crypto_box_seal`) is opened here only. The house seals to it too what it must keep until a pack is back.
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox

from qingfeng.sealing.made_once import made_once

NAME = "packs.key"


class NotOurs(Exception):  # noqa: N818 - says what happened
    """Something was sealed to another key, or was changed after it was sealed."""


def public_hex() -> str:
    """Return the public half, hex."""
    return bytes(_secret().public_key).hex()


def seal(data: bytes) -> bytes:
    """Return data that only this office can open."""
    return bytes(SealedBox(_secret().public_key).encrypt(data))


def unseal(sealed: bytes) -> bytes:
    """Return what was sealed to this office.

    Raises:
        NotOurs: If it was sealed to another key, or a byte of it was changed.
    """
    try:
        return bytes(SealedBox(_secret()).decrypt(sealed))
    except (CryptoError, ValueError, TypeError) as error:
        raise NotOurs from error


def _secret() -> PrivateKey:
    file = Path(settings.HOME) / "keys" / NAME
    return PrivateKey(made_once(file, lambda: bytes(PrivateKey.generate())))
