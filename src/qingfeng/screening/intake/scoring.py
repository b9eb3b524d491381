"""Scoring: how strongly a sheet's headers and values speak for each declared table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from qingfeng.screening.intake import headers as spelt
from qingfeng.screening.intake.evidence import hopeless, plausible
from qingfeng.screening.tables import Table, tables

_KINDS = {"own": 1.0, "meaning": 0.8, "shared": 0.7}
_LEAST = 1.8  # below this a table is not recognised
_MARGIN = 1.1  # nor if the next one comes nearer than this
_LINES = re.compile(r"(?:明细|配件|货物|商品|项目清单)[^_]*_")  # a group of headers over a list's columns


@dataclass(frozen=True)
class Header:
    """One header of a sheet with the values under it in the preview."""

    position: int
    text: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Match:
    """A header taken for a column.

    Attributes:
        table: Declared table.
        column: Declared column.
        score: What it speaks for the table.
        fit: How well it fits the column, 0 to 1.2: the better header gets a column.
        why: One line for a person.
        order: Place of the spelling in the column's list.
        own: Whether the table itself lists the spelling.
    """

    table: str
    column: str
    score: float
    fit: float
    why: str
    order: int = 0
    own: bool = True


@dataclass(frozen=True)
class Choice:
    """One way to read a sheet.

    Attributes:
        table: Main table.
        score: Sum over its columns, with hints from the name.
        columns: Position to match.
        refused: Position to the reason why a known header is not taken.
        lines: The list table whose items the rows are, else "".
        sums: See `Reading.sums`.
        note: A line about lines and sums, or "".
        convincing: Whether the score is enough by itself.
    """

    table: str
    score: float
    columns: Mapping[int, Match]
    refused: Mapping[int, str] = field(default_factory=dict)
    lines: str = ""
    sums: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    convincing: bool = False


def best_tables(
    found: Sequence[Header], *, only: str = "", hints: str = "", fixed: Mapping[int, str] | None = None
) -> list[Choice]:
    """Return the tables that the headers speak for, best first.

    Args:
        found: The sheet's headers.
        only: The one table that counts (a format or a mapping says it), or "".
        hints: Folded name of file and sheet.
        fixed: Position to column as a mapping says it: `column`, `list.column`, or "" to drop.
    """
    choices = []
    for table in tables().values():
        if only and table.name != only:
            continue
        choice = _choice(table, found, fixed or {})
        if choice.columns:
            score = choice.score + (_hint(table, hints) if len(choice.columns) > 1 else 0)
            choices.append(replace(choice, score=score, convincing=score >= _LEAST and _speaks(choice)))
    choices.sort(key=lambda c: (-c.score, c.table))
    if len(choices) > 1 and choices[0].score < _MARGIN * choices[1].score:
        choices[0] = replace(choices[0], convincing=False)
    return choices


def _speaks(choice: Choice) -> bool:
    """Whether two columns match, one of them by a spelling that few tables list."""
    return len(choice.columns) > 1 and any(match.score >= 0.75 for match in choice.columns.values())


def _hint(table: Table, hints: str) -> float:
    if table.term in hints:
        return 1.5
    if table.term[:2] in hints or table.name in hints:
        return 0.7
    return 0.0


def _choice(table: Table, found: Sequence[Header], fixed: Mapping[int, str]) -> Choice:
    refused: dict[int, str] = {}
    free = [header for header in found if header.position not in fixed]
    columns = _assign(table, free, refused, taken=[name for name in fixed.values() if "." not in name])
    for position, name in fixed.items():
        owner, _, column = name.rpartition(".")
        if name:
            columns[position] = Match(owner or table.name, column, 1.0, 1.0, "the mapping says so")
        else:
            refused[position] = "the mapping drops it"
    choice = Choice(table.name, _total(table, columns, found), columns, refused)
    for child in tables().values():
        if child.parent == table.name and child.kind == "list":
            choice = _with_lines(choice, child, found, fixed)
    return choice


def _total(table: Table, columns: Mapping[int, Match], found: Sequence[Header]) -> float:
    score = sum(match.score for match in columns.values()) - 0.05 * (len(found) - len(columns))
    covered = len([match for match in columns.values() if match.own]) / len(table.columns)
    return score + (1.2 * covered if covered >= 0.6 else 0)


def _assign(
    table: Table, found: Sequence[Header], refused: dict[int, str], *, taken: Sequence[str] = ()
) -> dict[int, Match]:
    """Give each column the header that fits it best."""
    pairs: list[tuple[float, int, int, Match]] = []
    for header in found:
        grouped = _LINES.match(header.text) is not None
        if grouped and table.kind != "list":
            continue
        for form, spelling in spelt.meanings_of(header.text):
            if spelling.table != table.name or spelling.column in taken:
                continue
            match = _match(table, header, form, spelling)
            if match.fit > 0:
                pairs.append((-match.fit - grouped, spelling.order, header.position, match))
            else:
                refused.setdefault(header.position, match.why)
    columns: dict[int, Match] = {}
    used: dict[str, str] = {}
    for _, _, position, match in sorted(pairs, key=lambda pair: pair[:3]):
        if position in columns:
            continue
        if match.column in used:
            refused.setdefault(
                position, f"{match.column} is read from “{used[match.column]}” already: dropped."
            )
            continue
        columns[position] = match
        used[match.column] = next(header.text for header in found if header.position == position)
    return columns


def _match(table: Table, header: Header, form: str, spelling: spelt.Spelling) -> Match:
    column = table.columns[spelling.column]
    base, rivals = _KINDS[spelling.kind], spelt.rivals(form)
    score = 0.3 if spelling.kind != "own" else 0.35 + (1.6 if column.telling else 0.9) / rivals
    why = {
        "own": f"“{form}” is listed for {column.name}",
        "meaning": f"“{form}” is listed for {column.name} of another table",
        "shared": f"“{form}” is a header that any table may carry",
    }[spelling.kind]
    share, count = plausible(column, header.values)
    fit = base
    if share is not None:
        if form in spelt.doubtful() and share < 0.5:
            return Match(
                table.name,
                column.name,
                0.0,
                0.0,
                f"its values are no {column.name} of {table.name}: dropped.",
            )
        if hopeless(column, header.values):
            return Match(
                table.name,
                column.name,
                0.0,
                0.0,
                f"none of its values can be read as {column.name}: dropped.",
            )
        if column.type == "unit":
            return Match(table.name, column.name, 0.0, 0.0, "its values are units of measure: dropped.")
        fit *= 0.4 + 0.8 * share
        score *= 0.6 + 0.5 * share
        if column.type == "enum" and share > 0.5:
            score += 0.6
        why += f"; {share:.0%} of {count} values fit"
    return Match(table.name, column.name, score, fit, why, spelling.order, spelling.kind == "own")


def _with_lines(choice: Choice, child: Table, found: Sequence[Header], fixed: Mapping[int, str]) -> Choice:
    """Read the rows as lines of a parent, if the headers have enough of both."""
    mapped = {name.rpartition(".")[2] for name in fixed.values() if name.startswith(child.name + ".")}
    free = [header for header in found if header.position not in fixed]
    offered = _assign(child, free, {}, taken=tuple(mapped))
    parent = tables()[choice.table]
    fresh = {
        position: match
        for position, match in offered.items()
        if match.own
        and (position not in choice.columns or parent.columns[choice.columns[position].column].type == "list")
    }
    telling = [match for match in fresh.values() if child.columns[match.column].telling]
    if not mapped and (len(fresh) < 2 or not telling):
        return choice
    columns = dict(choice.columns) | fresh
    beyond = [p for p, match in choice.columns.items() if p not in offered and match.own and p not in fresh]
    if len(beyond) < 2 and not mapped:
        return choice
    named = {match.column for match in fresh.values()} | mapped
    for position, match in choice.columns.items():
        same = offered.get(position)
        if same is None or position in fresh or same.column in named or same.column != match.column:
            continue
        if parent.columns[match.column].type == "money":
            columns[position] = replace(same, why=same.why + "; each row is a line")
    columns, refused = _without_counter(choice, child, found, columns)
    sums = _sums(choice, child, columns)
    note = f"Each row is a line of {choice.table}: rows of one {choice.table} are gathered."
    if sums:
        note += f" Its {', '.join(sums)} are sums over the rows."
    return replace(
        choice,
        score=_total(parent, columns, found),
        columns=columns,
        refused={**choice.refused, **refused},
        lines=child.name,
        sums=sums,
        note=note,
    )


def _sums(choice: Choice, child: Table, columns: Mapping[int, Match]) -> dict[str, str]:
    """Return which amounts of the parent are sums over its lines: those that only the lines have."""
    parent = tables()[choice.table]
    main = {match.column for match in columns.values() if match.table == choice.table}
    lines = {match.column for match in columns.values() if match.table == child.name}
    moved = {m.column for p, m in columns.items() if m.table == child.name and p in choice.columns}
    sums = {
        name: f"{child.name}.{name}"
        for name, column in parent.columns.items()
        if column.type == "money"
        and name in lines
        and name not in main
        and (name in moved or name in child.columns)
    }
    return {**sums, "total": "total"} if sums and "total" in main else sums


def _without_counter(
    choice: Choice, child: Table, found: Sequence[Header], columns: dict[int, Match]
) -> tuple[dict[int, Match], dict[int, str]]:
    """Drop a line number that counts the export's rows instead of a parent's lines."""
    values = {header.position: header.values for header in found}
    keys = [
        p for p, match in columns.items() if match.table == choice.table and match.column in ("e_no", "no")
    ]
    for position, match in columns.items():
        if match.table != child.name or match.column != "line_no" or not keys:
            continue
        owners = list(zip(*(values[key] for key in keys), strict=False))
        numbers = values[position]
        starts = [n for n in range(1, min(len(owners), len(numbers))) if owners[n] != owners[n - 1]]
        if any(numbers[n].strip() not in ("", "1") for n in starts):
            rest = {p: m for p, m in columns.items() if p != position}
            return rest, {position: "it counts the rows of the export, not the lines of an invoice: dropped."}
    return columns, {}
