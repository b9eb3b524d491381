"""The editor of schemes: versions, weights checked to a hundred, a trial run, put in force by another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qingfeng.appraisal.points import doors, schemes, sheets, totals, trial
from qingfeng.appraisal.points.ground import points_of
from qingfeng.appraisal.points.readings import READINGS, SHARE
from qingfeng.appraisal.points.tables import EarlierPoints, Indicator, Kind, Scheme
from qingfeng.desk.points import laying
from qingfeng.desk.points.forms import IndicatorForm, NewScheme, SchemeForm
from qingfeng.desk.points.ground import done, ours, scheme_or_404
from qingfeng.desk.points.names import is_chinese, of_indicator, of_period
from qingfeng.look.tables import Column, Empty, Table
from qingfeng.matters.today import today
from qingfeng.screening.errors import Problem


@ours
@require_http_methods(["GET", "POST"])
def listed(request: HttpRequest) -> HttpResponse:
    """Show the versions of schemes, newest first; begin one."""
    conducts = doors.conducts(request.viewer)
    form = NewScheme(request.POST or None, initial={"year": today().year + 1}) if conducts else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            try:
                said = form.cleaned_data
                made = schemes.draft(said["year"], said["title"], by=request.viewer.person_id)
            except Problem as problem:
                form.add_error(None, f"{problem}")
            else:
                return redirect("desk:points_scheme", made.pk)
    rows = Scheme.objects.all()
    rows = rows if doors.sees_drafts(request.viewer) else rows.exclude(state=Scheme.State.DRAFT)
    context = {
        "title": _("Schemes"), "schemes": rows, "form": form, "conducts": conducts,
        "sees_board": doors.sees_board(request.viewer),
        "earlier": EarlierPoints.objects.count() if conducts else 0,
        "empty": Empty(_("No scheme yet"), _("A scheme says how a year is assessed."), icon="checklist"),
    }  # fmt: skip
    return render(request, "desk/points/schemes.html", context, status=422 if form and form.errors else 200)


@ours
@require_http_methods(["GET"])
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a version: periods, indicators, what does not add up, the trial run, what can be done."""
    scheme, viewer = scheme_or_404(request, pk), request.viewer
    conducts, is_live = doors.conducts(viewer), scheme.state == Scheme.State.IN_FORCE
    rows = scheme.sheets.all()
    context = {
        "title": str(scheme), "scheme": scheme, "stages": Scheme.State.choices,
        "periods": [(of_period(key), laying.number(most)) for key, most in points_of(scheme).items()],
        "tables": [_indicators(scheme, of, edits=conducts and scheme.is_draft) for of in Indicator.Of.values],
        "wrong": schemes.wrong(scheme) if scheme.is_draft else [],
        "trial": _trial(scheme) if scheme.trial and doors.sees_drafts(viewer) else None,
        "edits": conducts and scheme.is_draft, "forces": scheme.is_draft and doors.forces(viewer, scheme),
        "conducts": conducts and is_live, "sheets": rows.count(),
        "final": rows.exclude(final_on=None).count(),
        "closing": _closing(scheme) if conducts and is_live else [],
        "readings": _readings() if conducts and scheme.is_draft else None,
        "sees_board": doors.sees_board(viewer) and scheme.boards.exists(),
        "sees_drafts": doors.sees_drafts(viewer),
    }  # fmt: skip
    return render(request, "desk/points/scheme.html", context)


def _closing(scheme: Scheme) -> list[tuple[str, str, int]]:
    """Return the periods that are over, with how many sheets are still open in each."""
    found = [
        (key, of_period(key), scheme.sheets.filter(parts__period=key, parts__closed_on=None).count())
        for key in sheets.over_on(scheme)
    ]
    return [one for one in found if one[2]]


def _indicators(scheme: Scheme, of: str, *, edits: bool) -> Table:
    rows = [one for one in scheme.indicators.all() if one.of == of]

    def link(row: Indicator) -> str | None:
        return f"indicator/?key={row.key}" if edits else None

    def classes(row: Indicator) -> str:
        return "、".join(str(Kind(one).label) for one in row.classes) or _("all")

    return Table(
        [
            Column(of_indicator, pgettext("points", "Indicator"), is_head=True, link=link),
            Column(lambda row: row.get_period_display(), pgettext("points", "Period")),
            Column(classes, pgettext("points", "Class")),
            Column(lambda row: laying.number(row.most), _("Points at most"), kind="number"),
            Column(
                lambda row: schemes.shown(row.formula) if row.formula else pgettext("points", "judged"),
                pgettext("points", "How"),
            ),
            Column("evidence", _("What must be shown")),
        ],
        rows,
        Indicator.Of(of).label,
        is_caption_hidden=False,
    )


def _readings() -> Table:
    unit = {SHARE: _("share, 0 to 1")}
    return Table(
        [
            Column(
                lambda row: row.term if is_chinese() else row.key, pgettext("points", "Reading"), is_head=True
            ),
            Column("words", pgettext("points", "What it says")),
            Column("source", pgettext("points", "Source")),
            Column(lambda row: unit.get(row.unit, _("score, 0 to 100")), pgettext("points", "Goes")),
            Column(
                lambda row: "、".join(str(Indicator.Of(one).label) for one in sorted(row.of)),
                pgettext("points", "Of whom"),
            ),
        ],
        list(READINGS.values()),
        _("Readings"),
    )


