"""Rows written and read with SQL that Django composed once: for what every act of everybody does.

Composing a query costs Django more than SQLite and PostgreSQL need to answer it. What is asked again and
again with other keys is composed the first time, and executed from then on; rows, values and their types
are Django's own. No signal is sent, and `save` of a model is not called.

How statements reach the database is `driver`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, Literal, TypeAlias, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models.query import ModelIterable

from qingfeng.journal.driver import (
    Key,
    Rows,
    Statement,
    execute,
    execute_all,
    foresee,
    foreseen,
    later,
    numbers_for,
)

Row = TypeVar("Row", bound=models.Model)

Model: TypeAlias = Any  # a class of rows: mypy takes no model class for hashable

FEW = 16  # rows in one statement that is kept
_MARKS: dict[str, Callable[[int], int | str | date]] = {
    "n": lambda at: 2**62 + at,
    "y": lambda at: 32_000 + at,
    "s": lambda at: f"\ue000{at}",
    "d": lambda at: date(9000, 1, 1 + at),
}
"""What stands for a key while a query is composed: no row has such a number, no value is such a text."""


# --- asking ---------------------------------------------------------------------------------------


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
    """A query as the database gets it, and how its answer becomes rows or values."""

    sql: str
    values: tuple[Any, ...]
    compiler: Any
    model: type[models.Model] | None

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the fields that are read."""
        return tuple(told[0].target.attname for told in self.compiler.select) if self.model else ()


def _compose(
    ask: Callable[..., models.QuerySet[Any, Any]], kinds: str, *, with_aliases: bool = False
) -> _Composed:
    marks = [_MARKS[kind](at) for at, kind in enumerate(kinds)]
    found = ask(*marks)
    compiler = found.query.get_compiler(connection.alias)
    sql, values = compiler.as_sql(with_col_aliases=with_aliases)
    places = {one: _Place(at) for at, one in enumerate(marks)}
    places |= {str(one): _Place(at, as_text=True) for at, one in enumerate(marks) if isinstance(one, date)}
    is_rows = issubclass(found._iterable_class, ModelIterable)  # noqa: SLF001 - rows, not values
    return _Composed(
        sql, tuple(places.get(one, one) for one in values), compiler, found.model if is_rows else None
    )


def _filled(values: Iterable[Any], keys: Sequence[Any]) -> list[Any]:
    return [one.of(keys) if isinstance(one, _Place) else one for one in values]


class Question:
    """A query that is composed once.

    Args:
        ask: Takes as many keys as `keys` says and returns a query over one table, or a list of values.
        keys: A letter for each key: `n` a row's number, `y` a small number (a year, a version), `s` a text,
            `d` a day.
    """

    def __init__(self, ask: Callable[..., models.QuerySet[Any, Any]], keys: str = "n") -> None:
        self.ask, self.keys = ask, keys
        self._composed: dict[str, tuple[_Composed, Any, tuple[str, ...]]] = {}

    def __call__(self, *keys: Key) -> list[Any]:
        """Return the rows, or tuples of values, for these keys."""
        return self.read(execute(*self.statement(*keys)))

    def _known(self) -> tuple[_Composed, Any, tuple[str, ...]]:
        known = self._composed.get(connection.vendor)
        if known is None:
            composed = _compose(self.ask, self.keys)
            converters = composed.compiler.get_converters([told[0] for told in composed.compiler.select])
            known = self._composed[connection.vendor] = (composed, converters, composed.columns)
        return known

    def statement(self, *keys: Key) -> Statement:
        """Return what is executed for these keys."""
        composed, *_others = self._known()
        return composed.sql, _filled(composed.values, keys)

    def read(self, held: Iterable[Sequence[Any]]) -> list[Any]:
        """Return the rows, or tuples of values, that the database has answered with."""
        composed, converters, columns = self._known()
        if converters:
            held = composed.compiler.apply_converters(held, converters)
        if composed.model is None:
            return [tuple(one) for one in held]
        return [composed.model.from_db(DEFAULT_DB_ALIAS, columns, one) for one in held]


