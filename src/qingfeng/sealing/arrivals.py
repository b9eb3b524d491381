"""What arrives at the public counter (来件), and what is answered: the forms that both ends of it share.

An entry of the counter's log says a digest of what arrived, and the hour: the digest is salted, so that it
tells nothing to whoever has the log alone. Answers are sealed to a key that only the receipt's code gives.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from qingfeng.sealing import boxes
from qingfeng.sealing.envelope import canonical
from qingfeng.sealing.errors import SealingError

ENTRY = "counter.arrived"
"""Kind of the entries; their one fact is `digest`."""
SALT_BYTES = 32
STEP = 512  # bytes
_ARRIVAL = b"qingfeng-arrival/1\n"
_ANSWER = b"qingfeng-answer/1\n"


def digest_of(salt: bytes, envelope: bytes, files: Iterable[bytes]) -> str:
    """Return what an entry says of an arrival, 64 hex digits.

    Args:
        salt: 32 random bytes.
        envelope: The sealed content, whole.
        files: SHA-256 of each sealed blob, 32 bytes, in order.
    """
    return sha256(_ARRIVAL + salt + sha256(envelope).digest() + b"".join(files)).hexdigest()


def fits(digest: str, salt: bytes, envelope: bytes, files: Iterable[bytes]) -> bool:
    """Say whether this arrived when an entry with that digest was written."""
    return len(salt) == SALT_BYTES and hmac.compare_digest(digest, digest_of(salt, envelope, files))


def seal_answer(said: Mapping[str, Any], key: bytes) -> bytes:
    """Return an answer that only the receipt's code opens.

    Args:
        said: `kind` (`accepted`, `question`, `opinion`, `slip`, `closed`, `note`, `part`), `text` and `on`
            (civil date); perhaps `title`, `number` (of a document), `may` (what can be done then: words of
            `MAY`), `until` (civil date), `stands` (of a part: the kind of the last answer until then) and
            `part` (`key`, `number`, `title` of the matter that it is about, where one letter became several).
        key: Public key that came with the arrival.
    """
    return boxes.seal(evened(canonical(said)), [key], about=_ANSWER)


def open_answer(box: bytes, secret: bytes) -> dict[str, Any]:
    """Return what an answer says.

    Raises:
        SealingError: If it is sealed to another code, or was changed.
    """
    try:
        said = json.loads(boxes.open_box(box, secret, about=_ANSWER))
    except ValueError as error:
        raise SealingError(SealingError.FORM, "The answer is no JSON.") from error
    if not isinstance(said, dict):
        raise SealingError(SealingError.FORM, "The answer is no JSON object.")
    return said


def evened(said: bytes) -> bytes:
    """Return JSON with blanks after it up to the next step, so that its length does not tell what it is."""
    return said.ljust(-(-len(said) // STEP) * STEP)


MAY = frozenset({"reply", "object", "review", "reexamine", "rate", "name_off"})
"""What whoever wrote may do at the counter: `reply` is always open, an answer opens the others by law."""
