"""How the house's own measures are counted: rows, what they are split by, one grouped query."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import CharField, Count, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from qingfeng.desk.returns.measures import Cell, Cells, Dimension, Measure, Values
from qingfeng.desk.returns.scope import Scope
from qingfeng.matters.models import Matter

Rows = Callable[[Scope], QuerySet[Any]]
Columns = Mapping[str, Any]


def within(scope: Scope) -> Q:
    """Return the condition that the matter of a row counts; of the whole house, only that it stands."""
    if scope.is_everything:
        return Q(matter__standing=Matter.Standing.VALID)
    return Q(matter__in=scope.matters.order_by().values("pk"))


def split(rows: QuerySet[Any], columns: Columns, by: Values) -> tuple[QuerySet[Any], list[str]]:
    """Annotate a column of text for every dimension; what is not given is ""."""
    names = [f"split_{place}" for place in range(len(by))]
    told = {
        name: Coalesce(columns[key], Value(""), output_field=CharField())
        for name, key in zip(names, by, strict=True)
    }
    return rows.annotate(**told), names


def grouped(rows: QuerySet[Any], columns: Columns, by: Values) -> Cells:
    """Count rows by dimensions: one query."""
    made, names = split(rows.order_by(), columns, by)
    if not names:
        return {(): Cell(made.count())}
    found = made.values_list(*names).annotate(n=Count("pk"))
    return {tuple(str(one) for one in values): Cell(n) for *values, n in found}


def having(rows: QuerySet[Any], columns: Columns, by: Values, values: Values) -> QuerySet[Any]:
    """Return the rows that have these values."""
    made, names = split(rows, columns, by)
    return made.filter(**dict(zip(names, values, strict=True)))


def counted(
    key: str,
    words: tuple[Any, Any, Any],
    rows: Rows,
    columns: Callable[[Scope], Columns],
    *,
    dimensions: tuple[Dimension, ...],
    **more: Any,
) -> Measure:
    """Return a measure that counts rows.

    Args:
        key: Its key.
        words: Title, definition, unit.
        rows: Given a scope, the rows.
        columns: Given a scope, the expression of every dimension.
        dimensions: What it can be split by.
        more: Other attributes of `Measure`.
    """
    title, says, unit = words
    return Measure(
        key,
        title,
        says,
        unit,
        lambda scope, by: grouped(rows(scope), columns(scope), by),
        dimensions,
        lambda scope, by, values: having(rows(scope), columns(scope), by, values),
        source={"rows": key, "version": 1},
        **more,
    )
