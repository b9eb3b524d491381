"""What stands in the calendar, and where it comes from.

A room that knows of days which are no clocks of matters names them with `add_source`. Each source asks a
number of queries that does not grow with what it finds, and yields only what the viewer may see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from qingfeng.look.lights import Light
from qingfeng.organization.viewer import Viewer

MOST = 600
"""Events of one span that are shown; further ones are told to be there."""


@dataclass(frozen=True)
class Event:
    """Something that is due, or begins, on a day.

    Attributes:
        on: The day.
        kind: Key by which it is filtered: a mechanism's, or a room's own.
        name: Of the kind.
        number: Its public number, or what it is called where it has none.
        what: What is due.
        office: Whose it is.
        office_id: Key of that unit, 0 for the house.
        href: Where it is done.
        light: How near it is.
    """

    on: date
    kind: str
    name: Any
    number: str
    what: Any
    office: str
    office_id: int
    href: str
    light: Light

    @property
    def key(self) -> tuple[date, str, str]:
        """What makes it the same event from two sources."""
        return self.on, self.number, str(self.what)


@dataclass(frozen=True)
class Mark:
    """That something of a kind and an office is due on a day, for the counts of the year."""

    on: date
    kind: str
    office_id: int
    office: str


@dataclass(frozen=True)
class Span:
    """The days that are looked at, both inclusive, and what is left out.

    Attributes:
        kind: Key of a kind, "" for all.
        office: Key of a unit, 0 for all.
    """

    since: date
    until: date
    kind: str = ""
    office: int = 0

    def holds(self, one: Event | Mark) -> bool:
        """Return whether an event lies in it and was asked for."""
        return (
            self.since <= one.on <= self.until
            and self.kind in {"", one.kind}
            and self.office in {0, one.office_id}
        )


@dataclass(frozen=True)
class Source:
    """Where events come from.

    Attributes:
        key: Of the source.
        kinds: What it yields: key → name.
        events: Events of a span.
        marks: The marks of a span; worked out from the events where a source has no quicker way.
    """

    key: str
    kinds: Callable[[], Mapping[str, Any]]
    events: Callable[[Viewer, Span], Iterable[Event]]
    marks: Callable[[Viewer, Span], Iterable[Mark]] | None = None


@dataclass
class Found:
    """What the sources have in a span."""

    events: list[Event] = field(default_factory=list)
    is_cut: bool = False


_sources: dict[str, Source] = {}


def add_source(source: Source) -> None:
    """Let a room put its days into the calendar; a source of the same key takes the place of the former."""
    _sources[source.key] = source


def found_in(viewer: Viewer, span: Span) -> Found:
    """Return what is due in a span, by day; at most `MOST` of it."""
    rows: dict[tuple[date, str, str], Event] = {}
    for source in _sources.values():
        for one in source.events(viewer, span):
            if span.holds(one):
                rows.setdefault(one.key, one)
    ordered = sorted(rows.values(), key=lambda one: (one.on, one.kind, one.number, str(one.what)))
    return Found(ordered[:MOST], len(ordered) > MOST)


def marks_in(viewer: Viewer, span: Span) -> list[Mark]:
    """Return the marks of a span from every source, of all kinds and offices."""
    found: list[Mark] = []
    for source in _sources.values():
        if source.marks is not None:
            found += source.marks(viewer, span)
        else:
            found += [
                Mark(one.on, one.kind, one.office_id, one.office)
                for one in source.events(viewer, span)
                if span.holds(one)
            ]
    return found


def kinds() -> dict[str, Any]:
    """Return the kinds of event by key, in the order of the sources."""
    return {key: name for source in _sources.values() for key, name in source.kinds().items()}
