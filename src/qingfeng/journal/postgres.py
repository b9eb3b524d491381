"""Statements to PostgreSQL in one journey: prepared, sent one behind the other, answered together.

What psycopg does with its cursors and its pipeline, without both: an act's dozen statements cost this process
a third of what they cost through them. Values and rows go through psycopg's own adapters, waiting is its own
(other threads go on meanwhile), and what goes wrong is its errors.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import count
from typing import Any, cast
from weakref import WeakKeyDictionary

from psycopg import Connection, errors
from psycopg.adapt import PyFormat, Transformer
from psycopg.generators import fetch_many, send
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
from psycopg.types.numeric import Int8

from qingfeng.journal.driver import COMMIT, Statement

Name = tuple[str, tuple[int, ...]]

MOST = 400  # statements that one connection keeps prepared

_kept: WeakKeyDictionary[Connection[Any], dict[Name, bytes]] = WeakKeyDictionary()
_numbers = count(1)


def run(held: Connection[Any], statements: Sequence[Statement]) -> list[list[tuple[Any, ...]]]:
    """Execute statements in their order and return their rows; a transaction is begun where none is open.

    Args:
        held: The connection.
        statements: Each with `%s` for every value. `COMMIT` ends the transaction.

    Raises:
        psycopg.Error: What the first statement that failed says; none after it was executed.
    """
    journey = _Journey(held, statements)
    held.pgconn.enter_pipeline_mode()
    try:
        return journey.go()
    except BaseException:
        if journey.is_unread:
            held.close()  # nobody knows any more which answer belongs to what
        raise
    finally:
        if held.pgconn.status == ConnStatus.OK:
            held.pgconn.exit_pipeline_mode()


class _Journey:
    """Statements on their way, with their values as the server takes them."""

    def __init__(self, held: Connection[Any], statements: Sequence[Statement]) -> None:
        self._held, self._known = held, _kept.setdefault(held, {})
        self._adapt = Transformer(held)
        self._ready = [self._made(*one) for one in statements]
        self._fresh: dict[Name, bytes] = {}
        self._gives: list[bool] = []  # of everything sent, whether its rows are wanted
        self.is_unread = True

    def _made(self, sql: str, values: Sequence[Any]) -> tuple[Name, Sequence[Any], Sequence[Any]]:
        asks = sql.startswith("SELECT")
        given = [_taken(one, asks=asks) for one in values]
        sent = self._adapt.dump_sequence(given, [PyFormat.AUTO] * len(given))
        types = tuple(self._adapt.types or ()) if asks else ()  # what is written has those of its columns
        return (sql, types), sent, self._adapt.formats or ()

    def go(self) -> list[list[tuple[Any, ...]]]:
        """Send everything and return the rows of every statement."""
        held, pgconn = self._held, self._held.pgconn
        if not held.autocommit and pgconn.transaction_status == TransactionStatus.IDLE:
            pgconn.send_query_params(held._get_tx_start_command(), None)  # noqa: SLF001 - with its isolation
            self._gives.append(False)
        for name, sent, formats in self._ready:
            self._send(name, sent, formats)
        pgconn.pipeline_sync()
        held.wait(send(pgconn))
        results = [held.wait(fetch_many(pgconn))[0] for _ in self._gives]
        held.wait(fetch_many(pgconn))  # the end of the journey
        self.is_unread = False
        for one in results:
            if one.status == ExecStatus.FATAL_ERROR:
                raise errors.error_from_result(one, encoding=held.info.encoding)
        if results and results[-1].command_status == b"ROLLBACK":  # what a COMMIT after a failure is told
            raise errors.InFailedSqlTransaction("a statement failed before this one: nothing was committed")
        self._known.update(self._fresh)  # where a statement failed nobody knows, and it is prepared anew
        return [self._rows(one) for one, gives in zip(results, self._gives, strict=True) if gives]

    def _send(self, name: Name, sent: Sequence[Any], formats: Sequence[Any]) -> None:
        pgconn, (sql, types) = self._held.pgconn, name
        there = self._known.get(name) or self._fresh.get(name)
        if there is None and len(self._known) + len(self._fresh) < MOST and sql != COMMIT:
            there = self._fresh[name] = b"qf%d" % next(_numbers)
            pgconn.send_prepare(there, _numbered(sql), param_types=types)
            self._gives.append(False)
        if there is None:
            pgconn.send_query_params(_numbered(sql), sent, param_types=types, param_formats=formats)
        else:
            pgconn.send_query_prepared(there, sent, param_formats=formats)
        self._gives.append(True)

    def _rows(self, result: Any) -> list[tuple[Any, ...]]:
        if result.status != ExecStatus.TUPLES_OK:
            return []
        self._adapt.set_pgresult(result)
        return cast("list[tuple[Any, ...]]", self._adapt.load_rows(0, result.ntuples, tuple))


def _taken(value: Any, *, asks: bool) -> Any:
    """Return a number so that one statement serves small and large ones: the widest, or its digits."""
    if type(value) is int:
        return Int8(value) if asks else str(value)
    return value


@cache
def _numbered(sql: str) -> bytes:
    """Return a statement as PostgreSQL takes it: `$1` for the first value."""
    first, *rest = sql.split("%s")
    told = first + "".join(f"${at}{part}" for at, part in enumerate(rest, start=1))
    return told.replace("%%", "%").encode()
