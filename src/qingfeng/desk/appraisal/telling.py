"""A result as its person reads it, and what is written beside it: answer, talk, suggestion, remarks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qingfeng.appraisal import doors, results, telling
from qingfeng.appraisal.models import Form, Rated, Remark, Round
from qingfeng.appraisal.rounds import note
from qingfeng.desk.appraisal import boards, laying
from qingfeng.desk.appraisal.forms import AnswerForm, SuggestForm, TalkForm, WhyForm
from qingfeng.desk.appraisal.ground import conducting, following, rated_or_404, round_page
from qingfeng.desk.appraisal.picture import bars_of
from qingfeng.look.tables import Column, Empty, Table
from qingfeng.matters.today import today
from qingfeng.organization.models import Unit
from qingfeng.screening.errors import Problem


@round_page(lambda _viewer, _round: True)
@require_GET
def result(request: HttpRequest, round_: Round, number: str) -> HttpResponse:
    """Show a result to its person and to the line above, with its picture, answer and talk."""
    rated = _read(request, round_, number)
    viewer = request.viewer
    is_own = viewer.person_id == rated.person_id
    if not is_own:
        note("result_read", round_, viewer.person_id, {"rated": rated.person_id})
    shown = rated.remarks.filter(state=Remark.State.SHOWN)
    context = {
        "title": rated.person.name if not is_own else _("My result"),
        "round": round_,
        "rated": rated,
        "result": rated.result,
        "is_own": is_own,
        "chart": laying.dimensions_chart(rated.result),
        "bars": bars_of(rated.result) if rated.result.get("value") else [],
        "parts": laying.parts_table(rated.result) if rated.result["parts"] else None,
        "earlier": laying.earlier_table(rated, viewer),
        "remarks": shown,
        "may_answer": is_own and rated.answer_until is not None and today() <= rated.answer_until,
        "may_talk": doors.may_talk(viewer, rated) and round_.state == Round.State.CLOSED,
        "may_suggest": doors.may_suggest(viewer, rated),
        "talk": getattr(rated, "talk", None),
        "suggestion": getattr(rated, "suggestion", None) if not is_own else None,
        "missing": [dict(Form.Key.choices)[key] for key in results.missing(rated)],
        "why_form": WhyForm() if doors.conducts(viewer) and results.missing(rated) else None,
    }
    return render(request, "desk/appraisal/result.html", context)


def _read(request: HttpRequest, round_: Round, number: str) -> Rated:
    rated = rated_or_404(round_, number)
    if not doors.reads_result(request.viewer, rated):
        raise Http404
    return rated


def _written(
    request: HttpRequest, rated: Rated, form: Any, act: Callable[[], Any], title: str
) -> HttpResponse:
    """Show a form beside a result, or keep it and go back to the result."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except Problem as problem:
            form.add_error(None, f"{problem}")
        else:
            messages.success(request, _("Kept."))
            return redirect("desk:appraisal_result", rated.round.code, rated.person.number)
    context = {"title": title, "round": rated.round, "rated": rated, "form": form}
    return render(request, "desk/appraisal/write.html", context, status=422 if form.errors else 200)


@round_page(lambda _viewer, _round: True)
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, round_: Round, number: str) -> HttpResponse:
    """Let a person answer the own result."""
    rated = _read(request, round_, number)
    if request.viewer.person_id != rated.person_id:
        raise Http404
    form = AnswerForm(request.POST or None, initial={"text": rated.answer})
    return _written(
        request, rated, form, lambda: telling.answer(rated, form.cleaned_data["text"]), _("My answer")
    )


@round_page(lambda _viewer, _round: True)
@require_http_methods(["GET", "POST"])
def talk(request: HttpRequest, round_: Round, number: str) -> HttpResponse:
    """Record the talk about a result."""
    rated = _read(request, round_, number)
    if not doors.may_talk(request.viewer, rated):
        raise Http404
    kept = getattr(rated, "talk", None)
    initial = (
        {"held_on": kept.held_on, "said": kept.said, "agreed": kept.agreed} if kept else {"held_on": today()}
    )
    form = TalkForm(request.POST or None, initial=initial)
    by = request.viewer.person_id

    def act() -> None:
        telling.record_talk(rated, telling.Said(**form.cleaned_data), by=by)

    return _written(request, rated, form, act, _("Record the talk"))


@round_page(conducting)
@require_http_methods(["GET", "POST"])
def suggest(request: HttpRequest, round_: Round, number: str) -> HttpResponse:
    """Write down what a result suggests for exchange."""
    rated = _read(request, round_, number)
    if not doors.may_suggest(request.viewer, rated):
        raise Http404
    kept = getattr(rated, "suggestion", None)
    initial = {"strengths": kept.strengths, "fits": kept.fits, "unit": kept.unit} if kept else {}
    form = SuggestForm(request.POST or None, initial=initial)
    by = request.viewer.person_id

    def act() -> None:
        said = form.cleaned_data
        unit = said["unit"].pk if said["unit"] else None
        telling.suggest(rated, strengths=said["strengths"], fits=said["fits"], unit=unit, by=by)

    return _written(request, rated, form, act, _("Suggestion for exchange"))


