"""Evidence rows as numbers until the last moment, and as names then.

A finding may rest on many rows and a run may have millions of findings, so the engine
compares and sorts numbers: an evidence row is `table << 54 | place << 32 | row`, where
`place` numbers the files and sheets of the snapshot in the order in which they are told.
Only the text that is hashed or written names files, looked up in lists that the engine
holds once. The macros, all over the numbers of one finding:

* `qf_named(evidence)`: distinct rows in the order in which they are told.
* `qf_order(rows)`: numbers that sort as the text of `qf_canon` does.
* `qf_canon(rows, rule)`: canonical JSON, which ids are made of.
* `qf_shown(rows)`: JSON as leads.jsonl has it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from qingfeng.screening.lake.delta import WORKED_OUT
from qingfeng.screening.tables import tables

if TYPE_CHECKING:
    from collections.abc import Iterable

    import duckdb

    from qingfeng.screening.lake import SheetRecord

ROW = "(k & 4294967295)"
PLACE = "((k >> 32) & 4194303)"
TABLE = "(k >> 54)"
DIGITS = f"strlen(CAST({ROW} AS VARCHAR))"

_MACROS = (
    # A row of a sheet that the snapshot does not have is no evidence; items of one list cell are one row.
    """
    CREATE OR REPLACE MACRO qf_named(evidence) AS list_sort(list_distinct(list_filter(list_transform(
      evidence, lambda e: (CAST(list_position(getvariable('qf_tables'), e.t) AS BIGINT) << 54)
        | (getvariable('qf_places')[(e.r >> 42) + 1] << 32) | ((e.r >> 10) & 4294967295)
    ), lambda k: k IS NOT NULL)))
    """,
    # Text compares 12 after 100 and a longer list before its own beginning: so do these numbers.
    f"""
    CREATE OR REPLACE MACRO qf_order(named) AS list_append(flatten(list_transform(named, lambda k: [
      (getvariable('qf_file_ranks')[{PLACE}] << 38)
        | ({ROW} * getvariable('qf_tens')[{DIGITS}] * 16 + {DIGITS}),
      (getvariable('qf_sheet_ranks')[{PLACE}] << 9) | getvariable('qf_table_ranks')[{TABLE}]
    ])), 9223372036854775807)
    """,
    f"""
    CREATE OR REPLACE MACRO qf_canon(named, rule) AS
      '{{"evidence":[' || array_to_string(list_transform(named, lambda k:
        '{{"file":' || getvariable('qf_files')[{PLACE}] || ',"row":' || {ROW}
        || ',"sheet":' || getvariable('qf_sheets')[{PLACE}]
        || ',"table":"' || getvariable('qf_tables')[{TABLE}] || '"}}'), ',')
      || '],"rule":"' || rule || '"}}'
    """,
    f"""
    CREATE OR REPLACE MACRO qf_shown(named) AS
      '[' || array_to_string(list_transform(named, lambda k:
        '{{"table": "' || getvariable('qf_tables')[{TABLE}]
        || '", "file": ' || getvariable('qf_files')[{PLACE}]
        || ', "sheet": ' || getvariable('qf_sheets')[{PLACE}] || ', "row": ' || {ROW} || '}}'), ', ') || ']'
    """,
)


def name_rows(con: duckdb.DuckDBPyConnection, sheets: Iterable[SheetRecord]) -> None:
    """Let a connection name evidence rows: define the macros and their lists.

    Args:
        con: The connection that will use them; a cursor of it has lists of its own.
        sheets: Of the snapshot.
    """
    for name, (kind, values) in _lists(list(sheets)).items():
        con.execute(f"SET VARIABLE {name} = CAST($values AS {kind}[])", {"values": values})
    for sql in _MACROS:
        con.execute(sql)


def _lists(sheets: list[SheetRecord]) -> dict[str, tuple[str, list[Any]]]:
    """Return the lists by the name of their variable: type and values, the first at 1."""
    places = sorted({(s.path, s.sheet) for s in sheets}, key=lambda p: (p[0], p[1] is not None, p[1] or ""))
    number = {place: at for at, place in enumerate(places, 1)}
    of_file: list[int | None] = [None] * (max((s.file_no for s in sheets), default=0) + 1)
    for sheet in sheets:
        of_file[sheet.file_no] = number[sheet.path, sheet.sheet]
    files = [json.dumps(path, ensure_ascii=False) for path, _ in places]
    named = [json.dumps(sheet, ensure_ascii=False) for _, sheet in places]
    known = sorted({*tables(), *WORKED_OUT})
    return {
        "qf_places": ("BIGINT", of_file),
        "qf_files": ("VARCHAR", files),
        "qf_file_ranks": ("BIGINT", _ranks(files)),
        "qf_sheets": ("VARCHAR", named),
        "qf_sheet_ranks": ("BIGINT", _ranks(named)),
        "qf_tables": ("VARCHAR", known),
        "qf_table_ranks": ("BIGINT", _ranks([f'"{table}"' for table in known])),
        "qf_tens": ("BIGINT", [10 ** (10 - digits) for digits in range(1, 11)]),
    }


def _ranks(texts: list[str]) -> list[int]:
    """Return the place of each text among all of them, equal ones sharing theirs."""
    rank = {text: at for at, text in enumerate(sorted(set(texts)))}
    return [rank[text] for text in texts]
