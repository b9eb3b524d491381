"""The total of a sheet, worked out from its rows, and replayed from what was read then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from qingfeng.appraisal.points import arithmetic, formula, readings
from qingfeng.appraisal.points.arithmetic import Counted, Judged, Line, Total
from qingfeng.appraisal.points.ground import days_of, points_of
from qingfeng.appraisal.points.readings import READINGS
from qingfeng.appraisal.points.tables import Indicator, Mark, Score, ScoreSheet


def scores_of(sheet: ScoreSheet, version: int | None = None) -> dict[tuple[int, str], list[Score]]:
    """Return the scores that count in a version, by indicator and period: of each the newest until then."""
    found: dict[tuple[int, str], list[Score]] = {}
    rows = sheet.scores.filter(version__lte=version or sheet.version).select_related("indicator", "by")
    for one in rows.order_by("indicator__place", "version", "pk"):
        key = (one.indicator_id, one.period)
        held = found.setdefault(key, [])
        if held and held[0].version < one.version:
            held.clear()
        held.append(one)
    return found


def lines_of(sheet: ScoreSheet, version: int | None = None, *, replayed: bool = False) -> list[Line]:
    """Return the lines of a sheet in a version.

    Args:
        sheet: Whose.
        version: Which; the newest if none is named.
        replayed: Whether formulas are worked out again from what was read then.
    """
    held = scores_of(sheet, version)
    return [
        _line(one, period, held.get((one.pk, period), []), replayed=replayed)
        for one in sheet.scheme.indicators.all()
        if one.holds_for(sheet.kind)
        for period in one.in_periods
    ]


def _line(one: Indicator, period: str, scores: list[Score], *, replayed: bool) -> Line:
    if one.is_judged:
        judged = tuple(
            Judged(score.by_id or 0, score.value, bool(score.evidence))
            for score in scores
            if score.value is not None
        )
        return Line(one.key, period, one.most, is_judged=True, judged=judged)
    score = scores[0] if scores else None
    value = None if score is None else (_again(one, score) if replayed else score.value)
    return Line(one.key, period, one.most, is_judged=False, value=value, is_read=score is not None)


def _again(one: Indicator, score: Score) -> Decimal | None:
    """Return the points of a formula from what was read then."""
    inputs = {key: Decimal(read["value"]) for key, read in score.inputs.items()}
    return formula.points(formula.parse(one.formula, READINGS), inputs, one.most)


def standing_marks(sheet: ScoreSheet, version: int | None = None) -> list[Mark]:
    """Return the marks that count in a version."""
    at = version or sheet.version
    return [
        one
        for one in sheet.marks.filter(state=Mark.State.STANDING, version__lte=at)
        if one.until_version is None or one.until_version > at
    ]


def total(sheet: ScoreSheet, version: int | None = None, *, replayed: bool = False) -> Total:
    """Return the total of a sheet in a version, the newest if none is named."""
    scheme = sheet.scheme
    marks = [Counted(one.of, one.points, one.veto) for one in standing_marks(sheet, version)]
    return arithmetic.total(
        lines_of(sheet, version, replayed=replayed), marks, periods=points_of(scheme),
        ceilings=(Decimal(scheme.bonus_max), Decimal(scheme.deduction_max)),
    )  # fmt: skip


@dataclass(frozen=True)
class Changed:
    """A reading that says something else now than it said when it was read.

    Attributes:
        then: Value and count as they were; None where nothing was found.
        now: The same as it would be read today.
    """

    indicator: Indicator
    period: str
    reading: str
    then: tuple[str, int] | None
    now: tuple[str, int] | None


@dataclass(frozen=True)
class Replayed:
    """A version worked out again.

    Attributes:
        total: From the stored inputs.
        is_same: Whether it is what was settled then; True where nothing was settled yet.
        changed: Readings that say something else today.
    """

    total: Total
    is_same: bool
    changed: tuple[Changed, ...]


def replay(sheet: ScoreSheet, version: int | None = None) -> Replayed:
    """Work a version out again from what was read then, and say which reading has changed since."""
    at = version or sheet.version
    found = total(sheet, at, replayed=True)
    kept = sheet.settled.filter(version=at).first()
    same = found.as_json() == (kept.total if kept else total(sheet, at).as_json())
    return Replayed(found, same, tuple(_changes(sheet, at)))


def _changes(sheet: ScoreSheet, version: int) -> Iterable[Changed]:
    subject = int(sheet.person_id or sheet.unit_id)
    for (_indicator, period), scores in scores_of(sheet, version).items():
        one = scores[0].indicator
        if one.is_judged:
            continue
        since, until = days_of(period, sheet.scheme.year)
        for key in sorted(set(formula.names(formula.parse(one.formula, READINGS)))):
            now = readings.read(key, sheet.of, [subject], since, until).get(subject)
            then: Any = scores[0].inputs.get(key)
            before = (str(then["value"]), int(then["count"])) if then else None
            today = (str(now.value), now.count) if now else None
            if before != today:
                yield Changed(one, period, key, before, today)
