"""The cells of a sheet as values: each is read once, and its flags and rejects follow from the value.

Most columns of a large export have few words: five thousand plates, forty stations,
three products. There a word is read once and joined, not read once a row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import duckdb

from qingfeng.screening.intake.derive import q, worked_out
from qingfeng.screening.intake.recognise import Reading
from qingfeng.screening.tables import Table, tables

WORDY = frozenset({"plate", "product", "enum", "letter_no", "day", "month", "flag", "code"})
LARGE = 200_000  # rows from which reading words once is worth a pass over the column
WORDS = 0.05  # words a row, at most


@dataclass(frozen=True)
class Values:
    """The first step of reading a sheet.

    Attributes:
        select: SELECT of `row_no`, the stored columns, and what the second step needs.
        stored: Table to its stored columns that the step has; those of a list's table are
            called "<table>.<column>".
        told: Table to flag to SQL over the step's columns.
        unread: SQL over the step's columns: some cell of the row cannot be read.
    """

    select: str
    stored: Mapping[str, tuple[str, ...]]
    told: Mapping[str, Mapping[str, str]]
    unread: str

    def flags(self, table: str) -> str:
        """Return SQL of the quality flags of a table's row."""
        return flag_text(self.told.get(table, {}))


@dataclass
class ValueReader:
    """Puts the first step together, table by table.

    Attributes:
        reading: What the sheet was recognised as.
        staged: SQL after FROM of the staged sheet.
        keep: SQL over the staged rows `s`: which are read.
        words: (table, column) to the temporary table of its words.
    """

    reading: Reading
    staged: str
    keep: str
    words: Mapping[tuple[str, str], str]
    _columns: dict[str, str] = field(default_factory=dict)
    _joins: list[str] = field(default_factory=list)
    _stored: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _flags: dict[str, dict[str, str]] = field(default_factory=dict)
    _unread: list[str] = field(default_factory=list)

    def read(self, table: Table) -> None:
        """Read the columns of the main table or of the list that the rows are."""
        prefix = "" if table.name == self.reading.table else f"{table.name}."
        names = []
        given = self.reading.typed(table.name, alias="s")
        for column in table.columns.values():
            kinds = dict(column.stored()) | ({"octane": "INTEGER"} if column.type == "product" else {})
            kinds = {name: kind for name, kind in kinds.items() if name not in worked_out(table)}
            told = given.get(column.name)
            seen: dict[str, str] = {}
            for name, kind in kinds.items():
                sql = told.stored.get(name, "NULL") if told else "NULL"
                if told and (table.name, column.name) in self.words and name in told.stored:
                    self._columns[prefix + name] = self._joined(table.name, column.name, name)
                else:
                    self._columns[prefix + name] = f"CAST({sql} AS {kind})"
                if sql not in ("NULL", f"s.{q(prefix + column.name)}"):
                    seen[sql] = q(prefix + name)
                names.append(name)
            if told:
                self._follow(table.name, column.name, prefix, seen)
        self._stored[table.name] = tuple(names)

    def carry(self, column: str) -> None:
        """Carry a staged column as it is, as "#s.<column>"."""
        self._columns[f"#s.{column}"] = f"s.{q(column)}"

    def values(self) -> Values:
        """Return the step."""
        listed = ", ".join(f"{sql} AS {q(name)}" for name, sql in self._columns.items())
        select = (
            f"SELECT s.row_no, {listed} FROM {self.staged} AS s {' '.join(self._joins)} WHERE {self.keep}"
        )
        return Values(select, self._stored, self._flags, " OR ".join(self._unread) or "FALSE")

    def _joined(self, table: str, column: str, stored: str) -> str:
        words = self.words[table, column]
        prefix = "" if table == self.reading.table else f"{table}."
        join = f"LEFT JOIN {words} ON {words}.word = s.{q(prefix + column)}"
        if join not in self._joins:
            self._joins.append(join)
        return f"{words}.{q(stored)}"

    def _follow(self, table: str, column: str, prefix: str, seen: Mapping[str, str]) -> None:
        """Let flags and rejects look at the value instead of reading the cell again."""
        told = self.reading.typed(table, alias="s")[column]

        def over(predicate: str) -> str:
            for sql, name in sorted(seen.items(), key=lambda item: -len(item[0])):
                predicate = predicate.replace(sql, name)
            for staged in self.reading.plan.columns.values():
                for part in (staged, *(staged + end for end in ("_h", "_last4", "_flag"))):
                    if f"s.{q(part)}" in predicate:
                        self.carry(part)
                        predicate = predicate.replace(f"s.{q(part)}", q(f"#s.{part}"))
            return predicate

        flags = self._flags.setdefault(table, {})
        for flag, predicate in told.flags.items():
            if (table, column) in self.words:
                name = f"#f.{prefix}{flag}.{column}"
                self._columns[name] = self._joined(table, column, "#" + flag)
                sql = f"coalesce({q(name)}, FALSE)"
            else:
                sql = f"({over(predicate)})"
            flags[flag] = f"{flags[flag]} OR {sql}" if flag in flags else sql
        if told.unread and (table, column) in self.words:
            name = f"#u.{prefix}{column}"
            self._columns[name] = self._joined(table, column, "#unread")
            self._unread.append(f"coalesce({q(name)}, FALSE)")
        elif told.unread:
            self._unread.append(f"coalesce({over(told.unread)}, FALSE)")


