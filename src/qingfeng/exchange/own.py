"""Our own keys: of the office, of the counter, and the intake key that petitions are sealed to.

They lie in the home's `keys`, readable by their owner only, never in the database. A new pair is added in
front; older ones open what is still under way.
"""

from __future__ import annotations

import contextlib
import json
import os
from base64 import b64decode, b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from nacl.utils import random

from qingfeng.exchange.models import COUNTER
from qingfeng.journal.folder import LogFolder
from qingfeng.journal.store import append
from qingfeng.sealing import boxes
from qingfeng.sealing.cards import Card, public_of

MOST = 4  # pairs that are kept
INTAKE = "intake"


@dataclass(frozen=True)
class Own:
    """One pair of ours.

    Attributes:
        card: What others know of it.
        seed: Secret half of the signing key.
        secret: Secret half of the sealing key.
    """

    card: Card
    seed: bytes
    secret: bytes


def home() -> Path:
    """Return the home of this installation."""
    return Path(settings.HOME)


def folder(end: str, *names: str) -> Path:
    """Return a folder of this end's packages, made if needed."""
    found = home().joinpath("exchange", end, *names)
    found.mkdir(parents=True, exist_ok=True, mode=0o700)
    return found


def has_keys(end: str) -> bool:
    """Say whether an end has keys already."""
    return _file(end).exists()


def own_keys(end: str) -> tuple[Own, ...]:
    """Return our pairs, the newest first; none where none was made."""
    held = _read(end)
    log = _log_key() if end == COUNTER else ""
    return tuple(_own(held["name"], one, log) for one in held["keys"]) if held else ()


def newest(end: str) -> Own:
    """Return the pair that is used now.

    Raises:
        LookupError: If this end has none yet.
    """
    found = own_keys(end)
    if not found:
        raise LookupError(end)
    return found[0]


def make(end: str, name: str, *, by: str) -> Own:
    """Make a pair, the first or a new one in front of those there are; the journal keeps its fingerprint.

    Args:
        end: Which end.
        name: What the installation is called on its card.
        by: Number of the account, or `house`.
    """
    held = _read(end)
    pair = {"seed": b64encode(random(32)).decode(), "secret": b64encode(boxes.new_pair()[0]).decode()}
    kept = [pair, *(held["keys"] if held else ())][:MOST]
    _write(end, {"name": name, "keys": kept}, is_first=held is None)
    made = newest(end)
    with transaction.atomic():
        append("exchange.own_keys", by=by, facts={"end": end, "fingerprint": made.card.fingerprint})
    return made


def intake() -> tuple[tuple[bytes, bytes], ...]:
    """Return the pairs (secret, public) that petitions are sealed to, the newest first; made at first use."""
    held = _read(INTAKE)
    if held is None:
        _write(INTAKE, {"keys": [b64encode(boxes.new_pair()[0]).decode()]}, is_first=True)
        held = _read(INTAKE) or {}
    return tuple(boxes.pair_from(b64decode(one)) for one in held["keys"])


def _own(name: str, pair: dict[str, str], log: str) -> Own:
    seed, secret = b64decode(pair["seed"]), b64decode(pair["secret"])
    return Own(Card(name, public_of(seed), boxes.pair_from(secret)[1], log), seed, secret)


def _log_key() -> str:
    return LogFolder(home(), "counter").verifier().vkey


def _file(name: str) -> Path:
    return home() / "keys" / f"exchange-{name}.json"


def _read(name: str) -> dict[str, Any] | None:
    try:
        return dict(json.loads(_file(name).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None


def _write(name: str, held: dict[str, Any], *, is_first: bool) -> None:
    """Write keys whole; the first ones only if nobody else has made some meanwhile."""
    file = _file(name)
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_suffix(f".{random(4).hex()}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(json.dumps(held, ensure_ascii=False))
        out.flush()
        os.fsync(out.fileno())
    if not is_first:
        beside.replace(file)
        return
    with contextlib.suppress(FileExistsError):
        os.link(beside, file)
    beside.unlink()
