"""The rows of a lead as a page shows them: under each finding side by side, the cells that matter marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from qingfeng.desk.leads import rulebook, terms
from qingfeng.findings.evidence import Row, heading
from qingfeng.findings.models import Lead, LeadFinding
from qingfeng.look import said
from qingfeng.screening.tables import tables

SIDE_BY_SIDE = 4  # more rows of a finding stand below each other, as a table
MOST_COLUMNS = 6
MOST_VALUES = 3  # of a parameter that is a list; the rule's own page has all
MONEY = frozenset({"money", "price"})
NUMBERS = frozenset({"litres", "km", "minutes", "number", "engine", "ratio", "integer"})


@dataclass(frozen=True)
class Cell:
    """A cell in words; `is_hit` where the rule weighs it."""

    head: str
    words: str
    is_hit: bool
    is_number: bool


@dataclass(frozen=True)
class Card:
    """One row: where it stands, the cells that the rule weighs, and the rest."""

    row: Row
    name: str
    hits: list[Cell]
    rest: list[Cell]

    @property
    def source(self) -> str:
        """File, sheet and row as a person finds them."""
        return source_of(self.row)


@dataclass(frozen=True)
class Grid:
    """Several rows of one kind as a table.

    Attributes:
        name: Of the kind.
        heads: (words, whether numbers stand below).
        rows: (where in short, the file in full, cells; None where a row has none).
    """

    name: str
    heads: list[tuple[str, bool]]
    rows: list[tuple[str, str, list[Cell | None]]]


@dataclass(frozen=True)
class Finding:
    """A finding with its rows: cards where they are few, tables where they are many."""

    finding: LeadFinding
    cards: list[Card]
    grids: list[Grid]

    @property
    def params(self) -> list[tuple[str, str]]:
        """Parameters that were in force, in words."""
        return [(name, param_words(value)) for name, value in self.finding.params.items()]


def source_of(row: Row) -> str:
    """Return where a row stands: file, sheet, number."""
    return " · ".join(part for part in (row.file, row.sheet or "", _row_words(row.row)) if part)


def _short(row: Row) -> str:
    """Return where a row stands, with the name of its file alone."""
    return " · ".join(part for part in (row.file.rpartition("/")[2], row.sheet or "", str(row.row)) if part)


def _row_words(number: int) -> str:
    return f"第 {number} 行" if terms.is_chinese() else f"row {number}"


def param_words(value: Any) -> str:
    """Return a parameter as a person reads it; where it changed with the law, each value with its day."""
    if isinstance(value, list):
        parts = [f"{one.get('value')} ({one.get('from')}, {one.get('basis')})" if isinstance(one, Mapping)
                 else str(one) for one in value]  # fmt: skip
        more = f" … ({len(parts)})" if len(parts) > MOST_VALUES else ""
        return "; ".join(parts[:MOST_VALUES]) + more
    return str(value)


def rule_param_words(value: Any) -> str:
    """Return a parameter of a rule as a person reads it, every dated value with its first day and basis."""
    if isinstance(value, tuple):
        return "; ".join(f"{one.value} ({one.from_}, {one.basis})" for one in value)
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def fact_name(fact: str) -> str:
    """Return what a fact of a finding is called: the header of the column of that name, its own name else."""
    for name, table in tables().items():
        if fact in table.columns:
            return heading(name, fact)
    return fact


def findings_of(lead: Lead, rows: Sequence[Row]) -> list[Finding]:
    """Return the findings that some rows belong to, in the lead's order."""
    places = sorted({place for row in rows for place in row.findings})
    known = {one.place: one for one in lead.findings.filter(place__in=places)}
    return [
        _finding(known[place], [row for row in rows if place in row.findings])
        for place in places
        if place in known
    ]


def _finding(finding: LeadFinding, rows: list[Row]) -> Finding:
    weighed = marked(finding)
    if len(rows) <= SIDE_BY_SIDE:
        return Finding(finding, [_card(row, weighed) for row in rows], [])
    kinds = list(dict.fromkeys(row.table for row in rows))
    grids = [_grid(kind, [row for row in rows if row.table == kind], weighed) for kind in kinds]
    return Finding(finding, [], grids)


def marked(finding: LeadFinding) -> frozenset[str]:
    """Return the cells that matter as "table.column": what the rule weighs and its sentence says, and when.

    Where the sentence says none of them, everything that the rule weighs matters.
    """
    weighed = rulebook.weighed(finding.rule, finding.version)
    said_so = {one for one in weighed if one.partition(".")[2] in finding.facts}
    when = {one for one in weighed if _is_time(*one.split(".", 1))}
    return frozenset(said_so | when) if said_so else weighed


def _is_time(table: str, column: str) -> bool:
    return table in tables() and tables()[table].time == column


def _card(row: Row, weighed: frozenset[str]) -> Card:
    cells = [_cell(row, name, weighed) for name in row.cells if not name.endswith("_class")]
    return Card(
        row,
        terms.table_name(row.table),
        [cell for cell in cells if cell.is_hit],
        [cell for cell in cells if not cell.is_hit],
    )


def _cell(row: Row, column: str, weighed: frozenset[str]) -> Cell:
    kind = _kind(row.table, column)
    words = cell_words(kind, row.cells[column])
    return Cell(
        heading(row.table, column), words, f"{row.table}.{column}" in weighed, kind in MONEY | NUMBERS
    )


def _grid(table: str, rows: list[Row], weighed: frozenset[str]) -> Grid:
    every = list(dict.fromkeys(name for row in rows for name in row.cells))
    shown = sorted(
        sorted(every, key=lambda name: _place(table, name, weighed))[:MOST_COLUMNS], key=every.index
    )
    return Grid(
        terms.table_name(table),
        [(heading(table, name), _kind(table, name) in MONEY | NUMBERS) for name in shown],
        [
            (
                _short(row),
                row.file,
                [_cell(row, name, weighed) if name in row.cells else None for name in shown],
            )
            for row in rows
        ],
    )


def _place(table: str, column: str, weighed: frozenset[str]) -> tuple[bool, bool, bool, bool]:
    """Return how early a column finds room: what matters, time, money, then text; ids and offices last."""
    kind = _kind(table, column)
    return (
        f"{table}.{column}" not in weighed,
        not _is_time(table, column),
        kind not in MONEY,
        kind in {"", "unit", "plate", "code", "card", "id_number"} or column.endswith("_class"),
    )


def _kind(table: str, column: str) -> str:
    """Return the declared type of a stored column, "" for one that intake worked out."""
    for declared in tables()[table].columns.values() if table in tables() else ():
        if column in {name for name, _type in declared.stored()}:
            return declared.type
    return ""


def cell_words(kind: str, value: object) -> str:
    """Return a value as a person reads it: thousands, no midnight, yes and no."""
    if isinstance(value, bool):
        return ("是" if value else "否") if terms.is_chinese() else ("yes" if value else "no")
    text = str(value)
    if kind in MONEY:
        return said.amount(text)
    if kind in NUMBERS:
        try:
            return said.number(f"{Decimal(text).normalize():f}")
        except InvalidOperation:
            return text
    if kind == "instant":
        return text.removesuffix(" 00:00:00").removesuffix(":00") if text.count(":") == 2 else text
    return text