def read_words(
    con: duckdb.DuckDBPyConnection, reading: Reading, staged: str, *, rows: int, name: str
) -> dict[tuple[str, str], str]:
    """Read the words of a large sheet's columns that have few.

    Args:
        con: Temporary tables are made in it.
        reading: What the sheet was recognised as.
        staged: SQL after FROM of the staged sheet.
        rows: Data rows in it.
        name: Beginning of the tables' names.

    Returns:
        (table, column) to the table of its words; none for a small sheet.
    """
    if rows < LARGE:
        return {}
    found: dict[tuple[str, str], str] = {}
    for place, column in enumerate(c for c in reading.columns if c.table):
        declared = tables()[column.table].columns[column.column]
        told = reading.typed(column.table, alias="w")[column.column]
        if declared.type not in WORDY or not told.stored:
            continue
        prefix = "" if column.table == reading.table else f"{column.table}."
        source = q(prefix + column.column)
        distinct = f"SELECT DISTINCT {source} FROM {staged} WHERE row_kind = 'data' AND {source} IS NOT NULL"
        con.execute(f"CREATE OR REPLACE TEMP TABLE words AS {distinct}")
        (count,) = con.execute("SELECT count(*) FROM words").fetchone()  # type: ignore[misc]
        others = any(
            f'w."{n}"' in sql for sql in told.stored.values() for n in _names(reading) if q(n) != source
        )
        if count > rows * WORDS or others:
            continue
        columns = [f"{sql} AS {q(stored)}" for stored, sql in told.stored.items()]
        columns += [f"{sql} AS {q('#' + flag)}" for flag, sql in told.flags.items()]
        columns += [f'{told.unread} AS "#unread"'] if told.unread else []
        table = f"{name}_{place}"
        read = f"SELECT w.{source} AS word, {', '.join(columns)} FROM words AS w"
        con.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {read}")
        found[column.table, column.column] = table
    con.execute("DROP TABLE IF EXISTS words")
    return found


def flag_text(flags: Mapping[str, str]) -> str:
    """Return SQL of the flags that hold, as `,flag,flag,`.

    Args:
        flags: Flag to SQL that is TRUE where a row has it.
    """
    marks = [f"CASE WHEN {predicate} THEN '{flag},' ELSE '' END" for flag, predicate in sorted(flags.items())]
    return " || ".join(["','", *marks])


def _names(reading: Reading) -> list[str]:
    return list(reading.plan.columns.values())
