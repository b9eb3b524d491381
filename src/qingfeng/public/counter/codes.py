"""Codes (凭证号): what somebody keeps who wrote; nothing else leads to it, and nobody can guess it.

A code has 20 signs of 32 that are not mistaken for one another: 100 random bits. The counter keeps a keyed
digest of it. From the code, and nothing else, comes the secret half of the key that answers are sealed to.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from hashlib import blake2b
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from qingfeng.sealing import boxes

SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0 and O, no 1 and I; 32 of them
LENGTH = 20
_FILE = "counter.key"


def code_from(name: bytes) -> str:
    """Return the code that belongs to a ticket: the same for whoever sends the same form twice."""
    bits = int.from_bytes(_keyed(b"code", name)[:16], "big")
    return "".join(SIGNS[bits >> (5 * place) & 31] for place in range(LENGTH))


def new_code() -> str:
    """Return a fresh code."""
    return code_from(secrets.token_bytes(32))


def shown(code: str) -> str:
    """Return a code in groups of four."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def read(typed: str) -> str:
    """Return a code as it was typed, without what stands between."""
    return "".join(sign for sign in typed.upper() if sign in SIGNS)[: 2 * LENGTH]


def miscounted(typed: str) -> str:
    """Return what is wrong where a code has too few or too many signs; "" where it has as many as a code."""
    count = len(read(typed))
    if count == LENGTH:
        return ""
    return _(
        "A code has 20 signs; these are %(count)s. The digits 0 and 1 and the letters O and I are in none."
    ) % {"count": count}


def digest_of(code: str, place: int = 0) -> str:
    """Return what an arrival is found by.

    Args:
        code: As `read` gives it.
        place: 0 for what the receipt was given for, from 1 for what was written to it later: its rows
            cannot be told to belong together without the code.
    """
    return _keyed(b"found", f"{code}/{place}".encode()).hex()


def pair_of(code: str) -> tuple[bytes, bytes]:
    """Return the pair (secret, public) that a code gives."""
    return boxes.pair_from(blake2b(code.encode(), digest_size=32, person=b"qingfeng-code/1").digest())


def _keyed(use: bytes, about: bytes) -> bytes:
    return blake2b(about, digest_size=32, key=counter_key(), person=use.ljust(16, b"\0")).digest()


def counter_key() -> bytes:
    """Return 32 secret bytes of this counter, made at first use; they open nothing that is sealed."""
    file = Path(settings.HOME) / "keys" / _FILE
    if file.exists():
        return file.read_bytes()
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f"{_FILE}.{secrets.token_hex(4)}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(secrets.token_bytes(32))
        out.flush()
        os.fsync(out.fileno())
    with contextlib.suppress(FileExistsError):
        os.link(beside, file)  # whoever is first makes it; nobody replaces it
    beside.unlink()
    return file.read_bytes()
