"""Counts beside a list of leads: how many there are by watch, month, colour and stage, each a filter.

All of it comes from one grouped query over the leads that the other filters leave, so that a count says
what its press would show, and 200,000 leads are gone through once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.desk.leads import asked, terms
from qingfeng.desk.leads.asked import UNASSIGNED, Wanted
from qingfeng.findings.models import Lead
from qingfeng.look import said, sheets

MOST_MONTHS = 12
SHADES = 5
SPLITS = {"watch": "watch", "month": "month", "colour": "colour", "tier": "tier", "stage": "matter__stage"}


@dataclass(frozen=True)
class Choice:
    """A filter that can be pressed: its words, how many leads it shows, where it leads."""

    key: str
    words: Any
    count: int
    href: str
    is_here: bool


@dataclass(frozen=True)
class Square:
    """A cell of the picture: how many leads, how dark (0 to `SHADES`), where it leads."""

    count: int
    shade: int
    href: str
    is_here: bool


@dataclass(frozen=True)
class Picture:
    """Leads by watch and month, as a table whose cells are shaded.

    Attributes:
        months: (words, words in full) of every column, the oldest first.
        rows: Watch, total of its row with its address, cells.
        earlier: How many leads are older than the first column or have no date.
    """

    months: list[tuple[str, str]]
    rows: list[tuple[Choice, list[Square]]]
    earlier: int

    @property
    def signed(self) -> str:
        """The table for the file buttons."""
        heads = [pgettext("leads", "Watch"), *(full for _short, full in self.months), _("Together")]
        rows: list[list[Any]] = [
            [str(choice.words), *(cell.count for cell in cells), choice.count] for choice, cells in self.rows
        ]
        return sheets.packed(sheets.Sheet(_("Leads by watch and month"), heads, rows))


@dataclass(frozen=True)
class Counted:
    """What stands above a list."""

    total: int
    picture: Picture
    colours: list[Choice]
    tiers: list[Choice]
    stages: list[Choice]


def counted(rows: QuerySet[Lead], wanted: Wanted) -> Counted:
    """Count the leads that somebody may see, as a list asks for them; one query.

    Args:
        rows: What the viewer may see.
        wanted: What the list is asked for.
    """
    apart = replace(wanted, watch="", month="", colour="", tier="", stage="")
    found = asked.narrowed(rows, apart).order_by().values_list(*SPLITS.values()).annotate(Count("pk"))
    cells = [(dict(zip(SPLITS, row[:-1], strict=True)), int(row[-1])) for row in found]
    for split, _count in cells:
        split["stage"] = split["stage"] or UNASSIGNED
    here = {"watch": wanted.watch, "month": asked.month_of(wanted.month), "colour": wanted.colour,
            "tier": wanted.tier, "stage": wanted.stage}  # fmt: skip
    left = _Left(cells, {name: value for name, value in here.items() if value})
    return Counted(
        left.total(),
        _picture(left, wanted),
        _choices("colour", terms.COLOURS, left.by("colour"), wanted),
        _choices(
            "tier", {key: f"{key} · {words}" for key, words in terms.TIERS.items()}, left.by("tier"), wanted
        ),
        _choices("stage", _stages(), left.by("stage"), wanted),
    )


@dataclass(frozen=True)
class _Left:
    """Counts of the grouped query, and the filters that they are seen through."""

    cells: Sequence[tuple[dict[str, Any], int]]
    here: dict[str, Any]

    def _through(self, *apart: str) -> Iterable[tuple[dict[str, Any], int]]:
        held = {name: value for name, value in self.here.items() if name not in apart}
        return (cell for cell in self.cells if all(cell[0][name] == value for name, value in held.items()))

    def total(self) -> int:
        return sum(count for _split, count in self._through())

    def by(self, *names: str) -> dict[Any, int]:
        """Return counts by some of the splits, seen through all other filters."""
        found: dict[Any, int] = defaultdict(int)
        for split, count in self._through(*names):
            found[split[names[0]] if len(names) == 1 else tuple(split[name] for name in names)] += count
        return found


def _choices(name: str, words: dict[str, Any], counts: dict[Any, int], wanted: Wanted) -> list[Choice]:
    here = getattr(wanted, name)
    return [
        Choice(key, text, counts.get(key, 0), wanted.query(**{name: "" if key == here else key}), key == here)
        for key, text in words.items()
        if counts.get(key, 0) or key == here
    ]


def _stages() -> dict[str, Any]:
    return {key: text or terms.NOT_ASSIGNED for key, text in asked.stages().items()}


def _picture(left: _Left, wanted: Wanted) -> Picture:
    by_both = left.by("watch", "month")
    months = sorted({month for _watch, month in by_both if month})[-MOST_MONTHS:]
    most = max((count for (_watch, month), count in by_both.items() if month in months), default=1)
    rows = []
    for key, words in terms.WATCHES.items():
        of_watch = {month: count for (watch, month), count in by_both.items() if watch == key}
        if not of_watch:
            continue
        is_here = wanted.watch == key
        href = wanted.query(watch="" if is_here else key, month="")
        whole = Choice(key, words, sum(of_watch.values()), href, is_here and not wanted.month)
        rows.append((whole, [_square(key, month, of_watch.get(month, 0), most, wanted) for month in months]))
    shown = sum(count for (_watch, month), count in by_both.items() if month in months)
    return Picture([_month_words(month, months) for month in months], rows, sum(by_both.values()) - shown)


def _square(watch: str, month: date, count: int, most: int, wanted: Wanted) -> Square:
    name = f"{month:%Y-%m}"
    is_here = (wanted.watch, wanted.month) == (watch, name)
    href = wanted.query(watch="" if is_here else watch, month="" if is_here else name)
    return Square(count, -(-count * SHADES // most) if count else 0, href, is_here)


def _month_words(month: date, months: Sequence[date]) -> tuple[str, str]:
    """Return a month in short and in full; the year stands with the first one and every January."""
    full = f"{month:%Y-%m}"
    short = said.month(month)
    if short.isdecimal():
        short = _("month {month}").format(month=short)
    return (f"{month:%Y} {short}" if month == months[0] or month.month == 1 else short), full
