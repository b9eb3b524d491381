"""The total of a sheet, worked out from its rows, and replayed from what was read then."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from django.db.models import Prefetch

from qingfeng.appraisal.points import arithmetic, formula, readings
from qingfeng.appraisal.points.arithmetic import Counted, Judged, Line, Total
from qingfeng.appraisal.points.ground import days_of, points_of
from qingfeng.appraisal.points.readings import READINGS
from qingfeng.appraisal.points.tables import Indicator, Mark, Scheme, Score, ScoreSheet

Cell = tuple[int, str]
"""An indicator and a period."""
Held = Mapping[Cell, list[Score]]


def scores_of(sheet: ScoreSheet, version: int | None = None) -> dict[Cell, list[Score]]:
    """Return the scores that count in a version, by indicator and period: of each the newest until then."""
    rows = sheet.scores.select_related("indicator", "by").order_by("indicator__place", "version", "pk")
    return newest(rows, version or sheet.version)


def newest(rows: Iterable[Score], version: int) -> dict[Cell, list[Score]]:
    """Return of scores in the order of versions those that count in one."""
    found: dict[Cell, list[Score]] = {}
    for one in (each for each in rows if each.version <= version):
        held = found.setdefault((one.indicator_id, one.period), [])
        if held and held[0].version < one.version:
            held.clear()
        held.append(one)
    return found


def lines_of(
    sheet: ScoreSheet, version: int | None = None, *, replayed: bool = False, held: Held | None = None
) -> list[Line]:
    """Return the lines of a sheet in a version.

    Args:
        sheet: Whose.
        version: Which; the newest if none is named.
        replayed: Whether formulas are worked out again from what was read then.
        held: Scores that count, where they are not those that are kept.
    """
    held = scores_of(sheet, version) if held is None else held
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
    return formula.points(_parsed(one.formula), inputs, one.most)


@cache
def _parsed(text: str) -> formula.Node:
    return formula.parse(text, READINGS)


def standing_marks(sheet: ScoreSheet, version: int | None = None) -> list[Mark]:
    """Return the marks that count in a version."""
    at = version or sheet.version
    return [
        one
        for one in sheet.marks.all()
        if one.state == Mark.State.STANDING
        and one.version <= at
        and (one.until_version is None or one.until_version > at)
    ]


def total(
    sheet: ScoreSheet,
    version: int | None = None,
    *,
    replayed: bool = False,
    held: Held | None = None,
    struck: Container[int] = (),
) -> Total:
    """Return the total of a sheet in a version, the newest if none is named.

    Args:
        sheet: Whose.
        version: Which.
        replayed: Whether formulas are worked out again from what was read then.
        held: Scores that count, where they are not those that are kept.
        struck: Keys of marks that would count no more.
    """
    scheme = sheet.scheme
    standing = (one for one in standing_marks(sheet, version) if one.pk not in struck)
    marks = [Counted(one.of, one.points, one.veto) for one in standing]
    return arithmetic.total(
        lines_of(sheet, version, replayed=replayed, held=held), marks, periods=points_of(scheme),
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
        for key in sorted(set(formula.names(_parsed(one.formula)))):
            now = readings.read(key, sheet.of, [subject], since, until).get(subject)
            then: Any = scores[0].inputs.get(key)
            before = (str(then["value"]), int(then["count"])) if then else None
            today = (str(now.value), now.count) if now else None
            if before != today:
                yield Changed(one, period, key, before, today)


@dataclass(frozen=True)
class Differs:
    """A version of a sheet that gives something else when it is worked out again than was settled."""

    sheet: ScoreSheet
    version: int
    settled: Decimal
    found: Decimal


@dataclass(frozen=True)
class YearReplayed:
    """A year worked out again: how many versions of how many final sheets, and those that differ."""

    sheets: int
    versions: int
    differ: tuple[Differs, ...]


def replay_year(scheme: Scheme) -> YearReplayed:
    """Work every settled version of a year out again from what was read then; a fixed number of queries."""
    whole = Scheme.objects.prefetch_related("indicators").get(pk=scheme.pk)
    scores = Prefetch("scores", Score.objects.order_by("version", "pk"))
    rows = whole.sheets.filter(final_on__isnull=False).select_related("person", "unit")
    count = versions = 0
    differ = []
    for sheet in rows.prefetch_related(scores, "marks", "settled"):
        count, sheet.scheme = count + 1, whole
        for kept in sheet.settled.all():
            versions += 1
            held = newest(sheet.scores.all(), kept.version)
            found = total(sheet, kept.version, replayed=True, held=held)
            if found.as_json() != kept.total:
                differ.append(Differs(sheet, kept.version, Decimal(kept.total["value"]), found.value))
    return YearReplayed(count, versions, tuple(differ))
