"""Identifiers are hashed as the file is read: what is staged is a keyed hash and a tail.

The hash is `Home.hash`, written in SQL so that it runs on every thread: HMAC-SHA256
(RFC 2104) is two SHA-256 over the key, padded to the block of 64 bytes and mixed with
one byte. That costs as much as half of all other staging. The cards of a year are few,
so values that samples of the file show are hashed beforehand and joined. The engine
guesses that any CSV is tiny and would build on its side, which loses the order: the
optimisers that choose the side are off while a sheet is staged (`SIDES_AS_WRITTEN`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pyarrow as pa

from qingfeng.screening.home import HASH_DIGITS

if TYPE_CHECKING:
    import duckdb

    from qingfeng.screening.home import Home

BLOCK = 64  # bytes of a SHA-256 block
SIDES_AS_WRITTEN = "join_order,build_side_probe_side"
Known = Mapping[str, frozenset[str]]  # cell in SQL to values of it that are `plain`

_PLAIN = re.compile("[0-9A-Z]{4,}")
_SPOILT = re.compile(r"\d+E\d+|\d{12,}0000|.*XXX.*")
_WIDE = "".join(map(chr, range(0xFF01, 0xFF5F)))
_NARROW = "".join(map(chr, range(0x21, 0x7F))).replace("'", "''")
_LOST = r"[+-]?\d+(\.\d+)?[eE]\+?\d+|\d{12,}0000"
_MASK = r".*([*＊●•]|[xX]{3}).*"


@contextmanager
def keyed(con: duckdb.DuckDBPyConnection, home: Home, known: Known) -> Iterator[None]:
    """Lend the key to a connection, and what is known: variables and types for `identifier_sql`."""
    block = home.key.ljust(BLOCK, b"\0")
    con.execute("SET VARIABLE inner_key = ?", [bytes(byte ^ 0x36 for byte in block)])
    con.execute("SET VARIABLE outer_key = ?", [bytes(byte ^ 0x5C for byte in block)])
    try:
        for cell, values in known.items():
            con.register("qf_known", _hashed(values, home))
            con.execute(f"CREATE OR REPLACE TEMP TABLE known_{cell} AS FROM qf_known")
            con.unregister("qf_known")
        yield
    finally:
        for cell in known:
            con.execute(f"DROP TABLE IF EXISTS known_{cell}")
        con.execute("RESET VARIABLE inner_key")
        con.execute("RESET VARIABLE outer_key")


def _hashed(values: Iterable[str], home: Home) -> pa.Table:
    listed = sorted(values)
    return pa.table({"value": listed, "hash": pa.array(map(home.hash, listed), pa.string())})


def identifier_sql(cell: str, name: str, place: str) -> list[str]:
    """Return the staged columns of an identifier: `x_h`, `x_last4`, `x_flag`.

    The hash is NULL where a spreadsheet lost digits (scientific notation, or 16
    digits and more that end in four zeros) or somebody masked them; where digits are
    lost the last four are not known either. Only data rows have any.

    Args:
        cell: SQL of the cleaned cell.
        name: Declared column.
        place: The column that holds the joined hash, or "".
    """
    folded, flag = folded_sql(cell), flag_sql(cell)
    tail = f"right({folded}, 4)"
    data = f"row_kind = 'data' AND {cell} IS NOT NULL"
    seen = f"({flag} IS NULL OR {flag} = 'masked' AND NOT regexp_full_match({tail}, '{_MASK}'))"
    hashed = f"CASE WHEN {data} AND {flag} IS NULL THEN {hash_sql(folded)} END"
    known = f"row_kind = 'data' AND {place} IS NOT NULL" if place else "false"
    return [
        f'CASE WHEN {known} THEN {place or "NULL"} ELSE {hashed} END AS "{name}_h"',
        f'CASE WHEN {known} THEN right({cell}, 4) WHEN {data} AND {seen} THEN {tail} END AS "{name}_last4"',
        f'CASE WHEN {known} THEN NULL WHEN {data} THEN {flag} END AS "{name}_flag"',
    ]


def plain(values: Iterable[str]) -> frozenset[str]:
    """Return the values that folding leaves as they are and nothing is wrong with."""
    return frozenset(value for value in values if _PLAIN.fullmatch(value) and not _SPOILT.fullmatch(value))


def folded_sql(cell: str) -> str:
    """Return SQL of an identifier as `Home.hash` folds it: full width to half, upper case, no spaces."""
    narrow = f"translate({cell}, '{_WIDE}', '{_NARROW}')"
    bare = rf"upper(regexp_replace({narrow}, '[\s\x{{A0}}\x{{3000}}]+', '', 'g'))"
    return f"CASE WHEN regexp_full_match({cell}, '[0-9A-Z]+') THEN {cell} ELSE {bare} END"


def flag_sql(cell: str) -> str:
    """Return SQL of what is wrong with an identifier: NULL, digits_lost or masked."""
    lost = (
        f"(suffix({cell}, '0000') OR contains(upper({cell}), 'E')) AND regexp_full_match({cell}, '{_LOST}')"
    )
    masked = f"NOT regexp_full_match({cell}, '[0-9A-WYZ]+[0-9Xx]?') AND regexp_full_match({cell}, '{_MASK}')"
    return f"CASE WHEN {lost} THEN 'digits_lost' WHEN {masked} THEN 'masked' END"


def hash_sql(folded: str) -> str:
    """Return SQL of the keyed hash of folded text; within `keyed` only."""
    inner = f"unhex(sha256(getvariable('inner_key') || encode({folded})))"
    return f"left(sha256(getvariable('outer_key') || {inner}), {HASH_DIGITS})"
