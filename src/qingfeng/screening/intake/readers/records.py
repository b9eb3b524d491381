"""Records of delimited text, read as leniently as a person would, with the line each starts on."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple

LONGEST_RECORD = 50  # lines over which a quoted cell may run
LONGEST_CELL = 4 << 20  # characters
DELIMITERS = ",\t;|"

csv.field_size_limit(LONGEST_CELL)


class Record(NamedTuple):
    """One record.

    Attributes:
        row: The line on which it starts, from 1.
        cells: As written, without quotes.
        whole: Whether every quotation mark was closed.
    """

    row: int
    cells: list[str]
    whole: bool = True


def records(lines: Iterable[str], delimiter: str, width: int = 0) -> Iterator[Record]:
    """Yield records; a blank line is a record with one empty cell.

    A quoted cell may hold line ends. A quotation mark that nothing closes is taken as
    a character of its cell, so that the records after it are not swallowed.

    Args:
        lines: With or without their line ends.
        delimiter: One of `DELIMITERS`.
        width: Cells that a record has; one over several lines must have as many. 0 if unknown.
    """
    source = _Lines(enumerate(lines, 1))
    while (at := source.next()) is not None:
        row, line = at
        if '"' not in line:
            yield Record(row, line.split(delimiter))
            continue
        cells = _cells(line, delimiter)
        if cells is None:
            cells = _over_lines(source, line, delimiter, width)
        yield Record(row, cells) if cells else Record(row, line.split(delimiter), whole=False)


class _Lines:
    """Lines that can be looked at before they are taken."""

    def __init__(self, numbered: Iterator[tuple[int, str]]) -> None:
        self.numbered = numbered
        self.ahead: deque[tuple[int, str]] = deque()

    def next(self) -> tuple[int, str] | None:
        """Take a line, without its end; None after the last."""
        if self.ahead:
            return self.ahead.popleft()
        at = next(self.numbered, None)
        return at and (at[0], at[1].rstrip("\r\n"))

    def peek(self, distance: int) -> str | None:
        """Look at a line; 0 is the one that comes next."""
        while len(self.ahead) <= distance:
            at = next(self.numbered, None)
            if at is None:
                return None
            self.ahead.append((at[0], at[1].rstrip("\r\n")))
        return self.ahead[distance][1]


def _over_lines(source: _Lines, line: str, delimiter: str, width: int) -> list[str] | None:
    """Return the cells of a record that goes on over the next lines and take those, or None."""
    text = line
    for distance in range(LONGEST_RECORD):
        follows = source.peek(distance)
        if follows is None:
            return None
        text += "\n" + follows
        cells = _cells(text, delimiter) if '"' in follows else None
        if cells is not None:
            if width and len(cells) != width:
                return None
            for _ in range(distance + 1):
                source.next()
            return cells
    return None


def sniff_delimiter(lines: list[str]) -> str:
    """Return the delimiter under which most lines have the same, and many, cells."""

    def score(delimiter: str) -> tuple[float, int]:
        widths = [len(record.cells) for record in records(lines, delimiter)]
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        agreeing = widths.count(usual) / len(widths) if widths else 0
        return (min(usual, 8) * agreeing if usual > 1 else 0, -DELIMITERS.index(delimiter))

    return max(DELIMITERS, key=score)


def _cells(text: str, delimiter: str) -> list[str] | None:
    """Return the cells of one record, or None if a quotation mark stays open."""
    try:
        return next(csv.reader([text], delimiter=delimiter, strict=True))
    except csv.Error as error:
        if "unexpected end" in str(error) or "new-line" in str(error):
            return None
        return next(csv.reader([text], delimiter=delimiter))
