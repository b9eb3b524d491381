"""An entry: canonical JSON (RFC 8785), with commitments where something personal stands.

| member | what |
|---|---|
| `v` | 1 |
| `log` | `internal` or `public` |
| `kind` | what happened: `matter.performed` |
| `subject` | what it happened to, by public number; never a name |
| `by` | who did it, by the number of the account; never a name |
| `at` | when it happened, as the act says |
| `written` | what the machine's clock said when it was written |
| `facts` | the rest, without anything personal; digests of documents |
| `personal` | name → commitment, hex; the value itself stands beside the journal and can be erased |
| `nonce` | 128 random bits: the hash of an entry, which neighbours' proofs show, cannot be guessed back |

A commitment is SHA-256 over a fixed prefix, 32 random bytes (the salt) and the value. Whoever
is given value and salt can check them; when both are erased, nothing leads back to the value,
and the entry, its hash and every proof stay as they were.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from hashlib import sha256
from hmac import compare_digest
from typing import Any
from uuid import UUID

import rfc8785

from qingfeng.journal.errors import Broken, Refused
from qingfeng.journal.tiles import ENTRY_BYTES

VERSION = 1
SALT_BYTES = 32
NONCE_BYTES = 16
COMMITMENT = b"qingfeng.journal/commitment/v1\x00"
MEMBERS = frozenset({"v", "log", "kind", "subject", "by", "at", "written", "facts", "personal", "nonce"})
_KIND = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*")


@dataclass(frozen=True)
class Opening:
    """What opens a commitment.

    Attributes:
        value: The personal value itself.
        salt: 32 random bytes.
    """

    value: str
    salt: bytes


def commit(value: str) -> tuple[str, bytes]:
    """Return a commitment to a personal value, 64 hex digits, and the salt that opens it."""
    salt = secrets.token_bytes(SALT_BYTES)
    return commitment_of(value, salt), salt


def commitment_of(value: str, salt: bytes) -> str:
    """Return the commitment that a value and a salt make, 64 hex digits."""
    if len(salt) != SALT_BYTES:
        raise Broken(f"A salt has {SALT_BYTES} bytes.")
    return sha256(COMMITMENT + salt + value.encode()).hexdigest()


def opens(commitment: str, value: str, salt: bytes) -> bool:
    """Say whether a value and a salt open a commitment."""
    return len(salt) == SALT_BYTES and compare_digest(commitment_of(value, salt), commitment)


def plain(value: Any) -> Any:
    """Return a value as JSON has it: days, instants, money and ids become text.

    Raises:
        Refused: If JSON has no such value.
    """
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise Refused("The names of an entry's facts are text.")
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    raise Refused(
        f"A fact of an entry cannot be {type(value).__name__}.",
        then="Give text, numbers, days, instants, lists or mappings; of a file give its digest.",
    )


def canonical(value: Any) -> bytes:
    """Return canonical JSON (RFC 8785).

    Texts, whole numbers, lists and mappings with names below U+D800 are what the standard library writes,
    sorted: the order of UTF-16 is that of the characters there. Whatever else there is goes the long way.

    Raises:
        Refused: If it has no canonical form (too large an integer, half a character).
    """
    try:
        return _ENCODE(value).encode() if _is_plain(value) else rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as error:
        raise Refused(f"An entry cannot be written: {error}.") from None


_ENCODE = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, check_circular=False
).encode
_MOST = 2**53 - 1  # a larger whole number has no exact form in JSON


def _is_plain(value: Any) -> bool:
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return True
    if kind is int:
        return -_MOST <= value <= _MOST
    if kind is dict:
        return all(type(one) is str and one < "\ud800" for one in value) and all(
            map(_is_plain, value.values())
        )
    return kind is list and all(map(_is_plain, value))


def make_entry(
    log: str,
    kind: str,
    *,
    at: datetime,
    written: datetime,
    subject: str = "",
    by: str = "",
    facts: Mapping[str, Any] | None = None,
    personal: Mapping[str, str] | None = None,
) -> tuple[bytes, dict[str, Opening]]:
    """Return the bytes of an entry, and what opens its commitments.

    Args:
        log: `internal` or `public`.
        kind: Lower-case words with dots between.
        at: When it happened; with a time zone.
        written: What the clock says now; with a time zone.
        subject: Public number of what it happened to.
        by: Number of the account.
        facts: What else; JSON, days, instants, money.
        personal: Values that become commitments.

    Raises:
        Refused: If a part has no place in an entry, or all is longer than 65,535 bytes.
    """
    if not _KIND.fullmatch(kind):
        raise Refused("The kind of an entry is lower-case words with dots between.", where=kind)
    if at.utcoffset() is None or written.utcoffset() is None:
        raise Refused("An instant in the journal has a time zone.", where=kind)
    committed, openings = {}, {}
    for name, value in (personal or {}).items():
        committed[name], salt = commit(value)
        openings[name] = Opening(value, salt)
    body = canonical(
        {
            "v": VERSION,
            "log": log,
            "kind": kind,
            "subject": subject,
            "by": by,
            "at": at.isoformat(),
            "written": written.isoformat(),
            "facts": plain(facts or {}),
            "personal": committed,
            "nonce": secrets.token_hex(NONCE_BYTES),
        }
    )
    if len(body) > ENTRY_BYTES:
        raise Refused(
            f"An entry of the journal has at most {ENTRY_BYTES:,} bytes, this one has {len(body):,}.",
            where=f"{kind} {subject}".strip(),
            then="Keep the long text as a document and give its digest.",
        )
    return body, openings


def read_entry(body: bytes) -> dict[str, Any]:
    """Return what an entry says.

    Raises:
        Broken: If it is no canonical entry.
    """
    try:
        said = json.loads(body)
        right = isinstance(said, dict) and set(said) == MEMBERS and canonical(said) == body
    except (ValueError, RecursionError, Refused):
        right = False
    if not right:
        raise Broken("This is no entry in canonical form.", where=body[:80].decode(errors="replace"))
    read: dict[str, Any] = said
    return read
