"""What a correction changes: every number that is another than in the edition before, and why."""

from __future__ import annotations

from dataclasses import dataclass

from qingfeng.desk.returns import computing
from qingfeng.desk.returns.grid import NOTHING, Grid, Line, in_words, laid_out
from qingfeng.desk.returns.models import Edition


@dataclass(frozen=True)
class Difference:
    """One number that changed: where it stands, how it was and is, in words, and why."""

    spot: str
    line: str
    column: str
    was: str
    now: str
    why: str


def grid_of(edition: Edition) -> Grid:
    """Return the stored table of an edition."""
    said = computing.said_of(edition)
    return laid_out(said, computing.answers_of(edition), edition.since, edition.until)


def differences(edition: Edition, before: Edition) -> list[Difference]:
    """Return what is other than in the edition before, line by line; for who sees the stored numbers."""
    now, was = grid_of(edition), grid_of(before)
    lines: dict[tuple[str, str], tuple[Line, str]] = {}
    for grid in (was, now):
        head = ""
        for line in grid.lines:
            head = head if line.is_part else line.title
            lines[line.key] = (line, f"{head} · {line.title}" if line.is_part else line.title)
    columns = {column.key: column.title for grid in (was, now) for column in grid.columns}
    found = []
    for key, (line, words) in lines.items():
        for column, title in columns.items():
            first, second = was.cells.get((key, column), NOTHING), now.cells.get((key, column), NOTHING)
            if first == second:
                continue
            spot = "|".join((*key, column))
            told = (in_words(first, line), in_words(second, line))
            found.append(Difference(spot, words, title, *told, edition.differences.get(spot, "")))
    return found
