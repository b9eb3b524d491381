"""Talks laid out: counted by level and kind of office, and unit by unit over the months of a year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from qingfeng.desk.leadership.asked import KINDS, Asked, is_counted
from qingfeng.desk.leadership.covering import STATES, Row
from qingfeng.look import said
from qingfeng.organization.models import Unit

MONTH = 20  # width of a month in a drawn year
DAYS = 31
TICKS = tuple(range(0, 12 * MONTH + 1, MONTH))


@dataclass(frozen=True)
class Cell:
    """One number of the table, with the tail of the address that opens its talks."""

    count: int
    query: str
    label: Any


@dataclass(frozen=True)
class Line:
    """Talks with heads of one kind of office on one level."""

    level: Any
    kind: Any
    cells: list[Cell]
    share: str


def lines_of(rows: Iterable[Row], asked: Asked) -> list[Line]:
    """Return the table of the year: a line for each level and kind of office that has talks, then the sum."""
    rows = list(rows)
    levels = dict(Unit.Level.choices)
    order = list(levels)
    places = sorted({(row.level, row.kind) for row in rows}, key=lambda one: (order.index(one[0]), one[1]))
    lines = [
        _line(
            [row for row in rows if (row.level, row.kind) == (level, kind)],
            Asked(asked.year, level=level, kind=kind),
            levels[level],
            kind=KINDS.get(kind, kind),
        )
        for level, kind in places
    ]
    return [*lines, _line(rows, Asked(asked.year), _("All"), kind="")] if len(lines) > 1 else lines


def _line(rows: list[Row], asked: Asked, level: Any, *, kind: Any) -> Line:
    counts = {state: sum(is_counted(row, state) for row in rows) for state in STATES}
    cells = [Cell(counts[state], asked.query(state=state), words) for state, words in STATES.items()]
    share = f"{100 * counts['held'] / counts['due']:.0f} %" if counts["due"] else "—"
    return Line(level, kind, cells, share)


@dataclass(frozen=True)
class Mark:
    """One talk in a drawn year: its place from the left, what it is, and that in words."""

    x: float
    state: str
    says: str

    @property
    def triangle(self) -> str:
        """The drawn triangle of an overdue talk."""
        return f"M{self.x:.1f} 4 l6 11 h-12 z"


@dataclass(frozen=True)
class UnitYear:
    """The talks of one unit over a year."""

    unit: Unit
    rows: list[Row]
    marks: list[Mark]

    @property
    def says(self) -> str:
        """What is drawn, in words."""
        return _("; ").join(mark.says for mark in self.marks)


def units_of(rows: Iterable[Row], year: int) -> list[UnitYear]:
    """Return the talks unit by unit, in the order of the unit tree; given up ones are left out."""
    kept = [row for row in rows if row.state != "dropped"]
    return [
        UnitYear(unit, (mine := list(found)), [mark for row in mine if (mark := _mark(row, year))])
        for unit, found in groupby(kept, key=lambda row: row.unit)
    ]


def _mark(row: Row, year: int) -> Mark | None:
    day = row.day
    if day is None or day.year != year:
        return None
    return Mark(round(_place(day), 1), row.state, f"{row.state_words} {said.day(day)}")


def _place(day: date) -> float:
    return MONTH * (day.month - 1) + MONTH * (day.day - 0.5) / DAYS
