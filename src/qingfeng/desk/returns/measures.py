"""Measures (指标): what can be counted, by a name; rooms offer theirs, returns and panels read them.

A measure counts offices, units or items, never a petitioner and never a person: what says otherwise is
refused when it is offered. It is counted over a `Scope`: the whole house, or what one reader may see.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from typing import Any, Literal

from django.db.models import QuerySet
from django.utils import translation

from qingfeng.desk.returns.scope import Scope

Words = Any  # a text or a lazily translated text
Values = tuple[str, ...]
Subject = Literal["item", "office", "unit", "person", "petitioner"]
NEVER: frozenset[Subject] = frozenset({"person", "petitioner"})


@dataclass(frozen=True)
class Cell:
    """A number, and what it is a share of, where it is one; `value` is None where nothing can be said."""

    value: float | None
    of: int | None = None


Cells = Mapping[Values, Cell]


@dataclass(frozen=True)
class Dimension:
    """Something by which a measure can be split.

    Attributes:
        key: Name in definitions.
        name: Head of its column.
        words: Given stored values, says each in words; a value that it does not know stands for itself.
        subject: What its values are; persons and petitioners are refused.
        parts: Whether its values are parts of the whole, so that their sum is the total; False where one
            item can stand under several.
        choices: Its values with their words, where they are known beforehand.
        needs: Whether a reader must see a row whole to know its value; its card tells kind, office, days.
    """

    key: str
    name: Words
    words: Callable[[Iterable[str]], Mapping[str, str]] = lambda values: {one: one for one in values}
    subject: Subject = "item"
    parts: bool = True
    choices: Callable[[], Sequence[tuple[str, Words]]] = lambda: ()
    needs: Literal["card", "whole"] = "card"


@dataclass(frozen=True)
class Measure:
    """A named definition of something that is counted.

    Attributes:
        key: Name, with the room before a dot: `clue.received`, `leads.found`.
        title: What is counted, as a line of a table.
        says: The definition: what counts, of what, by which day.
        unit: Of its numbers: 件, 次, 天, 元, %.
        count: Given a scope and keys of dimensions in order, its cells; none for what is not there.
            Without dimensions the one cell `()`. Asked for nothing else than `dimensions`.
        dimensions: What it can be split by.
        rows: Given a scope, dimensions and their values: the matters, leads, deadlines or acts behind a
            number, for drawing; None where a number has no rows.
        subject: What it counts.
        basis: `flow` counts what happened in the period, `stock` what there was at its end.
        needs: Whether a reader must see a row whole for it to be counted for them, or its card is enough.
        of: Whether what is counted are matters (and what belongs to them) or leads.
        kind: What its numbers are; counts and sums add up, medians and shares do not. `Cell.of` is the whole
            of a share; of a sum or median it is how many stand behind, where the worker counted it.
        source: The rest of the definition as plain data, for the digest.
        group: Under what it is offered in lists.
    """

    key: str
    title: Words
    says: Words
    unit: Words
    count: Callable[[Scope, Values], Cells]
    dimensions: tuple[Dimension, ...] = ()
    rows: Callable[[Scope, Values, Values], QuerySet[Any] | None] = lambda _scope, _by, _values: None
    subject: Subject = "item"
    basis: Literal["flow", "stock"] = "flow"
    needs: Literal["card", "whole"] = "card"
    of: Literal["matters", "leads"] = "matters"
    kind: Literal["count", "share", "sum", "median"] = "count"
    source: Any = None
    group: Words = ""

    @property
    def adds(self) -> bool:
        """Whether its cells add up."""
        return self.kind in {"count", "sum"}

    def dimension(self, key: str) -> Dimension | None:
        """Return a dimension by its key, None if there is none."""
        return next((one for one in self.dimensions if one.key == key), None)

    def is_whole(self, by: Values) -> bool:
        """Return whether only rows that are seen whole count for a reader, split like this."""
        split = (self.dimension(key) for key in by)
        return self.needs == "whole" or any(one is not None and one.needs == "whole" for one in split)

    @property
    def digest(self) -> str:
        """SHA-256 of what the definition says, in hex; words in translation are left out."""
        with translation.override("en"):
            said = {
                "key": self.key,
                "says": str(self.says),
                "unit": str(self.unit),
                "by": [(one.key, one.subject, one.parts) for one in self.dimensions],
                "subject": self.subject,
                "basis": self.basis,
                "needs": self.needs,
                "kind": self.kind,
                "source": self.source,
            }
        text = json.dumps(said, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


class NotCounted(ValueError):  # noqa: N818 - says what happened
    """A measure about people was offered."""


@dataclass
class _Known:
    offered: dict[str, Measure] = field(default_factory=dict)
    sources: list[Callable[[], Sequence[Measure]]] = field(default_factory=list)
    told: list[Sequence[Measure]] = field(default_factory=list)
    found: dict[str, Measure] = field(default_factory=dict)


_KNOWN = _Known()


def offer(measure: Measure) -> None:
    """Let a measure be read and put into returns; the same key again replaces it.

    Args:
        measure: What it is.

    Raises:
        NotCounted: If it counts, or can be split by, persons or petitioners.
    """
    _refuse(measure)
    _KNOWN.offered[measure.key] = measure


def offer_from(source: Callable[[], Sequence[Measure]]) -> None:
    """Let a function name measures whenever they are asked for: those of mechanisms, which may change.

    Args:
        source: Returns the same list as long as nothing has changed.
    """
    if source not in _KNOWN.sources:
        _KNOWN.sources.append(source)


def once(source: Callable[[], Iterable[Measure]]) -> Callable[[], Sequence[Measure]]:
    """Return a source whose measures never change, made the first time; their words are lazy."""
    return cache(lambda: list(source()))


def _refuse(measure: Measure) -> None:
    about = [measure.subject, *(one.subject for one in measure.dimensions)]
    if NEVER.intersection(about):
        raise NotCounted(
            f"{measure.key} counts people: a return counts offices, units and items, never persons."
        )


def known() -> dict[str, Measure]:
    """Return every measure by its key, in order of the groups and as they were offered."""
    told = [source() for source in _KNOWN.sources]
    if [id(one) for one in told] != [id(one) for one in _KNOWN.told]:
        found: dict[str, Measure] = {}
        for one in chain.from_iterable(told):
            _refuse(one)
            found[one.key] = one
        _KNOWN.told, _KNOWN.found = told, found
    return _KNOWN.found | _KNOWN.offered


def measure(key: str) -> Measure | None:
    """Return a measure by its key, None where the house does not have it."""
    return _KNOWN.offered.get(key) or known().get(key)


def total(cells: Cells) -> float:
    """Return the sum of cells."""
    return sum(one.value or 0 for one in cells.values())


def as_json(cells: Cells) -> list[list[Any]]:
    """Return cells as they are stored: values, number, whole; in one order."""
    return [[list(values), cell.value, cell.of] for values, cell in sorted(cells.items())]


def from_json(stored: Sequence[Sequence[Any]]) -> dict[Values, Cell]:
    """Return stored cells."""
    return {tuple(values): Cell(value, of) for values, value, of in stored}