class Together:
    """Questions with the same keys, asked in one statement.

    Args:
        questions: Each over columns of numbers, texts, days, instants, yes or no, and JSON.
    """

    def __init__(self, *questions: Question) -> None:
        self._questions = questions
        self._known: dict[str, tuple[str, tuple[Any, ...], list[_Told]]] = {}

    def __call__(self, *keys: Key) -> list[list[Any]]:
        """Return the rows, or tuples of values, of each question for these keys."""
        return self.read(execute(*self.statement(*keys)))

    def _composed(self) -> tuple[str, tuple[Any, ...], list[_Told]]:
        known = self._known.get(connection.vendor)
        if known is None:
            known = self._known[connection.vendor] = self._compose()
        return known

    def statement(self, *keys: Key) -> Statement:
        """Return what is executed for these keys."""
        sql, values, _parts = self._composed()
        return sql, _filled(values, keys)

    def read(self, held: Rows) -> list[list[Any]]:
        """Return what the database has answered with, question by question."""
        parts = self._composed()[2]
        return [
            part.rows(json.loads(told)) if told else [] for part, told in zip(parts, held[0], strict=True)
        ]

    def _compose(self) -> tuple[str, tuple[Any, ...], list[_Told]]:
        array = "json_build_array" if connection.vendor == "postgresql" else "json_array"
        every = "json_agg" if connection.vendor == "postgresql" else "json_group_array"
        selected, parts = list[str](), list[_Told]()
        values = list[Any]()
        for place, one in enumerate(self._questions):
            composed = _compose(one.ask, one.keys, with_aliases=True)
            names = [connection.ops.quote_name(told[2]) for told in composed.compiler.select]
            line = f"CAST({every}({array}({', '.join(names)})) AS text)"
            selected.append(f"(SELECT {line} FROM ({composed.sql}) AS part{place})")  # noqa: S608 - names only
            values += composed.values
            parts.append(_Told(composed))
        return f"SELECT {', '.join(selected)}", tuple(values), parts


def ask_all(
    *asked: tuple[Question | Together, Sequence[Key]], foresees: Sequence[Model] = ()
) -> list[list[Any]]:
    """Ask one question after the other, on PostgreSQL in one journey; each sees what the one before did.

    Args:
        asked: Questions with their keys.
        foresees: Rows that will be written soon, each by its model: where rows are `gathered` their numbers
            come with the answers, and whoever writes them (`insert`, `put`) waits for nothing.
    """
    statements = [question.statement(*keys) for question, keys in asked]
    tables = [str(one._meta.db_table) for one in foresees]  # noqa: SLF001 - the documented way
    numbers = foresee(tables) if tables else None
    told = execute_all([*statements, *([numbers] if numbers else [])])
    if numbers:
        foreseen(tables, told.pop())
    return [question.read(rows) for (question, _keys), rows in zip(asked, told, strict=True)]


class _Told:
    """How the JSON of one question becomes its rows or values."""

    def __init__(self, composed: _Composed) -> None:
        self._model, self._columns = composed.model, composed.columns
        told = [getattr(one[0], "target", one[0].output_field) for one in composed.compiler.select]
        readers = [(at, _reader(_kind(field))) for at, field in enumerate(told)]
        self._readers = [(at, read) for at, read in readers if read is not None]

    def rows(self, held: list[list[Any]]) -> list[Any]:
        """Return rows of the model, or tuples of values."""
        for line in held:
            for at, read in self._readers:
                if line[at] is not None:
                    line[at] = read(line[at])
        if self._model is None:
            return [tuple(line) for line in held]
        return [self._model.from_db(DEFAULT_DB_ALIAS, self._columns, line) for line in held]


def _kind(field: Any) -> str:
    while field.is_relation:
        field = field.target_field
    return str(field.get_internal_type())


def _reader(kind: str) -> Callable[[Any], Any] | None:
    """Return what makes a value of JSON the value that Django gives; None where it is that already."""
    is_sqlite = connection.vendor == "sqlite"
    if kind == "DateField":
        return date.fromisoformat
    if kind == "DateTimeField":
        return _instant
    if kind == "BooleanField":
        return bool if is_sqlite else None
    if kind == "JSONField":
        return json.loads if is_sqlite else None
    if kind.endswith(("IntegerField", "AutoField")) or kind in {"CharField", "TextField", "SlugField"}:
        return None
    raise TypeError(f"A question with a {kind} is asked by itself.")


def _instant(told: str) -> datetime:
    """Return an instant in UTC; SQLite keeps it without saying so."""
    read = datetime.fromisoformat(told)
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)


# --- writing --------------------------------------------------------------------------------------

Keys: TypeAlias = Literal["known", "asked", "given"]  # before, as an answer, by the database for itself

