"""Queries composed once for everybody who asks the same: `rows(question, make)`.

Composing what somebody may see costs Django ten times what the database needs to answer it, and a page
asks the same of the same reader again and again. Whatever a query depends on is named as its *question*;
the statement that was composed for an equal question is executed as it stands. Statements are kept, never
answers.

What is now goes into a query as `now()`, so that the statement can be asked again later.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    NamedValuesListIterable,
    ValuesListIterable,
    get_related_populators,
    prefetch_related_objects,
)
from django.db.models.utils import create_namedtuple_class
from django.utils import timezone

Row = Sequence[Any]
Make = Callable[..., models.QuerySet[Any, Any]]

MOST = 2_000  # statements; some 10 kB each
ROOMS = (1, 8, 64, 512)  # so many keys a statement has room for; what is left over repeats the first
_FIRST_MARK = 2**62  # no row has such a number
_NOW = datetime(9000, 1, 1, 1, 2, 3, 456789, tzinfo=UTC)
_is_composing: ContextVar[bool] = ContextVar("is_composing", default=False)


@dataclass(frozen=True, slots=True)
class _Statement:
    """A query as the database gets it, and how its rows become what Django would give."""

    sql: str
    values: tuple[Any, ...]
    of_now: tuple[int, ...]
    of_keys: tuple[tuple[int, int], ...]
    converters: Any
    give: Callable[[Iterable[Row]], list[Any]]

    def answer(self, keys: Sequence[int] = ()) -> list[Any]:
        values = list(self.values)
        for place in self.of_now:
            values[place] = connection.ops.adapt_datetimefield_value(timezone.now())
        for place, at in self.of_keys:
            values[place] = keys[at]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, values)
            held = cursor.fetchall()
        return self.give(_converted(held, self.converters) if self.converters else held)


_KEPT: OrderedDict[Hashable, _Statement | None] = OrderedDict()
_lock = Lock()


def now() -> datetime:
    """Return this instant; in a query that is being composed, what stands for the instant of each asking."""
    return _NOW if _is_composing.get() else timezone.now()


def rows(question: Hashable, make: Make) -> list[Any]:
    """Return what a query gives: rows with what is selected with them, or values.

    Args:
        question: All that the query depends on, its own name first; equal questions are one query.
        make: Makes the query; asked only where no statement is kept for the question.
    """
    statement = _kept((connection.vendor, question), make, _composed)
    return [] if statement is None else statement.answer()


def rows_of(question: Hashable, keys: Iterable[int], make: Make) -> list[Any]:
    """Return what a query over rows of these keys gives, each key once; `make` is given a list of keys.

    The keys are not part of the question. Rows come in the order of the query for each 512 keys.
    """
    wanted = list(dict.fromkeys(keys))
    found: list[Any] = []
    for start in range(0, len(wanted), ROOMS[-1]):
        part = wanted[start : start + ROOMS[-1]]
        room = next(size for size in ROOMS if size >= len(part))
        marks = [_FIRST_MARK + at for at in range(room)]
        statement = _kept((connection.vendor, question, room), lambda marks=marks: make(marks), _composed)
        if statement is not None:
            found += statement.answer(part + part[:1] * (room - len(part)))
    return found


def count(question: Hashable, make: Make) -> int:
    """Return how many rows a query gives; `question` and `make` as in `rows`."""
    statement = _kept((connection.vendor, question, "count"), make, _counting)
    return 0 if statement is None else int(statement.answer()[0][0])


class Kept:
    """A query by its question that is sliced as a list is, and counted; for a page of many rows.

    Args:
        question: As in `rows`.
        make: As in `rows`.
    """

    def __init__(self, question: Hashable, make: Make) -> None:
        self._question, self._make = question, make

    def __getitem__(self, part: slice) -> list[Any]:
        """Return rows from one place up to another."""
        return rows((self._question, part.start, part.stop), lambda: self._make()[part])

    def counted(self, most: int) -> int:
        """Return how many rows there are, at most this many."""
        return count((self._question, most), lambda: self._make().order_by().values("pk")[:most])

    def count(self) -> int:
        """Return how many rows there are."""
        return count(self._question, lambda: self._make().order_by().values("pk"))


def _kept(key: Hashable, make: Make, compose: Callable[[Make], _Statement | None]) -> _Statement | None:
    with _lock:
        if key in _KEPT:
            _KEPT.move_to_end(key)
            return _KEPT[key]
    made = compose(make)
    with _lock:
        _KEPT[key] = made
        if len(_KEPT) > MOST:
            _KEPT.popitem(last=False)
    return made


def _sql(make: Make) -> tuple[models.QuerySet[Any, Any], Any, str, tuple[Any, ...]]:
    token = _is_composing.set(True)
    try:
        found = make()
        compiler = found.query.get_compiler(connection.alias)
        sql, values = compiler.as_sql()
    finally:
        _is_composing.reset(token)
    return found, compiler, sql, tuple(values)


def _composed(make: Make) -> _Statement | None:
    try:
        found, compiler, sql, values = _sql(make)
    except EmptyResultSet:
        return None
    fields = [one[0] for one in compiler.select[: compiler.col_count]]
    converters = compiler.get_converters(fields)
    return _Statement(sql, values, *_places(values), converters, _giving(found, compiler))


def _counting(make: Make) -> _Statement | None:
    try:
        _found, _compiler, sql, values = _sql(make)
    except EmptyResultSet:
        return None
    whole = f"SELECT COUNT(*) FROM ({sql}) AS counted"  # noqa: S608 - the statement that Django composed
    return _Statement(whole, values, *_places(values), None, list)


def _places(values: Sequence[Any]) -> tuple[tuple[int, ...], tuple[tuple[int, int], ...]]:
    """Return where the instant stands among the values, and where which of the keys does."""
    mark = connection.ops.adapt_datetimefield_value(_NOW)
    marks = {_FIRST_MARK + at: at for at in range(ROOMS[-1])}
    return (
        tuple(place for place, one in enumerate(values) if one == mark),
        tuple((place, marks[one]) for place, one in enumerate(values) if type(one) is int and one in marks),
    )


def _converted(held: Iterable[Row], converters: Any) -> Iterable[Row]:
    told = [(place, convs, expression) for place, (convs, expression) in converters.items()]
    for one in held:
        row = list(one)
        for place, convs, expression in told:
            value = row[place]
            for convert in convs:
                value = convert(value, expression, connection)
            row[place] = value
        yield row


def _giving(found: models.QuerySet[Any, Any], compiler: Any) -> Callable[[Iterable[Row]], list[Any]]:
    """Return how rows of the database become what the query gives.

    Raises:
        TypeError: If it gives neither rows of a model nor a list of values.
    """
    kind = found._iterable_class  # noqa: SLF001 - Django's own word for what a query gives
    if issubclass(kind, FlatValuesListIterable):
        return lambda held: [one[0] for one in held]
    if issubclass(kind, NamedValuesListIterable):
        named = create_namedtuple_class(*found._fields)
        return lambda held: [named._make(one) for one in held]
    if issubclass(kind, ValuesListIterable):
        return lambda held: [tuple(one) for one in held]
    if not issubclass(kind, ModelIterable):
        raise TypeError("A composed query gives rows of a model or `values_list`.")
    return _giving_rows(compiler, found._prefetch_related_lookups)  # noqa: SLF001 - as above


def _giving_rows(compiler: Any, beside: Sequence[Any]) -> Callable[[Iterable[Row]], list[Any]]:
    told, select = compiler.klass_info, compiler.select
    model, fields = told["model"], told["select_fields"]
    first, last = fields[0], fields[-1] + 1
    names = [one[0].target.attname for one in select[first:last]]
    related = get_related_populators(told, select, connection.alias)
    annotated = list((compiler.annotation_col_map or {}).items())

    def give(held: Iterable[Row]) -> list[Any]:
        made = []
        for row in held:
            one = model.from_db(connection.alias, names, row[first:last])
            for populator in related:
                populator.populate(row, one)
            for name, place in annotated:
                setattr(one, name, row[place])
            made.append(one)
        if beside:
            prefetch_related_objects(made, *beside)
        return made

    return give
