"""Statements past Django's cursors to the driver; on PostgreSQL prepared, and without needless journeys.

Where somebody counts or watches queries (`execute_wrapper`, `CaptureQueriesContext`), they go through the
cursors that are watched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from datetime import date
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections

Key = int | str | date | None
Rows = Sequence[Sequence[Any]]
Statement = tuple[str, Sequence[Any]]

_waiting: ContextVar[list[Statement] | None] = ContextVar("waiting", default=None)


def execute(sql: str, values: Sequence[Any]) -> Rows:
    """Execute a statement that comes again and again; return its rows, none where it gives none.

    Args:
        sql: With `%s` for each value.
        values: As the database takes them.
    """
    return execute_all([(sql, values)])[-1]


def execute_all(statements: Sequence[Statement]) -> list[Rows]:
    """Execute statements one after the other, on PostgreSQL without waiting for each; return their rows."""
    queued = _waiting.get()
    if queued:
        before, queued[:] = list(queued), ()
        return execute_all([*before, *statements])[len(before) :]
    here = connections[DEFAULT_DB_ALIAS]  # the proxy would look for it again at every word
    if _is_watched(here):
        return [_watched(*one) for one in statements]
    here.close_if_health_check_failed()
    here.ensure_connection()
    here.validate_no_broken_transaction()
    with here.wrap_database_errors:
        held = here.connection
        if here.vendor == "sqlite":
            return [held.execute(_with_question_marks(sql), values).fetchall() for sql, values in statements]
        with held.pipeline() if len(statements) > 1 else nullcontext():
            sent = [_sent(here, *one) for one in statements]
        return [
            cursor.fetchall() if _gives(sql) else ()
            for cursor, (sql, _values) in zip(sent, statements, strict=True)
        ]


def later(sql: str, values: Sequence[Any]) -> None:
    """Execute a statement whose answer nobody needs: with the next one, or at the end of `gathered`."""
    queued = _waiting.get()
    if queued is None:
        execute(sql, values)
    else:
        queued.append((sql, values))


@contextmanager
def gathered() -> Iterator[None]:
    """Let writes of this block that nobody waits for go to PostgreSQL with what follows them.

    They are executed in their order, before any other query, Django's own among them, and before the block
    ends; what goes wrong is raised there. Elsewhere a statement costs no journey, and nothing waits.
    """
    if connection.vendor != "postgresql" or _waiting.get() is not None or _is_watched(connection):
        yield
        return
    before = _waiting.set([])
    try:
        with connection.execute_wrapper(_after_what_waits):
            yield
            _flush()
    finally:
        _waiting.reset(before)


def _flush() -> None:
    queued = _waiting.get()
    if queued:
        statements, queued[:] = list(queued), ()
        execute_all(statements)


def _after_what_waits(go_on: Callable[..., Any], *statement: Any) -> Any:
    """Let a query of Django's find what was written before it."""
    _flush()
    return go_on(*statement)


def _is_watched(here: Any) -> bool:
    return here.queries_logged or any(one is not _after_what_waits for one in here.execute_wrappers)


def _watched(sql: str, values: Sequence[Any]) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else ()


def _sent(here: Any, sql: str, values: Sequence[Any]) -> Any:
    cursor = here.Database.Cursor(here.connection)
    cursor.execute(sql, [_wide(one) for one in values], prepare=True)
    return cursor


@cache
def _gives(sql: str) -> bool:
    return sql.startswith("SELECT") or " RETURNING " in sql


@cache
def _with_question_marks(sql: str) -> str:
    return sql.replace("%s", "?").replace("%%", "%")


@cache
def _int8() -> type[int]:
    from psycopg.types.numeric import Int8  # noqa: PLC0415 - only where PostgreSQL is

    return Int8


def _wide(value: Any) -> Any:
    """Return a number as PostgreSQL's widest: one prepared statement serves small and large ones."""
    return _int8()(value) if type(value) is int else value
