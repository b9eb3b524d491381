"""Columns of a large sheet that have few words: each word is read once, and rows carry its number.

Most columns of a large export have few words: five thousand plates, forty stations,
three products. There a word is read once and joined, not read once a row. What it is
read as is an ENUM of the engine: one or two bytes a row, which Parquet spells out as a
dictionary of text. Cutting a sheet by month copies every row several times, and with
text in the rows that took two and a half times as long as all the rest of the writing.

An ENUM may stand whole in the dictionary of every file that is written with it, so it must
hold no word that only rows have which stay out. Of a private table no word is read where
rows are withheld. Where rows are rejected, what was written is looked at: if it lacks a word
of an ENUM, it is written again with ENUMs of its own words (`of_kept`). Deletion writes a
table anew from its rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from qingfeng.screening.intake.derive import q
from qingfeng.screening.tables import IDENTIFIERS, Column, tables

if TYPE_CHECKING:
    import duckdb

    from qingfeng.screening.intake.recognise import Reading
    from qingfeng.screening.intake.sheet import Staged
    from qingfeng.screening.normalise import Typed

WORDY = frozenset(
    {"plate", "product", "enum", "letter_no", "day", "month", "flag", "code", "text", "texts", "unit"}
)
LARGE = 200_000  # rows from which reading words once is worth a pass over the column
WORDS = 0.05  # words a row, at most
CODES = 0.02  # words a row, at most, for rows to carry numbers: every file repeats the dictionary
MOST_CODES = 20_000
LOOKED_AT = 20_000  # rows that tell beforehand whether a column may have few words
UNREAD = "unread"
VARIED = 0.5  # words a row from which it has not


@dataclass(frozen=True)
class Words:
    """What was read once a word.

    Attributes:
        tables: (table, column) to the temporary table of its words: `word`, the stored
            columns, and its flags as "#<flag>" and "#unread".
        types: (table, stored column) to the ENUM of its values.
        absent: (table, column, flag) that no word has; `UNREAD` is the flag of words that cannot be read.
    """

    tables: Mapping[tuple[str, str], str] = field(default_factory=dict)
    types: Mapping[tuple[str, str], str] = field(default_factory=dict)
    absent: frozenset[tuple[str, str, str]] = frozenset()

    def told(self, table: str, column: str, typed: Typed) -> Typed:
        """Return what a column's cells may tell: without flags and rejects that no word has."""
        flags = {flag: sql for flag, sql in typed.flags.items() if (table, column, flag) not in self.absent}
        return replace(
            typed, flags=flags, unread=None if (table, column, UNREAD) in self.absent else typed.unread
        )

    def of_kept(self, con: duckdb.DuckDBPyConnection, table: str, rows: str) -> dict[str, str]:
        """Make ENUMs of the words that kept rows have, if some word of an ENUM is in none of them.

        Args:
            con: Where tables and types are; the tables are dropped, the types made anew.
            table: Whose rows they are.
            rows: SQL after FROM of the rows that were written.

        Returns:
            Stored column to its ENUM; empty if there is nothing to leave out.
        """
        kinds = {stored: kind for (of, stored), kind in self.types.items() if of == table}
        if not any(self._says_more(con, kind, stored, rows) for stored, kind in kinds.items()):
            return {}
        self.forget(con)
        made = {}
        for stored, kind in kinds.items():
            kept = f"SELECT DISTINCT {q(stored)} FROM {rows} WHERE {q(stored)} IS NOT NULL"
            if con.execute(f"{kept} LIMIT 1").fetchone():
                con.execute(f"CREATE TYPE {kind} AS ENUM ({kept} ORDER BY 1)")
                made[stored] = kind
        return made

    def _says_more(self, con: duckdb.DuckDBPyConnection, kind: str, stored: str, rows: str) -> bool:
        every = f"SELECT CAST(unnest(enum_range(NULL::{kind})) AS VARCHAR)"
        kept = f"SELECT CAST({q(stored)} AS VARCHAR) FROM {rows}"
        return con.execute(f"SELECT 1 FROM ({every} EXCEPT {kept}) LIMIT 1").fetchone() is not None

    def forget(self, con: duckdb.DuckDBPyConnection) -> None:
        """Drop the tables and types."""
        for name in self.tables.values():
            con.execute(f"DROP TABLE IF EXISTS {name}")
        for kind in self.types.values():
            con.execute(f"DROP TYPE IF EXISTS {kind}")


def read_words(con: duckdb.DuckDBPyConnection, reading: Reading, staged: Staged, *, name: str) -> Words:
    """Read the words of a large sheet's columns that have few.

    Args:
        con: Temporary tables and types are made in it.
        reading: What the sheet was recognised as.
        staged: The staged sheet, of which every data row is read.
        name: Beginning of the tables' and types' names.

    Returns:
        Nothing for a small sheet.
    """
    rows = staged.rows.get("data", 0)
    if rows < LARGE:
        return Words()
    reader = _WordReader(con, reading, staged, rows, name)
    reader.read()
    return Words(reader.tables, reader.types, frozenset(reader.absent))


