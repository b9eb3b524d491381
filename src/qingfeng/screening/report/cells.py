"""The cells of the rows that leads name, with the words a clerk knows them by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from qingfeng.screening.run.evidence import Place, cited_rows
from qingfeng.screening.tables import IDENTIFIERS, tables

if TYPE_CHECKING:
    import duckdb

    from qingfeng.screening.lake import Snapshot


@dataclass(frozen=True)
class Cell:
    """One cell of an evidence row.

    Attributes:
        column: Stored column.
        label: The header that offices write, first spelling of the declaration.
        text: The value as shown; identifiers as their last four characters.
        is_number: Whether it is set to the right.
    """

    column: str
    label: str
    text: str
    is_number: bool


def evidence_cells(
    con: duckdb.DuckDBPyConnection, snapshot: Snapshot, evidence: Iterable[Mapping[str, Any]]
) -> dict[Place, list[Cell]]:
    """Return the cells of evidence rows by (table, file, sheet, row).

    Args:
        con: A connection that may read the lake.
        snapshot: The snapshot that the evidence was found in.
        evidence: Entries of `leads.jsonl`: table, file, sheet, row.
    """
    return {place: _cells(place[0], row) for place, row in cited_rows(con, snapshot, evidence).items()}


def _cells(table: str, row: Mapping[str, Any]) -> list[Cell]:
    cells = []
    for column in tables()[table].columns.values():
        label = column.headers[0] if column.headers else column.name
        if column.type in IDENTIFIERS:
            tail = row.get(f"{column.name}_last4")
            cells.append(Cell(f"{column.name}_h", label, f"尾号 {tail}" if tail else "", is_number=False))
            continue
        name = f"{column.name}_norm" if column.type in ("plate", "letter_no") else column.name
        value = row.get(f"{column.name}_raw") if row.get(name) is None else row.get(name)
        if column.stored():
            cells.append(Cell(name, label, shown(value), isinstance(value, Decimal | int | float)))
    return [cell for cell in cells if cell.text]


def shown(value: object) -> str:
    """Return a value as a person reads it: thousands, no midnight, yes and no."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if (value.hour, value.minute) == (0, 0) else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, Decimal):
        return f"{value:,f}" if -value.as_tuple().exponent <= 2 else f"{value.normalize():,f}"  # type: ignore[operator]
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return str(value)
