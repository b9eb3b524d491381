"""The load pipeline: files in, one snapshot out, and an account of every row."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from qingfeng.screening import normalise
from qingfeng.screening.errors import Problem
from qingfeng.screening.home import Home
from qingfeng.screening.intake.account import Intake, Refused, SheetAccount
from qingfeng.screening.intake.gate import Listed, is_listed, within
from qingfeng.screening.intake.incoming import Incoming, Sheet
from qingfeng.screening.intake.mapping import Mappings
from qingfeng.screening.intake.parquet import NOT_HELPFUL, quoted
from qingfeng.screening.intake.recognise import recognise
from qingfeng.screening.intake.registers import REGISTERS, Registers
from qingfeng.screening.intake.rejects import RejectFile
from qingfeng.screening.intake.settling import settle
from qingfeng.screening.intake.sources import open_sources
from qingfeng.screening.intake.standing import bring_up_to_date
from qingfeng.screening.intake.writing import write
from qingfeng.screening.lake import Batch, Lake, SheetRecord, Snapshot
from qingfeng.screening.progress import Progress
from qingfeng.screening.tables import Table, tables

MEMORY = "3GB"
FIRST = ("unit", "person", "vehicle", "vendor", "calendar", "fuel_card", "geofence", "place", "standard")
FULL = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
FULL_WORDS = ("no space left", "file too large", "disk quota", "disk is full", "max_temp_directory_size")


def import_inputs(
    inputs: Sequence[Path], home: Home, lake: Lake, progress: Progress, *, listed: Listed | None = None
) -> Intake:
    """Bring files into the lake: all of them, as one batch, or nothing.

    The same files again add nothing: a sheet whose bytes, mapping and deciding
    registers are known is not read again, and all its rows count as duplicates,
    rejected or withheld as they did. A file that is given again after a register
    has grown brings the rows that were withheld; after its mapping was corrected it
    takes the place of what it had brought.

    Args:
        inputs: Files and folders, in any order; what comes out does not depend on it.
        home: Where everything is kept.
        lake: The home's lake.
        progress: Who is told of phases.
        listed: What was asked for, table to columns: the rest stays at the gate. None for all.

    Raises:
        Problem: If no table could be read, or the disk is full; nothing has changed then.
    """
    home.sweep()
    staging, spill = home.scratch("staging"), home.scratch("spill")
    try:
        with _told(home), duckdb.connect() as con:
            con.execute("SET enable_progress_bar = false")
            con.execute(f"SET memory_limit = '{MEMORY}'; SET preserve_insertion_order = false")
            con.execute(f"SET temp_directory = '{quoted(spill)}'; SET disabled_optimizers = '{NOT_HELPFUL}'")
            with ThreadPoolExecutor(1) as beside:  # while files are walked and hashed
                installed = beside.submit(normalise.install, con)
                return _Import(home, lake, progress, con, staging, installed, listed).run(inputs)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        shutil.rmtree(spill, ignore_errors=True)


def reading_order() -> list[Table]:
    """Return every table in the order it is loaded: registers, facts, lists."""
    rank = {"register": 0, "fact": 1, "list": 2}

    def place(table: Table) -> tuple[int, int, str]:
        return rank[table.kind], FIRST.index(table.name) if table.name in FIRST else len(FIRST), table.name

    return sorted(tables().values(), key=place)


@dataclass
class _Import:
    home: Home
    lake: Lake
    progress: Progress
    con: duckdb.DuckDBPyConnection
    staging: Path
    installed: Future[None]
    listed: Listed | None
    refused: list[Refused] = field(default_factory=list)
    restated: tuple[str, ...] = ()
    mappings: Mappings = field(default_factory=Mappings)

    def run(self, inputs: Sequence[Path]) -> Intake:
        sheets = self._read(inputs)
        self.installed.result()
        if not sheets:
            raise self._nothing()
        known = Known(self.lake.snapshot())
        with self.lake.batch() as batch:
            first = batch.reserve(len(sheets))
            for number, sheet in enumerate(sheets):
                sheet.file_no = first + number
            with self.progress.phase("Reading", len(sheets)) as done:
                for sheet in sheets:
                    if not known.may_be(sheet):
                        self._stage(sheet)
                    done(1)
            with batch.turn() as snapshot:
                return self._load(batch, snapshot, sheets)

    def _read(self, inputs: Sequence[Path]) -> list[Sheet]:
        mappings = self.mappings = Mappings.load(inputs, self.home)
        found = open_sources(inputs, self.staging, self.progress)
        self.refused += [Refused(r.path, None, r.what, r.then) for r in found.refused]
        sheets = []
        for raw in found.sheets:
            reading = recognise(raw, mappings)
            source = raw.source
            if not reading.table:
                self.refused.append(
                    Refused(
                        source.path,
                        raw.sheet,
                        "The header fits no table. " + " ".join(reading.why),
                        "Say in a mapping.toml beside it which table and columns it has.",
                    )
                )
                continue
            if self.listed is not None:
                if not is_listed(reading, self.listed):
                    what = f"The table {reading.table} is not on the list it was asked for under."
                    self.refused.append(Refused(source.path, raw.sheet, what, "It stays at the gate."))
                    continue
                reading = within(reading, self.listed)
            account = SheetAccount(
                source.path,
                raw.sheet,
                source.sha256,
                source.size,
                raw.encoding,
                reading.table,
                reading.why,
                {c.header: f"{c.table}.{c.column}" for c in reading.columns if c.table},
                tuple(c.header for c in reading.dropped),
            )
            sheets.append(Sheet(raw, reading, account))
        return sorted(sheets, key=lambda sheet: sheet.account.path)

    def _nothing(self) -> Problem:
        if not self.refused:
            return Problem(
                "There is no file among the inputs.",
                then="Give a folder or files: CSV, XLS, XLSX, HTML, OFD, XML or zip.",
            )
        first = self.refused[0]
        more = f" (and {len(self.refused) - 1} more)" if len(self.refused) > 1 else ""
        return Problem(f"No table could be read. {first.what}", where=f"{first.path}{more}", then=first.then)

    def _stage(self, sheet: Sheet) -> bool:
        """Make a sheet text; a sheet that breaks off is refused and comes in not at all."""
        into = self.staging / f"{sheet.file_no}.parquet"
        try:
            sheet.staged = sheet.raw.stage(sheet.reading.plan, into, self.con, self.home)
        except Problem as problem:
            self.refused.append(Refused(sheet.account.path, sheet.account.sheet, problem.what, problem.then))
            return False
        return True

    def _load(self, batch: Batch, snapshot: Snapshot, sheets: list[Sheet]) -> Intake:
        refused = {(r.path, r.sheet) for r in self.refused}
        sheets = [s for s in sheets if (s.account.path, s.account.sheet) not in refused]
        known = Known(snapshot)
        taken_over = frozenset().union(*(known.takes_over(s) for s in sheets))
        incoming = Incoming(
            con=self.con,
            folder=batch.incoming.with_name(batch.incoming.name + "-typed"),
            batch=batch,
            snapshot=snapshot,
            registers=Registers(self.con),
            rejects=RejectFile(self.staging),
            taken_over=taken_over,
        )
        incoming.folder.mkdir()
        try:
            self._write(incoming, known, sheets)
            replaced, self.restated = bring_up_to_date(incoming)
            after = self._commit(batch, known, sheets, replaced)
            self.mappings.remember()
        finally:
            shutil.rmtree(incoming.folder, ignore_errors=True)
        return self._account(after, incoming, sheets)

    def _write(self, incoming: Incoming, known: Known, sheets: list[Sheet]) -> None:
        with self.progress.phase("Loading", len(sheets)) as done:
            for table in reading_order():
                for sheet in [s for s in sheets if s.reading.table == table.name]:
                    private = incoming.registers.fingerprint() if table.private else "-"
                    sheet.fingerprint = f"{sheet.reading.fingerprint}:{private}"
                    if known.is_known(sheet):
                        known.account(sheet)
                    elif sheet.staged or self._stage(sheet):
                        write(incoming, sheet)
                    done(1)
                settle(incoming, table, sheets)
                if table.name in REGISTERS:
                    incoming.registers.refresh(table.name, incoming.present(table.name) or None)

    def _commit(self, batch: Batch, known: Known, sheets: list[Sheet], replaced: Sequence[str]) -> Snapshot:
        records = [
            SheetRecord(
                file_no=s.file_no,
                path=s.account.path,
                sheet=s.account.sheet,
                sha256=s.account.sha256,
                size=s.account.size,
                given=s.given,
                kept={name: count for name, count in s.account.kept.items() if count},
                rejected=s.account.rejected,
                duplicates=s.account.duplicates,
                withheld=s.account.withheld,
                rows_in=s.account.rows_in,
                fingerprint=s.fingerprint,
            )
            for s in sheets
            if s.staged and not (known.is_recorded(s) and not any(s.account.kept.values()))
        ]
        if not records and not replaced:
            return self.lake.snapshot()
        with self.progress.phase("Committing"):
            return batch.commit(sheets=records, replace=replaced)

    def _account(self, after: Snapshot, incoming: Incoming, sheets: list[Sheet]) -> Intake:
        superseded = {
            name: self.con.execute(f"SELECT count(DISTINCT row_id) FROM {found.gone}").fetchone()[0]  # type: ignore[index]
            for name, found in incoming.found.items()
        }
        return Intake(
            snapshot=after.id,
            sheets=tuple(s.account for s in sheets if s.staged or s.account.known),
            refused=tuple(sorted(self.refused, key=lambda r: (r.path, r.sheet or ""))),
            warnings=tuple(incoming.warnings),
            spellings=incoming.told_spellings(),
            conflicts=incoming.told_conflicts(sheets),
            conflicts_found=incoming.conflicts_found,
            superseded={name: count for name, count in superseded.items() if count},
            restated=self.restated,
            rejects=incoming.rejects,
        )


class Known:
    """What the lake remembers of sheets that were imported before.

    Attributes:
        newest: (SHA-256, sheet) to the newest record.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.newest: dict[tuple[str, str | None], SheetRecord] = {}
        self._numbers: dict[tuple[str, str | None], set[int]] = {}
        for record in snapshot.sheets():
            key = (record.sha256, record.sheet)
            self._numbers.setdefault(key, set()).add(record.file_no)
            if key not in self.newest or record.file_no > self.newest[key].file_no:
                self.newest[key] = record

    def _record(self, sheet: Sheet) -> SheetRecord | None:
        return self.newest.get((sheet.account.sha256, sheet.account.sheet))

    def _same_mapping(self, sheet: Sheet) -> bool:
        record = self._record(sheet)
        return record is not None and record.fingerprint.partition(":")[0] == sheet.reading.fingerprint

    def may_be(self, sheet: Sheet) -> bool:
        """Tell whether a sheet may turn out to be known once the registers have been read."""
        record = self._record(sheet)
        return record is not None and self._same_mapping(sheet) and not record.rejected

    def is_recorded(self, sheet: Sheet) -> bool:
        """Tell whether bytes, mapping and deciding registers are those of the newest record."""
        record = self._record(sheet)
        return record is not None and record.fingerprint == sheet.fingerprint

    def is_known(self, sheet: Sheet) -> bool:
        """Tell whether there is nothing to do. A sheet with rejects is read again, to tell them again."""
        return self.is_recorded(sheet) and self.may_be(sheet) and sheet.staged is None

    def takes_over(self, sheet: Sheet) -> frozenset[int]:
        """Return the file numbers under which a sheet was read with another mapping."""
        record = self._record(sheet)
        if record is None or not record.fingerprint or self._same_mapping(sheet):
            return frozenset()
        return frozenset(self._numbers[sheet.account.sha256, sheet.account.sheet])

    def account(self, sheet: Sheet) -> None:
        """Account for a known sheet: what was kept then is a duplicate now."""
        record = self._record(sheet)
        assert record is not None
        account = sheet.account
        account.known, account.rows_in = True, record.rows_in
        account.rejected, account.withheld = record.rejected, dict(record.withheld)
        account.duplicates = record.rows_in - record.rejected - sum(record.withheld.values())
        account.counted = account.table


@contextmanager
def _told(home: Home) -> Iterator[None]:
    """Say what a failing disk or too little memory means."""
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        full = any(word in str(error).lower() for word in FULL_WORDS)
        raise (
            _no_space(home)
            if full
            else Problem(
                "There is not enough memory to import these files at once.",
                where=str(home.root),
                then="Import fewer files at a time, or free memory. Nothing was changed.",
            )
        ) from error
    except (OSError, duckdb.IOException) as error:
        if getattr(error, "errno", None) in FULL or any(word in str(error).lower() for word in FULL_WORDS):
            raise _no_space(home) from error
        raise Problem(
            f"A file could not be read or written: {str(error).splitlines()[0]}",
            where=str(getattr(error, "filename", None) or home.root),
            then="Nothing was changed. Check that disk and file can be used, then say the same again.",
        ) from error


def _no_space(home: Home) -> Problem:
    return Problem(
        "The disk is full, or a file may not grow further.",
        where=str(home.root),
        then="Free space, or give another folder with --home. Nothing was changed; say the same again.",
    )
