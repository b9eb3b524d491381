"""What a finding weighs: points, colour, expected share and amount class, as data.

The whole arithmetic of a lead, so that anybody can do it again with a pencil:

* points = tier points of the heaviest finding (A 60, B 30, C 5)
  + amount points (from 1,000 yuan 5, from 10,000 yuan 10, from 100,000 yuan 20)
  + repetition (10 for every further rule, 2 for every further finding, at most 30).
* colour: 90 and more red, 60 to 89 yellow, 30 to 59 blue, else grey. Two findings of
  tier B from different data sources on one vehicle, card or reception, at most 30 days
  apart, rise one colour. A lead of tier C is always grey: it is a statistic, not a doubt
  about anybody.
* score = the expected share of such leads that verification confirms: the mean
  a / (a + b) of a Beta(a, b) prior for the tier. Nothing about the unit or person enters.
* weight = score x amount class (1 below 1,000 yuan or without an amount, 2 below 10,000,
  3 below 100,000, 4 from there); rank goes by weight, then points, then id, and tier C
  comes after everything else.

The tier points and colour floors are domain rules (§4.0); the rest are our proposals.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

CHAIN_DAYS = 30  # civil days from one finding to the next of the same lead, inclusive
RAISE_DAYS = 30  # civil days between two findings of tier B that raise the colour, inclusive
RAISED_SUBJECTS = ("plate", "card", "reception")

TIER_POINTS = {"A": 60, "B": 30, "C": 5}
FURTHER_RULE, FURTHER_FINDING, MOST_REPETITION = 10, 2, 30
COLOUR_FLOORS = ((90, "red"), (60, "yellow"), (30, "blue"), (0, "grey"))


@dataclass(frozen=True)
class AmountClass:
    """A band of amounts.

    Attributes:
        floor_yuan: First amount of the band.
        factor: What the score is multiplied with to rank.
        points: What the band adds to the points.
    """

    floor_yuan: int
    factor: int
    points: int


AMOUNT_CLASSES = (
    AmountClass(100_000, 4, 20),
    AmountClass(10_000, 3, 10),
    AmountClass(1_000, 2, 5),
)


@dataclass(frozen=True)
class Prior:
    """What is believed of a tier before anybody has verified a lead of it.

    Attributes:
        confirmed: Reviewed leads that would have been confirmed.
        refuted: Reviewed leads that would not.
    """

    confirmed: int
    refuted: int

    @property
    def mean(self) -> Fraction:
        """The expected confirmed share, 0 to 1."""
        return Fraction(self.confirmed, self.confirmed + self.refuted)


# Each counts as much as ten reviewed leads, so that real verdicts soon outweigh it.
PRIORS = {"A": Prior(9, 1), "B": Prior(6, 4), "C": Prior(1, 9)}


def macros() -> tuple[str, ...]:
    """Return SQL that defines this arithmetic as macros named `qf_…`."""
    tiers = " ".join(f"WHEN '{tier}' THEN {points}" for tier, points in TIER_POINTS.items())
    priors = " ".join(
        f"WHEN '{tier}' THEN CAST({float(prior.mean)} AS DECIMAL(6,4))" for tier, prior in PRIORS.items()
    )
    points = " ".join(f"WHEN yuan >= {band.floor_yuan} THEN {band.points}" for band in AMOUNT_CLASSES)
    factors = " ".join(f"WHEN yuan >= {band.floor_yuan} THEN {band.factor}" for band in AMOUNT_CLASSES)
    floors = " ".join(f"WHEN points >= {floor} THEN {step}" for step, (floor, _) in enumerate(COLOUR_FLOORS))
    repeated = f"least({MOST_REPETITION}, {FURTHER_RULE}*(rules - 1) + {FURTHER_FINDING}*(findings - rules))"
    return (
        f"CREATE OR REPLACE MACRO qf_tier_points(tier) AS CASE tier {tiers} END",
        f"CREATE OR REPLACE MACRO qf_prior(tier) AS CASE tier {priors} END",
        f"CREATE OR REPLACE MACRO qf_amount_points(yuan) AS CASE {points} ELSE 0 END",
        f"CREATE OR REPLACE MACRO qf_amount_factor(yuan) AS CASE {factors} ELSE 1 END",
        f"CREATE OR REPLACE MACRO qf_colour_step(points) AS CASE {floors} END",
        f"CREATE OR REPLACE MACRO qf_repetition(rules, findings) AS {repeated}",
    )


def arithmetic(
    *, tier: str, amount_points: int, repetition: int, factor: int, raised: bool
) -> dict[str, object]:
    """Return how points, colour, score and rank of a lead came about.

    Args:
        tier: Of the heaviest finding.
        amount_points: From the lead's amount.
        repetition: Points for further rules and findings.
        factor: The amount class.
        raised: Whether two sources agree and the colour rose.
    """
    prior = PRIORS[tier]
    points = TIER_POINTS[tier] + amount_points + repetition
    weight = prior.mean * factor
    share = f"{prior.confirmed}÷({prior.confirmed}+{prior.refuted})={float(prior.mean):.2f}"
    return {
        "score": f"{tier}级先验 Beta({prior.confirmed},{prior.refuted})：{share}",
        "points": f"{tier}级{TIER_POINTS[tier]}＋金额{amount_points}＋重复{repetition}＝{points}",
        "colour": "不同来源的两条B级疑点，升一色" if raised else "按分值",
        "rank": f"{float(prior.mean):.2f}×金额档{factor}＝{float(weight):.2f}",
    }
