"""A panel as a page shows it: definition, period, tables whose numbers open their rows, perhaps a chart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from qingfeng.desk.cockpit.asked import Asked
from qingfeng.look import said, sheets
from qingfeng.look.charts import Chart
from qingfeng.look.tables import Column

WALL_LINES = 7
FIRST_LINES = 6  # of a table; the others are one press away
BAR = 100  # width of a bar in a cell, in its own units


@dataclass(frozen=True)
class Number:
    """One number of a panel.

    Attributes:
        value: None where there is nothing to count.
        href: Its rows; "" where there are none to open.
        words: How it is read; the value with thousands where none are given.
        bar: Length of its bar beside the others of its column, 0 to `BAR`; None for no bar.
    """

    value: float | None
    href: str = ""
    words: str = ""
    bar: int | None = None

    @property
    def text(self) -> str:
        """How it is read."""
        return self.words or said.number(self.value)


@dataclass(frozen=True)
class Line:
    """One line of a table: what it is about, its numbers, and perhaps what is said below the name."""

    name: str
    numbers: Sequence[Number]
    note: str = ""


@dataclass(frozen=True)
class Block:
    """One table of a panel: heads of its name and of every number."""

    title: str
    heads: Sequence[str]
    lines: Sequence[Line]
    empty: str = ""

    @property
    def number_heads(self) -> Sequence[str]:
        """Heads of the numbers, in order."""
        return self.heads[1:]

    @property
    def first(self) -> Sequence[Line]:
        """The lines that are always seen; all of them where only one or two more would be folded away."""
        return self.lines if len(self.lines) <= FIRST_LINES + 2 else self.lines[:FIRST_LINES]

    @property
    def rest(self) -> Sequence[Line]:
        """The others."""
        return self.lines[len(self.first) :]


@dataclass(frozen=True)
class Shown:
    """A panel.

    Attributes:
        key: Its name in addresses.
        name: What people read.
        says: The definition: what is counted, of what, in which period.
        blocks: Its tables.
        chart: Drawn above the tables, None for none.
        note: What has to be said first: that too little is known yet, what is hidden.
        fresh: As of when, where it is not the moment itself.
        trends: Lines of earlier readings.
    """

    key: str
    name: str
    says: str
    blocks: Sequence[Block]
    chart: Chart | None = None
    note: str = ""
    fresh: str = ""
    trends: Sequence[Any] = ()


@dataclass(frozen=True)
class Rows:
    """The rows behind one number: what they are, how they are drawn, and where they come from.

    Attributes:
        make: Turns the rows of one page of `query` into what the columns draw.
    """

    title: str
    columns: Sequence[Column]
    query: QuerySet[Any]
    make: Callable[[list[Any]], list[Any]] = field(default=list)


@dataclass(frozen=True)
class Panel:
    """One panel of the cockpit.

    Attributes:
        show: Counts it.
        rows: Given what is asked, which number and which line: its rows, None for a number it does not have.
        on_wall: Whether it hangs on a large screen too: numbers of offices and kinds, never of a unit.
        wants: (measure, dimensions) pairs that the worker counts for it.
    """

    key: str
    show: Callable[[Asked], Shown]
    rows: Callable[[Asked, str, str], Rows | None]
    on_wall: Callable[[Shown], Shown] = lambda shown: shown
    wants: Sequence[tuple[str, tuple[str, ...]]] = ()


def brief(shown: Shown) -> Shown:
    """Return a panel as a wall has room for it: its first table, the first lines of it."""
    blocks = [Block(one.title, one.heads, one.lines[:WALL_LINES], one.empty) for one in shown.blocks[:1]]
    return replace(shown, blocks=blocks, chart=None)


def barred(lines: Sequence[Line]) -> list[Line]:
    """Return lines whose numbers have bars, all of one scale: the greatest number fills its bar."""
    most = max((number.value or 0 for line in lines for number in line.numbers), default=0)
    return [Line(line.name, [_with_bar(one, most) for one in line.numbers], line.note) for line in lines]


def _with_bar(number: Number, most: float) -> Number:
    bar = round(BAR * (number.value or 0) / most) if most else 0
    return Number(number.value, number.href, number.words, bar)


def share(part: float, whole: float, href: str = "") -> Number:
    """Return a share in per cent; nothing where there is no whole."""
    if not whole:
        return Number(None)
    value = round(100 * part / whole, 1)
    return Number(value, href, f"{value:.1f} %", round(value))


def signed(panel: Shown, block: Block, asked: Asked) -> str:
    """Return a table for the file buttons, with its definition, period and the day it was asked."""
    rows = [[line.name, *(number.value for number in line.numbers)] for line in block.lines]
    note = " · ".join(one for one in (panel.says, in_words(asked), panel.fresh, panel.note) if one)
    title = " · ".join(one for one in (panel.name, block.title) if one)
    return sheets.packed(sheets.Sheet(title, list(block.heads), rows, note))


def in_words(asked: Asked) -> str:
    """Return the period, the office and the day of asking in a line."""
    period = asked.period
    text = _("%(since)s to %(until)s, asked on %(today)s") % {
        "since": said.dated(period.since),
        "until": said.dated(period.until),
        "today": said.dated(period.today),
    }
    return f"{text} · {asked.office}" if asked.office else text
