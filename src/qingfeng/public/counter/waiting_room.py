"""What waits while somebody writes (暂存): enclosures for an hour, drafts for a week, sealed.

The key of an enclosure stands in the form, in the browser; the key of a draft comes from its code.
"""

from __future__ import annotations

import json
import secrets

from nacl.exceptions import CryptoError
from nacl.secret import Aead

from qingfeng.public.counter import codes
from qingfeng.public.counter.hours import hour_after, this_hour
from qingfeng.public.counter.limits import limits
from qingfeng.public.counter.models import Pending
from qingfeng.sealing.padding import pad, unpad

KEY_SIGNS = 64  # hex


def new_key() -> str:
    """Return a fresh key for one form, hex."""
    return secrets.token_hex(Aead.KEY_SIZE)


def put(data: bytes, key: str) -> str:
    """Keep a file until its form is handed in; return its random name."""
    name = secrets.token_hex(16)
    _keep(name, data, bytes.fromhex(key), hours=limits().pending_hours)
    return name


def get(name: str, key: str) -> bytes | None:
    """Return a file that waits; None where it has run out, or the key is another."""
    return _held(name, bytes.fromhex(key))


def drop(names: list[str]) -> None:
    """Delete files that wait no longer."""
    Pending.objects.filter(name__in=names).delete()


def keep_draft(said: dict[str, str]) -> str:
    """Keep what was typed so far under a code of its own, and return the code."""
    code = codes.new_code()
    data = json.dumps(said, ensure_ascii=False).encode()
    _keep(_draft(code), data, codes.pair_of(code)[0], hours=24 * limits().draft_days)
    return code


def draft(typed: str) -> dict[str, str] | None:
    """Return what was kept under a code, or None; it stays until it is handed in or runs out."""
    code = codes.read(typed)
    data = _held(_draft(code), codes.pair_of(code)[0])
    return None if data is None else dict(json.loads(data))


def drop_draft(typed: str) -> None:
    """Delete a draft."""
    drop([_draft(codes.read(typed))])


def sweep() -> None:
    """Delete what has run out."""
    Pending.objects.filter(until__lte=this_hour()).delete()


def _draft(code: str) -> str:
    return codes.digest_of(f"draft/{code}")


def _keep(name: str, data: bytes, key: bytes, *, hours: float) -> None:
    sweep()
    Pending.objects.create(name=name, held=bytes(Aead(key).encrypt(pad(data))), until=hour_after(hours))


def _held(name: str, key: bytes) -> bytes | None:
    row = Pending.objects.filter(name=name, until__gt=this_hour()).first()
    if row is None:
        return None
    try:
        return unpad(Aead(key).decrypt(bytes(row.held)))
    except CryptoError:
        return None
