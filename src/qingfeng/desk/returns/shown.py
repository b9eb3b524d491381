"""A counted return as its page shows it: cells with the addresses of their rows, what may be done next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from qingfeng.desk.returns import computing
from qingfeng.desk.returns.grid import Column, Grid, Line, in_words, values_at
from qingfeng.desk.returns.measures import Values
from qingfeng.desk.returns.models import Edition
from qingfeng.desk.returns.scope import Scope
from qingfeng.desk.returns.seeing import Seen
from qingfeng.organization.viewer import Viewer


@dataclass(frozen=True)
class Cell:
    """A cell: how it is read, under which head, where its rows are, whether it is hidden."""

    words: str
    label: str
    href: str = ""
    is_hidden: bool = False


@dataclass(frozen=True)
class Row:
    """A line of the page."""

    title: str
    unit: str
    says: str
    is_part: bool
    cells: Sequence[Cell]


def address(edition: Edition, name: str = "edition", **more: Any) -> str:
    """Return the address of an edition, or of a page below it."""
    return reverse(f"desk:return_{name}", kwargs={"key": edition.key, "edition": edition.slug, **more})


def rows_of(edition: Edition, seen: Seen) -> list[Row]:
    """Return the lines as a page draws them."""
    return [
        Row(line.title, line.unit, _says(line), line.is_part, _cells(edition, seen, line))
        for line in seen.grid.lines
    ]


def _says(line: Line) -> str:
    if line.is_part:
        return ""
    return str(line.measure.says) if line.measure else _("Share in per cent of one line in another.")


def _cells(edition: Edition, seen: Seen, line: Line) -> list[Cell]:
    found = []
    for column in seen.grid.columns:
        spot, label = (line.key, column.key), f"{column.over} {column.title}".strip()
        if spot in seen.hidden:
            found.append(Cell("*", label, is_hidden=True))
            continue
        cell = seen.grid.cell(*spot)
        opens = line.measure is not None and bool(cell.value) and seen.mode != "outside"
        asked = urlencode({"row": line.key[0], "part": line.key[1], "column": column.key})
        href = f"{address(edition, 'rows')}?{asked}" if opens else ""
        found.append(Cell(in_words(cell, line), label, href))
    return found


def overs(grid: Grid) -> list[tuple[str, int]]:
    """Return the heads above with how many columns each spans; empty where there are none."""
    found = [(over, len(list(group))) for over, group in groupby(column.over for column in grid.columns)]
    return found if any(over for over, _n in found) else []


@dataclass(frozen=True)
class Behind:
    """The rows behind a number: a query of matters, deadlines, acts or leads, and the number as it stands."""

    title: str
    words: str
    query: Any
    counted: float | None
    day: str


def behind(
    viewer: Viewer, edition: Edition, seen: Seen, *, row: str, part: str, column: str
) -> Behind | None:
    """Return the rows behind a cell as far as a viewer may know of them; None for what has no such cell."""
    line, head = seen.grid.line((row, part)), seen.grid.column(column)
    if line is None or head is None or line.measure is None or (line.key, column) in seen.hidden:
        return None
    measure, said = line.measure, computing.said_of(edition)
    by, values = _asked(line, head, said.split)
    if any(measure.dimension(key) is None for key in by):
        return None
    question = next(
        one
        for one in computing.questions(said, edition.since, edition.until)
        if one.measure.key == measure.key and one.which == head.which
    )
    scope: Scope = computing.scope_of(edition, viewer=viewer)
    scope = computing.at(scope, question, is_whole=measure.is_whole(by))
    query = measure.rows(scope, by, values)
    if query is None:
        return None
    cell = seen.grid.cell(line.key, column)
    counted = cell.of if measure.kind in {"sum", "median", "share"} else cell.value
    title = f"{line.row.title or measure.title} · {head.title}"
    title += f" · {line.title}" if line.is_part else ""
    return Behind(title, in_words(cell, line), query, counted, "at")


def _asked(line: Line, column: Column, split: str) -> tuple[Values, Values]:
    given = values_at(line) | ({split: column.value} if column.value is not None else {})
    return tuple(given), tuple(given.values())