@round_page(conducting)
@require_POST
def explain(request: HttpRequest, round_: Round, number: str) -> HttpResponse:
    """Say why a form by name is missing."""
    rated, form = _read(request, round_, number), WhyForm(request.POST)
    if form.is_valid():
        telling.explain_missing(rated, form.cleaned_data["because"], by=request.viewer.person_id)
    else:
        messages.error(request, " ".join(form.errors["because"]))
    return redirect("desk:appraisal_result", round_.code, number)


@round_page(conducting)
@require_GET
def remarks(request: HttpRequest, round_: Round) -> HttpResponse:
    """Show what ballots said in words, to be shown or withheld; none about oneself or a relative."""
    rows = Remark.objects.filter(rated__round=round_).select_related("rated__person", "rated__round")
    mine = [one for one in rows if _may_decide(request, one)]
    context = {
        "title": _("Remarks to be read"),
        "round": round_,
        "waiting": [one for one in mine if one.state == Remark.State.WAITING],
        "decided": [one for one in mine if one.state != Remark.State.WAITING],
    }
    return render(request, "desk/appraisal/remarks.html", context)


def _may_decide(request: HttpRequest, remark: Remark) -> bool:
    viewer, person = request.viewer, remark.rated.person_id
    return viewer.person_id != person and not doors.is_kept_apart(viewer, person)


@round_page(conducting)
@require_POST
def decide(request: HttpRequest, round_: Round, pk: int) -> HttpResponse:
    """Show a remark to the person, or withhold it."""
    remark = get_object_or_404(Remark.objects.select_related("rated__round"), pk=pk, rated__round=round_)
    if not _may_decide(request, remark):
        raise Http404
    try:
        telling.decide(remark, is_shown=request.POST.get("show") == "1", by=request.viewer.person_id)
    except Problem as problem:
        messages.error(request, f"{problem}")
    return redirect("desk:appraisal_remarks", round_.code)


@round_page(following)
@require_GET
def exchange(request: HttpRequest, round_: Round) -> HttpResponse:
    """Show what the round suggests for exchange: years in the post, strengths, where somebody would fit."""
    if not round_.has_results:
        raise Http404
    rows = [
        one
        for one in round_.rated.select_related("person", "unit", "round", "suggestion__unit")
        if doors.reads_result(request.viewer, one)
    ]
    context = {
        "title": _("Suggestions for exchange"),
        "round": round_,
        "table": _exchange_table(rows),
    }
    return render(request, "desk/appraisal/exchange.html", context)


def _exchange_table(rows: list[Rated]) -> Table:
    years = {one.pk: telling.years_in_post(one, today()) for one in rows}
    due = {"must": _("exchange is due"), "consider": _("to be considered"), "": ""}

    def said(row: Rated, name: str) -> str:
        found = getattr(row, "suggestion", None)
        return str(getattr(found, name) or "") if found else ""

    def held(row: Rated) -> str:
        known = years[row.pk]
        return "" if known is None else f"{known:.1f}"

    def unit(row: Rated) -> str:
        found: Unit | None = getattr(getattr(row, "suggestion", None), "unit", None)
        return str(found) if found else ""

    return Table(
        [
            Column(
                "person.name", pgettext("appraisal", "Who"), kind="exact", is_head=True,
                link=laying.result_address,
            ),
            Column("unit", _("Unit"), kind="exact"),
            Column("post", _("Post")),
            Column(held, _("Years in the post"), kind="number"),
            Column(lambda row: due[telling.due_for_exchange(years[row.pk])], _("By years")),
            Column(lambda row: said(row, "strengths"), _("Strengths")),
            Column(lambda row: said(row, "fits"), _("What the person would fit")),
            Column(unit, _("Suggested unit")),
        ],
        rows,
        _("Suggestions for exchange"),
        empty=Empty(_("Nobody"), _("Results that you may read stand here.")),
    )  # fmt: skip


@round_page(lambda viewer, round_: doors.sees_board(viewer) and round_.has_results)
@require_GET
def board(request: HttpRequest, round_: Round) -> HttpResponse:
    """Show distributions and groups of a round that is closed: no names, no order of people."""
    told = round_.board or {}
    context: dict[str, Any] = {
        "title": _("Distributions of %(round)s") % {"round": round_.title},
        "round": round_,
    }
    context |= {"board": told, "is_small": "distribution" not in told}
    if not context["is_small"]:
        context |= {
            "distribution": boards.distribution_chart(told),
            "dimensions": boards.board_chart(told),
            "groups": boards.groups_table(told),
            "turnout": boards.board_turnout(told),
        }
    return render(request, "desk/appraisal/board.html", context)
