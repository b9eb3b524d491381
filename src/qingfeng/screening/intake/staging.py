"""From cells to staged text: one SELECT that cleans, names, hashes and tells rows apart.

Every reader ends here, with a relation of text columns `c0`, `c1` … in DuckDB, so
that 200 rows and 200 million are cleaned by the same SQL. What costs is asked only
where something cheap says that it may matter: a clean file pays for looking.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

import pyarrow as pa

from qingfeng.screening.intake.identifiers import Known, code_sql, identifier_sql, keyed, write_codes
from qingfeng.screening.intake.row_kinds import row_kind_sql
from qingfeng.screening.intake.sheet import Staged, StagePlan

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from qingfeng.screening.home import Home

# Staged text is read once or twice and removed: packing it, or looking for values that
# repeat beyond a few thousand, took a third of the time of writing.
QUICKLY = "COMPRESSION uncompressed, DICTIONARY_SIZE_LIMIT 4000"

BATCH_ROWS = 20_000  # rows that a reader in Python hands over at once

# Characters that a cell is cleaned of, beside the plain space: tab and line ends, the
# apostrophe by which Excel keeps text, wide and no-break spaces, marks without width.
SPACES = "\t\n\r\x0b\x0c\u00a0\u2002\u2003\u3000"
WIDTHLESS = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
ODD = SPACES + "'" + WIDTHLESS

_SPACE = r"[\x00-\x20\x{A0}\x{2000}-\x{200A}\x{202F}\x{3000}]"
_WIDTHLESS = r"[\x{200B}-\x{200F}\x{2060}\x{FEFF}]"


@dataclass(frozen=True)
class Layout:
    """The cells that a row of a sheet has.

    Attributes:
        width: Cells a row, mapped or not.
        plan: What they are.
        odd: The characters of `ODD` that may occur.
        anchors: Positions in the order in which they are most surely filled.
        known: Values that identifiers are known to have, so that they need not be hashed row by row.
    """

    width: int
    plan: StagePlan
    odd: str = ODD
    anchors: Sequence[int] = ()
    known: Known = field(default_factory=dict)

    def cells(self) -> list[str]:
        """Return the names of the cells in SQL."""
        return [f"c{at}" for at in range(self.width)]


def layout_of(plan: StagePlan, shown: Sequence[tuple[int, Sequence[str]]], odd: str = ODD) -> Layout:
    """Return the layout that a sheet's preview suggests.

    Args:
        plan: What the columns are.
        shown: The preview.
        odd: The characters of `ODD` that may occur.
    """
    data = [cells for row, cells in shown if row > plan.header_to]
    header = [len(cells) for row, cells in shown if plan.header_from <= row <= plan.header_to]
    widths = sorted(len(cells) for cells in data)
    usual = widths[len(widths) // 2] if widths else 0
    width = max([usual, max(plan.columns, default=-1) + 1, 1, *header])
    filled = [sum(1 for cells in data if at < len(cells) and cells[at].strip()) for at in range(width)]
    return Layout(width, plan, odd, sorted(range(width), key=lambda at: (-filled[at], at)))


def stage_relation(
    con: duckdb.DuckDBPyConnection,
    source: str,
    layout: Layout,
    into: Path,
    home: Home,
    *,
    first_row: int | None = None,
) -> Staged:
    """Write a relation of raw cells as staged text.

    Args:
        con: Where the relation can be read.
        source: SQL after FROM; its columns are `c0`, `c1` … as VARCHAR and, unless
            `first_row` is given, `row_no BIGINT`. Its order is kept.
        layout: What the cells are.
        into: The Parquet file to write.
        home: Whose key hashes identifiers.
        first_row: Number of the first row if every row has the next number.

    Raises:
        duckdb.Error: If the relation cannot be read, or the file not be written.
    """
    file = str(into).replace("'", "''")
    numbered = first_row is None
    codes = {}
    for cell, values in layout.known.items():
        name = layout.plan.columns[int(cell[1:])]
        codes[name] = into.with_name(f"{into.stem}-{cell}.parquet")
        write_codes(values, home, codes[name])
    with keyed(con, home, layout.known):
        con.execute(
            f"COPY ({staging_sql(source, layout, numbered=numbered)}) TO '{file}' "
            f"(FORMAT parquet, PRESERVE_ORDER true, {QUICKLY})"
        ).fetchall()
    kinds = con.execute(f"SELECT row_kind, count(*) FROM read_parquet('{file}') GROUP BY 1").fetchall()
    return Staged(into, dict(sorted(kinds)), first_row=first_row, codes=codes)


def staging_sql(source: str, layout: Layout, *, numbered: bool) -> str:
    """Return the SELECT that makes raw cells staged text."""
    row_no = ["row_no"] if numbered else []
    clean = [f"{clean_sql(cell, layout.odd)} AS {cell}" for cell in layout.cells()]
    kind = row_kind_sql(layout.width, layout.plan.headers, layout.anchors)
    named = [*row_no, "row_kind"]
    for at, name in sorted(layout.plan.columns.items()):
        cell = f"c{at}"
        if name not in layout.plan.identifiers:
            named.append(f"{cell} AS {quoted(name)}")
        else:
            named += identifier_sql(cell, name, f"known_{cell}" if cell in layout.known else "")
    cleaned = f"SELECT {', '.join(row_no + clean)} FROM {source}"
    codes = "".join(f", {code_sql(cell)} AS known_{cell}" for cell in layout.known)
    told_apart = f"SELECT *, {kind} AS row_kind{codes} FROM ({cleaned})"
    return f"SELECT {', '.join(named)} FROM ({told_apart})"


def clean_sql(cell: str, odd: str) -> str:
    """Return SQL of a cell without what nobody typed: trimmed, NULL if empty.

    A cell that begins with a space or less, ends with one, or holds an odd character
    is cleaned; any other is taken as it is.
    """
    marks = "".join(f" OR contains({cell}, {_literal(mark)})" for mark in odd)
    thin = f"regexp_replace({cell}, '{_WIDTHLESS}', '', 'g')"
    ends = f"^{_SPACE}*''?{_SPACE}*|{_SPACE}+$"
    return (
        f"CASE WHEN {cell} < '!' OR suffix({cell}, ' '){marks} "
        f"THEN nullif(regexp_replace({thin}, '{ends}', '', 'g'), '') ELSE {cell} END"
    )


def stage_rows(
    con: duckdb.DuckDBPyConnection,
    rows: Iterator[tuple[int, Sequence[str]]],
    layout: Layout,
    into: Path,
    home: Home,
) -> Staged:
    """Write rows that a reader in Python yields as staged text.

    Args:
        con: A connection of the caller.
        rows: (row number, cells); a row may be short, further cells are left out.
        layout: What the cells are.
        into: The Parquet file to write.
        home: Whose key hashes identifiers.

    Raises:
        Exception: What `rows` raises, as it was.
    """
    schema = pa.schema([("row_no", pa.int64()), *((cell, pa.string()) for cell in layout.cells())])
    broke: list[BaseException] = []

    def batches() -> Iterator[pa.RecordBatch]:
        try:
            while block := list(islice(rows, BATCH_ROWS)):
                yield _batch(block, layout.width, schema)
        except BaseException as error:
            broke.append(error)
            raise

    con.register("staging_rows", pa.RecordBatchReader.from_batches(schema, batches()))
    try:
        return stage_relation(con, "staging_rows", layout, into, home)
    except Exception:
        if broke:
            raise broke[0] from None
        raise
    finally:
        con.unregister("staging_rows")


def _batch(block: list[tuple[int, Sequence[str]]], width: int, schema: pa.Schema) -> pa.RecordBatch:
    blank = [""] * width
    padded = [cells if len(cells) == width else [*cells, *blank][:width] for _, cells in block]
    columns = [pa.array([row for row, _ in block], pa.int64())]
    columns += [pa.array(column, pa.string()) for column in zip(*padded, strict=True)]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def quoted(name: str) -> str:
    """Return a name for SQL."""
    return '"' + name.replace('"', '""') + '"'


def _literal(mark: str) -> str:
    return f"chr({ord(mark)})"
