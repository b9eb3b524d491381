"""Rates of cells that differ in size: how many more than their exposure explains (易发区). Pure.

Each cell has a count of verified problems and an exposure. Counts are taken as Poisson around a rate of
the cell's own, the rates as Gamma(a, b) around the common one; a and b come from the cells themselves by
moments. A small cell is drawn towards the common rate, a large one stands for itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, lgamma, log

LOW, HIGH = 0.05, 0.95
_STEPS, _ENOUGH, _HALVINGS = 10_000, 1e-12, 200


@dataclass(frozen=True)
class Rate:
    """The rate of one cell per unit of exposure, with its 90 % interval.

    Where next to nothing is known the mean can lie above the interval: few such cells are much worse.
    """

    mean: float
    low: float
    high: float


def prior(cells: Sequence[tuple[int, float]]) -> tuple[float, float]:
    """Return a and b of the Gamma that the cells come from, by moments.

    Args:
        cells: (count, exposure) of every cell; exposures more than 0, at least one count.

    Returns:
        Shape and rate. Where the cells differ no more than chance explains, b is so great that every cell
        gets about the common rate.
    """
    counts, exposures = sum(count for count, _ in cells), sum(exposure for _, exposure in cells)
    common = counts / exposures
    spread = sum(exposure * (count / exposure - common) ** 2 for count, exposure in cells)
    weight = exposures - sum(exposure**2 for _, exposure in cells) / exposures
    between = (spread - (len(cells) - 1) * common) / weight if weight > 0 else 0.0
    b = common / between if between > 0 else 1000 * exposures
    b = min(b, 1000 * exposures)
    return common * b, b


def rates(cells: Sequence[tuple[int, float]]) -> list[Rate]:
    """Return the rate of every cell, in order; empty where nothing was counted."""
    if not sum(count for count, _ in cells):
        return []
    a, b = prior(cells)
    found = []
    for count, exposure in cells:
        shape, scale = a + count, b + exposure
        low, high = (quantile(share, shape) / scale for share in (LOW, HIGH))
        found.append(Rate(shape / scale, low, high))
    return found


def cdf(x: float, shape: float) -> float:
    """Return the probability that a Gamma(shape, 1) value is at most x."""
    if x <= 0:
        return 0.0
    front = exp(shape * log(x) - x - lgamma(shape))
    if x < shape + 1:
        term = total = 1 / shape
        for step in range(1, _STEPS):
            term *= x / (shape + step)
            total += term
            if term < total * _ENOUGH:
                break
        return front * total
    return 1 - front * _fraction(x, shape)


def _fraction(x: float, shape: float) -> float:
    """Return the continued fraction of the upper gamma function (modified Lentz)."""
    tiny = 1e-300
    b = x + 1 - shape
    c, d = 1 / tiny, 1 / b
    found = d
    for step in range(1, _STEPS):
        an = -step * (step - shape)
        b += 2
        d = 1 / (an * d + b or tiny)
        c = b + an / c or tiny
        found *= c * d
        if abs(c * d - 1) < _ENOUGH:
            break
    return found


def quantile(share: float, shape: float) -> float:
    """Return the value below which a Gamma(shape, 1) value lies with a probability, by halving."""
    low, high = 0.0, shape + 10 * shape**0.5 + 10
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if cdf(middle, shape) < share else (low, middle)
    return (low + high) / 2
