"""The Beta distribution: what is believed of a share after so many yeses and noes. Pure.

`cdf` is the regularised incomplete beta function by its continued fraction (modified Lentz), `quantile`
its inverse by halving the interval; both to ten decimals, far finer than anything that is shown.
"""

from __future__ import annotations

from math import exp, lgamma, log

_TINY, _STEPS, _ENOUGH = 1e-300, 10_000, 1e-14
_HALVINGS = 60


def cdf(x: float, a: float, b: float) -> float:
    """Return the probability that a Beta(a, b) share is at most x.

    Args:
        x: 0 to 1.
        a: Yeses, prior included; more than 0.
        b: Noes, prior included; more than 0.
    """
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def quantile(share: float, a: float, b: float) -> float:
    """Return the value below which a Beta(a, b) share lies with a probability.

    Args:
        share: The probability, 0 to 1.
        a: Yeses, prior included; more than 0.
        b: Noes, prior included; more than 0.
    """
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if cdf(middle, a, b) < share else (low, middle)
    return (low + high) / 2


def _fraction(x: float, a: float, b: float) -> float:
    """Return the continued fraction of the incomplete beta function."""
    c, d = 1.0, _away(1 - (a + b) * x / (a + 1))
    d = 1 / d
    found = d
    for m in range(1, _STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / _away(1 + term * d)
            c = _away(1 + term / c)
            found *= c * d
        if abs(c * d - 1) < _ENOUGH:
            break
    return found


def _away(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