def _trial(scheme: Scheme) -> dict[str, Any]:
    names = {one.key: one for one in scheme.indicators.all()}
    known = [one for one in scheme.trial["lines"] if one["key"] in names]
    rows = [one for one in known if one["count"] is not None]

    def said(name: str) -> Callable[[dict[str, Any]], Any]:
        return lambda row: laying.NOTHING if row.get(name) is None else row[name]

    table = Table(
        [
            Column(
                lambda row: of_indicator(names[row["key"]]), pgettext("points", "Indicator"), is_head=True
            ),
            Column(lambda row: Kind(row["kind"]).label, pgettext("points", "Class")),
            Column(lambda row: laying.number(names[row["key"]].most), _("Points at most"), kind="number"),
            Column(said("low"), _("Middle of the lower half"), kind="number"),
            Column(said("middle"), pgettext("points", "Middle"), kind="number"),
            Column(said("high"), _("Middle of the upper half"), kind="number"),
            Column(said("full"), _("Full points"), kind="number"),
            Column(said("count"), _("Could be read"), kind="number"),
            Column(said("nothing"), _("Nothing to read"), kind="number"),
        ],
        rows,
        _("Trial run"),
    )
    return {"year": scheme.trial["year"], "table": table, "hidden": len(known) - len(rows)}


@ours
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a draft says besides its indicators."""
    scheme = _draft_or_404(request, pk)
    form = SchemeForm(request.POST or None, initial=SchemeForm.initial_of(scheme))
    if request.method == "POST" and form.is_valid():
        try:
            schemes.change(scheme, form.said, by=request.viewer.person_id)
        except Problem as problem:
            form.add_error(None, f"{problem}")
        else:
            return redirect("desk:points_scheme", scheme.pk)
    context = {"title": _("Change the draft"), "scheme": scheme, "form": form}
    return render(request, "desk/points/edit.html", context, status=422 if form.errors else 200)


def _draft_or_404(request: HttpRequest, pk: int) -> Scheme:
    scheme = scheme_or_404(request, pk)
    if not scheme.is_draft or not doors.conducts(request.viewer):
        raise Http404
    return scheme


@ours
@require_http_methods(["GET", "POST"])
def indicator(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter an indicator of a draft, change it (`?key=`), or take it out."""
    scheme = _draft_or_404(request, pk)
    key = request.GET.get("key", "")
    there = get_object_or_404(Indicator, scheme=scheme, key=key) if key else None
    if request.method == "POST" and "drop" in request.POST and there:
        done(request, lambda: schemes.drop_indicator(there, by=request.viewer.person_id), _("Taken out."))
        return redirect("desk:points_scheme", scheme.pk)
    form = IndicatorForm(request.POST or None, initial=_initial(there))
    if request.method == "POST" and form.is_valid():
        try:
            schemes.keep_indicator(
                scheme, form.cleaned_data, by=request.viewer.person_id, pk=there.pk if there else None
            )
        except Problem as problem:
            form.add_error("formula", f"{problem}")
        else:
            return redirect("desk:points_scheme", scheme.pk)
    title = of_indicator(there) if there else _("New indicator")
    context = {"title": title, "scheme": scheme, "form": form, "there": there, "readings": _readings()}
    return render(request, "desk/points/edit.html", context, status=422 if form.errors else 200)


def _initial(one: Indicator | None) -> dict[str, Any]:
    if one is None:
        return {"of": Indicator.Of.PERSON, "period": Indicator.Each.QUARTER}
    names = ("key", "name_zh", "name_en", "of", "classes", "period", "most", "evidence")
    return {**{name: getattr(one, name) for name in names}, "formula": schemes.shown(one.formula)}


@ours
@require_GET
def replay(request: HttpRequest, pk: int) -> HttpResponse:
    """Work every settled sheet of a year out again, and name those that give something else."""
    scheme = scheme_or_404(request, pk)
    if scheme.is_draft or not doors.sees_drafts(request.viewer):
        raise Http404
    found = totals.replay_year(scheme)
    context = {"title": _("Every sheet worked out again"), "scheme": scheme, "found": found}
    return render(request, "desk/points/replay.html", context)


@ours
@require_POST
def do(request: HttpRequest, pk: int) -> HttpResponse:
    """Do one of what can be done with a version: try it, put it in force, lay out sheets, close a period."""
    scheme, viewer, by = scheme_or_404(request, pk), request.viewer, request.viewer.person_id
    what = request.POST.get("what", "")
    if what == "force" and doors.forces(viewer, scheme):
        done(request, lambda: schemes.put_in_force(scheme, by=by), _("It is in force from now on."))
    elif what == "try" and doors.conducts(viewer) and scheme.is_draft:
        done(request, lambda: trial.run(scheme, by=by), _("Tried: see below how points would be spread."))
    elif what == "lay_out" and doors.conducts(viewer):
        _lay_out(request, scheme)
    elif what == "close" and doors.conducts(viewer):
        _close(request, scheme)
    else:
        raise Http404
    return redirect("desk:points_scheme", scheme.pk)


def _lay_out(request: HttpRequest, scheme: Scheme) -> None:
    try:
        new = sheets.lay_out(scheme, by=request.viewer.person_id)
    except Problem as problem:
        messages.error(request, f"{problem}")
        return
    words = ngettext("%(count)d sheet is laid out.", "%(count)d sheets are laid out.", new)
    messages.success(request, words % {"count": new} if new else _("Everybody had a sheet already."))


def _close(request: HttpRequest, scheme: Scheme) -> None:
    period = request.POST.get("period", "")
    if period not in points_of(scheme):
        raise Http404
    try:
        found = sheets.close_period(scheme, period, by=request.viewer.person_id)
    except Problem as problem:
        messages.error(request, f"{problem}")
        return
    messages.success(request, _("%(count)d sheets are closed in this period.") % {"count": found.count})
    if found.waiting:
        names = "、".join(str(sheet) for sheet, _missing in found.waiting[:8])
        messages.warning(
            request,
            _("Not yet judged, or a mark not decided: %(count)d sheets, among them %(names)s.")
            % {"count": len(found.waiting), "names": names},
        )
