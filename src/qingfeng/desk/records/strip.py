"""A strip of months: one line a table or unit, one square a month, darker with more rows; and its table."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from qingfeng.look.sheets import Sheet, packed

SHADES = 4


@dataclass(frozen=True)
class Square:
    """One month of one line.

    Attributes:
        month: "2026-03".
        rows: How many.
        shade: 0 for none, to 4 for the most, on a scale of tens.
    """

    month: str
    rows: int
    shade: int


@dataclass(frozen=True)
class Strip:
    """Lines of months.

    Attributes:
        months: Every month from the first to the last, at most as many as asked, the newest.
        lines: (name, squares, rows over all months) in order.
        earlier: Rows before the first month that is shown.
    """

    months: tuple[str, ...]
    lines: tuple[tuple[str, tuple[Square, ...], int], ...]
    earlier: int = 0

    @property
    def years(self) -> list[tuple[str, int]]:
        """Years over the months: (year, months of it)."""
        found: dict[str, int] = {}
        for month in self.months:
            found[month[:4]] = found.get(month[:4], 0) + 1
        return list(found.items())

    @property
    def signed(self) -> str:
        """The figures for the file buttons."""
        heads = [_("Name"), *self.months, _("All")]
        rows: list[list[str | int | float | None]] = [
            [name, *(square.rows for square in squares), total] for name, squares, total in self.lines
        ]
        return packed(Sheet(_("Rows by month"), heads, rows, ""))


def strip_of(held: Mapping[str, Mapping[str, int]], *, most: int) -> Strip:
    """Return lines of months.

    Args:
        held: Name to month ("2026-03", "" for none) to rows.
        most: Months shown at most, the newest.
    """
    known = sorted({month for months in held.values() for month in months if month})
    if not known:
        return Strip((), ())
    months = tuple(_between(known[0], known[-1]))[-most:]
    fullest = max(
        (rows for one in held.values() for month, rows in one.items() if month in months), default=1
    )
    lines = tuple(
        (
            name,
            tuple(Square(month, one.get(month, 0), _shade(one.get(month, 0), fullest)) for month in months),
            sum(one.values()),
        )
        for name, one in held.items()
    )
    earlier = sum(rows for one in held.values() for month, rows in one.items() if month and month < months[0])
    return Strip(months, lines, earlier)


def _between(first: str, last: str) -> list[str]:
    year, month = map(int, first.split("-"))
    found = []
    while f"{year:04d}-{month:02d}" <= last:
        found.append(f"{year:04d}-{month:02d}")
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return found


def _shade(rows: int, fullest: int) -> int:
    if not rows:
        return 0
    share = math.log1p(rows) / math.log1p(fullest)
    return max(1, min(SHADES, math.ceil(share * SHADES)))
