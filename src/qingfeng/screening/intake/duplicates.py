"""Rows that are there twice, and rows that say two things under one id.

Within a file a row is a duplicate only if it carries its table's own id and every
mapped column agrees; a row without an id stays and is flagged `maybe_duplicate` if
it equals another, for an invoice can have a hundred equal lines. Across files a row
is a duplicate if every mapped column agrees, counting copies: a row that is twice in
each of two files stays twice. Same id, different values: both stay, both are flagged
`conflict`, and a person decides. A register's row makes way for a newer import's.

It is done in two looks. The first reads one number a row (a hash of the id, or of
all columns where there is none) and finds none in a clean file; only rows whose
number is there twice are looked at as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import duckdb

from qingfeng.screening.intake.derive import q
from qingfeng.screening.tables import IDENTIFIERS, Table

CONFLICTS_SHOWN = 1000

# What tells the rows of a register apart, one entity from another and its periods.
REGISTER_KEYS: Mapping[str, tuple[str, ...]] = {
    "unit": ("name",),
    "person": ("coalesce(id_h, name)", "unit", "status_from"),
    "vehicle": ("plate_norm", "status_from"),
    "fuel_card": ("card_h", "opened_on"),
    "calendar": ("date",),
    "geofence": ("place_id", "valid_from"),
    "place": ("adcode",),
    "vendor": ("coalesce(tax_no, name)",),
}
LINE_NO = {"invoice_line": ("inv_key", "line_no")}
# A legacy number without its code is no id: two sellers may have it.
WHOLE = {"invoice": "length(inv_key) >= 18", "invoice_line": "length(inv_key) >= 18"}


@dataclass(frozen=True)
class Lists:
    """The lists of a table's rows, which are part of what a row says.

    Attributes:
        child: Table of the list.
        new: SQL after FROM of this batch's rows, or "".
        old: SQL after FROM of the lake's rows, or "".
    """

    child: Table
    new: str
    old: str


@dataclass
class Found:
    """What was found in one table.

    Attributes:
        dropped: Name of the temporary table with `row_id` of new rows that are known.
        marked: Name of the temporary table with `row_id`, `flag` and `is_new`.
        gone: Name of the temporary table with `row_id` of a register's rows that make way.
        conflicts: (key, columns that differ, row ids) of the first thousand, by key.
        conflicts_found: How many there are.
    """

    dropped: str
    marked: str
    gone: str
    conflicts: list[tuple[str, tuple[str, ...], tuple[int, ...]]] = field(default_factory=list)
    conflicts_found: int = 0


def find(
    con: duckdb.DuckDBPyConnection, table: Table, *, new: str, old: str, lists: Sequence[Lists] = ()
) -> Found:
    """Compare a batch's new rows of one table with each other and with the lake's.

    Args:
        con: Temporary tables named after the lake table are made in it.
        table: The lake table.
        new: SQL after FROM of the new rows; files in the order of their numbers.
        old: SQL after FROM of the lake's rows that may be the same, or "".
        lists: Lists that belong to the rows.
    """
    name = table.name
    found = Found(f"dropped_{name}", f"marked_{name}", f"gone_{name}")
    con.execute(f"CREATE OR REPLACE TEMP TABLE {found.dropped} (row_id BIGINT)")
    con.execute(f"CREATE OR REPLACE TEMP TABLE {found.marked} (row_id BIGINT, flag VARCHAR, is_new BOOLEAN)")
    con.execute(f"CREATE OR REPLACE TEMP TABLE {found.gone} (row_id BIGINT)")
    if not _first_look(con, table, new, old):
        return found
    _second_look(con, table, new, old, lists)
    _drop(con, table, found)
    _mark(con, [*compared(table), *(x.child.name for x in lists)], found)
    con.execute("DROP TABLE twice; DROP TABLE looked")
    return found


def compared(table: Table) -> dict[str, str]:
    """Return what of a row must agree: declared column to SQL over stored columns."""
    out = {}
    for column in table.columns.values():
        names = [name for name, _ in column.stored()]
        if not names:
            continue
        if column.type in ("plate", "letter_no"):
            norm, raw = map(q, names)
            told = f"coalesce({norm}, {raw})"
            if table.name == "fuel":
                told = f"CASE WHEN quality_flags LIKE '%,plate_by_card,%' THEN NULL ELSE {told} END"
            out[column.name] = told
        elif column.type in IDENTIFIERS:
            out[column.name] = f"coalesce({q(names[0])}, {q(names[1])})"
        else:
            out[column.name] = q(names[0])
    return out


def key_of(table: Table) -> tuple[str, ...]:
    """Return the SQL of the parts of a row's own id; () if the table has none."""
    if table.name in REGISTER_KEYS:
        return REGISTER_KEYS[table.name]
    if table.name in LINE_NO:
        return LINE_NO[table.name]
    told = compared(table)
    return tuple(told.get(part, q(part)) for part in table.natural_key)


