"""Envelopes: what travels from the counter, sealed before it touches a disk.

    one line of canonical JSON, {"to":[key ids, hex],"v":1} · newline · a box (boxes.py)

The head says which keys open it, for whoever sorts envelopes and opens none. It is bound to the box:
an envelope whose head was written anew does not open.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import rfc8785

from qingfeng.sealing import boxes, slots
from qingfeng.sealing.errors import SealingError

VERSION = 1
_MOST_HEAD = 64 * 1024


def canonical(value: Mapping[str, Any]) -> bytes:
    """Return the one way to write an object as JSON (RFC 8785)."""
    return rfc8785.dumps(dict(value))


def close(content: Mapping[str, Any], to: Sequence[bytes], *, about: bytes = b"") -> bytes:
    """Return content sealed to public keys.

    Args:
        content: What JSON can say.
        to: Public keys, 1 to 64.
        about: What it belongs to, as in `boxes.seal`.

    Raises:
        SealingError: As `boxes.seal`.
    """
    once = tuple(dict.fromkeys(bytes(one) for one in to))
    head = canonical({"v": VERSION, "to": [slots.key_id(one).hex() for one in once]})
    return head + b"\n" + boxes.seal(canonical(content), once, about=head + about)


def receivers(envelope: bytes) -> tuple[str, ...]:
    """Return the key ids (hex) in the head, without opening anything.

    Raises:
        SealingError: If it is no envelope of ours.
    """
    return tuple(_read(envelope)[1]["to"])


def open_envelope(envelope: bytes, secret: bytes, *, about: bytes = b"") -> dict[str, Any]:
    """Return the content.

    Raises:
        SealingError: As `boxes.open_box`; or if its content is no JSON object.
    """
    head, _said, box = _read(envelope)
    opened = boxes.open_box(box, secret, about=head + about)
    try:
        content = json.loads(opened)
    except ValueError as error:
        raise SealingError(SealingError.FORM, "The content is no JSON.") from error
    if not isinstance(content, dict):
        raise SealingError(SealingError.FORM, "The content is no JSON object.")
    return content


def _read(envelope: bytes) -> tuple[bytes, dict[str, Any], bytes]:
    head, found, box = bytes(envelope).partition(b"\n")
    try:
        said = json.loads(head) if found and len(head) <= _MOST_HEAD else None
    except ValueError as error:
        raise SealingError(SealingError.FORM, "This is no envelope.") from error
    if not isinstance(said, dict) or said.get("v") != VERSION or canonical(said) != head:
        raise SealingError(SealingError.FORM, "This is no envelope.")
    names = [one.hex() for one in boxes.receivers(box)]
    if said.get("to") != names:
        raise SealingError(SealingError.CHANGED, "The head does not say whom the box is for.")
    return head, said, box
