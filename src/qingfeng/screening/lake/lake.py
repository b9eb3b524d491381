"""Snapshots, batches and deletion: what the rest of the house sees of the lake."""

from __future__ import annotations

import hashlib
import secrets
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

from qingfeng.screening.errors import Problem
from qingfeng.screening.home import Home
from qingfeng.screening.lake.catalog import Catalog, Deletion, SheetRecord, TableVersion
from qingfeng.screening.lake.deletion import delete
from qingfeng.screening.lake.delta import SOURCES_OF, files_of, register, settle

NO_MONTH = ("", "none", "__HIVE_DEFAULT_PARTITION__")


class Snapshot:
    """The lake as it was after one batch; reading it needs no lock.

    Attributes:
        id: The lake's own number, as text; "0" is the empty lake.
    """

    def __init__(self, folder: Path, catalog: Catalog, number: int) -> None:
        self.id = str(number)
        self._folder = folder
        self._catalog = catalog
        self._number = number
        self._files: dict[str, list[tuple[str, str, int]]] = {}

    @cached_property
    def versions(self) -> dict[str, TableVersion]:
        """Every table's version by name."""
        return self._catalog.versions(self._number)

    @cached_property
    def _sheets(self) -> tuple[SheetRecord, ...]:
        return self._catalog.sheets(self._number)

    def tables(self) -> tuple[str, ...]:
        """Return the tables that have rows, sorted."""
        return tuple(name for name in self.versions if self.rows(name))

    def rows(self, table: str) -> int:
        """Return a table's rows."""
        return sum(rows for _, _, rows in self._entries(table))

    def months(self, table: str) -> dict[str, int]:
        """Return a table's rows by month, `2026-10`; those without a time under ""; no row is read."""
        found: dict[str, int] = {}
        for _path, month, rows in self._entries(table):
            name = "" if month in NO_MONTH else month
            found[name] = found.get(name, 0) + rows
        return dict(sorted((name, rows) for name, rows in found.items() if rows))

    def files(self, table: str, since: date | None = None, until: date | None = None) -> list[str]:
        """Return absolute paths of a table's Parquet files, sorted.

        Args:
            table: Lake table.
            since: First day wanted; files of earlier months are left out.
            until: Last day wanted, inclusive; files of later months are left out.
                Rows without a time are always in.
        """
        first = since.strftime("%Y-%m") if since else ""
        last = until.strftime("%Y-%m") if until else "9999-99"
        return [
            path
            for path, month, rows in self._entries(table)
            if rows and (month in NO_MONTH or first <= month <= last)
        ]

    def relation(self, table: str, since: date | None = None, until: date | None = None) -> str:
        """Return SQL to put after FROM.

        Raises:
            Problem: If the table has no file in that period.
        """
        files = self.files(table, since, until)
        if not files:
            raise Problem(
                f"The lake has no rows of the table {table}.", then="Import a file of this kind first."
            )
        paths = ", ".join("'" + path.replace("'", "''") + "'" for path in files)
        return f"read_parquet([{paths}], union_by_name = true, hive_partitioning = false)"

    def sheets(self) -> tuple[SheetRecord, ...]:
        """Return the sheets imported up to this snapshot, by file number."""
        return self._sheets

    def content_hash(self, tables: Iterable[str]) -> str:
        """Return SHA-256 (hex) over the sorted content hashes of some tables.

        It is the same in every home that was given the same files, whatever key,
        clock or order; a table without rows counts as nothing.
        """
        hashes = sorted({self.versions[name].content for name in tables if name in self.versions})
        return hashlib.sha256("\n".join(hashes).encode()).hexdigest()

    def _entries(self, table: str) -> list[tuple[str, str, int]]:
        if table not in self._files:
            version = self.versions.get(table)
            self._files[table] = files_of(self._folder / version.folder, version.version) if version else []
        return self._files[table]


