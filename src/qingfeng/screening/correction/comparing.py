"""Before and after, against comparable units: a ratio of ratios with its interval. Pure.

A unit is written to because of bad months, and bad months are followed by better ones all by
themselves (regression to the mean), and everybody's months change (a new card, a new season). So

* the months that gave rise to the letter are left out of "before" (the caller does that),
* the unit's rate before is shrunk towards the rates of comparable units: the rate is Gamma distributed
  over them and it, fitted by moments, and the unit's own counts update it,
* what is expected after is that rate times what the group's own rate did in the meantime.

`ratio` is found ÷ expected after the letter: 1 says that nothing has changed beyond what the group
did. Its interval: the rate after the letter is Gamma distributed by its count; what it is held against,
the unit's shrunk rate times the group's change, is a product of Gamma rates, for which one Gamma with
the same mean and variance of the logarithm stands; the ratio of two Gammas is a Beta prime. Without a
group that is exact.

Sources:
    B. Efron and C. Morris (1975), Data analysis using Stein's estimator (shrinkage);
    J. Angrist and J.-S. Pischke (2009), chapter 5 (difference in differences), on the log scale.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

from qingfeng.plain import beta

TAILS = (0.05, 0.95)  # of a 90 % interval
JEFFREYS = 0.5  # of a count: what is believed before anything was counted
DRIFT = (
    log(2) / 1.645
) ** 2  # variance of a group's change on the log scale: nine in ten within half to double
LEAST_UNITS = 3  # fewer say nothing about how units differ


@dataclass(frozen=True)
class Counts:
    """What a rule found in some months, and of how many rows.

    Attributes:
        found: Findings.
        exposure: Rows within the rule's reach: those of its table that it does not leave out.
    """

    found: int
    exposure: int

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.found + other.found, self.exposure + other.exposure)

    @property
    def rate(self) -> float:
        """Findings a row; 0 where there was none."""
        return self.found / self.exposure if self.exposure else 0.0


@dataclass(frozen=True)
class Change:
    """What became of one unit's findings.

    Attributes:
        before: The unit's counts before the letter, without the months that gave rise to it.
        after: Its counts after it.
        shrunk_rate: Its rate before, drawn towards the group's.
        group_ratio: The group's rate after ÷ before; 1 where there is no group.
        expected: Findings after the letter if nothing but the group's change had happened.
        ratio: Found ÷ expected after the letter, in the middle.
        low: Lower end of the 90 % interval of `ratio`.
        high: Upper end of it.
        units: Comparable units that were counted.
    """

    before: Counts
    after: Counts
    shrunk_rate: float
    group_ratio: float
    expected: float
    ratio: float
    low: float
    high: float
    units: int


def change(before: Counts, after: Counts, others: Sequence[tuple[Counts, Counts]]) -> Change:
    """Compare a unit before and after with comparable units in the same months.

    Args:
        before: The unit, before; the triggering months left out.
        after: The unit, after.
        others: (before, after) of each comparable unit, in any order; those that could not be judged in
            one of the two periods are left out.
    """
    group = [(b, a) for b, a in others if b.exposure and a.exposure]
    prior_found, prior_exposure = _prior([before, *(b for b, _ in group)])
    rate_a, rate_b = before.found + prior_found, before.exposure + prior_exposure
    shrunk = rate_a / rate_b if rate_b else 0.0
    drift, drift_variance = _drift(group)
    expected = shrunk * after.exposure * exp(drift)
    low, high = _interval(after, rate_a, rate_b, drift, drift_variance)
    return Change(
        before=before,
        after=after,
        shrunk_rate=shrunk,
        group_ratio=exp(drift),
        expected=expected,
        ratio=after.found / expected if expected else 1.0,
        low=low,
        high=high,
        units=len(group),
    )


def _interval(
    after: Counts, rate_a: float, rate_b: float, drift: float, drift_variance: float
) -> tuple[float, float]:
    """Return the 90 % interval of found ÷ expected; 0 to 1,000 where nothing could be judged."""
    if not (after.exposure and rate_b):
        return 0.0, 1000.0
    shape = _shape_of(trigamma(rate_a) + drift_variance)
    scale = exp(digamma(rate_a) - log(rate_b) + drift - digamma(shape))
    ends = [beta.quantile(share, after.found + JEFFREYS, shape) for share in TAILS]
    low, high = (one / (1 - one) / (after.exposure * scale) for one in ends)
    return (low if after.found else 0.0), high


def _shape_of(variance: float) -> float:
    """Return the shape of the Gamma distribution whose logarithm has a variance."""
    low, high = 1e-3, 1e9
    for _ in range(200):
        middle = sqrt(low * high)
        low, high = (middle, high) if trigamma(middle) > variance else (low, middle)
    return sqrt(low * high)


def _prior(group: Sequence[Counts]) -> tuple[float, float]:
    """Return the Gamma distribution of units' rates, as findings and exposure that it is worth.

    By moments: what the rates differ by beyond what chance explains, the unit itself among them: one that
    stands far out says that units differ. Where they hardly do the distribution is worth the whole group,
    and a unit's own months weigh little against it.
    """
    whole = sum(group, Counts(0, 0))
    if len(group) <= LEAST_UNITS or not whole.found:
        return JEFFREYS, 0.0
    mean = whole.rate
    between = sum(one.exposure * (one.rate - mean) ** 2 for one in group) / whole.exposure
    by_chance = mean * len(group) / whole.exposure
    variance = max(between - by_chance, mean * mean / (whole.found + 1))
    return mean * mean / variance, mean / variance


def _drift(group: Sequence[tuple[Counts, Counts]]) -> tuple[float, float]:
    """Return the logarithm of the group's rate after ÷ before, and its variance; 0, 0 for no group.

    It is drawn towards no change, which is what is believed of a group before its findings are counted: of
    a rule that hardly ever finds anything, four findings instead of two are no doubling.
    """
    if len(group) < LEAST_UNITS:
        return 0.0, 0.0
    before = sum((one for one, _ in group), Counts(0, 0))
    after = sum((one for _, one in group), Counts(0, 0))
    b, a = before.found + JEFFREYS, after.found + JEFFREYS
    middle = digamma(a) - log(after.exposure) - digamma(b) + log(before.exposure)
    counted = trigamma(a) + trigamma(b)
    return middle * DRIFT / (DRIFT + counted), DRIFT * counted / (DRIFT + counted)


_ASYMPTOTIC_FROM = 6.0


def digamma(x: float) -> float:
    """Return the logarithmic derivative of the gamma function, to ten decimals.

    Args:
        x: More than 0.

    Source:
        Abramowitz and Stegun 6.3.5, 6.3.18.
    """
    lifted = 0.0
    while x < _ASYMPTOTIC_FROM:
        lifted -= 1 / x
        x += 1
    s = 1 / (x * x)
    series = s * (1 / 12 - s * (1 / 120 - s * (1 / 252 - s * (1 / 240 - s / 132))))
    return lifted + log(x) - 0.5 / x - series


def trigamma(x: float) -> float:
    """Return the derivative of `digamma`, to nine decimals.

    Args:
        x: More than 0.

    Source:
        Abramowitz and Stegun 6.4.6, 6.4.12.
    """
    lifted = 0.0
    while x < _ASYMPTOTIC_FROM:
        lifted += 1 / (x * x)
        x += 1
    s = 1 / (x * x)
    return lifted + 1 / x + s / 2 + s / x * (1 / 6 - s * (1 / 30 - s * (1 / 42 - s * (1 / 30 - s * 5 / 66))))