@dataclass
class _WordReader:
    con: duckdb.DuckDBPyConnection
    reading: Reading
    staged: Staged
    rows: int
    name: str
    tables: dict[tuple[str, str], str] = field(default_factory=dict)
    types: dict[tuple[str, str], str] = field(default_factory=dict)
    absent: set[tuple[str, str, str]] = field(default_factory=set)

    def read(self) -> None:
        columns = list(self._columns())
        few = self._few([source for _, _, sources in columns for source in sources])
        for table, column, sources in columns:
            for source, stored in sources.items():
                if source not in few:
                    continue
                count = self._distinct(source, identifiers=column.type in IDENTIFIERS)
                if column.type in IDENTIFIERS:
                    if count <= self._most_codes:
                        self._code("words", source, (table, stored))
                elif count <= self.rows * WORDS:
                    self._read(table, column, source, coded=count <= self._most_codes)
        self.con.execute("DROP TABLE IF EXISTS words; DROP TABLE IF EXISTS words_read")

    def _columns(self) -> Iterator[tuple[str, Column, dict[str, str]]]:
        """Yield (table, column, staged column to stored column) of columns that may have few words."""
        for told in self.reading.columns:
            if not told.table:
                continue
            column = tables()[told.table].columns[told.column]
            prefix = "" if told.table == self.reading.table else f"{told.table}."
            if column.type in IDENTIFIERS:
                yield told.table, column, {q(prefix + n): n for n, _ in column.stored()}
            elif column.type in WORDY and self._typed(told.table, column).stored:
                yield told.table, column, {q(prefix + column.name): column.name}

    def _typed(self, table: str, column: Column) -> Typed:
        return self.reading.typed(table, alias="w")[column.name]

    @property
    def _most_codes(self) -> float:
        return min(MOST_CODES, self.rows * CODES)

    def _few(self, sources: list[str]) -> list[str]:
        """Return the staged columns that may have few words, after some of their rows."""
        if not sources:
            return []
        counts = ", ".join(f"count(DISTINCT {source})" for source in sources)
        part = f"(SELECT {', '.join(sources)} FROM {self._data()} LIMIT {LOOKED_AT})"
        told = self.con.execute(f"SELECT {counts} FROM {part}").fetchone() or ()
        return [s for s, count in zip(sources, told, strict=True) if count <= LOOKED_AT * VARIED]

    def _data(self, *, identifiers: bool = True) -> str:
        return f"(SELECT * FROM {self.staged.relation(identifiers=identifiers)} WHERE row_kind = 'data')"

    def _distinct(self, source: str, *, identifiers: bool) -> int:
        rows = self._data(identifiers=identifiers)
        select = f"SELECT DISTINCT {source} FROM {rows} WHERE {source} IS NOT NULL"
        self.con.execute(f"CREATE OR REPLACE TEMP TABLE words AS {select}")
        return self._count("words")

    def _count(self, relation: str) -> int:
        return int(self.con.execute(f"SELECT count(*) FROM {relation}").fetchone()[0])  # type: ignore[index]

    def _code(self, relation: str, column: str, stored: tuple[str, str]) -> str:
        """Make the ENUM of a column's values; "" if it has none."""
        values = f"SELECT DISTINCT {column} FROM {relation} WHERE {column} IS NOT NULL"
        if not self._count(f"({values})"):
            return ""
        kind = f"{self.name}_code_{len(self.types)}"
        self.con.execute(f"CREATE TYPE {kind} AS ENUM ({values} ORDER BY 1)")
        self.types[stored] = kind
        return kind

    def _read(self, table: str, column: Column, source: str, *, coded: bool) -> None:
        """Read each word of a column that is read by itself."""
        told = self._typed(table, column)
        names = [q(name) for name in self.reading.plan.columns.values()]
        if any(f"w.{n}" in sql for sql in told.stored.values() for n in names if n != source):
            return
        columns = [f"{sql} AS {q(stored)}" for stored, sql in told.stored.items()]
        columns += [f"{sql} AS {q('#' + flag)}" for flag, sql in told.flags.items()]
        columns += [f'{told.unread} AS "#unread"'] if told.unread else []
        read = f"SELECT w.{source} AS word, {', '.join(columns)} FROM words AS w"
        self.con.execute(f"CREATE OR REPLACE TEMP TABLE words_read AS {read}")
        for flag in [*told.flags, *([UNREAD] if told.unread else [])]:
            if not self._count(f"(SELECT 1 FROM words_read WHERE {q('#' + flag)} LIMIT 1)"):
                self.absent.add((table, column.name, flag))
        kinds = {name: kind for name, kind in tables()[table].stored().items() if name in told.stored}
        kinds |= {name: "INTEGER" for name in told.stored if name == "octane"}
        casts = []
        for stored, kind in kinds.items():
            code = self._code("words_read", q(stored), (table, stored)) if coded and kind == "VARCHAR" else ""
            casts.append(f"CAST({q(stored)} AS {code or kind}) AS {q(stored)}")
        own = f"{self.name}_{len(self.tables)}"
        select = f"SELECT * REPLACE ({', '.join(casts)}) FROM words_read"
        self.con.execute(f"CREATE OR REPLACE TEMP TABLE {own} AS {select}")
        self.tables[table, column.name] = own
