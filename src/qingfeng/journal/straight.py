"""Rows written and read with SQL that Django composed once: for what every act of everybody does.

Composing a query costs Django more than SQLite and PostgreSQL need to answer it. What is asked again and
again with other keys is composed the first time, and executed from then on; rows, values and their types
are Django's own. No signal is sent, and `save` of a model is not called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models.query import ModelIterable

Row = TypeVar("Row", bound=models.Model)

FEW = 16  # rows in one statement that is kept
_MARKS: dict[str, Callable[[int], int | str | date]] = {
    "n": lambda at: 2**62 + at,
    "y": lambda at: 32_000 + at,
    "s": lambda at: f"\ue000{at}",
    "d": lambda at: date(9000, 1, 1 + at),
}
"""What stands for a key while a query is composed: no row has such a number, no value is such a text."""


@dataclass(frozen=True)
class _Place:
    """Where a key goes among the values of a query; SQLite keeps days as text."""

    at: int
    as_text: bool = False

    def of(self, keys: Sequence[Any]) -> Any:
        """Return the key as the database takes it."""
        return str(keys[self.at]) if self.as_text else keys[self.at]


@dataclass(frozen=True)
class _Composed:
    """A query as the database gets it, and how its answer becomes values."""

    sql: str
    values: tuple[Any, ...]
    converters: Any
    compiler: Any
    model: type[models.Model] | None
    columns: tuple[str, ...]


class Question:
    """A query that is composed once.

    Args:
        ask: Takes as many keys as `keys` says and returns a query over one table, or a list of values.
        keys: A letter for each key: `n` a row's number, `y` a small number (a year, a version), `s` a text,
            `d` a day.
    """

    def __init__(self, ask: Callable[..., models.QuerySet[Any, Any]], keys: str = "n") -> None:
        self._ask, self._keys = ask, keys
        self._composed: dict[str, _Composed] = {}

    def __call__(self, *keys: int | str | date | None) -> list[Any]:
        """Return the rows, or tuples of values, for these keys."""
        known = self._composed.get(connection.vendor) or self._compose()
        values = [one.of(keys) if isinstance(one, _Place) else one for one in known.values]
        with connection.cursor() as cursor:
            cursor.execute(known.sql, values)
            held: Iterable[Sequence[Any]] = cursor.fetchall()
        if known.converters:
            held = known.compiler.apply_converters(held, known.converters)
        if known.model is None:
            return [tuple(one) for one in held]
        return [known.model.from_db(connection.alias, known.columns, one) for one in held]

    def _compose(self) -> _Composed:
        marks = [_MARKS[kind](at) for at, kind in enumerate(self._keys)]
        found = self._ask(*marks)
        compiler = found.query.get_compiler(connection.alias)
        sql, values = compiler.as_sql()
        places = {one: _Place(at) for at, one in enumerate(marks)}
        places |= {
            str(one): _Place(at, as_text=True) for at, one in enumerate(marks) if isinstance(one, date)
        }
        placed = tuple(places.get(one, one) for one in values)
        converters = compiler.get_converters([told[0] for told in compiler.select])
        columns: tuple[str, ...] = ()
        if issubclass(found._iterable_class, ModelIterable):  # noqa: SLF001 - rows, not values
            columns = tuple(told[0].target.attname for told in compiler.select)
        known = _Composed(sql, placed, converters, compiler, found.model if columns else None, columns)
        self._composed[connection.vendor] = known
        return known


_INSERTS: dict[tuple[str, type[models.Model], int], str] = {}


def insert(rows: Sequence[Row]) -> Sequence[Row]:
    """Write new rows of one model; each knows its key afterwards.

    Args:
        rows: Rows that are in no table yet.
    """
    if not rows:
        return rows
    meta = rows[0]._meta  # noqa: SLF001 - the documented way to a model's fields
    fields = [
        one
        for one in meta.local_concrete_fields
        if not isinstance(one, models.AutoField | models.BigAutoField)
    ]
    known = (connection.vendor, type(rows[0]), len(rows))
    if (sql := _INSERTS.get(known)) is None:
        name = connection.ops.quote_name
        columns = ", ".join(name(one.column) for one in fields)
        line = f"({', '.join(['%s'] * len(fields))})"
        sql = (
            f"INSERT INTO {name(meta.db_table)} ({columns}) VALUES {', '.join([line] * len(rows))} "  # noqa: S608
            f"RETURNING {name(meta.pk.column)}"
        )
        if len(rows) <= FEW:
            _INSERTS[known] = sql
    values = [one.get_db_prep_save(one.pre_save(row, True), connection) for row in rows for one in fields]  # noqa: FBT003 - Django's own
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        given = cursor.fetchall()
    for row, (key,) in zip(rows, given, strict=True):
        row.pk = key
        row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001 - as Django's own save
    return rows


def put(row: Row) -> Row:
    """Write one new row and return it."""
    insert([row])
    return row


def change(row: models.Model, *names: str) -> None:
    """Write some columns of a row that is there.

    Args:
        row: The row.
        names: Names of its fields.
    """
    meta = row._meta  # noqa: SLF001 - the documented way to a model's fields
    name = connection.ops.quote_name
    fields = [meta.get_field(one) for one in names]
    told = ", ".join(f"{name(one.column)} = %s" for one in fields)
    values = [one.get_db_prep_save(one.pre_save(row, False), connection) for one in fields]  # noqa: FBT003
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {name(meta.db_table)} SET {told} WHERE {name(meta.pk.column)} = %s",  # noqa: S608 - names only
            [*values, row.pk],
        )
