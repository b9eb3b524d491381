"""The batch while it is worked on: what its sheets are, what it brings, what the lake has.

Everything is written once, typed, to a folder of the batch (`writing`); a clean file is
then only moved (`settling`). Only rows that are known, in doubt or somebody's own are
written again.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from qingfeng.screening.intake.account import Conflict, SheetAccount, Spelling
from qingfeng.screening.intake.duplicates import Found
from qingfeng.screening.intake.parquet import parquet_tree, write_rows
from qingfeng.screening.intake.recognise import Reading
from qingfeng.screening.intake.registers import Registers
from qingfeng.screening.intake.rejects import RejectFile
from qingfeng.screening.intake.sheet import RawSheet, Staged
from qingfeng.screening.lake import Batch, Snapshot
from qingfeng.screening.tables import Table, tables

SPELLINGS_SHOWN = 500


@dataclass
class Sheet:
    """One sheet of the batch.

    Attributes:
        raw: Where it can be read.
        reading: What it was recognised as.
        account: What is counted.
        file_no: Its number in the lake's register of sheets.
        staged: Its text, once it was staged.
        fingerprint: What decided about its rows.
        given: Lake table to the columns it had.
        written: Lake table to the folder with its typed rows.
        takes_over: File numbers whose rows it replaces, for they were read under another mapping.
    """

    raw: RawSheet
    reading: Reading
    account: SheetAccount
    file_no: int = 0
    staged: Staged | None = None
    fingerprint: str = ""
    given: dict[str, str] = field(default_factory=dict)
    written: dict[str, Path] = field(default_factory=dict)
    takes_over: frozenset[int] = frozenset()


@dataclass
class Incoming:
    """The batch while it is worked on, inside the lake's turn.

    Attributes:
        con: The connection; its temporary tables are the batch's memory.
        folder: Folder of its own for typed rows.
        batch: Where rows that come in are moved to.
        snapshot: The lake before it.
        registers: The registers of now.
        rejects: Where rejected cells go.
        taken_over: File numbers whose rows leave the lake.
        warnings: What a person should know.
        spellings: (table, column, spelling) to rows.
        conflicts: Rows in conflict, by table.
        conflicts_found: How many.
        found: What was found of duplicates, by table.
        arrived: Tables that got new rows.
        rewritten: Tables whose old rows lie in the batch, too, written anew.
    """

    con: duckdb.DuckDBPyConnection
    folder: Path
    batch: Batch
    snapshot: Snapshot
    registers: Registers
    rejects: RejectFile
    taken_over: frozenset[int] = frozenset()
    warnings: list[str] = field(default_factory=list)
    spellings: dict[tuple[str, str, str], int] = field(default_factory=dict)
    conflicts: list[tuple[str, str, tuple[str, ...], tuple[int, ...]]] = field(default_factory=list)
    conflicts_found: int = 0
    found: dict[str, Found] = field(default_factory=dict)
    arrived: set[str] = field(default_factory=set)
    rewritten: set[str] = field(default_factory=set)
    _moved: int = 0

    # Files of the batch.

    def write_again(self, sheet: Sheet, table: Table, select: str) -> None:
        """Write a sheet's rows of a table once more; what is left out is a duplicate."""
        before = sheet.written.pop(table.name)
        after = before.with_name(before.name + "-again")
        count = write_rows(self.con, select, after, table)
        lost = sheet.account.kept[table.name] - count
        sheet.account.kept[table.name] = count
        if table.name == sheet.account.counted:
            sheet.account.duplicates += lost
        shutil.rmtree(before)
        if count:
            sheet.written[table.name] = after

    def move(self, folder: Path, table: str) -> None:
        """Move Parquet files to the batch's folder of a table."""
        goal = self.batch.folder(table)
        for file in sorted(folder.rglob("*.parquet")):
            self._moved += 1
            inside = goal / file.relative_to(folder).parent
            inside.mkdir(parents=True, exist_ok=True)
            file.replace(inside / f"{self._moved:06d}.parquet")
        shutil.rmtree(folder)

    # What the lake has, old and new.

    def old(self, table: str) -> str:
        """Return SQL after FROM of the lake's rows that stay, or ""."""
        if table not in self.snapshot.tables():
            return ""
        return self.staying(table, self.snapshot.relation(table))

    def staying(self, table: str, relation: str) -> str:
        """Return SQL after FROM of those of the lake's rows that stay."""
        leaves = []
        if self.taken_over:
            leaves.append(f"row_id >> 42 IN ({', '.join(map(str, sorted(self.taken_over)))})")
        if table in self.found and tables()[table].kind == "register":
            leaves.append(f"row_id IN (SELECT row_id FROM {self.found[table].gone})")
        if not leaves:
            return relation
        return f"(SELECT * FROM {relation} WHERE NOT ({' OR '.join(leaves)}))"

    def new(self, table: str) -> str:
        """Return SQL after FROM of the rows that the batch brings, or ""."""
        return parquet_tree(self.batch.folder(table)) if table in self.arrived else ""

    def present(self, table: str) -> str:
        """Return SQL after FROM of a table's rows, old and new, or ""."""
        if table in self.rewritten:
            folder = self.batch.folder(table)
            return parquet_tree(folder) if any(folder.rglob("*.parquet")) else ""
        parts = [part for part in (self.old(table), self.new(table)) if part]
        return f"({' UNION ALL BY NAME '.join(f'SELECT * FROM {p}' for p in parts)})" if parts else ""

    # What is told in the end.

    def told_spellings(self) -> tuple[Spelling, ...]:
        """Return the spellings that match no unit, the most frequent first, with suggestions."""
        if self.registers.units is None:
            return ()
        out: list[Spelling] = []
        for (table, column, spelling), rows in sorted(self.spellings.items(), key=lambda x: (-x[1], x[0])):
            if len(out) == SPELLINGS_SHOWN:
                break
            suggestions = self.registers.units.suggest(spelling)
            out.append(Spelling(spelling, f"{table}.{column}", rows, suggestions))
        return tuple(out)

    def told_conflicts(self, sheets: Iterable[Sheet]) -> tuple[Conflict, ...]:
        """Return the conflicts with their rows as file, sheet and row."""
        names = {s.file_no: (s.path, s.sheet) for s in self.snapshot.sheets()}
        names |= {s.file_no: (s.account.path, s.account.sheet) for s in sheets}
        return tuple(
            Conflict(table, key, columns, tuple((*names[r >> 42], (r >> 10) & 0xFFFFFFFF) for r in rows))
            for table, key, columns, rows in self.conflicts
        )
