"""The cells of a sheet as values: each is read once, and its flags and rejects follow from the value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations

from qingfeng.screening.intake.derive import q, worked_out
from qingfeng.screening.intake.recognise import Reading
from qingfeng.screening.intake.unpivot import AMOUNT, ITEM
from qingfeng.screening.intake.words import Words
from qingfeng.screening.tables import Table

NOTHING = "CAST(NULL AS ENUM(''))"  # in a text column that the sheet has not: narrow to carry and to write
FEW_FLAGS = 4  # flags of which every combination is listed


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
        words: What was read once a word.
    """

    reading: Reading
    staged: str
    keep: str
    words: Words
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
                if told and (table.name, column.name) in self.words.tables and name in told.stored:
                    self._columns[prefix + name] = self._joined(table.name, column.name, name)
                elif sql == "NULL" and kind == "VARCHAR":
                    self._columns[prefix + name] = NOTHING
                else:
                    self._columns[prefix + name] = (
                        f"CAST({sql} AS {self.words.types.get((table.name, name), kind)})"
                    )
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
        words = self.words.tables[table, column]
        prefix = "" if table == self.reading.table else f"{table}."
        join = f"LEFT JOIN {words} ON {words}.word = s.{q(prefix + column)}"
        if join not in self._joins:
            self._joins.append(join)
        return f"{words}.{q(stored)}"

    def _follow(self, table: str, column: str, prefix: str, seen: Mapping[str, str]) -> None:
        """Let flags and rejects look at the value instead of reading the cell again."""
        told = self.words.told(table, column, self.reading.typed(table, alias="s")[column])

        def over(predicate: str) -> str:
            for sql, name in sorted(seen.items(), key=lambda item: -len(item[0])):
                predicate = predicate.replace(sql, name)
            made = (ITEM, AMOUNT) if self.reading.items else ()
            for staged in (*self.reading.plan.columns.values(), *made):
                for part in (staged, *(staged + end for end in ("_h", "_last4", "_flag"))):
                    if f"s.{q(part)}" in predicate:
                        self.carry(part)
                        predicate = predicate.replace(f"s.{q(part)}", q(f"#s.{part}"))
            return predicate

        flags = self._flags.setdefault(table, {})
        for flag, predicate in told.flags.items():
            if (table, column) in self.words.tables:
                name = f"#f.{prefix}{flag}.{column}"
                self._columns[name] = self._joined(table, column, "#" + flag)
                sql = f"coalesce({q(name)}, FALSE)"
            else:
                sql = f"({over(predicate)})"
            flags[flag] = f"{flags[flag]} OR {sql}" if flag in flags else sql
        if told.unread and (table, column) in self.words.tables:
            name = f"#u.{prefix}{column}"
            self._columns[name] = self._joined(table, column, "#unread")
            self._unread.append(f"coalesce({q(name)}, FALSE)")
        elif told.unread:
            self._unread.append(f"coalesce({over(told.unread)}, FALSE)")


def flag_text(flags: Mapping[str, str]) -> str:
    """Return SQL of the flags that hold, as `,flag,flag,`.

    Most rows have none, and are not put together from pieces. Where flags are few, the
    text is an ENUM of all that may be said, for it is narrow to carry and to write.

    Args:
        flags: Flag to SQL that is TRUE where a row has it.
    """
    told = sorted(flags)
    marks = [f"CASE WHEN {flags[flag]} THEN '{flag},' ELSE '' END" for flag in told]
    some = " OR ".join(f"({flags[flag]})" for flag in told) or "FALSE"
    together = " || ".join(["','", *marks])
    if len(told) > FEW_FLAGS:
        return f"CASE WHEN {some} THEN {together} ELSE ',' END"
    sets = (part for size in range(len(told) + 1) for part in combinations(told, size))
    kind = "ENUM(" + ", ".join("'," + "".join(f"{flag}," for flag in part) + "'" for part in sets) + ")"
    return f"CASE WHEN {some} THEN CAST({together} AS {kind}) ELSE CAST(',' AS {kind}) END"


def constant(text: str) -> str:
    """Return SQL of a text that every row of a sheet has: an ENUM of one value, narrow to carry."""
    told = "'" + text.replace("'", "''") + "'"
    return f"CAST({told} AS ENUM({told}))"
