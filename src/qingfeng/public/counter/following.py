"""Following (查询): what a code opens. Whatever was typed costs the same work where it leads to nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from qingfeng.public.counter import codes
from qingfeng.public.counter.letters import NAME_OFF, OBJECT, OWN, RATE, REEXAMINE, REPLY, REVIEW, may_ask
from qingfeng.public.counter.models import Answer, Arrival
from qingfeng.sealing import boxes
from qingfeng.sealing.arrivals import MAY, open_answer
from qingfeng.sealing.errors import SealingError

_KEY = re.compile(r"[\w-]{1,40}")
MOST_LETTERS = 200  # that are written under one code
KINDS = ("accepted", "question", "opinion", "review_opinion", "slip", "closed", "note", "part")
STATES = ("accepted", "opinion", "review_opinion", "closed")  # answers that say where a matter stands
OPENS: dict[str, tuple[str, ...]] = {
    "opinion": (OBJECT, REVIEW, RATE),
    "review_opinion": (OBJECT, REEXAMINE, RATE),
    "closed": (OBJECT, RATE),
}
"""What an answer opens by its kind, where it does not say so itself."""


@dataclass(frozen=True)
class Said:
    """One thing in the dialogue.

    Attributes:
        by: `office`, or `writer` whose words the counter does not keep.
        kind: Kind of the answer; what the writer did.
        text: What the office says; "" for the writer's.
        title: Of a paper.
        number: Of a paper.
        on: Civil date that the office says; None for the writer's.
        hour: When it came here, UTC.
        may: What it opens.
        until: Civil date until which the law leaves time for that; None if it says none.
        arrival: Number of what the writer sent; 0 for the office's.
        part: Key of the part that it is of; "" for the first.
        stands: Of a part that was split off: the kind of the last answer about it until then.
    """

    by: str
    kind: str
    hour: datetime
    text: str = ""
    title: str = ""
    number: str = ""
    on: date | None = None
    may: tuple[str, ...] = ()
    until: date | None = None
    arrival: int = 0
    part: str = ""
    stands: str = ""


@dataclass(frozen=True)
class Part:
    """One of the matters that a letter became.

    Attributes:
        key: What the office knows it by; "" for the first.
        title: As the office calls it; "" for the first.
        number: Of the matter, where the office says it.
        dialogue: What was said of it, oldest first.
    """

    key: str
    title: str = ""
    number: str = ""
    dialogue: list[Said] = field(default_factory=list)

    @property
    def state(self) -> str:
        """The kind of the last answer that says where it stands; "" while none does."""
        said = [one.stands if one.kind == "part" else one.kind for one in self.dialogue if one.by == "office"]
        return next((one for one in reversed(said) if one in STATES), "")

    @property
    def may(self) -> list[str]:
        """What can be done with it now, besides writing again."""
        opened = {step for said in self.dialogue for step in said.may}
        is_rated = any(said.kind == RATE and said.by == "writer" for said in self.dialogue)
        return [
            one
            for one in (OBJECT, REVIEW, REEXAMINE, RATE)
            if one in opened and not (one == RATE and is_rated)
        ]


@dataclass(frozen=True)
class Followed:
    """What a code leads to.

    Attributes:
        code: As it was read.
        arrival: What its receipt was given for.
        line: `report`, `petition` or `suggestion`.
        to: Keys (hex) that it was sealed to.
        excludes: Who was left out.
        is_named: Whether a name was given.
        parts: The matters that it became, the first one first: each with what was said of it since.
        later: How many letters were written under the code later.
    """

    code: str
    arrival: Arrival
    line: str
    to: tuple[str, ...]
    excludes: tuple[str, ...]
    is_named: bool
    parts: list[Part] = field(default_factory=list)
    later: int = 0

    @property
    def dialogue(self) -> list[Said]:
        """All that was said since, part after part."""
        return [said for part in self.parts for said in part.dialogue]

    @property
    def is_full(self) -> bool:
        """Whether nothing more can be written under the code."""
        return self.later >= MOST_LETTERS

    @property
    def may_take_name_off(self) -> bool:
        """Whether the name can be taken off, of all parts at once: none was decided, none asked for it."""
        is_decided = any(part.state in OPENS for part in self.parts)
        is_asked = any(said.kind == NAME_OFF for said in self.dialogue if said.by == "writer")
        return self.is_named and not is_decided and not is_asked

    def may_say(self, key: str) -> list[str]:
        """Return what can be said to a part now; nothing where there is none with that key."""
        found = [part for part in self.parts if part.key == key]
        if not found:
            return []
        name_off = [NAME_OFF] if self.may_take_name_off and not key else []
        return [REPLY, *found[0].may, *name_off]


def followed(typed: str) -> Followed | None:
    """Return what a code leads to, or None; a wrong code and an unknown one are the same."""
    code = codes.read(typed)
    secret, _public = codes.pair_of(code)
    arrival = Arrival.objects.filter(code_digest=codes.digest_of(code)).first()
    own = _opened(bytes(arrival.own) if arrival else _NOTHING, secret)
    if arrival is None or own is None:
        return None
    later = list(_later(code))
    told: dict[str, dict[str, Any]] = {}
    said = [*_answers(arrival, secret, own["line"], told), *_written(later, secret)]
    return Followed(
        code,
        arrival,
        own["line"],
        tuple(own["to"]),
        tuple(own["excludes"]),
        bool(own["is_named"]),
        _parts(sorted(said, key=lambda one: one.hour), told),
        len(later),
    )


def _parts(dialogue: list[Said], told: dict[str, dict[str, Any]]) -> list[Part]:
    """Return the parts that answers have named, in the order in which they did; the first always is there.

    What was said to a part of which no answer can be opened stands with the first: nothing is lost.
    """
    parts = {"": Part("")}
    for key, one in told.items():
        parts[key] = Part(key, str(one.get("title", "")), str(one.get("number", "")))
    for said in dialogue:
        parts[said.part if said.part in parts else ""].dialogue.append(said)
    return list(parts.values())


def _opened(box: bytes, secret: bytes) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = json.loads(boxes.open_box(box, secret, about=OWN))
    except SealingError:
        return None
    return found


_NOTHING = boxes.seal(
    b"{}", [boxes.new_pair()[1]], about=OWN
)  # what a code that leads to nothing tries to open


def _later(code: str) -> Iterator[Arrival]:
    """Yield what was written under a code later, in order."""
    for place in range(1, MOST_LETTERS + 1):
        found = Arrival.objects.filter(code_digest=codes.digest_of(code, place)).first()
        if found is None:
            return
        yield found


def _written(later: list[Arrival], secret: bytes) -> Iterator[Said]:
    for one in later:
        own = _opened(bytes(one.own), secret) or {}
        kind, part = str(own.get("says") or REPLY), str(own.get("part") or "")
        yield Said("writer", kind, one.hour, arrival=one.number, part=part)


def _answers(arrival: Arrival, secret: bytes, line: str, told: dict[str, dict[str, Any]]) -> Iterator[Said]:
    """Yield what the office has said; note in `told` what it calls each part."""
    for one in Answer.objects.filter(arrival=arrival).order_by("pk"):
        try:
            said = open_answer(bytes(one.held), secret)
        except SealingError:
            continue  # not of this code, or damaged on the way: it can be shown to nobody
        kind = said.get("kind") if said.get("kind") in KINDS else "note"
        may = said.get("may", OPENS.get(str(kind), ()))
        part: dict[str, Any] = said["part"] if isinstance(said.get("part"), dict) else {}
        if key := _key(part):
            told.setdefault(key, part)
        yield Said(
            "office",
            str(kind),
            one.hour,
            text=str(said.get("text", "")),
            title=str(said.get("title", "")),
            number=str(said.get("number", "")),
            on=_day(said.get("on")),
            may=tuple(step for step in may if step in MAY and may_ask(line, step)),
            until=_day(said.get("until")),
            part=key,
            stands=str(said.get("stands", "")),
        )


def _key(part: dict[str, Any]) -> str:
    """Return the key of a part, which goes back in a button's value: signs that need no care there."""
    key = str(part.get("key", ""))
    return key if _KEY.fullmatch(key) else ""


def _day(said: object) -> date | None:
    try:
        return date.fromisoformat(str(said)) if said else None
    except ValueError:
        return None
