"""Sheets: those one may read, one with what its points rest on, as a file, worked out again."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from qingfeng.appraisal.points import doors, totals
from qingfeng.appraisal.points.arithmetic import Total
from qingfeng.appraisal.points.sheets import STATED
from qingfeng.appraisal.points.tables import EarlierPoints, Kind, Mark, Scheme, ScoreSheet
from qingfeng.desk.points import both, laying
from qingfeng.desk.points.boards import own_place
from qingfeng.desk.points.ground import note_reading, ours, sheet_or_404
from qingfeng.desk.points.names import of_indicator, of_period, of_reading, of_value
from qingfeng.look import sheets as files
from qingfeng.look.tables import Column, Table
from qingfeng.organization.viewer import Viewer


@ours
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Show the sheets of others, and of units, that somebody may read, by year and class."""
    viewer = request.viewer
    years = list(Scheme.objects.exclude(state=Scheme.State.DRAFT).values_list("year", flat=True).distinct())
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else (years[0] if years else 0)
    kind = request.GET.get("class", "")
    rows = ScoreSheet.objects.filter(scheme__year=year).prefetch_related("parts")
    rows = rows.filter(kind=kind) if kind in Kind.values else rows
    found = doors.readable(viewer, rows)
    if not found and not (doors.conducts(viewer) or viewer.has("dept_head", *doors.LEADS)):
        raise Http404
    context = {
        "title": pgettext("points", "Sheets"), "table": laying.sheets_table(found), "years": years,
        "year": year, "kinds": Kind.choices, "kind": kind,
    }  # fmt: skip
    return render(request, "desk/points/sheets.html", context)