_TAKEN_AS_IT_IS: dict[type[Any], type[Any]] = {
    models.CharField: str,
    models.SlugField: str,
    models.TextField: str,
    models.IntegerField: int,
    models.PositiveIntegerField: int,
    models.PositiveSmallIntegerField: int,
    models.BigIntegerField: int,
    models.BooleanField: bool,
    models.ForeignKey: int,
}
"""Fields whose values of that type a database takes as they are."""


@dataclass(frozen=True)
class _Written:
    """A field as it is written: its name, its column, and the type that needs no preparing."""

    field: Any
    name: str
    column: str
    plain: type[Any] | None
    is_set_before: bool

    @classmethod
    def of(cls, field: Any) -> _Written:
        own = type(field).pre_save is not models.Field.pre_save
        name = connection.ops.quote_name(field.column)
        return cls(field, field.attname, name, _TAKEN_AS_IT_IS.get(type(field)), own)

    def value(self, row: models.Model, *, is_new: bool) -> Any:
        """Return the value of a row as the database takes it."""
        value = self.field.pre_save(row, is_new) if self.is_set_before else getattr(row, self.name)
        if value is None or type(value) is self.plain:
            return value
        return self.field.get_db_prep_save(value, connection)


@cache
def _inserted(model: Model, vendor: str) -> tuple[_Written, ...]:
    del vendor  # its names are quoted
    fields = model._meta.local_concrete_fields  # noqa: SLF001 - the documented way to a model's fields
    return tuple(
        _Written.of(one) for one in fields if not isinstance(one, models.AutoField | models.BigAutoField)
    )


@cache
def _insertion(model: Model, rows: int, vendor: str, *, keys: Keys) -> str:
    meta, name = model._meta, connection.ops.quote_name  # noqa: SLF001 - the documented way to a model's fields
    columns = [one.column for one in _inserted(model, vendor)]
    columns += [name(meta.pk.column)] if keys == "known" else []
    line = f"({', '.join(['%s'] * len(columns))})"
    into = f"{name(meta.db_table)} ({', '.join(columns)})"
    told = f" RETURNING {name(meta.pk.column)}" if keys == "asked" else ""
    return f"INSERT INTO {into} VALUES {', '.join([line] * rows)}{told}"  # noqa: S608 - names only


def insert(rows: Sequence[Row]) -> Sequence[Row]:
    """Write new rows of one model; each knows its key afterwards.

    Args:
        rows: Rows that are in no table yet.
    """
    if not rows:
        return rows
    known = numbers_for(rows[0]._meta.db_table, len(rows))  # noqa: SLF001 - the documented way
    given = known or [key for (key,) in execute(*_insert(rows, keys="asked"))]
    for row, key in zip(rows, given, strict=True):
        row.pk = key
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS  # noqa: SLF001 - as Django's own save
    if known:
        later(*_insert(rows, keys="known"))
    return rows


def insert_keyless(rows: Sequence[Row]) -> None:
    """Write new rows of one model whose keys nobody needs.

    Args:
        rows: Rows that are in no table yet; they do not know their keys afterwards.
    """
    if rows:
        later(*_insert(rows, keys="given"))


def _insert(rows: Sequence[models.Model], *, keys: Keys) -> Statement:
    model: Model = type(rows[0])
    vendor = connection.vendor
    made = _insertion if len(rows) <= FEW else _insertion.__wrapped__
    fields, values = _inserted(model, vendor), list[Any]()
    for row in rows:
        values += [one.value(row, is_new=True) for one in fields]
        values += [row.pk] if keys == "known" else []
    return made(model, len(rows), vendor, keys=keys), values


def put(row: Row) -> Row:
    """Write one new row and return it."""
    insert([row])
    return row


@cache
def _changed(model: Model, names: tuple[str, ...], vendor: str) -> tuple[str, Any]:
    del vendor  # its names are quoted
    meta, name = model._meta, connection.ops.quote_name  # noqa: SLF001
    fields = tuple(_Written.of(meta.get_field(one)) for one in names)
    told = ", ".join(f"{one.column} = %s" for one in fields)
    return f"UPDATE {name(meta.db_table)} SET {told} WHERE {name(meta.pk.column)} = %s", fields  # noqa: S608


def change(row: models.Model, *names: str) -> None:
    """Write some columns of a row that is there; nobody waits for it (`later`).

    Args:
        row: The row.
        names: Names of its fields.
    """
    model: Model = type(row)
    sql, fields = _changed(model, names, connection.vendor)
    later(sql, [*(one.value(row, is_new=False) for one in fields), row.pk])
