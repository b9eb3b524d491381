"""Measures of the mechanisms: every declared figure of every kind of matter, split as it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any, Literal

from django.db.models import QuerySet
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from qingfeng.desk import counted, values
from qingfeng.desk.returns import told
from qingfeng.desk.returns.measures import Cell, Cells, Dimension, Measure, Values
from qingfeng.desk.returns.scope import Scope
from qingfeng.look.lights import STATES
from qingfeng.matters import statistics
from qingfeng.matters.registry import mechanisms
from qingfeng.matters.vocabulary import Field, Figure, Mechanism

ALWAYS = ("owner", "area")


_made: dict[str | None, tuple[list[Mechanism], list[Measure]]] = {}


def measures() -> list[Measure]:
    """Return a measure for every figure: one list a language as long as declarations stay the same."""
    declared, language = list(mechanisms()), get_language()
    before, made = _made.get(language, ([], []))
    if len(before) != len(declared) or any(
        one is not other for one, other in zip(before, declared, strict=True)
    ):
        made = [_measure(figure, one) for one in declared for figure in one.figures]
        _made[language] = declared, made
    return made


def _measure(figure: Figure, declared: Mechanism) -> Measure:
    return Measure(
        key=f"{declared.key}.{figure.key}",
        title=figure.name,
        says=_Said(figure, declared),
        unit=counted.unit_of(figure),
        count=_counting(figure, declared),
        dimensions=tuple(_dimensions(figure, declared)),
        rows=_opening(figure, declared),
        needs="whole",
        kind=_kind(figure),
        source=[getattr(figure, one.name) for one in fields(figure) if one.name != "name"],
        group=declared.name,
    )


def _kind(figure: Figure) -> Literal["count", "share", "sum", "median"]:
    if counted.is_share(figure):
        return "share"
    if figure.counts.startswith("sum:"):
        return "sum"
    return "median" if figure.counts.startswith("median_days:") else "count"


class _Said:
    """The definition of a figure, put into words when it is read, in the reader's language."""

    def __init__(self, figure: Figure, declared: Mechanism) -> None:
        self._figure, self._declared = figure, declared

    def __str__(self) -> str:
        return counted.definition(self._figure, self._declared)


def _counting(figure: Figure, declared: Mechanism) -> Callable[[Scope, Values], Cells]:
    def count(scope: Scope, by: Values) -> Cells:
        rows = statistics.count(replace(figure, by=by), declared, scope.matters, scope.period)
        return {row.split: Cell(row.value, row.of) for row in rows}

    return count


def _opening(figure: Figure, declared: Mechanism) -> Callable[[Scope, Values, Values], QuerySet[Any]]:
    def rows(scope: Scope, by: Values, split: Values) -> QuerySet[Any]:
        asked = replace(figure, by=by)
        return statistics.matters_of(asked, declared, scope.matters, scope.period, split)

    return rows


def _dimensions(figure: Figure, declared: Mechanism) -> Iterator[Dimension]:
    known = values.fields_of(declared)
    keys = [*figure.by, *(key for key in ALWAYS if key == "owner" or key in known)]
    roles = {role.key: role for role in declared.parties}
    columns = statistics.columns_of(figure, declared)
    for key in dict.fromkeys(keys):
        if key == "owner":
            yield told.OWNER
        elif key in {"stage", "light"}:
            yield _of_state(key, declared)
        elif key in roles:
            one = roles[key].most == 1
            yield Dimension(key, roles[key].name, told.of_units, "unit", parts=one, needs="whole")
        elif (field := columns.get(key) or known.get(key)) and not _is_personal(field):
            yield _of_field(key, field)


def _of_state(key: str, declared: Mechanism) -> Dimension:
    name = gettext_lazy("Stage") if key == "stage" else gettext_lazy("Light")
    choices: list[tuple[str, Any]] = list(STATES.items())
    if key == "stage":
        choices = [(one.key, one.name) for one in declared.stages]
    return Dimension(key, name, lambda given: told.said(choices, given), choices=lambda: choices)


def _is_personal(field: Field) -> bool:
    """Whether a field is about a person: nothing is ever split by it."""
    return field.kind in {"person", "persons"} or field.personal or field.sealed


def _of_field(key: str, field: Field) -> Dimension:
    if field.kind in {"unit", "units"}:
        return Dimension(key, field.name, told.of_units, "unit", parts=field.kind == "unit", needs="whole")
    parts = field.kind != "choices"
    return Dimension(
        key, field.name, _saying(field), parts=parts, choices=lambda: list(field.choices), needs="whole"
    )


def _saying(field: Field) -> Callable[[Iterable[str]], Mapping[str, str]]:
    def words(given: Iterable[str]) -> Mapping[str, str]:
        return {one: counted.said_of(field, one) if one else _("not given") for one in given}

    return words
