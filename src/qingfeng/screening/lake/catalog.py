"""The lake's catalog: which version of which table a snapshot is, in one SQLite file.

A batch touches many tables, and a Delta log commits one. So a snapshot is a row here
that names a version of every table, and the transaction that writes it is the moment
at which a batch exists.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from qingfeng.screening.errors import Problem

SCHEMA = """
CREATE TABLE IF NOT EXISTS counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
INSERT OR IGNORE INTO counter VALUES ('file_no', 1);
CREATE TABLE IF NOT EXISTS snapshot (
  id INTEGER PRIMARY KEY, batch TEXT NOT NULL, committed_at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS snapshot_table (
  snapshot INTEGER NOT NULL, name TEXT NOT NULL, folder TEXT NOT NULL, version INTEGER NOT NULL,
  content TEXT NOT NULL, PRIMARY KEY (snapshot, name)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sheet (
  file_no INTEGER PRIMARY KEY, snapshot INTEGER NOT NULL, record TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS deletion (id INTEGER PRIMARY KEY, record TEXT NOT NULL);
"""
WAIT_SECONDS = 600.0


@dataclass(frozen=True)
class SheetRecord:
    """One sheet of one file, as it was imported.

    Attributes:
        file_no: The number in the upper bits of its rows' `row_id`.
        path: Relative to the deepest folder that held every input, with "/".
        sheet: Its name, or None.
        sha256: Of the file, hex.
        size: Bytes.
        given: Lake table to ",a,b,": the declared columns that the sheet had.
        kept: Lake table to rows.
        rejected: Rows that could not be read.
        duplicates: Rows already known.
        withheld: Reason to rows that are other people's business.
        rows_in: Rows of data: kept of the main table + rejected + duplicates + withheld.
        fingerprint: What decided about the rows besides themselves: mapping and registers.
        batch: The batch that brought it; filled in by the commit.
        imported_at: UTC, ISO 8601; filled in by the commit.
    """

    file_no: int
    path: str
    sheet: str | None
    sha256: str
    size: int
    given: Mapping[str, str] = field(default_factory=dict)
    kept: Mapping[str, int] = field(default_factory=dict)
    rejected: int = 0
    duplicates: int = 0
    withheld: Mapping[str, int] = field(default_factory=dict)
    rows_in: int = 0
    fingerprint: str = ""
    batch: str = ""
    imported_at: str = ""


@dataclass(frozen=True)
class Deletion:
    """What was deleted for good, when and under which list; never what it said.

    Attributes:
        id: Number, from 1.
        at: UTC, ISO 8601.
        what: `table=fuel since=2026-01-01 until=2026-01-31`, or `batch=…`.
        under: The list or order it was done under.
        rows: Table to rows deleted.
    """

    id: int
    at: str
    what: str
    under: str
    rows: Mapping[str, int]


@dataclass(frozen=True)
class TableVersion:
    """A table as one snapshot has it.

    Attributes:
        name: Lake table.
        folder: Its Delta table, relative to the lake.
        version: Version of the Delta log.
        content: Content hash, hex; independent of key, clock and home.
    """

    name: str
    folder: str
    version: int
    content: str


class Catalog:
    """The SQLite file with snapshots, sheets and deletions."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "catalog.db"
        self.turn_file = folder / "turn.db"
        with closing(self._connect()) as con:
            con.executescript(SCHEMA)

    def _connect(self) -> sqlite3.Connection:
        try:
            con = sqlite3.connect(self.file, timeout=WAIT_SECONDS, isolation_level=None)
            con.execute("PRAGMA synchronous = FULL")
            con.execute("PRAGMA secure_delete = ON")
        except sqlite3.DatabaseError as error:
            raise Problem(
                f"The lake's catalog cannot be opened: {error}.",
                where=str(self.file),
                then="Restore the home from its backup; the Parquet files beside it are not enough.",
            ) from error
        return con

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with closing(self._connect()) as con:
            con.execute("BEGIN IMMEDIATE")
            try:
                yield con
            except BaseException:
                if con.in_transaction:  # a full disk has rolled it back already
                    con.execute("ROLLBACK")
                raise
            con.execute("COMMIT")

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold the writers' turn; the operating system ends it with the process.

        Raises:
            Problem: If another importer holds it for longer than ten minutes.
        """
        with closing(sqlite3.connect(self.turn_file, timeout=WAIT_SECONDS, isolation_level=None)) as con:
            try:
                con.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as error:
                raise Problem(
                    "Another import has held the lake for more than ten minutes.",
                    where=str(self.turn_file),
                    then="Wait for it or stop it, then say the same again.",
                ) from error
            yield

    def reserve(self, count: int) -> int:
        """Return the first of `count` file numbers that nobody gets again."""
        with self._writing() as con:
            (first,) = con.execute("SELECT value FROM counter WHERE name = 'file_no'").fetchone()
            con.execute("UPDATE counter SET value = ? WHERE name = 'file_no'", [first + count])
        return int(first)

    def newest(self) -> int:
        """Return the id of the newest snapshot, 0 in an empty lake."""
        with closing(self._connect()) as con:
            (newest,) = con.execute("SELECT coalesce(max(id), 0) FROM snapshot").fetchone()
        return int(newest)

    def has(self, snapshot: int) -> bool:
        """Tell whether a snapshot was ever committed."""
        with closing(self._connect()) as con:
            return bool(con.execute("SELECT 1 FROM snapshot WHERE id = ?", [snapshot]).fetchone())

    def has_batch(self, batch: str) -> bool:
        """Tell whether a batch reached its commit."""
        with closing(self._connect()) as con:
            return bool(con.execute("SELECT 1 FROM snapshot WHERE batch = ?", [batch]).fetchone())

    def versions(self, snapshot: int) -> dict[str, TableVersion]:
        """Return the tables of a snapshot by name."""
        with closing(self._connect()) as con:
            rows = con.execute(
                "SELECT name, folder, version, content FROM snapshot_table WHERE snapshot = ? ORDER BY name",
                [snapshot],
            ).fetchall()
        return {row[0]: TableVersion(*row) for row in rows}

    def folders(self) -> set[str]:
        """Return every table folder that some snapshot still names."""
        with closing(self._connect()) as con:
            return {row[0] for row in con.execute("SELECT DISTINCT folder FROM snapshot_table")}

    def sheets(self, snapshot: int) -> tuple[SheetRecord, ...]:
        """Return the sheets imported up to a snapshot, by file number."""
        with closing(self._connect()) as con:
            rows = con.execute(
                "SELECT record FROM sheet WHERE snapshot <= ? ORDER BY file_no", [snapshot]
            ).fetchall()
        return tuple(SheetRecord(**json.loads(row[0])) for row in rows)

    def commit(
        self, *, batch: str, at: str, versions: Iterable[TableVersion], sheets: Iterable[SheetRecord]
    ) -> int:
        """Write one snapshot with all its tables and sheets; return its id."""
        with self._writing() as con:
            (newest,) = con.execute("SELECT coalesce(max(id), 0) FROM snapshot").fetchone()
            new = int(newest) + 1
            con.execute("INSERT INTO snapshot VALUES (?, ?, ?)", [new, batch, at])
            _insert_tables(con, new, versions)
            con.executemany(
                "INSERT INTO sheet VALUES (?, ?, ?)",
                [
                    (sheet.file_no, new, _json(asdict(replace(sheet, batch=batch, imported_at=at))))
                    for sheet in sheets
                ],
            )
        return new

    def commit_deletion(
        self,
        *,
        deletion: Deletion,
        versions: Iterable[TableVersion],
        gone: Iterable[str],
        sheets: Iterable[SheetRecord],
    ) -> tuple[int, Deletion]:
        """Write the snapshot after a deletion and let the tables' older versions expire.

        Args:
            deletion: The record; its id is given here.
            versions: Every table of the new snapshot.
            gone: Tables whose older versions no snapshot may name any more.
            sheets: Sheet records that changed.
        """
        with self._writing() as con:
            (newest,) = con.execute("SELECT coalesce(max(id), 0) FROM snapshot").fetchone()
            new = int(newest) + 1
            (count,) = con.execute("SELECT count(*) FROM deletion").fetchone()
            kept = replace(deletion, id=int(count) + 1)
            con.executemany("DELETE FROM snapshot_table WHERE name = ?", [(name,) for name in gone])
            con.execute("INSERT INTO snapshot VALUES (?, ?, ?)", [new, f"deletion-{kept.id}", deletion.at])
            _insert_tables(con, new, versions)
            con.executemany(
                "UPDATE sheet SET record = ? WHERE file_no = ?",
                [(_json(asdict(sheet)), sheet.file_no) for sheet in sheets],
            )
            con.execute("INSERT INTO deletion VALUES (?, ?)", [kept.id, _json(asdict(kept))])
        with closing(self._connect()) as con:
            con.execute("VACUUM")
        return new, kept

    def deletions(self) -> tuple[Deletion, ...]:
        """Return every deletion record, oldest first."""
        with closing(self._connect()) as con:
            rows = con.execute("SELECT record FROM deletion ORDER BY id").fetchall()
        return tuple(Deletion(**json.loads(row[0])) for row in rows)


def _insert_tables(con: sqlite3.Connection, snapshot: int, versions: Iterable[TableVersion]) -> None:
    con.executemany(
        "INSERT INTO snapshot_table VALUES (?, ?, ?, ?, ?)",
        [(snapshot, v.name, v.folder, v.version, v.content) for v in versions],
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
