"""Which cells of a table of counts are hidden, so that no hidden one can be worked out from the rest. Pure.

A small cell is hidden, and with it as many others (complementary cells) as it takes: a total with one gap
tells what stands in the gap. Whether something can be worked out is first a question of the margins that are
shown, not of the numbers: a hidden sum is known exactly if it is a combination of shown margins. So what is
hidden here stays hidden for every measure that is laid out in the same cells (found, verified, exposure).

Of counts the numbers tell one thing more. What is empty is shown, so whatever is hidden is at least one:
where the gaps of a total sum to as many as there are gaps, each of them is one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import combinations

TOTAL = "*"  # stands in a key for "all of this dimension"
LEAST = 5  # a count from 1 to 4 is small

Key = tuple[str, ...]
_PRIME = (1 << 61) - 1  # the coefficients are 0 and 1: rank over this field is rank over the fractions
Row = dict[Key, int]


def is_small(value: float) -> bool:
    """Return whether a count is small: more than nothing and less than `LEAST`."""
    return 0 < value < LEAST


def every_margin(dimensions: int) -> list[tuple[int, ...]]:
    """Return every margin of a table, as the dimensions that each keeps; the grand total keeps none."""
    return [kept for size in range(dimensions) for kept in combinations(range(dimensions), size)]


def total_of(key: Key, kept: Sequence[int]) -> Key:
    """Return the margin that a cell is counted in.

    Args:
        key: A value for each dimension.
        kept: Places of the dimensions that the margin keeps.
    """
    return tuple(part if place in kept else TOTAL for place, part in enumerate(key))


def totals(table: Mapping[Key, float], margins: Iterable[Sequence[int]] | None = None) -> dict[Key, float]:
    """Return the margins of a table, by key.

    Args:
        table: Inner cells.
        margins: The dimensions that each margin keeps; every margin, where none are given.
    """
    found: dict[Key, float] = {}
    for kept in _margins(table, margins):
        for key, value in table.items():
            name = total_of(key, kept)
            found[name] = found.get(name, 0) + value
    return found


def hidden_cells(
    table: Mapping[Key, float],
    *,
    sensitive: Collection[Key] | Callable[[Key, float], bool] | None = None,
    margins: Iterable[Sequence[int]] | None = None,
    cost: Callable[[Key], float] | None = None,
) -> frozenset[Key]:
    """Return the cells and totals that must not be shown.

    The same table gives the same answer. No hidden cell is a combination of what is shown; no
    complementary cell could be shown again without giving one away.

    Args:
        table: Inner cells, a value from 0 for each; keys have one text a dimension, none of them `TOTAL`.
        sensitive: Keys that must be hidden (cells or totals), or who decides; small counts by default.
        margins: Margins that are shown, as the dimensions that each keeps: `[(0,), (1,), ()]` are the
            totals of rows, those of columns, and the grand total. Every margin, where none are given.
        cost: How much is lost with a cell that is hidden beside another; its value, where none is given.

    Returns:
        Keys of cells, and of totals with `TOTAL` in the place of what was summed over.
    """
    work = _Work(table, totals(table, margins), cost)
    first = sorted(key for key, value in work.values.items() if _is_sensitive(key, value, sensitive))
    for key in first:
        work.hide(key)
    while work.known:
        work.hide(work.next_to(work.plainest))
    for key in sorted(work.hidden - set(first), key=lambda one: (-work.values[one], one)):
        work.show(key)
        if work.known:
            work.hide(key)
    return frozenset(work.hidden)


def can_be_known(
    table: Mapping[Key, float],
    hidden: Collection[Key],
    *,
    margins: Iterable[Sequence[int]] | None = None,
    are_counts: bool = True,
) -> list[Key]:
    """Return those hidden cells and totals that can be worked out from what is shown, sorted.

    Args:
        table: As in `hidden_cells`.
        hidden: Keys of cells and totals that are not shown.
        margins: As in `hidden_cells`.
        are_counts: Whether the counts themselves are kept back; else what is summed along with them.
    """
    work = _Work(table, totals(table, margins), are_counts=are_counts)
    for key in hidden:
        work.hide(key)
    return work.known


def _margins(table: Mapping[Key, float], margins: Iterable[Sequence[int]] | None) -> Iterable[Sequence[int]]:
    if margins is not None:
        return margins
    return every_margin(len(next(iter(table)))) if table else ()


def _is_sensitive(
    key: Key, value: float, sensitive: Collection[Key] | Callable[[Key, float], bool] | None
) -> bool:
    if sensitive is None:
        return is_small(value)
    return sensitive(key, value) if callable(sensitive) else key in sensitive


class _Work:
    """A table while it is decided what is hidden."""

    def __init__(
        self,
        table: Mapping[Key, float],
        margins: Mapping[Key, float],
        cost: Callable[[Key], float] | None = None,
        *,
        are_counts: bool = True,
    ) -> None:
        self.values = {**table, **margins}
        self._cost = cost or self.values.__getitem__
        self._are_counts = are_counts
        self.hidden: set[Key] = set()
        self._inner = frozenset(table)
        self._parts: dict[Key, list[Key]] = {}
        self._in: dict[Key, list[Key]] = {}
        kept = {tuple(place for place, part in enumerate(key) if part != TOTAL) for key in margins}
        for key in table:
            for places in kept:
                name = total_of(key, places)
                self._parts.setdefault(name, []).append(key)
                self._in.setdefault(key, []).append(name)
        self._gaps: dict[Key, set[Key]] = {name: set() for name in self._parts}
        self._known: list[Key] | None = None

    def hide(self, key: Key) -> None:
        """Hide a cell or total."""
        self.hidden.add(key)
        for name in self._in.get(key, ()):
            self._gaps[name].add(key)
        self._known = None

    def show(self, key: Key) -> None:
        """Show it again."""
        self.hidden.discard(key)
        for name in self._in.get(key, ()):
            self._gaps[name].discard(key)
        self._known = None

    @property
    def known(self) -> list[Key]:
        """What is hidden and can be worked out, sorted."""
        if self._known is None:
            broken = sorted(name for name, gaps in self._gaps.items() if gaps and name not in self.hidden)
            pivots = reduced(map(self._row, broken))
            ones = {key for name in broken if self._are_ones(name) for key in self._gaps[name]}
            self._known = [
                key for key in sorted(self.hidden) if key in ones or not rest_of(self._row(key), pivots)
            ]
        return self._known

    def _are_ones(self, name: Key) -> bool:
        """Return whether a shown total tells that each of its gaps is one."""
        return self._are_counts and all(self.values[key] == 1 for key in self._gaps[name])

    @property
    def plainest(self) -> Key:
        """What is known from the shown total with the fewest gaps: there one more helps most."""
        return min(self.known, key=lambda key: (self._fewest_gaps(key), key))

    def _fewest_gaps(self, key: Key) -> int:
        shown = [name for name in self._totals_over(key) if name not in self.hidden]
        return min((len(self._gaps[name]) for name in shown if self._gaps[name]), default=0)

    def next_to(self, key: Key) -> Key:
        """Return what else to hide, so that something known is less so.

        The cheapest cell that is more than nothing, in the shown total with the fewest gaps; where there is
        none, that total itself. A hidden total that is known hides one of its own cells.
        """
        if key not in self._inner and not self._row(key):
            inside = [one for one in self._parts[key] if one not in self.hidden]
            return min(inside, key=lambda one: (self.values[one] <= 0, *self._rank(one)))
        lines = [name for name in self._totals_over(key) if name not in self.hidden]
        line = min(
            lines, key=lambda name: (not self._tells(name), len(self._gaps[name]), self.values[name], name)
        )
        found = [one for one in self._parts[line] if one not in self.hidden and self.values[one] > 0]
        return min(found, key=self._rank) if found else line

    def _tells(self, name: Key) -> bool:
        return bool(self._gaps[name]) and self._are_ones(name)

    def _rank(self, key: Key) -> tuple[int, float, Key]:
        """Cells whose other totals have gaps already come first, then cheap ones."""
        whole = sum(1 for name in self._in[key] if name not in self.hidden and not self._gaps[name])
        return whole, self._cost(key), key

    def _totals_over(self, key: Key) -> list[Key]:
        """Return the totals in which a cell, or a cell of a total, is counted."""
        if key in self._inner:
            return self._in[key]
        return sorted({name for one in self._row(key) for name in self._in[one]})

    def _row(self, key: Key) -> Row:
        """Return what a cell or total is the sum of, as far as it is hidden."""
        parts = [key] if key in self._inner else self._gaps[key]
        return {one: 1 for one in parts if one in self.hidden}


def reduced(rows: Iterable[Row]) -> dict[Key, Row]:
    """Return rows of an echelon form by their first column; each begins with 1. Rows name their columns."""
    pivots: dict[Key, Row] = {}
    for row in rows:
        rest = rest_of(row, pivots)
        if rest:
            first = min(rest)
            scale = pow(rest[first], -1, _PRIME)
            pivots[first] = {key: value * scale % _PRIME for key, value in rest.items()}
    return pivots


def rest_of(row: Row, pivots: Mapping[Key, Row]) -> Row:
    """Return what is left of a row after the pivots are taken out; nothing, where they make it up."""
    rest = dict(row)
    while True:
        first = min((key for key in rest if key in pivots), default=None)
        if first is None:
            return rest
        factor = rest[first]
        for key, value in pivots[first].items():
            left = (rest.get(key, 0) - factor * value) % _PRIME
            if left:
                rest[key] = left
            else:
                rest.pop(key, None)
