"""Tables and charts of a sheet: the picture of a year, its lines with what they rest on, its versions."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from qingfeng.appraisal.points import schemes, totals
from qingfeng.appraisal.points.arithmetic import Line, Total
from qingfeng.appraisal.points.line import Span, served
from qingfeng.appraisal.points.tables import Indicator, Kind, Period, Score, ScoreSheet
from qingfeng.desk.assessment.changes import grade_changes
from qingfeng.desk.points.names import Evidence, evidence_of, of_indicator, of_period, of_reading, of_value
from qingfeng.look.charts import Chart, Series
from qingfeng.look.tables import Column, Empty, Table
from qingfeng.organization.viewer import Viewer

NOTHING = "—"
FORTNIGHT = 14


def number(value: Decimal | float | None) -> str:
    """Return points without nought at their end."""
    if value is None:
        return NOTHING
    return f"{value:.2f}".rstrip("0").rstrip(".") if value else "0"


def year_chart(sheet: ScoreSheet, total: Total) -> Chart:
    """Return the picture of a year: of each period what was given, what was not, what is still open."""
    closed = set(sheet.parts.exclude(closed_on=None).values_list("period", flat=True))
    given = [one.got if one.key in closed else Decimal(0) for one in total.periods]
    lost = [one.most - one.got if one.key in closed else Decimal(0) for one in total.periods]
    ahead = [Decimal(0) if one.key in closed else one.most for one in total.periods]
    return Chart(
        _decided(total, closed),
        _("Each bar is one period and as long as its points; together 100."),
        [of_period(one.key) for one in total.periods],
        [
            Series(pgettext("points", "Given"), [float(one) for one in given]),
            Series(_("Not given"), [float(one) for one in lost]),
            Series(_("Still open"), [float(one) for one in ahead]),
        ],
        kind="stack",
        unit=pgettext("points", "points"),
        head=pgettext("points", "Period"),
    )


def decided_so_far(sheet: ScoreSheet, total: Total) -> str:
    """Return what the closed periods gave, in a sentence; nothing of those that are open."""
    return _decided(total, set(sheet.parts.exclude(closed_on=None).values_list("period", flat=True)))


def _decided(total: Total, closed: Container[str]) -> str:
    parts = [one for one in total.periods if one.key in closed]
    if not parts:
        return _("No period is decided yet")
    return _("%(given)s of the %(most)s points decided so far") % {
        "given": number(sum((one.got for one in parts), Decimal(0))),
        "most": number(sum((one.most for one in parts), Decimal(0))),
    }


def so_far(sheet: ScoreSheet, total: Total) -> dict[str, Any]:
    """Return what stands above the picture: the result once it is final, bonus, deduction, vetoes."""
    return {
        "is_final": sheet.final_on is not None,
        "value": number(total.value),
        "bonus": number(total.bonus) if total.bonus else "",
        "deduction": number(total.deduction) if total.deduction else "",
        "vetoes": [one["words"] for one in sheet.scheme.vetoes if one["key"] in total.vetoes],
    }


@dataclass(frozen=True)
class Row:
    """A line of a sheet as it is shown.

    Attributes:
        key: Key of the indicator.
        how: By which formula or by how many people.
        says: What was read, or why it was judged so.
        counts: Points as they count, with what was spread.
    """

    key: str
    name: str
    most: str
    counts: str
    how: str
    says: str
    evidence: Evidence


@dataclass(frozen=True)
class PeriodRows:
    """One period of a sheet as it is shown."""

    key: str
    name: str
    got: str
    most: str
    is_closed: bool
    statement: str
    unsaid: str
    rows: tuple[Row, ...]


def periods_of(
    sheet: ScoreSheet, total: Total, viewer: Viewer, *, only: Container[str] = frozenset(Period.values)
) -> list[PeriodRows]:
    """Return the periods of a sheet with their lines.

    What was judged in a period that is still open is shown to whoever judges, and to the person once it is
    closed: until then it may change.

    Args:
        sheet: Whose.
        total: Its total.
        viewer: Who reads it.
        only: Periods that the viewer reads; those of whoever led before and no others.
    """
    parts = {one.period: one for one in sheet.parts.all()}
    scores = totals.scores_of(sheet)
    indicators = [one for one in sheet.scheme.indicators.all() if one.holds_for(sheet.kind)]
    lines = {(one.key, one.period): one for one in totals.lines_of(sheet)}
    found = []
    for one in (each for each in total.periods if each.key in only):
        part = parts[one.key]
        is_closed = part.closed_on is not None
        wider = _wider([line for (_key, period), line in lines.items() if period == one.key])
        rows = tuple(
            _row(each, lines[each.key, one.key], scores.get((each.pk, one.key), []), shares=one.shares,
                 reader=(viewer, sheet.person_id), wider=wider if is_closed else None)
            for each in indicators if one.key in each.in_periods
        )  # fmt: skip
        got = number(one.got) if is_closed else NOTHING
        found.append(
            PeriodRows(one.key, of_period(one.key), got, number(one.most), is_closed, part.statement,
                       part.unsaid_because, rows)
        )  # fmt: skip
    return found


def _row(
    one: Indicator, line: Line, scores: Sequence[Score], *,
    shares: Mapping[str, Decimal], reader: tuple[Viewer, int | None], wider: Decimal | None,
) -> Row:  # fmt: skip
    name, most = of_indicator(one), number(one.most)
    how = schemes.shown(one.formula) if one.formula else pgettext("points", "judged")
    if wider is None:
        return Row(one.key, name, most, NOTHING, how, _("not decided yet"), Evidence((), 0))
    viewer, whose = reader
    evidence = evidence_of(viewer, sorted({ref for score in scores for ref in score.evidence}), whose)
    if line.is_left_out:
        says = _("Nothing to read: its points are spread over the other lines of the period.")
        return Row(one.key, name, most, NOTHING, how, says, evidence)
    return Row(
        one.key,
        name,
        number(one.most * wider),
        number(shares.get(one.key)),
        how,
        _says(one, scores),
        evidence,
    )


def _wider(lines: Sequence[Line]) -> Decimal:
    """Return by how much lines of a period count more because others found nothing to read."""
    held = sum((one.most for one in lines if not one.is_left_out), Decimal(0))
    return sum((one.most for one in lines), Decimal(0)) / held if held else Decimal(1)


def _says(one: Indicator, scores: Sequence[Score]) -> str:
    if one.is_judged:
        count = len(scores)
        judged = ngettext("judged by %(count)d person", "judged by %(count)d people", count) % {
            "count": count
        }
        return "；".join([judged, *dict.fromkeys(score.why.rstrip("。.") for score in scores if score.why)])
    read = scores[0].inputs if scores else {}
    return "；".join(
        _("%(name)s %(value)s (from %(count)d)")
        % {"name": of_reading(key), "value": of_value(key, held["value"]), "count": held["count"]}
        for key, held in read.items()
    )


def served_of(sheet: ScoreSheet) -> list[Span]:
    """Return where a person served in the year, where it was in more than one unit; empty otherwise."""
    if not sheet.person_id:
        return []
    year = sheet.scheme.year
    found = served([sheet.person_id], date(year, 1, 1), date(year, 12, 31)).get(sheet.person_id, [])
    return found if len({one.path for one in found}) > 1 else []


def versions_table(sheet: ScoreSheet) -> Table:
    """Return the results as they were settled, each version with why."""
    return Table(
        [
            Column("version", _("Version"), kind="number", is_head=True),
            Column(lambda row: number(Decimal(row.total["value"])), _("Result"), kind="number"),
            Column("on", _("Day"), kind="day"),
            Column(lambda row: row.because or _("Every period was closed"), _("Because")),
        ],
        list(sheet.settled.all()),
        _("Versions of the result"),
    )


def told_anew(sheet: ScoreSheet) -> Table | None:
    """Return how a grade changed after it was told, for the person alone; None where it did not."""
    found = grade_changes(sheet.person_id, sheet.scheme.year, sheet.kind) if sheet.person_id else []
    if not found:
        return None
    return Table(
        [
            Column("on", _("Told on"), kind="day", is_head=True),
            Column(
                lambda row: f"{row.before} {row.points_before} → {row.now} {row.points}",
                _("Grade of the year"),
            ),
            Column("why", _("Because")),
        ],
        found,
        _("Grade of the year"),
    )


def sheets_table(sheets: Sequence[ScoreSheet]) -> Table:
    """Return sheets in the order of units: how far they are, and no points."""
    return Table(
        [
            Column(str, pgettext("points", "Whose"), is_head=True, link=address),
            Column("unit", _("Unit")),
            Column(lambda row: row.post, _("Post")),
            Column(lambda row: Kind(row.kind).label, pgettext("points", "Class")),
            Column(_closed, _("Periods closed"), kind="number"),
            Column(_stated, _("Own statements"), kind="number"),
            Column(lambda row: _("final") if row.final_on else "", pgettext("points", "State")),
        ],
        sheets,
        pgettext("points", "Sheets"),
        empty=Empty(
            _("No sheets"), _("Once a scheme is in force, sheets you may read stand here."),
            icon="list-details",
        ),
    )  # fmt: skip


def _closed(sheet: ScoreSheet) -> str:
    parts = list(sheet.parts.all())
    return f"{sum(one.closed_on is not None for one in parts)} / {len(parts)}"


def _stated(sheet: ScoreSheet) -> int:
    return sum(one.handed_on is not None for one in sheet.parts.all())


def address(sheet: ScoreSheet) -> str:
    """Return the address of a sheet."""
    return reverse("desk:points_sheet", args=[sheet.pk])
