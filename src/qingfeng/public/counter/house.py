"""What the counter knows of the office behind it (机关): whom to seal to, as the office has signed it."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from pathlib import Path

from django.conf import settings

from qingfeng.sealing.counter_keys import CounterKeys, read_counter_keys
from qingfeng.sealing.errors import SealingError

REPORT, PETITION, SUGGESTION = LINES = ("report", "petition", "suggestion")
MOST_RECEIVERS = 64


def house() -> CounterKeys | None:
    """Return the keys of the office, verified anew; None where there are none, or they do not verify."""
    try:
        office, keys = _file("office").read_bytes(), _file("keys").read_bytes()
        return read_counter_keys(keys, office)
    except (FileNotFoundError, SealingError):
        return None


def take_keys(held: bytes, office: bytes) -> bool:
    """Keep the keys that the office has sent; say whether they are newer than those there were.

    Args:
        held: The file of the counter's keys.
        office: The office's Ed25519 key, 32 bytes, of the card that was confirmed.

    Raises:
        SealingError: If the office did not sign them.
    """
    new, old = read_counter_keys(held, office), house()
    if old is not None and old.number >= new.number and _file("office").read_bytes() == office:
        return False
    _write("office", office)
    _write("keys", held)
    return True


def receivers(keys: CounterKeys, line: str, excluded: Collection[str] = ()) -> tuple[bytes, ...]:
    """Return the public keys that a letter is sealed to; none where nobody is left who could read it.

    Args:
        keys: Of the office.
        line: `report`, `petition` or `suggestion`.
        excluded: Names of people and of rooms who shall not read it.
    """
    if line == REPORT:
        away = set(excluded)
        left = [one for one in keys.custodians if one.name not in away and not away & set(one.rooms)]
        return tuple(one.key for one in left)[:MOST_RECEIVERS]
    return keys.intake[:1]


def is_open(keys: CounterKeys | None, line: str) -> bool:
    """Say whether a letter of a line can be sealed to anybody."""
    return keys is not None and bool(receivers(keys, line))


def fitting(keys: CounterKeys, held: Iterable[str]) -> list[bytes]:
    """Return, of keys (hex) that a letter was sealed to, those the office still has; all if none is left."""
    known = {one.hex() for one in (*keys.intake, *(custodian.key for custodian in keys.custodians))}
    listed = list(held)
    return [bytes.fromhex(one) for one in listed if one in known] or [bytes.fromhex(one) for one in listed]


def _file(name: str) -> Path:
    return Path(settings.HOME) / "counter" / name


def _write(name: str, held: bytes) -> None:
    file = _file(name)
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = file.with_name(f".{name}.{os.getpid()}")
    beside.write_bytes(held)
    beside.replace(file)
