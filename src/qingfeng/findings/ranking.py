"""What a lead weighs: expected share that is right, times the class of the amount.

Pure arithmetic; it reads the rule, its tier, what verifiers have found of the rule, and the amount,
never who the unit or person is or what they did before.

* A finding that was verified says whether the rule was right: `confirmed`, `partly` and `explained`
  say yes (the act was there, whether or not it was allowed), `refuted` says no, `unverifiable` says
  nothing. A finding that was true in part counts whole: the rule pointed at something that was there,
  and halves would reward whoever hesitates.
* share = (a + yes) / (a + b + yes + no), where a and b are what the tier is believed to be worth before
  anybody has looked (`screening.leads.weights.PRIORS`).
* weight = share x class of the amount (1 to 4). A lead of tier C names nobody and asks for nothing; it
  weighs a thousandth of that, and so comes after every doubt.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from qingfeng.screening.leads.weights import PRIORS

RIGHT = ("confirmed", "partly", "explained")
WRONG = ("refuted",)
SILENT = ("unverifiable",)
STATISTIC_DIVISOR = 1000

_FIVE = Decimal("0.00001")


def said(counts: Mapping[str, int]) -> tuple[int, int]:
    """Return how often verifiers found a rule right, and how often wrong."""
    return sum(counts.get(one, 0) for one in RIGHT), sum(counts.get(one, 0) for one in WRONG)


def expected(right: int, wrong: int, tier: str) -> Fraction:
    """Return the expected share of a rule's findings that are right, 0 to 1."""
    prior = PRIORS[tier]
    return Fraction(prior.confirmed + right, prior.confirmed + prior.refuted + right + wrong)


def per_class(share: Fraction, tier: str) -> Fraction:
    """Return what one class of the amount weighs."""
    return share / STATISTIC_DIVISOR if tier == "C" else share


def weight(share: Fraction, factor: int, tier: str) -> Decimal:
    """Return a lead's weight, five decimals.

    Args:
        share: Expected share that is right.
        factor: Class of the amount, 1 to 4.
        tier: The lead's.
    """
    return rounded(per_class(share, tier) * factor)


def rounded(value: Fraction) -> Decimal:
    """Return a fraction with five decimals, halves up."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(_FIVE, ROUND_HALF_UP)