@ours
@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a sheet: the sum, its picture, every line with its evidence, marks, statements, versions.

    Whoever led the person before a move reads and judges the periods of that time, and nothing else of it.
    """
    sheet, viewer = sheet_or_404(request, pk), request.viewer
    note_reading(request, sheet)
    total, judged = totals.total(sheet), doors.periods_judged(viewer, sheet)
    is_own, is_open = doors.is_own(viewer, sheet), sheet.final_on is None
    is_whole = doors.reads_whole(viewer, sheet)
    only = {} if is_whole else {"only": judged}
    context = {
        "title": _("Sheet of %(whose)s") % {"whose": sheet}, "sheet": sheet, "is_own": is_own,
        "is_whole": is_whole, "kind": Kind(sheet.kind).label,
        "periods": laying.periods_of(sheet, total, viewer, **only),
        "judged": judged if is_open else (), "marks_them": is_open and doors.judges(viewer, sheet),
        "served": laying.served_of(sheet),
        "states": doors.states(viewer, sheet) and is_open, "stated": STATED,
        "conducts": doors.conducts(viewer),
    }  # fmt: skip
    return render(
        request, "desk/points/sheet.html", context | (_whole(request, sheet, total) if is_whole else {})
    )


def _whole(request: HttpRequest, sheet: ScoreSheet, total: Total) -> dict[str, Any]:
    """Return what only those are shown who read all of a sheet."""
    is_final = sheet.final_on is not None
    return {
        "so_far": laying.so_far(sheet, total), "chart": laying.year_chart(sheet, total),
        "place": own_place(sheet, total), "marks": marks_of(request, sheet),
        "versions": laying.versions_table(sheet) if is_final else None,
        "appeals": [both.of_version(sheet, one.version, one.because)
                    for one in sheet.settled.filter(version__gt=1)],
        "told_anew": laying.told_anew(sheet) if doors.is_own(request.viewer, sheet) else None,
        "earlier": _earlier(sheet),
    }  # fmt: skip


def _earlier(sheet: ScoreSheet) -> Any:
    whose = {"person": sheet.person_id} if sheet.person_id else {"unit": sheet.unit_id}
    return EarlierPoints.objects.filter(**whose, year__lt=sheet.scheme.year)


def marks_of(request: HttpRequest, sheet: ScoreSheet) -> list[dict[str, Any]]:
    """Return bonuses, deductions and vetoes with what the viewer can do about each."""
    words = {one["key"]: one["words"] for one in sheet.scheme.vetoes}
    open_ones = sheet.final_on is None
    return [
        {
            "mark": one, "points": laying.number(one.points) if one.points else "",
            "veto": words.get(one.veto, ""),
            "is_gone": one.until_version is not None,
            "decides": open_ones and one.state == Mark.State.PROPOSED
            and doors.decides(request.viewer, one.proposed_by_id, sheet),
            "answers": open_ones and doors.states(request.viewer, sheet),
        }
        for one in sheet.marks.select_related("proposed_by", "decided_by")
    ]  # fmt: skip


@ours
@require_GET
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """Give somebody the own sheet as a file: every line with its points and what it rests on."""
    sheet = sheet_or_404(request, pk)
    if not doors.is_own(request.viewer, sheet):
        raise Http404
    total = totals.total(sheet)
    table = files.Sheet(
        _("%(whose)s, %(year)s") % {"whose": str(sheet), "year": sheet.scheme.year},
        [
            pgettext("points", "Period"), pgettext("points", "Indicator"), _("Points at most"),
            pgettext("points", "Points"), pgettext("points", "How"), pgettext("points", "What it rests on"),
            pgettext("points", "Evidence"),
        ],
        [*_lines(sheet, total, request.viewer), *_marks(sheet)],
        _("Version %(version)d, %(value)s points.")
        % {"version": sheet.version, "value": laying.number(total.value)}
        if sheet.final_on else laying.decided_so_far(sheet, total),
    )  # fmt: skip
    files.taken.send(sender=files.Sheet, request=request, sheet=table)
    return files.answer(table, form=request.GET.get("form", "xlsx"))


Cells = list[list[str | int | float | None]]


def _lines(sheet: ScoreSheet, total: Total, viewer: Viewer) -> Cells:
    return [
        [one.name, row.name, row.most, row.counts, row.how, row.says,
         "；".join(each.words for each in row.evidence.shown)]
        for one in laying.periods_of(sheet, total, viewer)
        for row in one.rows
    ]  # fmt: skip


def _marks(sheet: ScoreSheet) -> Cells:
    return [
        [str(Mark.Of(one.of).label), one.why, "", laying.number(one.points), one.get_state_display(),
         one.evidence, "" if one.journal_seq is None else f"#{one.journal_seq}"]
        for one in sheet.marks.all()
    ]  # fmt: skip


@ours
@require_GET
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Work a sheet out again from what was read then, each version, and say what has changed since.

    While periods are open only what is decided is told: the rest may change, and is nobody's to read yet.
    """
    sheet = sheet_or_404(request, pk)
    if not doors.reads_whole(request.viewer, sheet):
        raise Http404
    note_reading(request, sheet)
    runs = [(no, totals.replay(sheet, no)) for no in range(1, sheet.version + 1)]
    context = {
        "title": _("Worked out again"),
        "sheet": sheet,
        "runs": [
            {"version": no, "value": laying.number(run.total.value), "is_same": run.is_same}
            for no, run in runs
        ]
        if sheet.final_on
        else [],
        "so_far": laying.decided_so_far(sheet, runs[-1][1].total),
        "changed": _changed(runs[-1][1].changed),
    }
    return render(request, "desk/points/again.html", context)


def _changed(rows: tuple[totals.Changed, ...]) -> Table | None:
    if not rows:
        return None

    def said(key: str, found: tuple[str, int] | None) -> str:
        return laying.NOTHING if found is None else f"{of_value(key, found[0])} ({found[1]})"

    return Table(
        [
            Column(lambda row: of_indicator(row.indicator), pgettext("points", "Indicator"), is_head=True),
            Column(lambda row: of_period(row.period), pgettext("points", "Period")),
            Column(lambda row: of_reading(row.reading), pgettext("points", "Reading")),
            Column(lambda row: said(row.reading, row.then), _("When it was read"), kind="number"),
            Column(lambda row: said(row.reading, row.now), _("Today"), kind="number"),
        ],
        rows,
        _("Readings that say something else today"),
    )
