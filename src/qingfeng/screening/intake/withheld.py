"""Other people's business: counted by reason, never written.

A parking, scenic or hotel row stays out unless its plate is in the register of
vehicles, its payer or approver is a rostered person, or a unit under supervision.
What the home has no register of cannot be told apart, so nothing is withheld for
want of it.

Law:
    个人信息保护法 Arts. 5, 6, 28; domain/rights.md rows 3 and 4
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import duckdb

from qingfeng.screening.intake.registers import Registers
from qingfeng.screening.intake.rows import SheetRows


@dataclass(frozen=True)
class Judgement:
    """Which rows of a private table come in.

    Attributes:
        keep: SQL over the staged rows (called `s`): the row comes in; "" if all do.
        withheld: Reason to rows.
        warnings: Registers that were wanting.
        unmatched: (column, spelling) to rows, of units that no register knows.
    """

    keep: str
    withheld: dict[str, int]
    warnings: tuple[str, ...]
    unmatched: dict[tuple[str, str], int] = field(default_factory=dict)


def judge(con: duckdb.DuckDBPyConnection, registers: Registers, sheet: SheetRows) -> Judgement:
    """Judge the rows of a sheet by the spellings that they have in common.

    Plates and payers are read once a spelling, not once a row: of a city's fifty
    million parking records most are strangers', and need not be read at all.
    """
    table = sheet.table
    if not table.private:
        return Judgement("", {}, ())
    touches = list(_touches(registers, sheet))
    warnings = _wanting(registers, sheet)
    if not any(known for _, _, known in touches):
        return Judgement("", {}, warnings)
    raw = [sheet.source(table.name, c) for c, _, _ in touches if c in sheet.have]
    unmatched: dict[tuple[str, str], int] = {}
    for column in (c for c, _, _ in touches if c in sheet.have and table.columns[c].type == "unit"):
        rows = f"(SELECT * FROM {sheet.staged} WHERE row_kind = 'data')"
        spelt = registers.meet(rows, sheet.typed[table.name, column].stored[column])
        unmatched |= {(column, spelling): count for spelling, count in spelt.items()}
    ours = " OR ".join(sql for _, sql, known in touches if known) or "FALSE"
    unknown = [
        f"{sheet.source(table.name, c)} IS NOT NULL"
        for c, _, known in touches
        if not known and c in sheet.have
    ]
    name = f"judged_{sheet.file_no}"
    listed = "".join(f"{column}, " for column in raw)
    grouped = f"SELECT {listed}count(*) AS n FROM {sheet.staged} WHERE row_kind = 'data'"
    grouped += " GROUP BY ALL" if raw else ""
    stays = " OR ".join([f"coalesce({ours}, FALSE)", *unknown])
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE {name} AS
        SELECT *, CASE WHEN {stays} THEN NULL ELSE {_reason(sheet)} END AS reason
        FROM ({grouped})
        """
    )
    counts = con.execute(
        f"SELECT reason, sum(n) FROM {name} WHERE reason IS NOT NULL AND n > 0 GROUP BY 1 ORDER BY 1"
    ).fetchall()
    same = " AND ".join(f"j.{r} IS NOT DISTINCT FROM s.{r}" for r in raw) or "TRUE"
    keep = f"EXISTS (SELECT 1 FROM {name} AS j WHERE j.reason IS NULL AND {same})"
    return Judgement(keep, {reason: int(rows) for reason, rows in counts}, warnings, unmatched)


def _touches(registers: Registers, sheet: SheetRows) -> Iterator[tuple[str, str, bool]]:
    """Yield (declared column, SQL of "it is one of ours", whether a register can say)."""
    table = sheet.table
    for column in table.columns.values():
        told = sheet.typed.get((table.name, column.name))
        if column.type == "plate":
            plate = told.stored[column.name + "_norm"] if told else "NULL"
            yield column.name, f"{plate} IN (SELECT plate FROM reg_plate)", "vehicle" in registers.has
        elif column.type == "unit":
            spelt = told.stored[column.name] if told else "NULL"
            unit = f"{spelt} IN (SELECT u.spelling FROM reg_unit AS u JOIN reg_ours AS o USING (unit_id))"
            person = f"{spelt} IN (SELECT name FROM roster)"
            yield (
                column.name,
                f"({unit} OR {person})",
                registers.units is not None and "person" in registers.has,
            )


def _wanting(registers: Registers, sheet: SheetRows) -> tuple[str, ...]:
    types = {column.type for column in sheet.table.columns.values()}
    asked = [("vehicle", "plate", "车辆登记"), ("unit", "unit", "单位名册"), ("person", "unit", "人员名册")]
    return tuple(
        f"The home has no register of {title} ({term}): "
        f"no row of {sheet.table.name} is withheld for want of it."
        for register, kind, term in asked
        if kind in types and register not in registers.has
        for title in ({"vehicle": "vehicles", "unit": "units", "person": "people"}[register],)
    )


def _reason(sheet: SheetRows) -> str:
    if any(column.type == "unit" for column in sheet.table.columns.values()):
        return "'nobody_of_ours'"
    if "plate" not in sheet.have:
        return "'no_plate'"
    plate = sheet.source(sheet.table.name, "plate")
    return f"CASE WHEN {plate} IS NULL THEN 'no_plate' ELSE 'plate_not_registered' END"
