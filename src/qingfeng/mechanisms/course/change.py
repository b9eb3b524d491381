"""What changed between two shares, with its interval. Pure.

Newcombe's hybrid score interval for the difference of two proportions (R. G. Newcombe, Statistics in Medicine
17 (1998) 873-890, method 10), from Wilson's interval for each; 95 %.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

Z = 1.959964
LEAST = 10
"""Fewer on either side say nothing."""


@dataclass(frozen=True)
class Change:
    """A change of a share, in points of a hundred.

    Attributes:
        points: After less before.
        low: Lower end of the interval.
        high: Upper end of the interval.
    """

    points: float
    low: float
    high: float

    @property
    def is_seen(self) -> bool:
        """Whether no change at all lies outside the interval."""
        return self.low > 0 or self.high < 0


def change_of(before: tuple[int, int], after: tuple[int, int]) -> Change | None:
    """Return the change between two shares, None where one side is too small to say anything.

    Args:
        before: How many of how many.
        after: How many of how many.
    """
    if min(before[1], after[1]) < LEAST:
        return None
    p, q = before[0] / before[1], after[0] / after[1]
    (l1, u1), (l2, u2) = _wilson(*before), _wilson(*after)
    low = q - p - sqrt((q - l2) ** 2 + (u1 - p) ** 2)
    high = q - p + sqrt((u2 - q) ** 2 + (p - l1) ** 2)
    return Change(round(100 * (q - p), 1), round(100 * low, 1), round(100 * high, 1))


def _wilson(some: int, of: int) -> tuple[float, float]:
    share, spread = some / of, Z * Z / of
    middle = share + spread / 2
    half = Z * sqrt(share * (1 - share) / of + spread / (4 * of))
    return (middle - half) / (1 + spread), (middle + half) / (1 + spread)
