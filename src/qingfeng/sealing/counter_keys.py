r"""What the counter must know of the office: public keys to seal to, signed by the office; nothing secret.

b"qingfeng-counter-keys/1\n" · signature, 64 bytes · canonical JSON
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass
from typing import Any

from qingfeng.sealing.cards import KEY_BYTES, is_signed, sign
from qingfeng.sealing.envelope import canonical
from qingfeng.sealing.errors import SealingError

KEYS = b"qingfeng-counter-keys/1\n"
MOST_BYTES = 256 * 1024


@dataclass(frozen=True)
class Receiver:
    """Somebody whom a report is sealed to.

    Attributes:
        name: As a reporter who wishes to exclude them knows them.
        key: X25519 key, 32 bytes.
        rooms: Rooms in which they hold a post: who excludes one of them excludes them.
    """

    name: str
    key: bytes
    rooms: tuple[str, ...] = ()


@dataclass(frozen=True)
class CounterKeys:
    """Whom arrivals are sealed to, by line.

    Attributes:
        number: Rises with each edition; an older one never replaces a newer one.
        office: Name of the office, shown at the counter.
        level: Level of the commission, as `organization` names it.
        intake: X25519 keys that petitions and suggestions are sealed to; the first is the newest.
        custodians: Whom reports are sealed to.
        rooms: Rooms of the office that can be excluded as receivers.
    """

    number: int
    office: str
    level: str
    intake: tuple[bytes, ...]
    custodians: tuple[Receiver, ...]
    rooms: tuple[str, ...] = ()

    @property
    def said(self) -> bytes:
        """What is signed."""
        return canonical(
            {
                "v": 1,
                "number": self.number,
                "office": self.office,
                "level": self.level,
                "intake": [b64encode(one).decode() for one in self.intake],
                "custodians": [
                    {"name": one.name, "key": b64encode(one.key).decode(), "rooms": list(one.rooms)}
                    for one in self.custodians
                ],
                "rooms": list(self.rooms),
            }
        )

    def encoded(self, seed: bytes) -> bytes:
        """Return the file, signed with the office's Ed25519 key."""
        said = self.said
        return KEYS + sign(seed, KEYS + said) + said


def read_counter_keys(held: bytes, key: bytes) -> CounterKeys:
    """Return what the office says, its signature verified.

    Args:
        held: The file.
        key: The office's Ed25519 key, as its confirmed card has it.

    Raises:
        SealingError: If it is damaged, or another key signed it.
    """
    if not held.startswith(KEYS) or len(held) > MOST_BYTES:
        raise SealingError(SealingError.FORM, "This is no file of the counter's keys.")
    signature, said = held[len(KEYS) :][:64], held[len(KEYS) + 64 :]
    if not is_signed(key, KEYS + said, signature):
        raise SealingError(SealingError.CHANGED, "The office that the counter knows did not sign these keys.")
    try:
        read = json.loads(said)
        intake = tuple(b64decode(one, validate=True) for one in read["intake"])
        custodians = tuple(
            Receiver(str(one["name"]), b64decode(one["key"], validate=True), _texts(one))
            for one in read["custodians"]
        )
        number, office, level = int(read["number"]), str(read["office"]), str(read["level"])
        found = CounterKeys(number, office, level, intake, custodians, _texts(read))
    except (ValueError, TypeError, KeyError, Base64Error):
        raise SealingError(SealingError.FORM, "The file of the counter's keys is damaged.") from None
    if any(len(one) != KEY_BYTES for one in (*intake, *(one.key for one in custodians))):
        raise SealingError(SealingError.FORM, "A key in this file has another length.")
    return found


def _texts(said: dict[str, Any]) -> tuple[str, ...]:
    """Return the rooms that are named; an office of an earlier version names none."""
    return tuple(str(one) for one in said.get("rooms", ()))
