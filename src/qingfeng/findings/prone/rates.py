"""Rates of cells that differ in size: how many more than their exposure explains (易发区). Pure.

A cell has a count of verified problems y and a number E that would be expected of its exposure at the
common rate. Counts are Poisson(theta E), and the theta of all cells come from one Gamma(a, b). Both are
fitted by the likelihood of the counts with theta taken out (negative binomial), from the moments as a start.
What is then believed of a cell is Gamma(a + y, b + E): a small cell is drawn towards the others, a large one
stands for itself.

Where counts are few, that likelihood alone is often highest at no difference between cells at all, and every
interval shrinks to a point: in simulations of 15 verified problems nine intervals in ten of those missed what
they should hold. So the spread 1/sqrt(a) itself is a factor of what is maximised, which keeps it from
vanishing and tells less the more there is to go by (Chung et al., Psychometrika 78, 2013). The intervals take
a and b as known; `tests/findings/test_prone_rates.py` says how often they hold what they should.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, lgamma, log, sqrt

import numpy as np

from qingfeng.plain import beta, gamma

LOW, HIGH = 0.05, 0.95
RAISED = 1.5  # times the common rate: from here on a cell stands out
TELLING = 3.0  # an interval tells something while its upper end is at most so many times its lower one
LEAST_SHAPE, MOST_SHAPE = 1e-3, 1e5
MOST_AT_START = 50.0
_GOLDEN = (sqrt(5) - 1) / 2
_FINE = 1e-7

Counted = tuple[int, float]


@dataclass(frozen=True)
class Prior:
    """The Gamma that the cells come from.

    Attributes:
        a: Its shape.
        b: Its rate; the mean of all cells is a / b.
    """

    a: float
    b: float


@dataclass(frozen=True)
class Rate:
    """What is believed of one cell, as a multiple of the common rate, with its 90 % interval.

    Where next to nothing is known the mean can lie above the interval: few such cells are much worse.

    Attributes:
        raised: Probability that it is above `RAISED` times the common rate.
        shape: Counts that it rests on, those of the prior among them.
    """

    mean: float
    low: float
    high: float
    raised: float
    shape: float

    @property
    def is_telling(self) -> bool:
        """Whether the interval is narrow enough to say something about this cell."""
        return self.shape >= telling_shape()

    @property
    def missing(self) -> int:
        """How many more verified problems it would take to be so."""
        return max(0, -int(-(telling_shape() - self.shape) // 1))


@dataclass(frozen=True)
class Change:
    """One period against the one before: ratio of the rates with its exact 90 % interval."""

    ratio: float | None
    low: float
    high: float | None

    @property
    def is_clear(self) -> bool:
        """Whether chance alone does not explain it."""
        return self.low > 1 or (self.high is not None and self.high < 1)


class Likelihood:
    """The log likelihood of counts, theta taken out (negative binomial).

    Args:
        cells: (count, expected) of every cell; expected more than 0.
    """

    def __init__(self, cells: Sequence[Counted]) -> None:
        self._counts, self._expected = (np.array(some, dtype=float) for some in zip(*cells, strict=True))
        self._alike = sorted(Counter(y for y, _ in cells).items())
        self._fixed = sum(y * log(e) - lgamma(y + 1) for y, e in cells)

    def at(self, a: float, b: float) -> float:
        """Return it for a prior Gamma(a, b)."""
        told = sum(times * (lgamma(a + y) - lgamma(a) + a * log(b)) for y, times in self._alike)
        return self._fixed + told - float(((a + self._counts) * np.log(b + self._expected)).sum())

    def mean(self, a: float) -> float:
        """Return the likeliest mean of the prior for a shape, by Newton's method from the common rate."""
        counts, expected = self._counts, self._expected
        whole = float(counts.sum())
        mean = whole / float(expected.sum())
        for _round in range(100):
            under = a + mean * expected
            reached = float(((a + counts) * mean * expected / under).sum())
            slope = float(((a + counts) * a * expected / under**2).sum())
            following = max(mean + (whole - reached) / slope, mean / 4)
            if abs(following - mean) <= 1e-12 * mean:
                return following
            mean = following
        return mean


