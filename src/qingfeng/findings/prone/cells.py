"""Cells of prone areas (易发区): more verified problems than their exposure explains, with intervals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import Any

from qingfeng.findings.prone import rates
from qingfeng.findings.prone.asked import DIMENSIONS, EXPOSED, FOUND, Question
from qingfeng.findings.prone.gathering import Gathered, gather
from qingfeng.findings.prone.kinds import expenses
from qingfeng.findings.prone.rates import Change, Prior, Rate
from qingfeng.matters.statistics import Period
from qingfeng.organization.models import Unit
from qingfeng.organization.viewer import Viewer
from qingfeng.plain.suppression import hidden_cells

LEAST_EXPOSED = 5  # vehicles, people, receptions …: a smaller cell is hidden
LEAST_VERIFIED = 10  # fewer in all say nothing about where
LEAST_CELLS = 3
MOST_CELLS = 20_000
STANDS_OUT = 0.9  # probability of being above 1.5 times the common rate
EXPECTED = "expected"  # exposure of a cell over several kinds of expense: how many the common rates expect

__all__ = ["DIMENSIONS", "EXPECTED", "EXPOSED", "FOUND", "Cell", "Table", "cells", "table"]


@dataclass(frozen=True)
class Cell:
    """One cell.

    Attributes:
        key: A value for every dimension asked for: "" where the records say none; a month as 2026-10-01.
        verified: Leads whose verification found them so, whole or in part.
        raw: All leads of it, whatever became of them.
        exposure: Vehicles (a month each), receptions, invoices, staff (a month each) or rows; where it goes
            over several kinds of expense, how many verified the common rates expect.
        counts: What the exposure counts: a word of `prone.kinds`, or `EXPECTED`.
        common: Common rate per unit of exposure; 1 for `EXPECTED`, None where nothing was verified.
        believed: As a multiple of the common rate; None where too little is known to say anything.
        change: The last quarter of the period against the one before it.
        is_hidden: Too small, or about one person, or the only gap beside such a cell: shown to nobody.
        is_unseen: Nothing of it was screened: that no problem was found says nothing.
        expected: How many verified the common rates expect of its exposure.
        rules: Rules that found what was verified, with how many each, most first.
        units: How many units that is about.
        needs: How much more exposure, at its present rate, until the interval says something; 0 where it
            does.
    """

    key: tuple[str, ...]
    verified: int
    raw: int
    exposure: float
    counts: str
    common: float | None = None
    believed: Rate | None = None
    change: Change | None = None
    is_hidden: bool = False
    needs: float = 0.0
    is_unseen: bool = False
    expected: float = 0.0
    rules: Sequence[tuple[str, int]] = ()
    units: int = 0

    @property
    def stands_out(self) -> bool:
        """Whether it is above 1.5 times the common rate with nine parts in ten of certainty."""
        return self.believed is not None and self.believed.raised >= STANDS_OUT

    @property
    def rate(self) -> float | None:
        """Verified per unit of exposure, as far as is believed; None where nothing can be said."""
        return self._times("mean")

    @property
    def low(self) -> float | None:
        """Lower end of the 90 % interval of `rate`: the careful end."""
        return self._times("low")

    @property
    def high(self) -> float | None:
        """Upper end of it."""
        return self._times("high")

    def _times(self, name: str) -> float | None:
        if self.believed is None or self.common is None:
            return None
        value: float = getattr(self.believed, name)
        return value * self.common


@dataclass(frozen=True)
class Table:
    """The cells of a question, with what holds for all of them.

    Attributes:
        by: The dimensions.
        cells: Every cell, hidden ones too; those that stand out most first.
        verified: All verified leads that count.
        raw: All leads.
        prior: Where the cells come from; None where too little is known.
        axes: The values of every dimension, in order.
        hidden: Keys of hidden cells and totals (`plain.suppression`).
    """

    by: tuple[str, ...]
    cells: Sequence[Cell]
    verified: int
    raw: int
    prior: Prior | None
    axes: Mapping[str, Sequence[str]]
    hidden: frozenset[tuple[str, ...]] = field(default=frozenset())

    @cached_property
    def shown(self) -> list[Cell]:
        """Cells that may be shown and were looked at."""
        return [one for one in self.cells if not one.is_hidden and not one.is_unseen]

    @cached_property
    def standing_out(self) -> list[Cell]:
        """Cells that stand out."""
        return [one for one in self.shown if one.stands_out]

    @property
    def looked_at(self) -> int:
        """How many cells were compared."""
        return sum(one.believed is not None for one in self.cells)

    @property
    def by_chance(self) -> float:
        """How many of those that stand out are expected not to be so, given how many were looked at."""
        return rates.by_chance([one.believed for one in self.standing_out if one.believed])

    @property
    def missing(self) -> int:
        """How many more verified leads it takes before anything is said; 0 where enough are there."""
        return max(0, LEAST_VERIFIED - self.verified)

    @cached_property
    def by_key(self) -> Mapping[tuple[str, ...], Cell]:
        """Cells by key."""
        return {one.key: one for one in self.cells}


def cells(
    period: Period,
    by: Sequence[str],
    *,
    within: Unit | None = None,
    viewer: Viewer | None = None,
    only: Mapping[str, str] | None = None,
) -> list[Cell]:
    """Return the cells of a period, those that stand out most first; hidden ones say that they are.

    Args:
        period: Days; the months that they touch count, whole.
        by: Dimensions out of `DIMENSIONS`, at least one out of `EXPOSED`.
        within: One of our own units for the units that it oversees, or a supervised unit with all below.
        viewer: Whose view it is; None for the whole house.
        only: Values of dimensions that everything is narrowed to.

    Raises:
        ValueError: If a dimension is not known, or none of them is exposed.
    """
    return list(table(Question(period, tuple(by), within, viewer, only or {})).cells)


def table(asked: Question) -> Table:
    """Return the cells of a question; a fixed number of queries."""
    found = gather(asked)
    made = _Made(asked, found)
    ordered = sorted(made.cells(), key=_careful)
    return Table(asked.by, ordered, found.verified, found.raw, made.prior, made.axes, made.hidden)


def _careful(cell: Cell) -> tuple[float, float, tuple[str, ...]]:
    """Order by how surely a cell stands out, then by its careful end."""
    known = cell.believed
    return (-known.raised, -known.low, cell.key) if known else (1.0, -float(cell.raw), cell.key)


class _Made:
    """Cells in the making."""

    def __init__(self, asked: Question, found: Gathered) -> None:
        self._asked, self._found = asked, found
        self._exposed = [place for place, name in enumerate(asked.by) if name in EXPOSED]
        self._expense = asked.by.index("expense") if "expense" in asked.by else None
        self.axes = {name: sorted(found.values[name], key=_order(name)) for name in asked.by}
        self._common = self._common_rates()
        self._keys = self._every_key()
        self._expected = {key: self._expect(key, found.amounts) for key in self._keys}
        self.hidden = hidden_cells(
            {key: self._found.size(self._part(key)) for key in self._keys},
            sensitive=self._is_sensitive,
            cost=self._cost,
        )
        self.prior, self._believed = self._believe()

    def _every_key(self) -> list[tuple[str, ...]]:
        """Every combination of values, so that a cell where nobody looked is there too."""
        whole = 1
        for values in self.axes.values():
            whole *= max(1, len(values))
        known = {*self._found.counted, *self._found.raws}
        if whole > MOST_CELLS:
            return sorted(known)
        return sorted({*product(*(self.axes[name] for name in self._asked.by)), *known})

    def _part(self, key: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(key[place] for place in self._exposed)

    def _of_found(self, key: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(part for place, part in enumerate(key) if place not in self._exposed)

    def _common_rates(self) -> dict[tuple[str, tuple[str, ...]], float]:
        """Verified per unit of exposure, by kind of expense and by what was found."""
        whole: Counter[str] = Counter()
        for amounts in self._found.amounts.values():
            for expense, amount in amounts.items():
                whole[expense] += amount
        counts: Counter[tuple[str, tuple[str, ...]]] = Counter()
        for key, by_expense in self._found.counted.items():
            for expense, count in by_expense.items():
                counts[expense, self._of_found(key)] += count
        return {at: count / whole[at[0]] for at, count in counts.items() if whole[at[0]]}

    def _expect(self, key: tuple[str, ...], amounts: Mapping[tuple[str, ...], Mapping[str, int]]) -> float:
        """Return how many verified the common rates expect of a cell."""
        there = amounts.get(self._part(key), {})
        found = self._of_found(key)
        return sum(amount * self._common.get((expense, found), 0.0) for expense, amount in there.items())

    def _cost(self, key: tuple[str, ...]) -> float:
        """Return what is lost with a cell that is hidden beside another: what was verified, then its size."""
        size = self._found.size(self._part(key))
        return self._found.count(key) + size / (size + 1)

    def _is_sensitive(self, key: tuple[str, ...], size: float) -> bool:
        """Whether a cell, or a total, is too small; a total names nobody by itself."""
        return 0 < size < LEAST_EXPOSED or self._found.names_one_person(key)

    def _believe(self) -> tuple[Prior | None, dict[tuple[str, ...], Rate]]:
        keys = [key for key in self._keys if self._expected[key] > 0]
        if self._found.verified < LEAST_VERIFIED or len(keys) < LEAST_CELLS:
            return None, {}
        counted = [(self._found.count(key), self._expected[key]) for key in keys]
        if not sum(count for count, _ in counted):
            return None, {}
        prior = rates.fitted(counted)
        return prior, dict(zip(keys, rates.rates(counted, prior), strict=True))

    def cells(self) -> list[Cell]:
        """Return every cell."""
        return [self._cell(key) for key in self._keys]

    def _cell(self, key: tuple[str, ...]) -> Cell:
        exposure, counts, common = self._exposure(key)
        believed = self._believed.get(key)
        more = believed.missing / (believed.mean * common) if believed and common else 0.0
        return Cell(
            key,
            self._found.count(key),
            self._found.raws[key],
            exposure,
            counts,
            common,
            believed,
            self._change(key) if believed else None,
            key in self.hidden,
            more,
            not self._found.amounts.get(self._part(key)),
            self._expected[key],
            self._found.rules[key].most_common() if key in self._found.rules else (),
            len(self._found.units.get(key, ())),
        )

    def _exposure(self, key: tuple[str, ...]) -> tuple[float, str, float | None]:
        """Return exposure, what it counts, and the common rate."""
        amounts: Mapping[str, int] = self._found.amounts.get(self._part(key), {})
        named = key[self._expense] if self._expense is not None else self._asked.only.get("expense")
        if named is not None:
            counts = expenses()[named].counts if named in expenses() else "rows"
            return amounts.get(named, 0), counts, self._common.get((named, self._of_found(key)))
        return self._expected[key], EXPECTED, 1.0 if self._expected[key] else None

    def _change(self, key: tuple[str, ...]) -> Change | None:
        """Compare the last quarter with the one before; a cell of one month has none."""
        if "month" in self._asked.by:
            return None
        now, before = (
            (self._found.in_quarter(key, place), self._expect(key, self._found.quarters[place]))
            for place in (0, 1)
        )
        return rates.change(now, before)


def _order(name: str) -> Callable[[str], Any]:
    if name == "expense":
        places = {key: place for place, key in enumerate(expenses())}
        return lambda value: places.get(value, len(places))
    return lambda value: (not value, value)
