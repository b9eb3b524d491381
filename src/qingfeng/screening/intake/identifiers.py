"""Identifiers are hashed as the file is read: what is staged is a keyed hash and a tail.

The hash is `Home.hash`, written in SQL so that it runs on every thread: HMAC-SHA256
(RFC 2104) is two SHA-256 over the key, padded to the block of 64 bytes and mixed with
one byte. That costs as much as half of all other staging. The cards of a year are few,
so values that samples of the file show are hashed beforehand; a row that has one is
staged with a small number, and a file beside the sheet says what each number stands for.

How a value is found: the engine reads text as an ENUM faster than it joins, and a join
would put the ordered copy on one thread. But text that the ENUM has not costs half a
millisecond (the error lists every value), so a table of bits is asked first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from qingfeng.screening.home import HASH_DIGITS

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from qingfeng.screening.home import Home

BLOCK = 64  # bytes of a SHA-256 block
BITS = 1 << 20  # of the table that says which values are surely not known
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
            con.register("qf_known", pa.table({"value": sorted(values)}))
            con.execute(f"CREATE TYPE known_{cell} AS ENUM (SELECT value FROM qf_known)")
            bits = f"SELECT bitstring_agg({_place('value')}, 0, {BITS - 1}) FROM qf_known"
            con.execute(f"SET VARIABLE known_{cell} = ({bits})")
            con.unregister("qf_known")
        yield
    finally:
        for cell in known:
            con.execute(f"DROP TYPE IF EXISTS known_{cell}")
            con.execute(f"RESET VARIABLE known_{cell}")
        con.execute("RESET VARIABLE inner_key")
        con.execute("RESET VARIABLE outer_key")


def write_codes(values: frozenset[str], home: Home, into: Path) -> None:
    """Write what the numbers of `code_sql` stand for: `code`, `h` and `last4` of each value."""
    listed = sorted(values)
    hashes = pa.array(map(home.hash, listed), pa.string())
    tails = pa.array((value[-4:] for value in listed), pa.string())
    codes = pa.array(range(len(listed)), pa.int32())
    pq.write_table(pa.table({"code": codes, "h": hashes, "last4": tails}), into)


def code_sql(cell: str) -> str:
    """Return SQL of a cleaned cell's number among its known values, NULL if it is none of them."""
    maybe = f"get_bit(getvariable('known_{cell}'), {_place(cell)}) = 1"
    return f"CASE WHEN {maybe} THEN CAST(enum_code(TRY_CAST({cell} AS known_{cell})) AS INTEGER) END"


def _place(text: str) -> str:
    return f"CAST(hash({text}) % {BITS} AS INTEGER)"


def identifier_sql(cell: str, name: str, code: str) -> list[str]:
    """Return the staged columns of an identifier: `x_h`, `x_last4`, `x_flag`, and `x_code` if some are known.

    The hash is NULL where a spreadsheet lost digits (scientific notation, or 16
    digits and more that end in four zeros) or somebody masked them; where digits are
    lost the last four are not known either. Only data rows have any. A row with a
    number has nothing else: there is nothing wrong with a value that is known.

    Args:
        cell: SQL of the cleaned cell.
        name: Declared column.
        code: The column that holds the number, or "".
    """
    folded, flag = folded_sql(cell), flag_sql(cell)
    tail = f"right({folded}, 4)"
    is_data = f"row_kind = 'data' AND {cell} IS NOT NULL"
    data = f"{is_data} AND {code} IS NULL" if code else is_data
    seen = f"({flag} IS NULL OR {flag} = 'masked' AND NOT regexp_full_match({tail}, '{_MASK}'))"
    staged = [
        f'CASE WHEN {data} AND {flag} IS NULL THEN {hash_sql(folded)} END AS "{name}_h"',
        f'CASE WHEN {data} AND {seen} THEN {tail} END AS "{name}_last4"',
        f'CASE WHEN {data} THEN {flag} END AS "{name}_flag"',
    ]
    return [*staged, f'CASE WHEN {is_data} THEN {code} END AS "{name}_code"'] if code else staged


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
