"""How scores become a total (计分). Pure: the same lines and marks always give the same numbers.

- A judged line without evidence, and a formula that found nothing, give no points.
- Where a formula found nothing, that is nobody's fault: what it could have given is spread over the other
  lines of the period in proportion. A judged line that is missing stays missing.
- A period never gives more than its points, all periods together never more than 100; bonuses and
  deductions have
  their ceilings; the total is never less than 0. A veto changes no points: it decides about the grade.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

CENT = Decimal("0.01")
NOUGHT = Decimal(0)
BONUS, DEDUCTION, VETO = "bonus", "deduction", "veto"


@dataclass(frozen=True)
class Judged:
    """What one person gave, and whether something was shown for it."""

    by: int
    value: Decimal
    has_evidence: bool


@dataclass(frozen=True)
class Line:
    """One indicator in one period.

    Attributes:
        key: Key of the indicator.
        period: `daily`, `q1` … `q4`, `half`, `year`.
        most: Points at most.
        is_judged: Whether people judge it.
        judged: What they gave.
        value: What a formula gave; None where it found nothing to read, or was not read yet.
        is_read: Whether a formula was read.
    """

    key: str
    period: str
    most: Decimal
    is_judged: bool
    judged: tuple[Judged, ...] = ()
    value: Decimal | None = None
    is_read: bool = False

    @property
    def given(self) -> Decimal | None:
        """Points before anything is spread: the mean of what was judged with evidence, or the formula's."""
        if not self.is_judged:
            return None if self.value is None else min(max(self.value, NOUGHT), self.most)
        shown = [min(max(one.value, NOUGHT), self.most) for one in self.judged if one.has_evidence]
        return _cents(sum(shown, NOUGHT) / len(shown)) if shown else None

    @property
    def is_left_out(self) -> bool:
        """Whether a formula was read and found nothing: its points are spread over the others."""
        return not self.is_judged and self.is_read and self.value is None

    @property
    def is_missing(self) -> bool:
        """Whether somebody still has to judge it, or it was not read."""
        return self.given is None and not self.is_left_out


@dataclass(frozen=True)
class Counted:
    """A mark that stands: what it is, its points, the key of a veto."""

    of: str
    points: Decimal = NOUGHT
    veto: str = ""


@dataclass(frozen=True)
class PeriodTotal:
    """One period: points, points at most, how many lines are missing, what lines count with.

    Attributes:
        shares: Points of each line as they count, after what was left out is spread; by key.
    """

    key: str
    got: Decimal
    most: Decimal
    missing: int
    shares: Mapping[str, Decimal]


@dataclass(frozen=True)
class Total:
    """The result of a sheet.

    Attributes:
        value: Everything together, 0 to 100 and the bonus at most.
        base: What the periods give, 0 to 100.
        bonus: After its ceiling.
        deduction: After its ceiling, a positive number.
        vetoes: Keys of the vetoes that stand, sorted.
        periods: In the order of the year.
    """

    value: Decimal
    base: Decimal
    bonus: Decimal
    deduction: Decimal
    vetoes: tuple[str, ...]
    periods: tuple[PeriodTotal, ...]

    @property
    def missing(self) -> int:
        """How many lines are missing."""
        return sum(one.missing for one in self.periods)

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept: decimals as text, so that it comes back as it was."""
        return {
            "value": str(self.value),
            "base": str(self.base),
            "bonus": str(self.bonus),
            "deduction": str(self.deduction),
            "vetoes": list(self.vetoes),
            "periods": {
                one.key: {
                    "got": str(one.got),
                    "most": str(one.most),
                    "missing": one.missing,
                    "shares": {key: str(points) for key, points in sorted(one.shares.items())},
                }
                for one in self.periods
            },
        }


def total(
    lines: Iterable[Line],
    marks: Iterable[Counted],
    *,
    periods: Mapping[str, Decimal],
    ceilings: tuple[Decimal, Decimal],
) -> Total:
    """Return the total of a sheet.

    Args:
        lines: Of all periods.
        marks: Those that stand.
        periods: Points of each period, in the order of the year; together 100.
        ceilings: Most points of bonuses, and of deductions.
    """
    held: dict[str, list[Line]] = {key: [] for key in periods}
    for line in lines:
        held[line.period].append(line)
    parts = tuple(period_total(key, held[key], most) for key, most in periods.items())
    standing = list(marks)
    bonus = min(sum((one.points for one in standing if one.of == BONUS), NOUGHT), ceilings[0])
    deduction = min(sum((one.points for one in standing if one.of == DEDUCTION), NOUGHT), ceilings[1])
    base = sum((one.got for one in parts), NOUGHT)
    return Total(
        _cents(max(base + bonus - deduction, NOUGHT)), _cents(base), _cents(bonus), _cents(deduction),
        tuple(sorted({one.veto for one in standing if one.of == VETO})), parts,
    )  # fmt: skip


def period_total(key: str, lines: Sequence[Line], most: Decimal) -> PeriodTotal:
    """Return one period: what was left out is spread over the other lines in proportion to their points.

    Where every line was left out nothing can be spread and the period gives nothing; a scheme in force has a
    judged line in every period, so that it does not happen.
    """
    counting = [one for one in lines if not one.is_left_out]
    whole = sum((one.most for one in lines), NOUGHT)
    held = sum((one.most for one in counting), NOUGHT)
    wider = whole / held if held else NOUGHT
    shares = {one.key: _cents((one.given or NOUGHT) * wider) for one in counting}
    got = min(sum(shares.values(), NOUGHT), most)
    return PeriodTotal(key, _cents(got), most, sum(one.is_missing for one in counting), shares)


def _cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)
