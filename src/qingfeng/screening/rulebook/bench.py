"""The bench: an empty, locked DuckDB with every table a rule can name, to bind rules and run their cases.

Three schemas, looked through in this order: `given` has the rows of the case that is
running, `shipped` the calendar, places and standards that come with the house,
`declared` every table without a row.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from threading import local
from typing import Any, cast

import duckdb

from qingfeng.screening import reference
from qingfeng.screening.rulebook.schema import schema

FIRST_DAY, LAST_DAY = (
    date(2015, 1, 1),
    date(2027, 12, 31),
)  # days that the bench's calendar knows, if announced


class _NoRecords:
    """A snapshot of nothing, so that what is shipped stands alone."""

    def tables(self) -> tuple[str, ...]:
        """Return no table."""
        return ()

    def relation(self, table: str) -> str:
        """Return an empty relation; nobody asks, since there is no table."""
        return f"declared.{table}"


_own = local()


def bench() -> duckdb.DuckDBPyConnection:
    """Return this thread's bench; its settings are locked and it reaches no file.

    A connection refuses a second caller while it is busy, and jobs of the house load rules side by side.
    """
    if not hasattr(_own, "bench"):
        con = duckdb.connect(":memory:", config={"enable_external_access": "false", "threads": 1})
        furnish(con)
        con.execute("SET lock_configuration = true")
        _own.bench = con
    return cast("duckdb.DuckDBPyConnection", _own.bench)


def furnish(con: duckdb.DuckDBPyConnection) -> None:
    """Put the three schemas into a connection and look through them by name.

    Args:
        con: A connection whose settings may still be changed, to a database of its own.
    """
    con.execute("CREATE SCHEMA given; CREATE SCHEMA shipped; CREATE SCHEMA declared")
    con.execute("SET TimeZone = 'Asia/Shanghai'")
    con.execute("SET search_path = 'shipped'")
    reference.mount(con, _NoRecords(), FIRST_DAY, LAST_DAY)  # type: ignore[arg-type]
    for table, columns in schema().items():
        create(con, f"declared.{table}", columns)
    con.execute("SET search_path = 'given,shipped,declared'")


def create(con: duckdb.DuckDBPyConnection, table: str, columns: dict[str, str]) -> None:
    """Create an empty table."""
    listed = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
    con.execute(f"CREATE TABLE {table} ({listed})")


def insert(con: duckdb.DuckDBPyConnection, table: str, rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows, each with the columns it has."""
    for row in rows:
        names = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" for _ in row)
        con.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))
