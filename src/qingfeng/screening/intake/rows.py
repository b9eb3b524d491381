"""One staged sheet as typed rows: the SELECTs that turn its text into columns of the lake.

A sheet gives rows of its main table; an export at line level gives rows of the parent
(an invoice is the sum of its lines) and of its list; a list in a cell gives a row of
the list's table for each item.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from qingfeng.screening.intake.derive import q, worked_out
from qingfeng.screening.intake.recognise import Reading
from qingfeng.screening.intake.unpivot import AMOUNT, ITEM, PLACE
from qingfeng.screening.intake.values import ValueReader, Values, constant, flag_text
from qingfeng.screening.intake.words import Words
from qingfeng.screening.normalise import Typed, typed
from qingfeng.screening.tables import MONEY, Column, Table, tables

FILE_STEP = 1 << 42
ROW_STEP = 1 << 10
LONGEST_LIST = ROW_STEP - 1

# What a row of a list takes over from the row it belongs to.
LINKS = frozenset(
    {
        "inv_key",
        "order_no",
        "rcpt_id",
        "trip_id",
        "exp_id",
        "buy_id",
        "letter_no_norm",
        "letter_no_raw",
        "book",
        "voucher_no",
    }
)
OWN_LINKS: Mapping[str, frozenset[str]] = {
    "voucher_invoice": frozenset({"unit", "date"}),
    "card_issue": frozenset({"unit", "date"}),
    "union_recv": frozenset({"date"}),
}
# A parent without an id of its own is known by these.
LINE_KEYS: Mapping[str, tuple[str, ...]] = {
    "letter": ("issuer", "letter_no_norm"),
    "invoice": ("inv_key",),
}
WHOLE_DAY = r"[0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?|[0-9]{8}"
BLANKABLE = {
    "issuer": "issuer IS NULL",
    "issue_date": "issue_date IS NULL",
    "matter": "matter IS NULL",
    "persons": '"#persons" IS NULL',
    "person_count": "person_count IS NULL",
}


@dataclass(frozen=True)
class Unread:
    """A column whose text may be unreadable.

    Attributes:
        header: As read.
        type: Declared type.
        source: Staged column, quoted.
        predicate: SQL: the cell has text that cannot be read.
        header_sql: SQL of the header where each row has its own, or "".
    """

    header: str
    type: str
    source: str
    predicate: str
    header_sql: str = ""


@dataclass(frozen=True)
class SheetRows:
    """The SQL of one staged sheet.

    Attributes:
        reading: What the sheet was recognised as.
        staged: SQL after FROM of the staged Parquet, unpivoted if the sheet is wide.
        file_no: Its number in the lake's register of sheets.
        keep: SQL: data rows that are somebody's business here, or "".
        words: What was read once a word.
    """

    reading: Reading
    staged: str
    file_no: int
    keep: str = ""
    words: Words = field(default_factory=Words)

    @cached_property
    def table(self) -> Table:
        """The main table."""
        return tables()[self.reading.table]

    @cached_property
    def lines(self) -> Table | None:
        """The list's table of an export at line level."""
        return tables()[self.reading.lines] if self.reading.lines else None

    @cached_property
    def have(self) -> frozenset[str]:
        """Declared columns of the main table that the sheet has."""
        named = {c.column for c in self.reading.columns if c.table == self.reading.table}
        return frozenset(named | ({ITEM} if self.reading.items else set()))

    @cached_property
    def lines_have(self) -> frozenset[str]:
        """Declared columns of the list's table that the sheet has."""
        return frozenset(c.column for c in self.reading.columns if self.lines and c.table == self.lines.name)

    @cached_property
    def typed(self) -> dict[tuple[str, str], Typed]:
        """(table, declared column) to its SQL over the staged text."""
        return {
            (table.name, name): told
            for table in (self.table, self.lines)
            if table
            for name, told in self.reading.typed(table.name).items()
        }

    def source(self, table: str, column: str) -> str:
        """Return the quoted staged column."""
        return q(column if table == self.reading.table else f"{table}.{column}")

    @cached_property
    def unread(self) -> tuple[Unread, ...]:
        """Columns whose text may be unreadable, in the order of the sheet."""
        found: dict[tuple[str, str], Unread] = {}
        for c in self.reading.columns:
            if c.table and (told := self.typed[c.table, c.column].unread):
                kind, source = tables()[c.table].columns[c.column].type, self.source(c.table, c.column)
                header = q(ITEM) if self.reading.items and c.column == AMOUNT else ""
                found.setdefault((c.table, c.column), Unread(c.header, kind, source, told, header))
        return tuple(found.values())

    @cached_property
    def numbers(self) -> dict[str, str]:
        """Declared columns that a totals row may add up, to the SQL that reads them."""
        from qingfeng.screening.intake.totals import ADDED, NOT_ADDED  # noqa: PLC0415 - rows and totals stay apart

        return {
            c.column: self.typed[c.table, c.column].stored[c.column]
            for c in self.reading.columns
            if c.table
            and not (self.reading.items and c.column == AMOUNT)
            and tables()[c.table].columns[c.column].type in ADDED
            and c.column not in NOT_ADDED
        }

    @property
    def data(self) -> str:
        """SQL after FROM: the data rows that are not withheld."""
        kept = f" AND {self.keep}" if self.keep else ""
        return f"(SELECT * FROM {self.staged} AS s WHERE row_kind = 'data'{kept})"

    def row_id(self, row_no: str = "row_no") -> str:
        """Return SQL of a row's id."""
        return f"({self.file_no * FILE_STEP} + {row_no} * {ROW_STEP})"

    def rows(self) -> str:
        """Return the SELECT of the main table's readable rows, one a row of the sheet.

        It has the stored columns but those that `derive` works out; for an export at
        line level the list's columns besides, called "<table>.<column>", `#key` and
        `#unread`.
        """
        values = self._values()
        place = f' + "#s.{PLACE}"' if self.reading.items else ""
        columns = [f"{self.row_id()}{place} AS row_id", 'row_no AS "#row_no"']
        columns += [f"{constant(self.reading.given(self.table.name))} AS given"]
        columns += [
            f"{values.flags(self.table.name)} AS quality_flags",
            *map(q, values.stored[self.table.name]),
        ]
        if self.lines:
            name = self.lines.name
            columns += [f"{values.flags(name)} AS {q(name + '.quality_flags')}"]
            columns += [q(f"{name}.{column}") for column in values.stored[name]]
        if "persons" in self.have:
            columns.append('"#s.persons" AS "#persons"')
        inner = f'SELECT {", ".join(columns)}, ({values.unread}) AS "#unread" FROM ({values.select})'
        finished = self._finish(inner)
        if self.lines:
            return finished
        return f'SELECT * EXCLUDE ("#unread", "#row_no") FROM ({finished}) WHERE NOT "#unread"'

    def _values(self) -> Values:
        keep = " AND ".join(["s.row_kind = 'data'", *([self.keep] if self.keep else [])])
        reader = ValueReader(self.reading, self.staged, keep, self.words)
        for table in filter(None, (self.table, self.lines)):
            reader.read(table)
        if "persons" in self.have:
            reader.carry("persons")
        if self.reading.items:
            reader.carry(PLACE)
        return reader.values()

    def groups(self, lines: str) -> str:
        """Return the SELECT of one row a parent: key, first row and sums, of an export at line level.

        Args:
            lines: SQL after FROM of what `rows` selected.
        """
        assert self.lines is not None
        columns = [
            '"#key"',
            'min("#row_no") FILTER (NOT "#unread") AS first_row',
            'bool_or("#unread") AS torn',
        ]
        columns += [f"{sql} AS {q(name)}" for name, sql in self._sums().items()]
        return f'SELECT {", ".join(columns)} FROM {lines} GROUP BY "#key" HAVING first_row IS NOT NULL'

    def parents(self, lines: str, groups: str) -> str:
        """Return the base SELECT of the parents of an export at line level."""
        assert self.lines is not None
        summed = self._sums()
        columns = [
            f"g.{q(name)}" if name in summed else self._torn() if name == "quality_flags" else f"l.{q(name)}"
            for name in self._base_columns(self.table)
        ]
        persons = ', l."#persons"' if "persons" in self.have else ""
        return (
            f"SELECT {', '.join(columns)}{persons} FROM {lines} AS l "
            f'JOIN {groups} AS g ON l."#row_no" = g.first_row WHERE NOT l."#unread"'
        )

    def line_rows(self, lines: str, groups: str) -> str:
        """Return the base SELECT of the lines of an export at line level."""
        assert self.lines is not None
        name, parent = self.lines.name, self.lines.parent + "_row"
        columns = []
        for column in self._base_columns(self.lines):
            if column == "row_id":
                columns.append("l.row_id")
            elif column == "given":
                columns.append(f"{constant(self._line_given())} AS given")
            elif column == parent:
                columns.append(f"{self.row_id('g.first_row')} AS {q(parent)}")
            elif self._is_linked(self.lines, column):
                columns.append(f"coalesce(l.{q(f'{name}.{column}')}, l.{q(column)}) AS {q(column)}")
            else:
                columns.append(f"l.{q(f'{name}.{column}')} AS {q(column)}")
        return (
            f'SELECT {", ".join(columns)} FROM {lines} AS l JOIN {groups} AS g ON l."#key" = g."#key" '
            'WHERE NOT l."#unread"'
        )

    def cells(self) -> dict[str, list[Column]]:
        """Return the list's tables that the sheet has cells of, with the columns of each."""
        found: dict[str, list[Column]] = {}
        for reading in self.reading.columns:
            column = self.table.columns.get(reading.column) if reading.table == self.table.name else None
            if column and column.type == "list":
                found.setdefault(column.of, []).append(column)
        return found

    def cell_rows(self, child: Table, columns: Sequence[Column], parents: str) -> str:
        """Return the base SELECT of the items in list cells.

        Args:
            child: The list's table.
            columns: The list columns that feed it.
            parents: SQL after FROM with the parents' rows that came in.
        """
        item = item_column(child)
        lists = [self._items(column, item) for column in columns]
        whole = lists[0] if len(lists) == 1 else f"list_concat({', '.join(lists)})"
        taken = ", ".join(f"p.{q(name)} AS {q('#p.' + name)}" for name in self._taken(child))
        wanted = " OR ".join(f"s.{q(c.name)} IS NOT NULL" for c in columns)
        exploded = f"""
            SELECT row_id, {", ".join(q("#p." + name) for name in self._taken(child))}{"," if taken else ""}
                unnest(items) AS told, generate_subscripts(items, 1) AS place
            FROM (SELECT p.row_id{", " + taken if taken else ""}, ({whole})[:{LONGEST_LIST}] AS items
                  FROM {self.staged} AS s JOIN {parents} AS p ON p.row_id = {self.row_id("s.row_no")}
                  WHERE s.row_kind = 'data' AND ({wanted}))"""
        told = typed(child.columns[item], source='"item"')
        named = "* EXCLUDE (told), told.item AS item, told.post AS post, told.role AS role"
        selected = [f"{sql} AS {q(name)}" for name, sql in self._cell_columns(child, told, columns).items()]
        return f"SELECT {', '.join(selected)} FROM (SELECT {named} FROM ({exploded}))"

    # Parts.

    def _finish(self, inner: str) -> str:
        """Work out what follows from the sheet's own columns."""
        name, have = self.table.name, self.have
        changed: dict[str, str] = {}
        added: dict[str, str] = {}
        if name == "invoice":
            added["inv_key"] = "inv_key(code, no, e_no)"
        if name == "unit":
            changed["unit_id"] = "coalesce(unit_id, name)"
        if name == "geofence":
            changed["place_id"] = "coalesce(place_id, name)"
        if name == "letter":
            changed["letter_id"] = "coalesce(letter_id, issuer || ' ' || letter_no_norm)"
            blank = [f"CASE WHEN {sql} THEN '{c},' ELSE '' END" for c, sql in BLANKABLE.items() if c in have]
            added["blank_flags"] = " || ".join(["','", *blank])
        if name == "travel_claim" and "period" in have:
            days = f"regexp_extract_all(period, '{WHOLE_DAY}')"
            changed |= {
                "departed_on": f"coalesce(departed_on, read_day({days}[1]))",
                "returned_on": f"coalesce(returned_on, read_day({days}[-1]))",
            }
        return self._finished(inner, changed, added)

    def _finished(self, inner: str, changed: Mapping[str, str], added: Mapping[str, str]) -> str:
        parts = ["*"]
        if changed:
            parts[0] += f" REPLACE ({', '.join(f'{sql} AS {q(name)}' for name, sql in changed.items())})"
        parts += [f"{sql} AS {q(name)}" for name, sql in added.items()]
        out = f"SELECT {', '.join(parts)} FROM ({inner})" if changed or added else inner
        if not self.lines:
            return out
        keys = LINE_KEYS.get(self.table.name, self.table.natural_key)
        whole = " AND ".join(f"{q(key)} IS NOT NULL" for key in keys) or "FALSE"
        key = " || chr(31) || ".join(f"CAST({q(key)} AS VARCHAR)" for key in keys) or "''"
        return f'SELECT *, CASE WHEN {whole} THEN {key} ELSE \'#\' || "#row_no" END AS "#key" FROM ({out})'

    def _sums(self) -> dict[str, str]:
        """Columns of a parent that its rows add up to, with the SQL over its lines."""
        return {
            name: f'CAST(sum({q(staged)}) FILTER (NOT "#unread") AS {MONEY})'
            for name, staged in self.reading.sums.items()
        }

    def _torn(self) -> str:
        return "l.quality_flags || CASE WHEN g.torn THEN 'line_rejected,' ELSE '' END AS quality_flags"

    def _base_columns(self, table: Table) -> list[str]:
        return list(self._base_types(table))

    def _base_types(self, table: Table) -> dict[str, str]:
        skipped = worked_out(table)
        return {name: kind for name, kind in table.stored().items() if name not in skipped}

    def _is_linked(self, child: Table, name: str) -> bool:
        links = LINKS | OWN_LINKS.get(child.name, frozenset())
        return name in links and name in self.table.stored() and name in child.stored()

    def _taken(self, child: Table) -> list[str]:
        names = [name for name in self._base_types(child) if self._is_linked(child, name)]
        return [*names, "guest_unit"] if child.name == "rcpt_person" else names

    def _line_given(self) -> str:
        assert self.lines is not None
        told = self.reading.given(self.lines.name)
        linked = [
            c
            for c, column in self.lines.columns.items()
            if f",{c}," not in told and any(self._is_linked(self.lines, n) for n, _ in column.stored())
        ]
        return told + "".join(f"{c}," for c in linked)

    def _items(self, column: Column, item: str) -> str:
        cell = f"s.{q(column.name)}"
        role = f"'{column.role}'" if column.role else "CAST(NULL AS VARCHAR)"
        if item == "name":
            told = f"list_people({cell})"
            shape = f"{{'item': x.name, 'post': x.post, 'role': {role}}}"
        else:
            told = f"list_numbers({cell})" if item == "inv_key" else f"list_items({cell})"
            shape = f"{{'item': x, 'post': CAST(NULL AS VARCHAR), 'role': {role}}}"
        return f"list_transform({told}, lambda x: {shape})"

    def _cell_columns(self, child: Table, told: Typed, columns: Sequence[Column]) -> dict[str, str]:
        """Return every column of a list's table to its SQL, for the items of a cell."""
        out = {name: f"CAST(NULL AS {kind})" for name, kind in self._base_types(child).items()}
        links = [name for name in out if self._is_linked(child, name)]
        out |= {name: q("#p." + name) for name in links}
        out |= {name: name for name in ("post", "role") if name in child.columns}
        out |= told.stored
        out |= {"row_id": "row_id + place", "quality_flags": flag_text(told.flags)}
        if child.parent + "_row" in out:
            out[child.parent + "_row"] = "row_id"
        if child.name == "rcpt_person":
            out["unit"] = "CASE WHEN role = 'guest' THEN \"#p.guest_unit\" END"
        named = [c for c, k in child.columns.items() if any(n in links for n, _ in k.stored())]
        named += [item_column(child), *(["role"] if any(c.role for c in columns) else [])]
        out["given"] = "'," + "".join(f"{name}," for name in named) + "'"
        return out


def item_column(child: Table) -> str:
    """Return the declared column of a list's table that an item of a cell is."""
    return next(name for name in ("name", "inv_key", "part") if name in child.columns)