def moments(cells: Sequence[Counted]) -> Prior:
    """Return the prior by moments: where the search for the fitted one starts."""
    counts, whole = sum(y for y, _ in cells), sum(e for _, e in cells)
    common = counts / whole
    spread = sum(e * (y / e - common) ** 2 for y, e in cells)
    weight = whole - sum(e**2 for _, e in cells) / whole
    between = (spread - (len(cells) - 1) * common) / weight if weight > 0 else 0.0
    a = common**2 / between if between > 0 else MOST_AT_START
    a = min(max(a, LEAST_SHAPE), MOST_AT_START)
    return Prior(a, a / common)


def fitted(cells: Sequence[Counted]) -> Prior:
    """Return the prior under which counts and spread together are likeliest.

    Args:
        cells: (count, expected) of every cell; expected more than 0, at least one count.
    """
    likely = Likelihood(cells)

    def of(shape: float) -> float:
        a = exp(shape)
        return likely.at(a, a / likely.mean(a)) - shape / 2  # the log of 1/sqrt(a)

    ends = log(LEAST_SHAPE), log(MOST_SHAPE)
    a = exp(_highest(of, log(moments(cells).a), ends))
    return Prior(a, a / likely.mean(a))


def _highest(of: Callable[[float], float], start: float, ends: tuple[float, float]) -> float:
    """Return where a function of one hill is highest: steps up the hill, then golden section."""
    step, here = 1.0, of(start)
    if of(min(start + step, ends[1])) < here:
        step = -step
    best = start
    while ends[0] < best + step < ends[1] and (there := of(best + step)) >= here:
        best, here, step = best + step, there, step * 1.6
    low, high = max(ends[0], best - abs(step)), min(ends[1], best + abs(step))
    left, right = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
    at_left, at_right = of(left), of(right)
    while high - low > _FINE:
        if at_left > at_right:
            high, right, at_right = right, left, at_left
            left = high - _GOLDEN * (high - low)
            at_left = of(left)
        else:
            low, left, at_left = left, right, at_right
            right = low + _GOLDEN * (high - low)
            at_right = of(right)
    return (low + high) / 2


def rates(cells: Sequence[Counted], prior: Prior | None = None) -> list[Rate]:
    """Return what is believed of every cell, in order; empty where nothing was counted.

    Args:
        cells: (count, expected) of every cell; expected more than 0.
        prior: Where the cells come from; the fitted one, where none is given.
    """
    if not sum(count for count, _ in cells):
        return []
    prior = prior or fitted(cells)
    return [_rate(prior.a + y, prior.b + e) for y, e in cells]


def _rate(shape: float, scale: float) -> Rate:
    low, high = (gamma.quantile(share, shape) / scale for share in (LOW, HIGH))
    return Rate(shape / scale, low, high, gamma.above(RAISED * scale, shape), shape)


@lru_cache(maxsize=1)
def telling_shape() -> float:
    """Return from how many counts on an interval is at most `TELLING` times as high as low."""
    few, many = 0.5, 1000.0
    while many - few > 1e-6:
        middle = (few + many) / 2
        wide = gamma.quantile(HIGH, middle) / gamma.quantile(LOW, middle)
        few, many = (middle, many) if wide > TELLING else (few, middle)
    return many


def by_chance(found: Sequence[Rate]) -> float:
    """Return how many of the cells that are said to stand out are expected not to: many were looked at."""
    return sum(1 - one.raised for one in found)


def change(now: Counted, before: Counted) -> Change | None:
    """Return how the rate of a period compares with that before; None where nothing can be said.

    Given how many there are in both, how many fall into the second is binomial: the interval is exact.

    Args:
        now: (count, expected) of the period.
        before: The same of the period before.
    """
    (y, e), (y0, e0) = now, before
    if e <= 0 or e0 <= 0 or y + y0 == 0:
        return None
    low = beta.quantile(LOW, y, y0 + 1) if y else 0.0
    high = beta.quantile(HIGH, y + 1, y0) if y0 else None
    odds = e0 / e
    ratio = y / y0 * odds if y0 else None
    return Change(ratio, low / (1 - low) * odds, None if high is None else high / (1 - high) * odds)
