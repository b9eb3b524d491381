"""Statements past Django's cursors to the driver; on PostgreSQL prepared, and without needless journeys.

Where somebody counts or watches queries (`execute_wrapper`, `CaptureQueriesContext`), they go through the
cursors that are watched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache
from time import monotonic
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

Key = int | str | date | None
Rows = Sequence[Sequence[Any]]
Statement = tuple[str, Sequence[Any]]

COMMIT = "COMMIT"

FRESH_SECONDS = 1.0

_waiting: ContextVar[list[Statement] | None] = ContextVar("waiting", default=None)
_foreseen: ContextVar[Foreseen | None] = ContextVar("foreseen", default=None)


class Foreseen:
    """Numbers that PostgreSQL gave to rows before they were written, so that nobody waits for them.

    They count for a second only: rows of the journal lie in the order of their numbers and of the clock.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, list[int]] = {}
        self._until = 0.0

    def keep(self, tables: Sequence[str], numbers: Sequence[int]) -> None:
        """Keep a number for each of these tables; one that is named twice has two."""
        self._numbers, self._until = {}, monotonic() + FRESH_SECONDS
        for table, number in zip(tables, numbers, strict=True):
            self._numbers.setdefault(table, []).append(number)

    def take(self, table: str, amount: int) -> list[int] | None:
        """Return numbers for so many rows of a table, None where there are not so many."""
        there = self._numbers.get(table, ())
        if len(there) < amount or monotonic() > self._until:
            return None
        self._numbers[table] = list(there[amount:])
        return list(there[:amount])


def foresee(tables: Sequence[str]) -> Statement | None:
    """Return what asks for a number for each of these tables; None where that saves no journey."""
    if _foreseen.get() is None:
        return None
    return _next_numbers(tuple(tables)), ()


def foreseen(tables: Sequence[str], told: Rows) -> None:
    """Keep what `foresee` was answered with."""
    if held := _foreseen.get():
        held.keep(tables, told[0])


def numbers_for(table: str, amount: int) -> list[int] | None:
    """Return numbers for rows that are about to be written, None where the database gives them then."""
    held = _foreseen.get()
    return held.take(table, amount) if held else None


@cache
def _next_numbers(tables: tuple[str, ...]) -> str:
    calls = (f"nextval('\"{one}_id_seq\"')" for one in tables)  # as Django names what numbers rows
    return f"SELECT {', '.join(calls)}"


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
        return list(_on_postgres()(held, statements))


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
    with _gathered(ends=False):
        yield


@contextmanager
def in_one_go() -> Iterator[None]:
    """Let a block be one transaction, `gathered`; on PostgreSQL it is committed with its last writes."""
    with transaction.atomic(), _gathered(ends=True):
        yield


@contextmanager
def _gathered(*, ends: bool) -> Iterator[None]:
    if connection.vendor != "postgresql" or _waiting.get() is not None or _is_watched(connection):
        yield
        return
    before, numbers = _waiting.set([]), _foreseen.set(Foreseen())
    try:
        with connection.execute_wrapper(_after_what_waits):
            yield
            if ends and _is_outermost():
                later(COMMIT, ())  # Django's own finds nothing open, and goes on to what follows a commit
            _flush()
    finally:
        _waiting.reset(before)
        _foreseen.reset(numbers)


def _is_outermost() -> bool:
    return connection.in_atomic_block and not connection.savepoint_ids and not connection.needs_rollback


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


@cache
def _with_question_marks(sql: str) -> str:
    return sql.replace("%s", "?").replace("%%", "%")


@cache
def _on_postgres() -> Callable[[Any, Sequence[Statement]], Any]:
    from qingfeng.journal.postgres import run  # noqa: PLC0415 - only where PostgreSQL is

    return run
