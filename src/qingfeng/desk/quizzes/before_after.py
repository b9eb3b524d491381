"""Whether more is answered right after an education than before it, and when that cannot be said. Pure.

Answers on one sheet hang together, so a share is believed as far as its sheets go, not its answers: Beta with
Jeffreys' prior on so many sheets. The difference of two shares is taken as normal with both variances.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Any, Literal

from qingfeng.plain import beta

LOW, HIGH = 0.05, 0.95
WIDTH = 1.645  # of a 90 % interval
PRIOR = 0.5
Says = Literal["more", "fewer", "chance", "no_before", "no_after"]


@dataclass(frozen=True)
class Share:
    """A share of right answers.

    Attributes:
        sheets: Sheets handed in.
        answers: Answers on them.
        right: Of these right.
    """

    sheets: int
    answers: int
    right: int

    def __add__(self, other: Share) -> Share:
        return Share(self.sheets + other.sheets, self.answers + other.answers, self.right + other.right)

    @property
    def value(self) -> float:
        """The share, 0 to 1; 0 where nothing was answered."""
        return self.right / self.answers if self.answers else 0.0

    @property
    def shapes(self) -> tuple[float, float]:
        """Yeses and noes on as many sheets, prior included."""
        return self.value * self.sheets + PRIOR, (1 - self.value) * self.sheets + PRIOR

    @property
    def interval(self) -> tuple[float, float]:
        """Its 90 % interval."""
        yes, no = self.shapes
        return beta.quantile(LOW, yes, no), beta.quantile(HIGH, yes, no)

    @property
    def variance(self) -> float:
        """Variance of what is believed of it."""
        yes, no = self.shapes
        return yes * no / ((yes + no) ** 2 * (yes + no + 1))


@dataclass(frozen=True)
class Difference:
    """What an education changed.

    Attributes:
        before: None where too few answered.
        after: None where too few answered.
        says: What can be said of the two.
        low: Lower end of the 90 % interval of after less before; 0 where one is missing.
        high: Upper end of it.
    """

    before: Share | None
    after: Share | None
    says: Says
    low: float = 0.0
    high: float = 0.0


def difference(before: Share | None, after: Share | None) -> Difference:
    """Return what can be said of two shares."""
    if after is None:
        return Difference(before, after, "no_after")
    if before is None:
        return Difference(before, after, "no_before")
    middle = after.value - before.value
    width = WIDTH * sqrt(before.variance + after.variance)
    low, high = middle - width, middle + width
    says: Says = "more" if low > 0 else "fewer" if high < 0 else "chance"
    return Difference(before, after, says, low, high)


def shares(lines: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], Share]:
    """Return the shares of lines of sums by phase and kind of office; the kind "" is all of them together."""
    found: dict[tuple[str, str], Share] = {}
    for facts in lines:
        one = Share(int(facts["sheets"]), int(facts["answers"]), int(facts["right_answers"]))
        for key in (str(facts["office_kind"]), ""):
            place = (str(facts["phase"]), key)
            found[place] = found[place] + one if place in found else one
    return found
