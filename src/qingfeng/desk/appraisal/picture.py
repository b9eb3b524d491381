"""How the sum of a result arises, as a picture: a bar a part, long as its score, thick as its weight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from qingfeng.appraisal.models import Form

WHOLE = 10
"""The best score: a bar of full length."""
THINNEST, THICKER = 6, 0.7
"""Pixels of a bar without weight, and for each per cent of it."""


@dataclass(frozen=True)
class Bar:
    """One part.

    Attributes:
        name: Of the form.
        value: Its score of 10.
        counted: Its weight that counted, in per cent.
        adds: What it adds to the sum of 100.
        filled: Length of the bar, of 100.
        low: Where the scores that were given begin, of 100; the bar's own end where no spread is known.
        high: Where they end.
        across: How far that is.
        thick: In pixels.
    """

    name: str
    value: str
    counted: str
    adds: str
    filled: str
    low: str
    high: str
    across: str
    thick: int


def bars_of(result: Mapping[str, Any]) -> list[Bar]:
    """Return the parts of a result that counted, in order; together they add up to the sum."""
    names = dict(Form.Key.choices)
    return [_bar(str(names[part["key"]]), part) for part in result.get("parts", ()) if part.get("counted")]


def _bar(name: str, part: Mapping[str, Any]) -> Bar:
    value, counted, spread = part["value"], part["counted"], part.get("spread", 0)
    low, high = max(1, value - spread), min(WHOLE, value + spread)
    return Bar(
        name,
        value=f"{value:.2f}",
        counted=f"{counted:g}",
        adds=f"{value * counted / WHOLE:.1f}",
        filled=f"{value * 100 / WHOLE:.1f}",
        low=f"{low * 100 / WHOLE:.1f}",
        high=f"{high * 100 / WHOLE:.1f}",
        across=f"{(high - low) * 100 / WHOLE:.1f}",
        thick=round(THINNEST + THICKER * counted),
    )
