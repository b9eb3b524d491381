"""The heat table of two dimensions: what was verified, how it compares, what is hidden, what nobody saw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.desk.prone import words
from qingfeng.desk.prone.asked import Asked
from qingfeng.findings.prone.cells import Cell, Table
from qingfeng.look import sheets
from qingfeng.plain.suppression import TOTAL

SHADES = (0.8, 1.2, 1.5, 2.0)  # from so many times the common rate on, a darker shade
HIDDEN, UNSEEN = "*", "○"
MOST_ROWS, MOST_COLUMNS = 60, 24


@dataclass(frozen=True)
class Square:
    """One cell of the table.

    Attributes:
        text: What stands in it.
        shade: 0 to 5; 0 where nothing can be said.
        says: The same in words, for a reader and on touching it.
        href: The leads behind it.
        is_out: Whether it stands out.
        is_unseen: Whether nobody looked.
    """

    text: str
    shade: int = 0
    says: str = ""
    href: str = ""
    is_out: bool = False
    is_unseen: bool = False


@dataclass(frozen=True)
class Heat:
    """The table: heads, rows of squares with their sum, sums of the columns."""

    title: str
    head: str
    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Square], Square]]
    feet: Sequence[Square]
    whole: Square
    left_out: int
    signed: str


def heat(asked: Asked, found: Table) -> Heat:
    """Lay the cells of a table out."""
    down, across = (list(found.axes[name]) for name in asked.by)
    rows_left = max(0, len(down) - MOST_ROWS)
    down, across = down[:MOST_ROWS], across[-MOST_COLUMNS:]
    rows = [
        (
            words.value_name(asked.by[0], row),
            [_square(asked, found.by_key.get((row, column))) for column in across],
            _sum(asked, found, (row, TOTAL)),
        )
        for row in down
    ]
    feet = [_sum(asked, found, (TOTAL, column)) for column in across]
    title = _("%(rows)s × %(columns)s") % {
        "rows": words.DIMENSIONS[asked.by[0]],
        "columns": words.DIMENSIONS[asked.by[1]],
    }
    heads = [words.value_name(asked.by[1], column) for column in across]
    head, whole = str(words.DIMENSIONS[asked.by[0]]), _sum(asked, found, (TOTAL, TOTAL))
    return Heat(title, head, heads, rows, feet, whole, rows_left, _signed(title, head, heads, rows))


def _square(asked: Asked, cell: Cell | None) -> Square:
    if cell is None or (cell.is_unseen and not cell.is_hidden and not cell.raw):
        return Square(UNSEEN, says=_("never looked at: no problem found says nothing"), is_unseen=True)
    if cell.is_hidden:
        return Square(HIDDEN, says=_("hidden: too small, about one person, or beside such a cell"))
    known = cell.believed
    says = [
        _("%(verified)s verified, %(raw)s found") % {"verified": cell.verified, "raw": cell.raw},
        words.exposure(cell.exposure, cell.counts) if cell.counts != "expected" else "",
        _("%(ratio)s times the common rate") % {"ratio": words.between(known.mean, known.low, known.high)}
        if known
        else "",
    ]
    return Square(
        str(cell.verified),
        1 + sum(known.mean >= one for one in SHADES) if known else 0,
        " · ".join(one for one in says if one),
        asked.rows_at("verified", asked.by, cell.key) if cell.verified else "",
        cell.stands_out,
    )


def _sum(asked: Asked, found: Table, key: tuple[str, str]) -> Square:
    """Return what was verified in a row, a column or all of it."""
    if key in found.hidden:
        return Square(HIDDEN, says=_("hidden: too small, about one person, or beside such a cell"))
    inside = [
        one
        for one in found.cells
        if all(part in (TOTAL, own) for part, own in zip(key, one.key, strict=True))
    ]
    count = sum(one.verified for one in inside)
    return Square(str(count), href=asked.rows_at("verified", asked.by, key) if count else "")


def _signed(title: str, head: str, heads: list[str], rows: Sequence[Any]) -> str:
    """Return the table for the file buttons; what is hidden or was not looked at is said in it."""
    said = {UNSEEN: pgettext("prone areas", "never looked at"), HIDDEN: pgettext("prone areas", "hidden")}

    def value(square: Square) -> str | int:
        return said.get(square.text) or int(square.text)

    lines: list[list[Any]] = [
        [name, *(value(one) for one in squares), value(total)] for name, squares, total in rows
    ]
    columns = [head, *heads, pgettext("prone areas", "All")]
    note = _(
        "Verified leads, whole or in part. Cells with fewer than 5 exposed, and beside them, are hidden."
    )
    return sheets.packed(sheets.Sheet(title, columns, lines, note))
