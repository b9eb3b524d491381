"""Rows of one batch on their way from staged text into the lake's folders.

Everything is written once, typed, to a folder of the batch; a clean file is then
only moved. Only rows that are known, in doubt or somebody's own are written again.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import duckdb

from qingfeng.screening.intake.account import Conflict, SheetAccount, Spelling
from qingfeng.screening.intake.derive import Deriving, q
from qingfeng.screening.intake.duplicates import Found, Lists, find, key_of
from qingfeng.screening.intake.parquet import parquet, parquet_tree, parquet_trees, quoted, write_rows
from qingfeng.screening.intake.recognise import Reading
from qingfeng.screening.intake.registers import Registers
from qingfeng.screening.intake.rejects import OTHERWISE, REASONS, RejectFile
from qingfeng.screening.intake.restate import flagged, with_parent
from qingfeng.screening.intake.rows import SheetRows
from qingfeng.screening.intake.sheet import RawSheet, Staged
from qingfeng.screening.intake.totals import check_totals
from qingfeng.screening.intake.units import VERY_ALIKE
from qingfeng.screening.intake.withheld import judge
from qingfeng.screening.intake.words import Words, read_words
from qingfeng.screening.lake import Batch, Snapshot
from qingfeng.screening.tables import Column, Table, tables

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

    # One sheet.

    def write(self, sheet: Sheet) -> None:
        """Write a staged sheet's readable rows, typed, and count the rest."""
        assert sheet.staged is not None
        account, rows = sheet.account, SheetRows(sheet.reading, sheet.staged.relation(), sheet.file_no)
        judged = judge(self.con, self.registers, rows)
        words = Words()
        if not judged.keep:  # a word of a row that is withheld must not be written
            words = read_words(self.con, sheet.reading, sheet.staged, name=f"words_{sheet.file_no}")
        rows = SheetRows(sheet.reading, rows.staged, sheet.file_no, judged.keep, words)
        account.withheld = dict(judged.withheld)
        self.warnings += [line for line in judged.warnings if line not in self.warnings]
        for (column, spelling), count in judged.unmatched.items():
            if self._is_very_alike(spelling):  # a stranger's name is not to be shown
                self.spellings[rows.table.name, column, spelling] = count
        lost = sheet.staged.rejected
        account.rows_in = sheet.staged.rows.get("data", 0) + len(lost)
        account.other_rows = {k: n for k, n in sheet.staged.rows.items() if k != "data" and n}
        sheet.given = {rows.table.name: sheet.reading.given(rows.table.name)}
        if rows.lines:
            self._write_lines(sheet, rows, rows.lines)
        else:
            self._write_rows(sheet, rows)
        for child, columns in rows.cells().items():
            self._write_cells(sheet, rows, tables()[child], columns)
        read = account.rows_in - len(lost) - sum(account.withheld.values())
        account.rejected = len(lost) + read - account.kept.get(account.counted, 0)
        if account.rejected:
            self._spell_out(sheet, words)
            self._reject(sheet, rows)
        words.forget(self.con)
        if account.other_rows.get("total"):
            account.totals_checked, account.totals = check_totals(self.con, rows.staged, rows.numbers)
        sheet.staged.remove()

    def _spell_out(self, sheet: Sheet, words: Words) -> None:
        """Write tables again whose files name a word that only rejected rows have."""
        for name, folder in list(sheet.written.items()):
            if not words.are_all_in(self.con, name, parquet_tree(folder)):
                self._again(sheet, tables()[name], f"SELECT * FROM {parquet_tree(folder)}")

    def _write_rows(self, sheet: Sheet, rows: SheetRows) -> None:
        table, base = rows.table, rows.rows()
        if table.parent + "_row" in table.stored():
            base = f"SELECT *, CAST(NULL AS BIGINT) AS {q(table.parent + '_row')} FROM ({base})"
            base = with_parent(table, base, self.present(table.parent), rows.have)
        sheet.account.counted = table.name
        self._derive(sheet, table, base, rows.have, spelt=rows)

    def _write_lines(self, sheet: Sheet, rows: SheetRows, child: Table) -> None:
        lines = self.folder / f"lines-{sheet.file_no}.parquet"
        self.con.execute(f"COPY ({rows.rows()}) TO '{quoted(lines)}' (FORMAT parquet)")
        groups = f"groups_{sheet.file_no}"
        self.con.execute(f"CREATE TEMP TABLE {groups} AS {rows.groups(parquet(lines))}")
        self._derive(sheet, rows.table, rows.parents(parquet(lines), groups), rows.have)
        parents = self._written(sheet, rows.table)
        if parents:
            have = rows.lines_have | {"inv_key"}
            self._derive(sheet, child, rows.line_rows(parquet(lines), groups), have, parents=parents)
        sheet.account.counted = child.name
        sheet.given[child.name] = sheet.reading.given(child.name)
        self.con.execute(f"DROP TABLE {groups}")
        lines.unlink()

    def _write_cells(self, sheet: Sheet, rows: SheetRows, child: Table, columns: list[Column]) -> None:
        parents = self._written(sheet, rows.table)
        if not parents:
            return
        base = rows.cell_rows(child, columns, parents)
        self._derive(sheet, child, base, frozenset(child.columns), parents=parents)

    def _derive(
        self,
        sheet: Sheet,
        table: Table,
        base: str,
        have: frozenset[str],
        *,
        parents: str = "",
        spelt: SheetRows | None = None,
    ) -> None:
        """Work out owners and people and write the rows of one table.

        Args:
            sheet: Whose rows they are.
            table: Their table.
            base: SELECT of what the sheet itself says.
            have: Declared columns that it may have.
            parents: SQL after FROM of the rows that a list's rows belong to, or "".
            spelt: Where units' spellings can be read without reading all the rest.
        """
        if table.parent + "_row" not in table.stored():
            parents = ""
        elif not parents:
            parents = self.present(table.parent)
        self._meet(table, base, have, spelt)
        select = Deriving(table, have, self.registers, parents).select(base)
        folder = self.folder / table.name / str(sheet.file_no)
        count = write_rows(self.con, select, folder, table)
        sheet.account.kept[table.name] = count
        if count:
            sheet.written[table.name] = folder

    def _meet(self, table: Table, base: str, have: frozenset[str], spelt: SheetRows | None) -> None:
        for column in table.columns.values():
            if column.type != "unit" or column.name not in have:
                continue
            told = (f"({base})", q(column.name))
            if spelt:
                told = (spelt.data, spelt.typed[table.name, column.name].stored[column.name])
            for spelling, count in self.registers.meet(*told).items():
                if table.name == "rcpt_person":
                    continue  # guests' units are strangers and need no alias
                if table.private:
                    continue  # they were met where strangers are told apart
                key = (table.name, column.name, spelling)
                self.spellings[key] = self.spellings.get(key, 0) + count
        if table.name == "letter_person":
            parents = self.present("letter")
            if parents:
                self.registers.meet(parents, "issuer")

    def _is_very_alike(self, spelling: str) -> bool:
        return bool(self.registers.units and self.registers.units.suggest(spelling, at_least=VERY_ALIKE))

    def _reject(self, sheet: Sheet, rows: SheetRows) -> None:
        account = sheet.account
        assert sheet.staged is not None
        self.rejects.add(
            account.path, account.sheet, ((row, "", "", reason) for row, reason in sheet.staged.rejected)
        )
        if not rows.unread:
            return
        cells = " UNION ALL ".join(
            f"SELECT row_no, {place} AS place, {u.source} AS value FROM {rows.data} WHERE {u.predicate}"
            for place, u in enumerate(rows.unread)
        )
        cursor = self.con.execute(f"SELECT * FROM ({cells}) ORDER BY row_no, place")
        self.rejects.add(account.path, account.sheet, self._cells(cursor, rows))

    def _cells(
        self, cursor: duckdb.DuckDBPyConnection, rows: SheetRows
    ) -> Iterator[tuple[int, str, str, str]]:
        while batch := cursor.fetchmany(10_000):
            for row_no, place, value in batch:
                told = rows.unread[place]
                yield row_no, told.header, str(value), REASONS.get(told.type, OTHERWISE)

    def _written(self, sheet: Sheet, table: Table) -> str:
        return parquet_tree(sheet.written[table.name]) if table.name in sheet.written else ""

    # One table, all its sheets.

    def settle(self, table: Table, sheets: Iterable[Sheet]) -> None:
        """Take duplicates out of a table's new rows and move the rest to the batch.

        Args:
            table: The table; its parent was settled before it.
            sheets: Every sheet of the batch, by number.
        """
        here = [sheet for sheet in sheets if table.name in sheet.written]
        if not here:
            return
        follows = table.parent + "_row" in table.stored()
        own = [s for s in here if s.reading.table == table.name or not follows]
        self._follow(table, [s for s in here if s not in own])
        found = None
        if own:
            new = parquet_trees([s.written[table.name] for s in own])
            found = find(
                self.con, table, new=new, old=self._old_for(table, new), lists=self._lists(table, own)
            )
            self.found[table.name] = found
            self.conflicts += [(table.name, *told) for told in found.conflicts]
            self.conflicts_found += found.conflicts_found
        for sheet in own:
            self._take_out(sheet, table, found)
        for sheet in here:
            self._move(sheet, table)

    def _follow(self, table: Table, sheets: list[Sheet]) -> None:
        """Let the rows of lists go where the row that they belong to has gone."""
        found = self.found.get(table.parent)
        if not found or not self.con.execute(f"SELECT count(*) FROM {found.dropped}").fetchone()[0]:  # type: ignore[index]
            return
        link = q(table.parent + "_row")
        for sheet in sheets:
            rows = parquet_tree(sheet.written[table.name])
            stays = f"{link} NOT IN (SELECT row_id FROM {found.dropped})"
            (gone,) = self.con.execute(f"SELECT count(*) FROM {rows} WHERE NOT {stays}").fetchone()  # type: ignore[misc]
            if gone:
                self._again(sheet, table, f"SELECT * FROM {rows} WHERE {stays}")

    def _take_out(self, sheet: Sheet, table: Table, found: Found | None) -> None:
        if found is None:
            return
        ours = f"row_id >> 42 = {sheet.file_no}"
        touched = self.con.execute(
            f"SELECT count(*) FROM (SELECT row_id FROM {found.dropped} UNION ALL "
            f"SELECT row_id FROM {found.marked} WHERE is_new) WHERE {ours}"
        ).fetchone()[0]  # type: ignore[index]
        if touched:
            rows = parquet_tree(sheet.written[table.name])
            stays = f"SELECT * FROM {rows} WHERE row_id NOT IN (SELECT row_id FROM {found.dropped})"
            self._again(sheet, table, flagged(stays, f"(SELECT * FROM {found.marked} WHERE is_new)"))

    def _again(self, sheet: Sheet, table: Table, select: str) -> None:
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

    def _move(self, sheet: Sheet, table: Table) -> None:
        folder = sheet.written.get(table.name)
        if folder is None:
            return
        self._tell(sheet, table, parquet_tree(folder))
        self.move(folder, table.name)
        self.arrived.add(table.name)

    def move(self, folder: Path, table: str) -> None:
        """Move Parquet files to the batch's folder of a table."""
        goal = self.batch.folder(table)
        for file in sorted(folder.rglob("*.parquet")):
            self._moved += 1
            inside = goal / file.relative_to(folder).parent
            inside.mkdir(parents=True, exist_ok=True)
            file.replace(inside / f"{self._moved:06d}.parquet")
        shutil.rmtree(folder)

    def _tell(self, sheet: Sheet, table: Table, rows: str) -> None:
        """Count flags and the days that a sheet's rows cover."""
        if table.name not in (sheet.account.counted, sheet.reading.table):
            return
        for flag, count in self.con.execute(
            f"SELECT flag, count(*) FROM (SELECT unnest(string_split(trim(quality_flags, ','), ',')) AS flag "
            f"FROM {rows} WHERE quality_flags <> ',') GROUP BY 1"
        ).fetchall():
            sheet.account.flags[flag] = sheet.account.flags.get(flag, 0) + count
        if table.time:
            since, until = self.con.execute(
                f"SELECT min({table.time}), max({table.time}) FROM {rows}"
            ).fetchone()  # type: ignore[misc]
            sheet.account.since, sheet.account.until = _iso(since), _iso(until)

    # What the lake has, old and new.

    def old(self, table: str) -> str:
        """Return SQL after FROM of the lake's rows that stay, or ""."""
        if table not in self.snapshot.tables():
            return ""
        return self._staying(table, self.snapshot.relation(table))

    def _staying(self, table: str, relation: str) -> str:
        leaves = []
        if self.taken_over:
            leaves.append(f"row_id >> 42 IN ({', '.join(map(str, sorted(self.taken_over)))})")
        if table in self.found and tables()[table].kind == "register":
            leaves.append(f"row_id IN (SELECT row_id FROM {self.found[table].gone})")
        if not leaves:
            return relation
        return f"(SELECT * FROM {relation} WHERE NOT ({' OR '.join(leaves)}))"

    def _old_for(self, table: Table, new: str) -> str:
        """The lake's rows that new ones may repeat: without an id only those of the same months."""
        if not table.time or key_of(table):
            return self.old(table.name)
        since, until = self.con.execute(f"SELECT min({table.time}), max({table.time}) FROM {new}").fetchone()  # type: ignore[misc]
        days = [_day(since), _day(until)]
        if table.name not in self.snapshot.tables() or not self.snapshot.files(table.name, *days):
            return ""
        return self._staying(table.name, self.snapshot.relation(table.name, *days))

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

    def _lists(self, table: Table, own: list[Sheet]) -> list[Lists]:
        lists = []
        for name in sorted(
            {n for s in own for n in s.written if n != table.name} | set(self.snapshot.tables())
        ):
            child = tables().get(name)
            if child is None or child.parent != table.name or table.name + "_row" not in child.stored():
                continue
            folders = [s.written[name] for s in own if name in s.written]
            lists.append(Lists(child, parquet_trees(folders) if folders else "", self.old(name)))
        return lists

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


def _day(moment: date | datetime | None) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment


def _iso(moment: date | datetime | None) -> str:
    day = _day(moment)
    return day.isoformat() if day else ""
