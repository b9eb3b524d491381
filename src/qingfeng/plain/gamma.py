"""The Gamma distribution: what is believed of a rate after so many counts. Pure.

`cdf` is the regularised lower incomplete gamma function (series below the mean, continued fraction above),
`quantile` its inverse by Newton's method inside a bracket; both far finer than anything that is shown.
"""

from __future__ import annotations

from functools import lru_cache
from math import exp, lgamma, log, sqrt
from statistics import NormalDist

_TINY, _STEPS, _ENOUGH = 1e-300, 10_000, 1e-15
_ROUNDS, _EXACT = 200, 1e-14


def cdf(x: float, shape: float) -> float:
    """Return the probability that a Gamma(shape, 1) value is at most x.

    Args:
        x: From 0.
        shape: More than 0.
    """
    if x <= 0:
        return 0.0
    front = exp(shape * log(x) - x - lgamma(shape))
    return front * _series(x, shape) if x < shape + 1 else 1 - front * _fraction(x, shape)


def above(x: float, shape: float) -> float:
    """Return the probability that a Gamma(shape, 1) value is more than x; exact where that is little."""
    if x < shape + 1:
        return 1 - cdf(x, shape)
    return exp(shape * log(x) - x - lgamma(shape)) * _fraction(x, shape)


@lru_cache(maxsize=16_384)
def quantile(share: float, shape: float) -> float:
    """Return the value below which a Gamma(shape, 1) value lies with a probability.

    Args:
        share: The probability, more than 0 and less than 1.
        shape: More than 0.
    """
    low, high = 0.0, shape + 12 * sqrt(shape) + 40
    x = _near(share, shape)
    for _round in range(_ROUNDS):
        missed = cdf(x, shape) - share
        low, high = (low, x) if missed > 0 else (x, high)
        slope = exp((shape - 1) * log(x) - x - lgamma(shape)) if x > 0 else 0.0
        step = missed / slope if slope > 0 else 0.0
        following = x - step if slope > 0 and low < x - step < high else (low + high) / 2
        if abs(following - x) <= _EXACT * following:
            return following
        x = following
    return x


def _near(share: float, shape: float) -> float:
    """Return a value near the quantile (Wilson and Hilferty), more than 0."""
    if shape < 0.5:  # the curve is a power there
        return max(_TINY, exp((log(share) + lgamma(shape + 1)) / shape))
    z = NormalDist().inv_cdf(share)
    return max(1e-8, shape * (1 - 1 / (9 * shape) + z / (3 * sqrt(shape))) ** 3)


def _series(x: float, shape: float) -> float:
    term = total = 1 / shape
    for step in range(1, _STEPS):
        term *= x / (shape + step)
        total += term
        if term < total * _ENOUGH:
            break
    return total


def _fraction(x: float, shape: float) -> float:
    """Return the continued fraction of the upper incomplete gamma function (modified Lentz)."""
    b = x + 1 - shape
    c, d = 1 / _TINY, 1 / (b or _TINY)
    found = d
    for step in range(1, _STEPS):
        an = -step * (step - shape)
        b += 2
        d = 1 / (an * d + b or _TINY)
        c = b + an / c or _TINY
        found *= c * d
        if abs(c * d - 1) < _ENOUGH:
            break
    return found
