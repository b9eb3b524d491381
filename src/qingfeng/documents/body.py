r"""The body of a document: headings, paragraphs and tables, read from lines of text.

| a line that begins with | is |
|---|---|
| 一、 | a heading of the first level (黑体) |
| （一） | of the second (楷体); what follows its first full stop is plain text |
| 1. or 1． | of the third |
| （1） | of the fourth |
| `\|` | a row of a table; the first row is its head, `\|---\|` may follow it |
| anything else | a paragraph; an empty line ends nothing, since every line is one |

`\|` is a bar and `\\` a backslash that stand for themselves; values that are filled in are written so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LEVELS = (
    re.compile(r"[一二三四五六七八九十百]+、"),
    re.compile(r"[（(][一二三四五六七八九十百]+[)）]"),
    re.compile(r"\d{1,3}[.．](?!\d)"),
    re.compile(r"[（(]\d{1,3}[)）]"),
)
RUN_IN = 2  # the level whose heading may be followed by its text on the same line
RULE = re.compile(r"\|?[\s:|-]*-[\s:|-]*")
CELL = re.compile(r"(?:\\.|[^|\\])*")


@dataclass(frozen=True)
class Heading:
    """A numbered heading (层次标题).

    Attributes:
        level: 1 to 4.
        text: With its number.
        rest: Plain text that follows on the same line.
    """

    level: int
    text: str
    rest: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph (自然段)."""

    text: str


@dataclass(frozen=True)
class Table:
    """A table; every row has as many cells as the head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()


Block = Heading | Paragraph | Table


def read_body(text: str) -> tuple[Block, ...]:
    """Return the blocks of a text, in order. Any text can be read."""
    return tuple(_blocks(text.splitlines()))


def lines_of(body: Iterable[Block]) -> list[str]:
    """Return what the blocks say, a line a block or a row of a table, for searching and checking."""
    lines = []
    for block in body:
        match block:
            case Heading():
                lines.append(block.text + block.rest)
            case Paragraph():
                lines.append(block.text)
            case Table():
                lines += [" ".join(row) for row in (block.head, *block.rows)]
    return lines


def escaped(value: str) -> str:
    """Return a value so that `read_body` gives it back as it is, within one cell of a table too."""
    return value.replace("\\", "\\\\").replace("|", "\\|")


def unescaped(text: str) -> str:
    """Return a text without the backslashes of `escaped`."""
    return re.sub(r"\\(.)", r"\1", text)


def _blocks(lines: list[str]) -> Iterator[Block]:
    rows: list[tuple[str, ...]] = []
    for line in (*(line.strip() for line in lines), ""):
        if line.startswith("|"):
            if not (len(rows) == 1 and RULE.fullmatch(line)):
                rows.append(_cells(line))
            continue
        if rows:
            yield _table(rows)
            rows = []
        if line:
            yield _line(unescaped(line))


def _line(line: str) -> Block:
    for level, pattern in enumerate(LEVELS, start=1):
        if pattern.match(line):
            if level == RUN_IN and "。" in line[:-1]:
                text, rest = line.split("。", 1)
                return Heading(level, f"{text}。", rest)
            return Heading(level, line)
    return Paragraph(line)


def _cells(line: str) -> tuple[str, ...]:
    inside = line[1:]
    cells, at = [], 0
    while at <= len(inside):
        found = CELL.match(inside, at)
        end = found.end() if found else at
        cells.append(unescaped(inside[at:end].strip()))
        at = max(end, at) + 1
    return tuple(cells[:-1] if len(cells) > 1 and not cells[-1] else cells)


def _table(rows: list[tuple[str, ...]]) -> Table:
    width = max(len(row) for row in rows)
    even = [row + ("",) * (width - len(row)) for row in rows]
    return Table(even[0], tuple(even[1:]))
