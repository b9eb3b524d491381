"""Following (查询): what a code opens. Whatever was typed costs the same work where it leads to nothing."""

from __future__ import annotations

import json
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

MOST_LETTERS = 200  # that are written under one code
KINDS = ("accepted", "question", "opinion", "review_opinion", "slip", "closed", "note")
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
        dialogue: What was said since, oldest first.
        later: How many letters were written under the code later.
    """

    code: str
    arrival: Arrival
    line: str
    to: tuple[str, ...]
    excludes: tuple[str, ...]
    is_named: bool
    dialogue: list[Said] = field(default_factory=list)
    later: int = 0

    @property
    def is_full(self) -> bool:
        """Whether nothing more can be written under the code."""
        return self.later >= MOST_LETTERS

    @property
    def may(self) -> list[str]:
        """What can be done now, besides writing again."""
        opened = [one for said in self.dialogue for one in said.may]
        done = {said.kind for said in self.dialogue if said.by == "writer"}
        answered = any(said.kind in OPENS for said in self.dialogue)
        if self.is_named and not answered:
            opened.append(NAME_OFF)
        once = {RATE, NAME_OFF} & done
        return [
            one for one in (OBJECT, REVIEW, REEXAMINE, RATE, NAME_OFF) if one in opened and one not in once
        ]


def followed(typed: str) -> Followed | None:
    """Return what a code leads to, or None; a wrong code and an unknown one are the same."""
    code = codes.read(typed)
    secret, _public = codes.pair_of(code)
    arrival = Arrival.objects.filter(code_digest=codes.digest_of(code)).first()
    own = _opened(bytes(arrival.own) if arrival else _NOTHING, secret)
    if arrival is None or own is None:
        return None
    later = list(_later(code))
    dialogue = sorted(
        [*_answers(arrival, secret, own["line"]), *_written(later, secret)], key=lambda one: one.hour
    )
    return Followed(
        code,
        arrival,
        own["line"],
        tuple(own["to"]),
        tuple(own["excludes"]),
        bool(own["is_named"]),
        dialogue,
        len(later),
    )


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
        yield Said("writer", str(own.get("says") or REPLY), one.hour, arrival=one.number)


def _answers(arrival: Arrival, secret: bytes, line: str) -> Iterator[Said]:
    for one in Answer.objects.filter(arrival=arrival).order_by("pk"):
        try:
            said = open_answer(bytes(one.held), secret)
        except SealingError:
            continue  # not of this code, or damaged on the way: it can be shown to nobody
        kind = said.get("kind") if said.get("kind") in KINDS else "note"
        may = said.get("may", OPENS.get(str(kind), ()))
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
        )


def _day(said: object) -> date | None:
    try:
        return date.fromisoformat(str(said)) if said else None
    except ValueError:
        return None