def _has_key(table: Table) -> str:
    """SQL: the row carries its id. Of a register's key only the first part must be there."""
    key = key_of(table)
    if not key:
        return "FALSE"
    parts = key[:1] if table.kind == "register" else key
    whole = [f"{part} IS NOT NULL" for part in parts]
    return " AND ".join([*whole, *([WHOLE[table.name]] if table.name in WHOLE else [])])


def _number(table: Table) -> str:
    everything = f"hash({', '.join(compared(table).values())})"
    key = key_of(table)
    if not key:
        return everything
    return f"CASE WHEN {_has_key(table)} THEN hash('#', {', '.join(key)}) ELSE {everything} END"


def _first_look(con: duckdb.DuckDBPyConnection, table: Table, new: str, old: str) -> bool:
    number = _number(table)
    twice = f"SELECT n FROM (SELECT {number} AS n FROM {new}) GROUP BY 1 HAVING count(*) > 1"
    if old:
        both = f"SELECT {number} AS n FROM {old} WHERE n IN (SELECT {number} FROM {new})"
        twice = f"{twice} UNION {both}"
    con.execute(f"CREATE OR REPLACE TEMP TABLE twice AS {twice}")
    return bool(con.execute("SELECT count(*) > 0 FROM twice").fetchone()[0])  # type: ignore[index]


def _second_look(
    con: duckdb.DuckDBPyConnection, table: Table, new: str, old: str, lists: Sequence[Lists]
) -> None:
    """Make `looked`: the rows whose number is there twice, with a digest of all that they say."""
    told = compared(table)
    text = ", ".join(f"coalesce(CAST({sql} AS VARCHAR), chr(30))" for sql in told.values())
    key = key_of(table)
    shown = " || ' · ' || ".join(f"coalesce(CAST({part} AS VARCHAR), '')" for part in key) or "''"
    parts = []
    for relation, is_new in ((new, True), (old, False)):
        if not relation:
            continue
        sides = [(x.child, x.new if is_new else x.old) for x in lists]
        joins = "".join(
            f" LEFT JOIN ({_digest_of(child, rows)}) AS l{i} ON l{i}.parent = t.row_id"
            for i, (child, rows) in enumerate(sides)
            if rows
        )
        items = {
            child.name: f"l{i}.digest" if rows else "CAST(NULL AS VARCHAR)"
            for i, (child, rows) in enumerate(sides)
        }
        listed = "".join(f", coalesce({sql}, chr(30))" for sql in items.values())
        cells = "".join(f", '{c}': t.cells.{q(c)}" for c in told) + "".join(
            f", '{c}': {d}" for c, d in items.items()
        )
        parts.append(
            f"""
            SELECT t.row_id, t.is_new, t.n, t.has_key, t.key, {{{cells[2:]}}} AS cells,
                CASE WHEN t.is_new THEN t.row_id >> 42 ELSE 0 END AS file_no,
                md5(concat_ws(chr(31), t."#said"{listed})) AS said
            FROM (SELECT row_id, {is_new} AS is_new, {_number(table)} AS n,
                    coalesce({_has_key(table)}, FALSE) AS has_key, {shown} AS key,
                    concat_ws(chr(31), {text}) AS "#said",
                    {{{", ".join(f"'{c}': CAST({sql} AS VARCHAR)" for c, sql in told.items())}}} AS cells
                  FROM {relation}) AS t{joins}
            WHERE t.n IN (SELECT n FROM twice)"""
        )
    con.execute(f"CREATE OR REPLACE TEMP TABLE looked AS {' UNION ALL '.join(parts)}")


