"""A secret key in two shares: both together give it, each alone says nothing (XOR with a fresh pad).

    b"QFH1" · which, 1 byte · pair, 8 bytes · commitment, 16 bytes · share

For two holders this is what Shamir's scheme comes down to, and it can be checked by reading it.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from hashlib import blake2b

from nacl.utils import random

from qingfeng.sealing.errors import SealingError

KIND = b"QFH1"
_PAIR, _COMMITMENT = 8, 16
_HEAD = len(KIND) + 1 + _PAIR + _COMMITMENT


@dataclass(frozen=True)
class _Share:
    which: int
    pair: bytes
    commitment: bytes
    body: bytes

    def __bytes__(self) -> bytes:
        return KIND + bytes([self.which]) + self.pair + self.commitment + self.body


def split(secret: bytes) -> tuple[bytes, bytes]:
    """Return the two shares of a secret key of 32 random bytes.

    The commitment in both is a hash of the key: it tells whether two shares give it, and nothing else
    about a key that nobody could guess.
    """
    pad, pair, commitment = random(len(secret)), random(_PAIR), _committed(secret)
    first = _Share(1, pair, commitment, pad)
    second = _Share(2, pair, commitment, _xor(secret, pad))
    return bytes(first), bytes(second)


def join(one: bytes, other: bytes) -> bytes:
    """Return the secret key of two shares, in any order.

    Raises:
        SealingError: If one is no share, both are the same one, or they belong to different keys.
    """
    first, second = sorted((_read(one), _read(other)), key=lambda share: share.which)
    if (first.which, second.which) != (1, 2) or first.pair != second.pair:
        raise SealingError(SealingError.SHARES, "These two shares do not belong together.")
    if len(first.body) != len(second.body):
        raise SealingError(SealingError.SHARES, "A share was cut short.")
    secret = _xor(first.body, second.body)
    if not hmac.compare_digest(_committed(secret) * 2, first.commitment + second.commitment):
        raise SealingError(SealingError.SHARES, "A share was changed.")
    return secret


def _read(share: bytes) -> _Share:
    share = bytes(share)
    if share[:4] != KIND or len(share) <= _HEAD:
        raise SealingError(SealingError.SHARES, "This is no share of a key.")
    pair_end = 5 + _PAIR
    return _Share(share[4], share[5:pair_end], share[pair_end:_HEAD], share[_HEAD:])


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def _committed(secret: bytes) -> bytes:
    return blake2b(secret, digest_size=_COMMITMENT, person=b"qingfeng-share").digest()
