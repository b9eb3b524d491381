"""What gates look at: one matter at one moment, as plain values. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class PartyView:
    """Somebody with a role: `person` and `unit` are ids, one of them None."""

    role: str
    person: int | None = None
    unit: int | None = None


@dataclass(frozen=True)
class Done:
    """An act that was performed.

    Attributes:
        act: Key.
        at: Instant, at the hour of Asia/Shanghai: its `date()` is a civil date.
        by: Id of the person who acted.
        facts: What was entered.
        files: How many attachments came with it.
    """

    act: str
    at: datetime
    by: int | None
    facts: Mapping[str, Any] = field(default_factory=dict)
    files: int = 0


@dataclass(frozen=True)
class Line:
    """One line of a ledger."""

    no: int
    state: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    files: int = 0


@dataclass(frozen=True)
class Running:
    """A clock on the matter: `state` is running, paused or stopped; `due_on` a civil date, inclusive."""

    key: str
    state: str
    started_on: date
    due_on: date | None
    stopped_on: date | None = None


@dataclass(frozen=True)
class Linked:
    """A matter at the other end of a link, as far as gates may know it.

    Attributes:
        kind: Kind of the link.
        mechanism: Its mechanism.
        stage: Where it stands.
        is_open: Whether it has not come to its end.
        outward: Whether the link leads from this matter to it.
        facts: Only those named in its declaration's `keywords`.
    """

    kind: str
    mechanism: str
    stage: str
    is_open: bool
    outward: bool = True
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Snapshot:
    """One matter at one moment.

    Attributes:
        stage: Key of the stage.
        facts: Latest value of every fact, by key.
        parties: Everybody with a role now.
        done: Acts performed, oldest first; acts since corrected as void are left out.
        ledgers: Lines by ledger, in order.
        clocks: Every clock run, oldest first.
        slips: Keys of slips printed, in order.
        links: Both ways.
        today: Civil date, Asia/Shanghai.
        actor: Id of the person about to act, or None.
        entered: What that person has entered for the act at hand: facts by key, who is named by role (ids),
            and the facts of new or changed lines by ledger.
    """

    stage: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    parties: tuple[PartyView, ...] = ()
    done: tuple[Done, ...] = ()
    ledgers: Mapping[str, tuple[Line, ...]] = field(default_factory=dict)
    clocks: tuple[Running, ...] = ()
    slips: tuple[str, ...] = ()
    links: tuple[Linked, ...] = ()
    today: date = date.min
    actor: int | None = None
    entered: Mapping[str, Any] = field(default_factory=dict)

    def persons(self, role: str) -> tuple[int, ...]:
        """Return the ids of the persons with a role."""
        return tuple(
            party.person for party in self.parties if party.role == role and party.person is not None
        )

    def units(self, role: str) -> tuple[int, ...]:
        """Return the ids of the units with a role."""
        return tuple(party.unit for party in self.parties if party.role == role and party.unit is not None)

    def lines(self, ledger: str) -> tuple[Line, ...]:
        """Return the lines of a ledger."""
        return self.ledgers.get(ledger, ())

    def last(self, act: str) -> Done | None:
        """Return the latest performance of an act, or None."""
        return next((one for one in reversed(self.done) if one.act == act), None)

    def times(self, act: str) -> int:
        """Return how often an act was performed."""
        return sum(one.act == act for one in self.done)

    def clock(self, key: str) -> Running | None:
        """Return the latest run of a clock, or None."""
        return next((one for one in reversed(self.clocks) if one.key == key), None)

    def value(self, key: str) -> Any:
        """Return what is entered now for a key, else the latest fact, else None."""
        return self.entered.get(key, self.facts.get(key))