def _digest_of(child: Table, rows: str) -> str:
    links = {"trip_id", "rcpt_id", "order_no", "book", "voucher_no", "date", "letter_no"}
    told = ", ".join(
        f"coalesce(CAST({sql} AS VARCHAR), '')" for name, sql in compared(child).items() if name not in links
    )
    return (
        f"SELECT {q(child.parent + '_row')} AS parent, "
        f"md5(string_agg(concat_ws(chr(31), {told}), chr(30) ORDER BY concat_ws(chr(31), {told}))) AS digest "
        f"FROM {rows} GROUP BY 1"
    )


def _drop(con: duckdb.DuckDBPyConnection, table: Table, found: Found) -> None:
    con.execute(
        f"""
        INSERT INTO {found.dropped}
        SELECT row_id FROM looked WHERE has_key
        QUALIFY row_number() OVER (PARTITION BY n, said ORDER BY file_no, row_id) > 1 AND is_new
        """
    )
    # A row without an id: as many copies go as the fullest file before it had.
    con.execute(
        f"""
        INSERT INTO {found.dropped}
        WITH copies AS (
            SELECT n, said, file_no, count(*) AS here FROM looked WHERE NOT has_key GROUP BY ALL
        ), before AS (
            SELECT *, coalesce(max(here) OVER (PARTITION BY n, said ORDER BY file_no
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS earlier FROM copies
        ), numbered AS (
            SELECT row_id, is_new, n, said, file_no,
                row_number() OVER (PARTITION BY n, said, file_no ORDER BY row_id) AS copy
            FROM looked WHERE NOT has_key
        )
        SELECT row_id FROM numbered JOIN before USING (n, said, file_no) WHERE is_new AND copy <= earlier
        """
    )
    if table.kind == "register":
        con.execute(
            f"""
            INSERT INTO {found.gone}
            SELECT DISTINCT o.row_id FROM looked AS o JOIN looked AS w ON o.n = w.n
            WHERE o.has_key AND NOT o.is_new AND w.is_new AND o.said <> w.said
                AND w.row_id NOT IN (SELECT row_id FROM {found.dropped})
            """
        )


def _mark(con: duckdb.DuckDBPyConnection, told: Sequence[str], found: Found) -> None:
    con.execute(f"DELETE FROM looked WHERE row_id IN (FROM {found.dropped}) OR row_id IN (FROM {found.gone})")
    con.execute(
        f"""
        INSERT INTO {found.marked}
        SELECT row_id, 'maybe_duplicate', TRUE FROM looked WHERE NOT has_key AND is_new
        QUALIFY count(*) OVER (PARTITION BY n, said, file_no) > 1
        """
    )
    # An empty cell contradicts nothing: such a pair is told apart from a conflict.
    differs = [f"count(DISTINCT cells.{q(c)}) > 1" for c in told]
    listed = ", ".join(f"CASE WHEN {sql} THEN '{c}' END" for c, sql in zip(told, differs, strict=True))
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE disputed AS
        SELECT n, min(key) AS key, list_filter([{listed}], lambda c: c IS NOT NULL) AS columns,
            list(row_id ORDER BY is_new, row_id) AS rows, count(*) AS copies
        FROM looked WHERE has_key GROUP BY n HAVING count(DISTINCT said) > 1 AND bool_or(is_new)
        """
    )
    con.execute(
        f"""
        INSERT INTO {found.marked}
        SELECT l.row_id, CASE WHEN len(d.columns) > 0 THEN 'conflict' ELSE 'maybe_duplicate' END, l.is_new
        FROM looked AS l JOIN disputed AS d USING (n) WHERE l.has_key AND (l.is_new OR len(d.columns) > 0)
        """
    )
    shown = con.execute(
        "SELECT key, columns, rows FROM disputed WHERE len(columns) > 0 "
        f"ORDER BY key, n LIMIT {CONFLICTS_SHOWN}"
    ).fetchall()
    found.conflicts = [(key, tuple(columns), tuple(rows)) for key, columns, rows in shown]
    found.conflicts_found = con.execute("SELECT count(*) FROM disputed WHERE len(columns) > 0").fetchone()[0]  # type: ignore[index]
    con.execute("DROP TABLE disputed")
