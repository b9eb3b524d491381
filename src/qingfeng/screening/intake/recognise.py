"""Recognition: which table a sheet is, where its header lies, and which header is which column."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qingfeng.screening.errors import Problem
from qingfeng.screening.intake import headers as spelt
from qingfeng.screening.intake.evidence import knows_the_century
from qingfeng.screening.intake.headerrows import header_rows, joined_parts, mapped_rows
from qingfeng.screening.intake.mapping import did_you_mean
from qingfeng.screening.intake.scoring import Choice, Header, best_tables
from qingfeng.screening.intake.sheet import StagePlan
from qingfeng.screening.intake.unpivot import AMOUNT, ITEM, itemised, staged_items
from qingfeng.screening.normalise import Source, Typed, typed_row
from qingfeng.screening.tables import IDENTIFIERS, Column, tables

if TYPE_CHECKING:
    from qingfeng.screening.intake.mapping import FileMapping, Mappings
    from qingfeng.screening.intake.sheet import RawSheet

_DATES = ("day", "month", "instant")
_SHEET_UNIT = re.compile(r"(?:金额)?单位\s*[:：]\s*(?:人民币)?\s*(亿元|百万元|万元|千元|元)")


@dataclass(frozen=True)
class ColumnReading:
    """What one column of a sheet was taken for.

    Attributes:
        position: In the sheet, from 0.
        header: As read, two header rows joined with "_".
        table: Declared table, or "" if the header is on no list: dropped at the gate.
        column: Declared column, or "".
        score: What the header spoke for the table.
        why: One line for a person.
        factor: Decimal text that the numbers are multiplied with (10000 under 万元).
        form: See `qingfeng.screening.normalise.Source`.
        values: For an enum: value to further spellings, from a mapping.
    """

    position: int
    header: str
    table: str
    column: str
    score: float
    why: str
    factor: str = "1"
    form: str = ""
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """What a sheet was recognised as.

    Attributes:
        table: Main table, "" if the header fits none.
        score: Of the table.
        why: Lines for a person: the decision, then runners-up.
        columns: Every column of the sheet, in order, those that are dropped included.
        plan: How to stage it. A value of `plan.columns` is a column of the main table, or
            `invoice_line.item_name` for a column of its list.
        fingerprint: SHA-256 of table, columns, factors and formats: the same file read another
            way has another one.
        lines: The list table whose items the rows are (a line-level export, where a
            parent's values repeat on each of its lines), else "".
        sums: For a line-level export: column of the main table that is the sum over the rows
            of one parent, to the staged column that is summed. Other columns of the main table
            repeat. Empty where the file gives the parent's own amounts (an e-invoice).
        items: For a wide sheet: staged column to the item that its cells are; else empty. The rows
            are then read through `unpivot.unpivoted`.
        candidates: Tables that came near, with scores, best first.
    """

    table: str
    score: float
    why: tuple[str, ...]
    columns: tuple[ColumnReading, ...]
    plan: StagePlan
    fingerprint: str
    lines: str = ""
    sums: Mapping[str, str] = field(default_factory=dict)
    candidates: tuple[tuple[str, float], ...] = ()
    items: Mapping[str, str] = field(default_factory=dict)

    def given(self, table: str) -> str:
        """Return the declared columns that the sheet has for a table, as `,a,b,`."""
        names = [c.column for c in self.columns if c.table == table]
        names += [name for name in self.sums if table == self.table and name not in names]
        names += [ITEM] if self.items and table == self.table else []
        return "," + "".join(f"{name}," for name in dict.fromkeys(names))

    @property
    def dropped(self) -> tuple[ColumnReading, ...]:
        """Columns that are on no list."""
        return tuple(c for c in self.columns if not c.column)

    def typed(self, table: str, *, alias: str = "") -> dict[str, Typed]:
        """Return the SQL that reads the staged columns of the main table or of its list.

        Args:
            table: The main table, or the list that the rows are.
            alias: Of the staged relation, or "" for bare names.
        """
        prefix = "" if table == self.table else f"{table}."
        dot = f"{alias}." if alias else ""
        sources = {
            c.column: Source(f'{dot}"{prefix}{c.column}"', c.factor, c.form, c.values)
            for c in self.columns
            if c.table == table
        }
        if self.items and table == self.table:
            sources[ITEM] = Source(f'{dot}"{ITEM}"')
        return typed_row(tables()[table].columns, sources)


def recognise(sheet: RawSheet, mapping: Mappings) -> Reading:
    """Decide what a sheet is.

    Args:
        sheet: Its preview is looked at, never the whole.
        mapping: What people said; it overrules what is recognised.

    Returns:
        A reading; its table is "" if the header fits none, and then it says what came near.

    Raises:
        Problem: If a mapping names a header or row that the sheet does not have.
    """
    told, rows = _told(sheet, mapping)
    if not rows:
        return _nothing(sheet, ("No row among the first looks like a header.",), ())
    found = _headers(sheet, rows)
    only = told.table if told else sheet.table
    choices = best_tables(found, only=only, hints=_hints(sheet), fixed=_fixed(found, told))
    if told:
        mapping.note(told, [_cells(sheet, row) for row in rows])
    if not choices or (not only and not choices[0].convincing):
        return _nothing(
            sheet, _why_not(found, choices), tuple((c.table, round(c.score, 2)) for c in choices[:3])
        )
    return _reading(sheet, rows, found, choices, told)


def _told(sheet: RawSheet, mapping: Mappings) -> tuple[FileMapping | None, tuple[int, ...]]:
    """Return the mapping for a sheet, and its header rows (as a person counts)."""
    told = mapping.for_sheet(sheet)
    if told is not None:
        rows = told.header_rows or mapped_rows(sheet, (*told.columns, *told.items)) or header_rows(sheet)
        known = [number for number, _ in sheet.preview]
        missing = [row for row in rows if row not in known]
        if missing or not rows:
            row = missing[0] if missing else "?"
            raise Problem(
                f"The mapping takes row {row} for the header; the sheet has no such row"
                f" among its first {len(known)}.",
                where=f"{told.where} for {sheet.source.path}",
                then="Correct header_row; rows are counted from 1, blank ones included.",
            )
        return told, rows
    for at, (number, _) in enumerate(sheet.preview):
        for count in mapping.remembers:
            block = sheet.preview[at : at + count]
            remembered = mapping.for_headers([cells for _, cells in block])
            if remembered is not None:
                return remembered, tuple(range(number, number + count))
    return None, header_rows(sheet)


def _cells(sheet: RawSheet, row: int) -> tuple[str, ...]:
    return next((cells for number, cells in sheet.preview if number == row), ())


def _headers(sheet: RawSheet, rows: tuple[int, ...]) -> tuple[Header, ...]:
    """Return the sheet's headers with the values under them."""
    cells = [_cells(sheet, row) for row in rows]
    parts: list[tuple[str, ...]] = [(cell.strip(),) for cell in cells[0]]
    for lower in cells[1:]:
        parts = joined_parts(["_".join(p for p in part if p) for part in parts], lower)
    data = [row for number, row in sheet.preview if number > rows[-1]]
    return tuple(
        Header(
            position=position,
            text="_".join(cell for cell in part if cell),
            values=tuple(row[position] for row in data if position < len(row)),
        )
        for position, part in enumerate(parts)
        if any(part)
    )


def _hints(sheet: RawSheet) -> str:
    return spelt.fold(sheet.source.path.rpartition("/")[2] + " " + (sheet.sheet or ""))


def _fixed(found: Sequence[Header], told: FileMapping | None) -> dict[int, str]:
    """Return position to column as a mapping says it."""
    if told is None:
        return {}
    positions = {spelt.fold(header.text): header.position for header in reversed(found)}
    fixed = {}
    for header in (*told.columns, *told.items, *told.units):
        if spelt.fold(header) not in positions:
            raise Problem(
                f"The mapping names a header “{header}” that the sheet does not have.",
                where=f"{told.where} for {told.path or 'a remembered header'}",
                then=did_you_mean(header, [h.text for h in found]),
            )
        if header in told.columns:
            fixed[positions[spelt.fold(header)]] = told.columns[header]
        elif header in told.items:
            fixed[positions[spelt.fold(header)]] = AMOUNT
    return fixed


def _why_not(found: Sequence[Header], choices: Sequence[Choice]) -> tuple[str, ...]:
    seen = "、".join(header.text for header in found[:12])
    if not choices:
        return (f"No table knows any of these headers: {seen}.",)
    near = "; ".join(f"{c.table} ({tables()[c.table].term}, {c.score:.1f})" for c in choices[:3])
    return (
        f"The headers speak for no table clearly: {seen}.",
        f"Did you mean {near}? Say so in mapping.toml (docs/mapping.md).",
    )


def _nothing(sheet: RawSheet, why: tuple[str, ...], candidates: tuple[tuple[str, float], ...]) -> Reading:
    del sheet
    return Reading("", 0.0, why, (), StagePlan(0, 0, {}), "", candidates=candidates)


def _reading(
    sheet: RawSheet,
    rows: tuple[int, ...],
    found: Sequence[Header],
    choices: Sequence[Choice],
    told: FileMapping | None,
) -> Reading:
    choice = choices[0]
    sheet_unit = _sheet_unit(sheet, rows[0])
    century = _century(sheet, rows, found, choice)
    columns = tuple(_column(header, choice, told, sheet_unit, century=century) for header in found)
    staged = {}
    if told and told.items:
        columns = itemised(columns, choice.table, told)
        staged = staged_items(columns)
    plan = StagePlan(
        header_from=rows[0],
        header_to=rows[-1],
        columns={c.position: _staged_name(c, choice.table) for c in columns if c.column} | staged,
        identifiers={
            _staged_name(c, choice.table): tables()[c.table].columns[c.column].type
            for c in columns
            if c.column and tables()[c.table].columns[c.column].type in IDENTIFIERS
        },
        headers={header.position: header.text for header in found},
    )
    return Reading(
        table=choice.table,
        score=round(choice.score, 2),
        why=_why(choice, choices[1:], told, sheet_unit, rows),
        columns=columns,
        plan=plan,
        fingerprint=_fingerprint(choice, columns, wide=bool(staged)),
        lines=choice.lines,
        sums=choice.sums,
        candidates=tuple((c.table, round(c.score, 2)) for c in choices[1:4]),
        items={staged[c.position]: c.header for c in columns if c.position in staged},
    )


def _staged_name(column: ColumnReading, main: str) -> str:
    return column.column if column.table == main else f"{column.table}.{column.column}"


def _column(
    header: Header, choice: Choice, told: FileMapping | None, sheet_unit: str, *, century: bool
) -> ColumnReading:
    match = choice.columns.get(header.position)
    if match is None:
        why = choice.refused.get(header.position) or _unknown(header.text, choice.table)
        return ColumnReading(header.position, header.text, "", "", 0.0, why)
    column = tables()[match.table].columns[match.column]
    unit, why = spelt.unit_of(header.text), match.why
    if told:
        named = {spelt.fold(name): value for name, value in told.units.items()}
        unit = named.get(spelt.fold(header.text), unit)
    if not unit and sheet_unit and column.type == "money":
        unit = sheet_unit
    factor = spelt.factor(unit, column.type)
    if factor != "1":
        why += f"; in {unit}, times {factor}"
    return ColumnReading(
        header.position,
        header.text,
        match.table,
        match.column,
        round(match.score, 2),
        why,
        factor,
        _form(header, column, told, century=century),
        told.values.get(match.column, {}) if told else {},
    )


def _form(header: Header, column: Column, told: FileMapping | None, *, century: bool) -> str:
    if told and told.form(column):
        return told.form(column)
    if column.type in ("lon", "lat"):
        folded = spelt.fold(header.text)
        if re.search(r"gcj|火星|高德|腾讯", folded):
            return "GCJ-02"
        return "BD-09" if re.search(r"bd-?09|百度", folded) else ""
    return "years" if century and column.type in _DATES else ""


def _unknown(text: str, table: str) -> str:
    known = [spelling for column in tables()[table].columns.values() for spelling in column.headers]
    near = did_you_mean(spelt.forms(text)[0] if spelt.forms(text) else text, known)
    near = near if near.startswith("Did") else ""
    return f"on no list of {table}: dropped at the gate. {near}".strip()


def _sheet_unit(sheet: RawSheet, header_row: int) -> str:
    for number, cells in sheet.preview:
        match = _SHEET_UNIT.search(" ".join(cells)) if number < header_row else None
        if match:
            return match[1]
    return ""


def _century(sheet: RawSheet, rows: tuple[int, ...], found: Sequence[Header], choice: Choice) -> bool:
    """Whether years of two digits are known by their neighbours or by the title."""
    title = " ".join(cell for number, cells in sheet.preview if number < rows[0] for cell in cells)
    if re.search(r"20\d{2}\s*年", title):
        return True
    dates = [
        header.values
        for header in found
        if (m := choice.columns.get(header.position)) and tables()[m.table].columns[m.column].type in _DATES
    ]
    return any(knows_the_century(values) for values in dates)


def _why(
    choice: Choice,
    others: Sequence[Choice],
    told: FileMapping | None,
    sheet_unit: str,
    rows: tuple[int, ...],
) -> tuple[str, ...]:
    table = tables()[choice.table]
    who = f"{told.where} says so" if told else f"score {choice.score:.1f}"
    where = f"row {rows[0]}" if len(rows) == 1 else f"rows {rows[0]} to {rows[-1]}"
    lines = [f"{table.name} ({table.term}): {who}; header in {where}."]
    lines += [choice.note] if choice.note else []
    if told and told.items:
        lines.append(f"Each filled cell of {'、'.join(told.items)} is a row, and counted as one.")
    lines += [f"A note above the header gives amounts in {sheet_unit}."] if sheet_unit else []
    if others:
        near = ", ".join(f"{c.table} {c.score:.1f}" for c in others[:3])
        lines.append(f"Runners-up: {near}.")
    return tuple(lines)


def _fingerprint(choice: Choice, columns: Sequence[ColumnReading], *, wide: bool) -> str:
    told: list[object] = [choice.table, choice.lines, sorted(choice.sums.items())]
    told += ["items"] if wide else []
    told += [
        [c.header, c.table, c.column, c.factor, c.form, sorted((k, list(v)) for k, v in c.values.items())]
        for c in columns
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()
