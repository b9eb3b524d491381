"""Letters (来件): what somebody writes, and how it is sealed before anything of it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from typing import Any

from nacl.utils import random

from qingfeng.public.counter.house import REPORT
from qingfeng.sealing import boxes, streams
from qingfeng.sealing.arrivals import SALT_BYTES, digest_of, evened
from qingfeng.sealing.envelope import canonical, close

OWN = b"qingfeng-own/1\n"
REPLY, OBJECT, REVIEW, REEXAMINE, RATE, NAME_OFF = (
    "reply",
    "object",
    "review",
    "reexamine",
    "rate",
    "name_off",
)


@dataclass(frozen=True)
class Letter:
    """What somebody writes, as they said it and nothing else.

    Attributes:
        line: `report`, `petition` or `suggestion`.
        text: What they write.
        about: Whom or what it is about, in their words.
        area: Key of a field of work; "" for none.
        name: "" for nobody.
        contact: How they wish to be reached, in their words.
        excludes: Who of the office shall not read it: names, as they stand in the office's keys or as typed.
        files: Name and content of each enclosure.
        answers_to: Number of the arrival that this is said to; 0 for none.
        says: What it is then: `reply`, `object`, `review`, `reexamine`, `rate`, `name_off`.
        part: Of what became several matters, the key of the one that it is said to; "" for the first.
        rating: 1 (not at all) to 5 (wholly), with `rate`.
        source: `online`; entered by staff: `letter`, `call` or `visit`.
        received_on: Civil date, ISO, of a letter, call or visit.
    """

    line: str
    text: str
    about: str = ""
    area: str = ""
    name: str = ""
    contact: str = ""
    excludes: tuple[str, ...] = ()
    files: tuple[tuple[str, bytes], ...] = field(default=(), repr=False)
    answers_to: int = 0
    says: str = ""
    part: str = ""
    rating: int = 0
    source: str = "online"
    received_on: str = ""

    def content(self) -> dict[str, Any]:
        """Return what the envelope holds: what was said, without what was not."""
        said: dict[str, Any] = {"line": self.line, "text": self.text, "excludes": list(self.excludes)}
        for name in (
            "about",
            "area",
            "name",
            "contact",
            "answers_to",
            "says",
            "part",
            "rating",
            "received_on",
        ):
            if getattr(self, name):
                said[name] = getattr(self, name)
        if self.source != "online":
            said["source"] = self.source
        if self.files:
            said["files"] = [name for name, _data in self.files]
        return said


@dataclass(frozen=True)
class Sealed:
    """A letter that nobody here can read.

    Attributes:
        envelope: Its content.
        files: Its enclosures, each a sealed stream, in order.
        salt: Opens the digest.
        digest: What the log says.
        own: What the counter must know again when the code is typed, sealed to the code.
    """

    envelope: bytes
    files: tuple[bytes, ...]
    salt: bytes
    digest: str
    own: bytes

    def hashes(self) -> list[str]:
        """Return the SHA-256 of each sealed file, hex."""
        return [sha256(one).hexdigest() for one in self.files]


def seal(letter: Letter, to: Sequence[bytes], key: bytes) -> Sealed:
    """Return a letter sealed to its receivers.

    Args:
        letter: What somebody wrote.
        to: Public keys of those who may read it, at least one.
        key: Public key that the code of its receipt gives.

    Raises:
        SealingError: If there is nobody to seal to.
    """
    envelope = close(letter.content(), to)
    files = tuple(_sealed_file(data, to) for _name, data in letter.files)
    salt = random(SALT_BYTES)
    own = {
        "line": letter.line,
        "to": [one.hex() for one in to],
        "excludes": list(letter.excludes),
        "is_named": bool(letter.name),
        "says": letter.says,
        "part": letter.part,
    }
    digest = digest_of(salt, envelope, [sha256(one).digest() for one in files])
    return Sealed(envelope, files, salt, digest, boxes.seal(evened(canonical(own)), [key], about=OWN))


def may_ask(line: str, says: str) -> bool:
    """Say whether a line knows a step: review and re-examination belong to petitions.

    Law:
        信访工作条例 Art. 35-36
    """
    return not (line == REPORT and says in (REVIEW, REEXAMINE))


def _sealed_file(data: bytes, to: Sequence[bytes]) -> bytes:
    out = BytesIO()
    streams.seal_stream(BytesIO(data), out, to)
    return out.getvalue()