class Lake:
    """The lake of a home.

    Attributes:
        home: The home it lies in.
        folder: Its folder.
    """

    def __init__(self, home: Home) -> None:
        self.home = home
        self.folder = home.lake
        self.catalog = Catalog(self.folder)

    def snapshot(self, number: str | None = None) -> Snapshot:
        """Return the newest snapshot, or an older one by its id.

        Raises:
            Problem: If there is no such snapshot.
        """
        if number is None:
            return Snapshot(self.folder, self.catalog, self.catalog.newest())
        if not number.isdigit() or (number != "0" and not self.catalog.has(int(number))):
            raise Problem(
                f"The lake has no snapshot {number}.",
                where=str(self.folder),
                then=f"The newest is {self.catalog.newest()}.",
            )
        return Snapshot(self.folder, self.catalog, int(number))

    @contextmanager
    def batch(self) -> Iterator[Batch]:
        """Begin a batch; leaving it without a commit leaves nothing behind."""
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
        incoming = self.home.scratch("staging")
        try:
            yield Batch(self, name, incoming)
        finally:
            shutil.rmtree(incoming, ignore_errors=True)

    @property
    def unfinished(self) -> Path:
        """The file that names the batch whose files are being moved in."""
        return self.folder / "unfinished"

    def mend(self) -> None:
        """Remove what a process that died has left in the tables; only the turn's holder may."""
        named = self.catalog.folders()
        for folder in (self.folder / "tables").glob("*"):
            if f"tables/{folder.name}" not in named:
                shutil.rmtree(folder, ignore_errors=True)
        if not self.unfinished.exists():
            return
        batch = self.unfinished.read_text(encoding="utf-8")
        if batch and not self.catalog.has_batch(batch):
            for left in (self.folder / "tables").rglob(f"{batch}-*.parquet"):
                left.unlink()
        self.unfinished.unlink()

    def delete(
        self,
        *,
        table: str = "",
        since: date | None = None,
        until: date | None = None,
        batch: str = "",
        under: str,
    ) -> Deletion:
        """Delete a batch, or a table's period, for good: in every snapshot and every file.

        Args:
            table: Lake table; its list tables' rows of the same sheets go with it.
            since: First day to go, of the table's time column.
            until: Last day to go, inclusive.
            batch: Name of a batch instead of a table.
            under: The list or order it is done under; kept in the record.

        Raises:
            Problem: If neither or both of table and batch are given, or nothing matches.
        """
        return delete(self, table=table, since=since, until=until, batch=batch, under=under)


@dataclass
class Batch:
    """Rows on their way into the lake.

    Attributes:
        lake: Where they go.
        name: Time of its beginning (UTC) and a random part.
        incoming: Folder of its own on the lake's disk.
    """

    lake: Lake
    name: str
    incoming: Path

    def reserve(self, count: int) -> int:
        """Return the first of `count` file numbers."""
        return self.lake.catalog.reserve(count)

    @contextmanager
    def turn(self) -> Iterator[Snapshot]:
        """Take the writers' turn and yield the newest snapshot; others wait."""
        with self.lake.catalog.turn():
            self.lake.mend()
            yield self.lake.snapshot()

    def folder(self, table: str) -> Path:
        """Return the folder to write a table's Parquet files to."""
        folder = self.incoming / table
        folder.mkdir(exist_ok=True)
        return folder

    def commit(self, sheets: Sequence[SheetRecord], replace: Sequence[str] = ()) -> Snapshot:
        """Make what lies in the folders one new snapshot. Call it inside `turn`.

        Args:
            sheets: One record a sheet that was read.
            replace: Tables whose earlier rows go away in the new snapshot.

        Returns:
            The new snapshot; the old one, untouched, if there is nothing to commit.
        """
        catalog = self.lake.catalog
        before = catalog.versions(catalog.newest())
        changed = {folder.name for folder in self.incoming.iterdir()} | (set(replace) & set(before))
        if not changed and not sheets:
            return self.lake.snapshot()
        known = (*self.lake.snapshot().sheets(), *sheets)
        after = dict(before)
        self.lake.unfinished.write_text(self.name, encoding="utf-8")
        for name in sorted(changed):
            after[name] = self._move_in(name, None if name in replace else before.get(name), before.get(name))
        versions = [
            TableVersion(v.name, v.folder, v.version, content_of(v.name, known)) for v in after.values()
        ]
        at = datetime.now(UTC).isoformat(timespec="seconds")
        catalog.commit(batch=self.name, at=at, versions=versions, sheets=sheets)
        self.lake.unfinished.unlink()
        return self.lake.snapshot()

    def _move_in(self, name: str, onto: TableVersion | None, standing: TableVersion | None) -> TableVersion:
        folder = standing.folder if standing else f"tables/{name}-1"
        target = self.lake.folder / folder
        moved = []
        for number, file in enumerate(sorted((self.incoming / name).rglob("*.parquet"))):
            inside = file.relative_to(self.incoming / name).parent
            goal = target / inside / f"{self.name}-{number}.parquet"
            goal.parent.mkdir(parents=True, exist_ok=True)
            file.replace(goal)
            settle(goal)
            moved.append(goal)
        version = register(name, target, moved, batch=self.name, onto=onto.version if onto else None)
        return TableVersion(name, folder, version, "")


def content_of(table: str, sheets: Iterable[SheetRecord]) -> str:
    """Return a table's content hash: SHA-256 over the files that gave it rows and how many."""
    sources = SOURCES_OF.get(table, (table,))
    lines = sorted(
        f"{source} {sheet.sha256} {sheet.sheet or ''} {sheet.kept[source]}"
        for sheet in sheets
        for source in sources
        if sheet.kept.get(source)
    )
    return hashlib.sha256("\n".join([table, *lines]).encode()).hexdigest()
