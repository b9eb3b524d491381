"""A mechanism, whole, and the digest of all that it says. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cached_property
from typing import Any

from qingfeng.matters.vocabulary.acts import Act, Clock
from qingfeng.matters.vocabulary.fields import Confidentiality, Field, Law, Words
from qingfeng.matters.vocabulary.parts import Figure, Gate, Ledger, Role, Slip, Stage

ADDED: Mapping[str, Any] = {
    "Role.told_by": (),
    "Role.anew": False,
    "Role.own": False,
    "Role.card": False,
    "Role.by_everybody": False,
    "Entry.columns": (),
    "Entry.where": (),
    "Entry.author": "",
    "Clock.each_month": "",
    "Clock.in_months": (),
    "Clock.of_year": "",
    "Clock.end_of_month": 0,
    "Ledger.unsaid": (),
    "Ledger.apart_until": "",
    "Ledger.gone": (),
    "Act.names_self": "",
    "Opens.when_holds": None,
    "Opens.if_there": False,
    "Opens.own_level": False,
    "Opens.keeps_away": (),
    "Opens.each": "",
    "Opens.each_as": "",
    "Figure.lacks": "",
    "Figure.least": 0,
    "Mechanism.gates": (),
    "Mechanism.computes": "",
    "Mechanism.named_only": False,
    "Mechanism.names_sources": False,
    "Slip.named_by": "",
    "Slip.when": None,
    "Act.computes": "",
    "Act.then": "",
    "Act.finds": (),
    "Act.sends": "",
    "Act.comes": "",
    "Figure.never": "",
}
"""Words that came later, with what they say when unused: a declaration without them keeps its digest."""


@dataclass(frozen=True)
class Mechanism:
    """One kind of matter, whole.

    Attributes:
        key: Name in addresses and records, a singular noun.
        name: What people see.
        term: The Chinese term of the field.
        purpose: One sentence for people who open the page for the first time.
        stages: In order; the first is where a matter begins.
        parties: Roles.
        opened_by: Keys of roles with an office that may open one.
        asks: Fields of the form that opens it (its `title` is always asked for).
        acts: What moves it.
        clocks: Its duties with deadlines.
        ledgers: Its lists.
        figures: Its statistics.
        names: Roles named when it is opened.
        starts: Clocks that start when it is opened besides those that say so.
        confidentiality: Of a new matter.
        version: Whole number; a changed declaration gets the next one, and the old file stays.
        law: Basis of the mechanism.
        number: Chinese series word of its number, for example 督.
        keywords: Facts that lists show as columns, in order.
        moves: From an older version: stage there → stage here, for matters that are moved.
        named_only: Whether it is known only to those who are named on it: no office reaches it, not even by
            its card, and emergency access does not either.
        names_sources: Whether its slips may speak of whoever wrote; of other kinds such a slip is refused.
        gates: What must hold of the form that opens it: facts and named parts as entered, nothing else yet.
        computes: Key of a function by which the house tells those gates something of other matters
            (`matters.computed.tell_with`).
    """

    key: str
    name: Words
    term: str
    purpose: Words
    stages: tuple[Stage, ...]
    parties: tuple[Role, ...]
    acts: tuple[Act, ...]
    opened_by: tuple[str, ...] = ()
    asks: tuple[Field, ...] = ()
    clocks: tuple[Clock, ...] = ()
    ledgers: tuple[Ledger, ...] = ()
    figures: tuple[Figure, ...] = ()
    names: tuple[str, ...] = ()
    prints: tuple[Slip, ...] = ()
    confidentiality: Confidentiality = Confidentiality.INTERNAL
    version: int = 1
    law: tuple[Law, ...] = ()
    number: str = ""
    keywords: tuple[str, ...] = ()
    moves: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    gates: tuple[Gate, ...] = ()
    computes: str = ""
    named_only: bool = False
    names_sources: bool = False

    def stage(self, key: str) -> Stage:
        """Return a stage by its key; KeyError where there is none."""
        return _found(self.stages, key)

    def act(self, key: str) -> Act:
        """Return an act by its key; KeyError where there is none."""
        return _found(self.acts, key)

    def role(self, key: str) -> Role:
        """Return a role by its key; KeyError where there is none."""
        return _found(self.parties, key)

    def clock(self, key: str) -> Clock:
        """Return a clock by its key; KeyError where there is none."""
        return _found(self.clocks, key)

    def ledger(self, key: str) -> Ledger:
        """Return a ledger by its key; KeyError where there is none."""
        return _found(self.ledgers, key)

    def may_be(self, level: str) -> bool:
        """Return whether a matter of this kind can be opened on a level and its offices still carry it."""
        if level != Confidentiality.RESTRICTED or level == self.confidentiality:
            return True
        return any(one.restricted for one in self.parties)

    def slips(self) -> Iterator[Slip]:
        """Yield every slip that opening or an act prints, once each, in order."""
        seen = set()
        for slip in (*self.prints, *(slip for act in self.acts for slip in act.prints)):
            if slip.key not in seen:
                seen.add(slip.key)
                yield slip

    def started_by(self, act: str) -> Iterator[Clock]:
        """Yield the clocks that an act (or `open`) starts."""
        own = next((one.starts for one in self.acts if one.key == act), ())
        return (clock for clock in self.clocks if clock.key in own or act in clock.starts)

    def stopped_by(self, act: str) -> Iterator[Clock]:
        """Yield the clocks that an act stops."""
        own = next((one.stops for one in self.acts if one.key == act), ())
        return (clock for clock in self.clocks if clock.key in own or act in clock.stops)

    def asks_lines(self, act: Act) -> bool:
        """Return whether somebody enters an act's lines, or the house finds them all by itself."""
        columns = {one.key for entry in act.enters for one in entry.asks(self.ledger(entry.ledger))}
        return not act.computes or (bool(act.finds) and {*act.finds} <= {*act.names, *columns})

    def is_from(self, act: Act, stage: str) -> bool:
        """Return whether an act may start in a stage."""
        if act.even_ended:
            return stage != act.to
        return stage in act.from_ if act.from_ else self.stage(stage).open

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all that the declaration says, in hex; words in translation and code bodies left out."""
        said = json.dumps(_plain(self), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()


def _found(values: tuple[Any, ...], key: str) -> Any:
    for value in values:
        if value.key == key:
            return value
    raise KeyError(key)


def _is_said(value: Any, name: str) -> bool:
    word = f"{type(value).__name__}.{name}"
    return word not in ADDED or getattr(value, name) != ADDED[word]


WORDS = frozenset({"name", "says", "help", "purpose", "rests", "for_good", "even_ended"})
"""What no digest holds: words, and a way that opens for ended matters alone: open ones stay as they are."""


def _plain(value: Any) -> Any:
    """Return a declaration as plain data: functions by name, translated words left out."""
    if is_dataclass(value) and not isinstance(value, type):
        return {
            one.name: _plain(getattr(value, one.name))
            for one in fields(value)
            if one.name not in WORDS and _is_said(value, one.name)
        }
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if callable(value):
        return getattr(value, "__qualname__", "function")
    return value if isinstance(value, str | int | float | bool | None) else None
