"""Blind signatures (盲签名): RSABSSA-SHA384-PSS-Randomized of RFC 9474. Pure.

A voter blinds a random message, the house signs what it cannot read, the voter takes the blinding off:
the house later knows its own signature and cannot say for whom it was made. Names follow the RFC. Signing
is done on a value that is blinded once more with a factor of the house's own, so that its duration tells
nothing of the key, and every signature is checked before it leaves, so that a fault in the arithmetic
gives nothing away.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from math import gcd

from cryptography.hazmat.primitives.asymmetric import rsa

BITS = 2048
EXPONENT = 65537
SALT = 48
PREFIX = 32
DIGEST = 48
_TRAILER = 0xBC


class BlindError(ValueError):
    """A message, signature or key that does not hold."""


@dataclass(frozen=True)
class PublicKey:
    """What everybody may know of a key."""

    n: int
    e: int = EXPONENT

    @property
    def size(self) -> int:
        """Bytes of a signature."""
        return (self.n.bit_length() + 7) // 8

    @property
    def em_bits(self) -> int:
        """Bits of an encoded message."""
        return self.n.bit_length() - 1


@dataclass(frozen=True)
class PrivateKey:
    """A key that signs; both primes and the private exponent."""

    p: int
    q: int
    d: int
    e: int = EXPONENT

    @property
    def public(self) -> PublicKey:
        """What everybody may know of it."""
        return PublicKey(self.p * self.q, self.e)

    def power(self, value: int) -> int:
        """Return value to the private exponent, by the two primes (RSASP1)."""
        of_p, of_q = pow(value, self.d % (self.p - 1), self.p), pow(value, self.d % (self.q - 1), self.q)
        return of_q + self.q * ((of_p - of_q) * pow(self.q, -1, self.p) % self.p)


def new_key(bits: int = BITS) -> PrivateKey:
    """Return a new key.

    Raises:
        BlindError: If fewer than 2,048 bits are asked for.
    """
    if bits < BITS:
        raise BlindError(f"A key has at least {BITS} bits, not {bits}.")
    made = rsa.generate_private_key(public_exponent=EXPONENT, key_size=bits).private_numbers()
    return PrivateKey(made.p, made.q, made.d)


def prepare(message: bytes, prefix: bytes | None = None) -> bytes:
    """Return the message behind 32 random bytes (Prepare, PrepareRandomize)."""
    return (secrets.token_bytes(PREFIX) if prefix is None else prefix) + message


def blind(
    key: PublicKey, prepared: bytes, *, salt: bytes | None = None, inverse: int | None = None
) -> tuple[bytes, int]:
    """Return the blinded message and the inverse that takes the blinding off (Blind).

    Args:
        key: Whose signature is wanted.
        prepared: A prepared message.
        salt: 48 bytes; random where none are given.
        inverse: Of the blinding factor; random where none is given.

    Raises:
        BlindError: If the encoded message shares a factor with the key.
    """
    encoded = int.from_bytes(encode(prepared, key.em_bits, salt=salt))
    if gcd(encoded, key.n) != 1:
        raise BlindError("The message shares a factor with the key.")
    if inverse is None:
        inverse = _unit(key.n)
    factor = pow(inverse, -1, key.n)
    return (encoded * pow(factor, key.e, key.n) % key.n).to_bytes(key.size), inverse


def blind_sign(key: PrivateKey, blinded: bytes) -> bytes:
    """Return the signature over a blinded message (BlindSign).

    Raises:
        BlindError: If it is no number below the key's, or the signature does not hold.
    """
    public = key.public
    message = int.from_bytes(blinded)
    if len(blinded) != public.size or not 0 < message < public.n:
        raise BlindError("This is no blinded message for this key.")
    factor = _unit(public.n)
    masked = message * pow(factor, public.e, public.n) % public.n
    signed = key.power(masked) * pow(factor, -1, public.n) % public.n
    if pow(signed, public.e, public.n) != message:
        raise BlindError("The signature does not hold; nothing was given out.")
    return signed.to_bytes(public.size)


def finalize(key: PublicKey, prepared: bytes, *, signed: bytes, inverse: int) -> bytes:
    """Return the signature without its blinding (Finalize).

    Raises:
        BlindError: If it is not a signature over the message.
    """
    if len(signed) != key.size:
        raise BlindError("A signature is as long as its key.")
    signature = (int.from_bytes(signed) * inverse % key.n).to_bytes(key.size)
    if not verify(key, prepared, signature):
        raise BlindError("The house has signed something else.")
    return signature


def verify(key: PublicKey, prepared: bytes, signature: bytes) -> bool:
    """Return whether a signature holds over a prepared message (RSASSA-PSS, SHA-384, 48 bytes of salt)."""
    value = int.from_bytes(signature)
    if len(signature) != key.size or value >= key.n:
        return False
    size = (key.em_bits + 7) // 8
    encoded = pow(value, key.e, key.n)
    return encoded.bit_length() <= size * 8 and _holds(prepared, encoded.to_bytes(size), key.em_bits)


def encode(message: bytes, em_bits: int, *, salt: bytes | None = None) -> bytes:
    """Return the message encoded for signing (EMSA-PSS-ENCODE of RFC 8017, 9.1.1)."""
    size = (em_bits + 7) // 8
    salt = secrets.token_bytes(SALT) if salt is None else salt
    digest = _salted(message, salt)
    block = bytes(size - len(salt) - DIGEST - 2) + b"\x01" + salt
    masked = bytearray(_xor(block, _mask(digest, len(block))))
    masked[0] &= 0xFF >> (8 * size - em_bits)
    return bytes(masked) + digest + bytes([_TRAILER])


def _holds(message: bytes, encoded: bytes, em_bits: int) -> bool:
    """EMSA-PSS-VERIFY of RFC 8017, 9.1.2."""
    size, spare = len(encoded), 8 * len(encoded) - em_bits
    masked, digest = encoded[: size - DIGEST - 1], encoded[size - DIGEST - 1 : -1]
    if encoded[-1] != _TRAILER or masked[0] >> (8 - spare):
        return False
    block = bytearray(_xor(masked, _mask(digest, len(masked))))
    block[0] &= 0xFF >> spare
    padding, salt = bytes(block[: -SALT - 1]), bytes(block[-SALT:])
    if any(padding) or block[-SALT - 1] != 1:
        return False
    return hmac.compare_digest(digest, _salted(message, salt))


def _salted(message: bytes, salt: bytes) -> bytes:
    return hashlib.sha384(bytes(8) + hashlib.sha384(message).digest() + salt).digest()


def _mask(seed: bytes, size: int) -> bytes:
    """MGF1 with SHA-384 (RFC 8017, B.2.1)."""
    blocks = (hashlib.sha384(seed + no.to_bytes(4)).digest() for no in range(-(-size // DIGEST)))
    return b"".join(blocks)[:size]


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(left ^ right for left, right in zip(one, other, strict=True))


def _unit(n: int) -> int:
    """Return a random number from 1 below n that has an inverse."""
    while True:
        value = secrets.randbelow(n - 1) + 1
        if gcd(value, n) == 1:
            return value
