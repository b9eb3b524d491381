"""The journal's rows as the database has them, read by plain SQL: no Django, nothing is written."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from qingfeng.journal.errors import JournalProblem

Run = Callable[[str, Sequence[Any]], Sequence[Sequence[Any]]]
PAGE = 8_192
NEAR = 64  # row numbers between two stretches that are still read together
_COLUMNS = 'e.id, e.body, e.leaf_hash, e.kind, e.subject, e."by", e.at, e.written_at'
LAST_PLACED = "SELECT last_id FROM journal_journalstretch WHERE log = %s ORDER BY first_id DESC LIMIT 1"
WAITS = (
    "e.log = %s AND e.id > %s AND (e.id > %s OR e.id > COALESCE(("
    "SELECT s.last_id FROM journal_journalstretch s WHERE s.log = e.log AND s.first_id <= e.id "
    "ORDER BY s.first_id DESC LIMIT 1), 0))"
)
"""Of entries `e`: those of a log, after a row, that have no place; none after the third row has one."""


@dataclass(frozen=True)
class Row:
    """One entry's row.

    Attributes:
        id: The row's number.
        index: Where it was published, or None.
        body: Canonical bytes.
        leaf: The hash kept beside it.
        columns: kind, subject, by, at and written_at as the columns say.
    """

    id: int
    index: int | None
    body: bytes
    leaf: bytes
    columns: tuple[str, str, str, datetime, datetime]


@dataclass(frozen=True)
class Secret:
    """The row of one personal value.

    Attributes:
        entry: Number of the entry's row.
        name: Which value of that entry.
        commitment: 64 hex digits.
        value: None once erased.
        salt: None once erased.
        erased: Whether it says that it was erased.
    """

    entry: int
    name: str
    commitment: str
    value: str | None
    salt: bytes | None
    erased: bool


class Rows:
    """The journal's tables, read through any connection.

    Args:
        run: Runs one SELECT with `%s` marks and gives all its rows.
    """

    def __init__(self, run: Run) -> None:
        self._run = run

    def entries(self, log: str, start: int, end: int) -> list[Row]:
        """Return the rows published from index `start` (inclusive) to `end` (exclusive), in order."""
        found: list[Row] = []
        for group in _groups(self._stretches(log, start, end)):
            sql = (
                f"SELECT {_COLUMNS} FROM journal_journalentry e "  # noqa: S608 - names of columns only
                "WHERE e.log = %s AND e.id >= %s AND e.id <= %s ORDER BY e.id"
            )
            places = dict(_numbered(group))
            held = self._run(sql, (log, group[0][0], group[-1][1]))
            found += [_row(told, places[told[0]]) for told in held if told[0] in places]
        return sorted(found, key=lambda row: row.index or 0)

    def _stretches(self, log: str, start: int, end: int) -> list[tuple[int, int, int]]:
        """Return first row, last row and first index of what stands between two indexes, by row."""
        sql = (
            "SELECT first_id, last_id, start FROM journal_journalstretch WHERE log = %s AND start < %s "
            "AND start >= COALESCE((SELECT MAX(start) FROM journal_journalstretch "
            "WHERE log = %s AND start <= %s), 0)"
        )
        held = []
        for first, last, at in self._run(sql, (log, end, log, start)):
            begun, ended = max(start, at), min(end, at + last - first + 1)
            if begun < ended:
                held.append((first + begun - at, first + ended - at - 1, begun))
        return sorted(held)

    def last_placed(self, log: str) -> int:
        """Return the greatest number of a row that has a place, 0 where none has."""
        return next((int(told[0]) for told in self._run(LAST_PLACED, (log,))), 0)

    def waiting(self, log: str) -> Iterator[Row]:
        """Yield the rows that are not yet published, oldest first."""
        sql = (
            f"SELECT {_COLUMNS} FROM journal_journalentry e "  # noqa: S608 - names of columns only
            f"WHERE {WAITS} ORDER BY e.id LIMIT %s"
        )
        last, placed = 0, self.last_placed(log)
        while page := [_row(told, None) for told in self._run(sql, (log, last, placed, PAGE))]:
            yield from page
            last = page[-1].id

    def secrets(self, log: str, ids: Sequence[int]) -> list[Secret]:
        """Return the personal values of rows, whose numbers lie between the least and greatest of `ids`."""
        sql = (
            "SELECT s.entry_id, s.name, s.commitment, s.value, s.salt, s.erased_at "
            "FROM journal_journalsecret s JOIN journal_journalentry e ON e.id = s.entry_id "
            "WHERE e.log = %s AND e.id >= %s AND e.id <= %s"
        )
        wanted = set(ids)
        return [
            Secret(told[0], told[1], told[2], told[3], _bytes(told[4]), told[5] is not None)
            for told in (self._run(sql, (log, min(ids), max(ids))) if ids else ())
            if told[0] in wanted
        ]

    def checkpoints(self, log: str) -> list[tuple[int, bytes, str]]:
        """Return size, root and note of every signed checkpoint, oldest first."""
        sql = "SELECT size, root, note FROM journal_journalcheckpoint WHERE log = %s ORDER BY size"
        return [(told[0], _bytes(told[1]) or b"", told[2]) for told in self._run(sql, (log,))]

    def state(self, log: str) -> tuple[int, bytes]:
        """Return size and root as far as the log is published; (0, b"") before the first time."""
        sql = "SELECT size, root FROM journal_journalstate WHERE log = %s"
        for told in self._run(sql, (log,)):
            return told[0], _bytes(told[1]) or b""
        return 0, b""

    def counted(self, log: str, after: int = 0) -> Counted:
        """Return what the tallies say was appended, how many rows wait and have places, and how far those go.

        One statement, so that all are of one moment.

        Args:
            log: Which log.
            after: Rows up to this one are known to have places and are not looked at.
        """
        waits = WAITS.replace("(e.id > %s OR", f"(e.id > COALESCE(({LAST_PLACED}), 0) OR")
        last = (  # the end of the last stretch as its rows show it: the newest may have been deleted
            "(SELECT s.start + 1 - s.first_id + COALESCE((SELECT MAX(e.id) FROM journal_journalentry e "
            "WHERE e.log = s.log AND e.id >= s.first_id AND e.id <= s.last_id), s.first_id - 1) "
            "FROM journal_journalstretch s WHERE s.log = %s ORDER BY s.start DESC LIMIT 1)"
        )
        sql = (
            "SELECT (SELECT COALESCE(SUM(appended), 0) FROM journal_journaltally WHERE log = %s), "  # noqa: S608
            f"(SELECT COUNT(*) FROM journal_journalentry e WHERE {waits}), "
            "(SELECT COALESCE(SUM(last_id - first_id + 1), 0) FROM journal_journalstretch WHERE log = %s), "
            f"COALESCE({last}, 0)"
        )
        appended, waiting, published, end = self._run(sql, (log, log, after, log, log, log))[0]
        return Counted(int(appended), waiting, int(published), end)


class Counted(NamedTuple):
    """How many entries of a log there are.

    Attributes:
        appended: As the tallies say.
        waiting: Rows without a place.
        published: Rows with a place.
        end: The last place of a row that is there, plus one.
    """

    appended: int
    waiting: int
    published: int
    end: int


def _groups(stretches: list[tuple[int, int, int]]) -> Iterator[list[tuple[int, int, int]]]:
    """Yield stretches that lie near one another by their rows together, so that one query reads them."""
    group: list[tuple[int, int, int]] = []
    for one in stretches:
        if group and one[0] - group[-1][1] > NEAR:
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _numbered(stretches: list[tuple[int, int, int]]) -> Iterator[tuple[int, int]]:
    """Yield number of the row and index of every entry of some stretches."""
    for first, last, start in stretches:
        yield from zip(range(first, last + 1), range(start, start + last - first + 1), strict=True)


def _row(told: Sequence[Any], index: int | None) -> Row:
    number, body, leaf, kind, subject, by, at, written = told
    columns = (kind, subject, by, instant(at), instant(written))
    return Row(number, index, bytes(body), bytes(leaf), columns)


def _bytes(held: Any) -> bytes | None:
    return None if held is None else bytes(held)


def instant(told: str | datetime) -> datetime:
    """Return an instant in UTC, from what a driver gives; SQLite keeps UTC as text."""
    at = told if isinstance(told, datetime) else datetime.fromisoformat(told)
    return at.replace(tzinfo=UTC) if at.utcoffset() is None else at.astimezone(UTC)


@contextmanager
def rows_of_home(home: Path) -> Iterator[Rows | None]:
    """Give the rows of a home's database, all of one moment; None where it has no journal.

    The database is `DATABASE_URL` if that is set, else SQLite in the home, as the site has it.

    Raises:
        JournalProblem: If the database cannot be read.
    """
    url = os.environ.get("DATABASE_URL", "")
    opened = _postgres(url) if url.startswith("postgres") else _sqlite(home / "qingfeng.sqlite3")
    with opened as rows:
        yield rows


@contextmanager
def _sqlite(file: Path) -> Iterator[Rows | None]:
    if not file.exists():
        yield None
        return
    address = f"{file.absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True, isolation_level=None, timeout=20)) as connection:
            connection.execute("BEGIN")
            known = connection.execute(
                "SELECT count(*) FROM sqlite_master WHERE name = 'journal_journalentry'"
            ).fetchone()[0]

            def run(sql: str, values: Sequence[Any]) -> Sequence[Sequence[Any]]:
                return connection.execute(sql.replace("%s", "?"), tuple(values)).fetchall()

            yield Rows(run) if known else None
    except sqlite3.Error as error:
        raise JournalProblem(
            f"The database cannot be read: {error}.", where=str(file), then="Restore it from the backup."
        ) from error


@contextmanager
def _postgres(url: str) -> Iterator[Rows | None]:
    import psycopg  # noqa: PLC0415 - an auditor with files alone needs no driver

    try:
        with psycopg.connect(url) as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            told = connection.execute("SELECT to_regclass('journal_journalentry')").fetchone()

            def run(sql: str, values: Sequence[Any]) -> Sequence[Sequence[Any]]:
                return connection.execute(sql, values).fetchall()

            yield Rows(run) if told and told[0] else None
    except psycopg.Error as error:
        raise JournalProblem(
            f"The database cannot be read: {type(error).__name__}.",
            where="DATABASE_URL",
            then="Look whether it runs and may be read.",
        ) from error
