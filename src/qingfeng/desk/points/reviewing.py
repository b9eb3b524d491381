"""Examining an appeal: it lies beside the judgements and marks, is changed, foreseen and signed by two."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qingfeng.appraisal.points import appeals, reviews
from qingfeng.appraisal.points.review_tables import Review
from qingfeng.appraisal.points.tables import ScoreSheet
from qingfeng.desk.kinds import address
from qingfeng.desk.offers import offers
from qingfeng.desk.points import appealed, beside, both
from qingfeng.desk.points.forms import ReplaceForm
from qingfeng.desk.points.ground import done, note_reading, ours
from qingfeng.screening.errors import Problem

ANSWER, TAKE_OVER = "answer_appeal", "recalculate"
SIGNING = ("sign", "settle")


@ours
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Show the appeals that somebody examines, those that wait first."""
    rows = sorted(appealed.appeals_of(request.viewer), key=lambda one: not one.waits)
    if not rows:
        raise Http404
    return render(request, "desk/points/appeals.html", {"title": _("Appeals I examine"), "appeals": rows})


@ours
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an appeal beside what it is about, with what would come of it; put down, take out, sign."""
    rows = ScoreSheet.objects.select_related("scheme", "person", "unit")
    sheet: ScoreSheet = get_object_or_404(rows.prefetch_related("scheme__indicators"), pk=pk)
    appeal = appealed.appeal_on(request.viewer, sheet)
    if appeal is None:
        raise Http404
    bound = None
    if request.method == "POST":
        bound = _post(request, sheet, appeal)
        if bound is None:
            return redirect("desk:points_review", sheet.pk)
    note_reading(request, sheet)
    context = _context(request, sheet, appeal, bound)
    return render(request, "desk/points/review.html", context, status=422 if bound else 200)


def _context(
    request: HttpRequest, sheet: ScoreSheet, appeal: appealed.Appealed, bound: beside.Bound | None
) -> dict[str, Any]:
    viewer, review = request.viewer, reviews.open_of(sheet)
    decides = appeals.may_decide(sheet, viewer.person_id) and appeal.waits
    return {
        "title": _("Appeal against the sheet of %(whose)s") % {"whose": sheet},
        "sheet": sheet, "appeal": appeal, "review": review, "decides": decides,
        "edits": decides and (review is None or review.state == Review.State.DRAFT),
        "is_signer": review is not None and review.signed_by_id == viewer.person_id,
        "put_down": beside.put_down(sheet, review), **_foreseen(sheet, review),
        "periods": beside.periods_of(viewer, sheet, review, bound),
        "marks": beside.marks_of(viewer, sheet, review),
        "settled": [both.of_version(sheet, one.version, one.because)
                    for one in sheet.settled.filter(version__gt=1)],
        "acts": [(one.act.name, address(appeal.matter, "act", act=one.act.key), one.missing)
                 for one in offers(viewer, appeal.matter) if one.act.key in _now(review)],
        "href": address(appeal.matter),
    }  # fmt: skip


def _now(review: Review | None) -> tuple[str, ...]:
    """Return the acts of the procedure to be done here: it takes over what two have signed, not before."""
    return (ANSWER,) if review is not None else (ANSWER, TAKE_OVER)


def _foreseen(sheet: ScoreSheet, review: Review | None) -> dict[str, Any]:
    """Return both totals as they would be, or why there would be none."""
    if review is None:
        return {"foreseen": None, "worse": ""}
    try:
        found = reviews.foresee(review).both
    except Problem as problem:
        return {"foreseen": None, "worse": f"{problem}"}
    return {"foreseen": both.shown(sheet, found, beside.whys_of(sheet, review)), "worse": ""}


def _post(request: HttpRequest, sheet: ScoreSheet, appeal: appealed.Appealed) -> beside.Bound | None:
    """Do what was pressed; return the form of a judgement where it has to be shown again."""
    said, by = request.POST, request.viewer.person_id
    if not appeal.waits or not appeals.may_decide(sheet, by):
        raise Http404
    what = said.get("what", "")
    if what == "replace":
        return _replace(request, sheet)
    review = reviews.open_of(sheet)
    if what == "strike":
        mark, why = said.get("mark", ""), said.get("why", "")[:300]
        if not mark.isdecimal():
            raise Http404
        done(request, lambda: reviews.strike(reviews.begin(sheet, by=by), int(mark), why, by=by), _put())
        return None
    act = _ACTS.get(what)
    if act is None or review is None:
        raise Http404
    if what in SIGNING and not appeal.is_upheld:
        messages.error(request, _("Answer the appeal first: only what is upheld changes the sheet."))
        return None
    act(request, review, said, appeal)
    return None


def _put() -> str:
    return _("Put down. Nothing counts before two have signed.")


def _replace(request: HttpRequest, sheet: ScoreSheet) -> beside.Bound | None:
    key, by = request.POST.get("line", ""), request.viewer.person_id
    place = beside.place_of(sheet, key)
    form = ReplaceForm(place.indicator, place.entries, request.POST, prefix=place.prefix)
    if form.is_valid():
        said = reviews.Replaced(place.indicator.key, place.period, form.given)
        try:
            reviews.replace(reviews.begin(sheet, by=by), said, by=by)
        except Problem as problem:
            form.add_error(None, f"{problem}")
        else:
            messages.success(request, _put())
            return None
    return beside.Bound(place.prefix, form)


Did = Callable[[HttpRequest, Review, QueryDict, appealed.Appealed], None]


def _take_out(request: HttpRequest, review: Review, said: QueryDict, _appeal: appealed.Appealed) -> None:
    act = partial(reviews.take_out, review, said.get("line", ""), by=request.viewer.person_id)
    done(request, act, _("Taken out again."))


def _sign(request: HttpRequest, review: Review, said: QueryDict, appeal: appealed.Appealed) -> None:
    others = appealed.examiners(appeal.matter)
    act = partial(
        reviews.sign, review, said.get("because", "")[:300], by=request.viewer.person_id, others=others
    )
    done(request, act, _("Signed. It counts once another examiner has signed as well; they were told."))


def _unsign(request: HttpRequest, review: Review, said: QueryDict, _appeal: appealed.Appealed) -> None:
    remark = said.get("because", "")[:300]
    act = partial(reviews.unsign, review, by=request.viewer.person_id, remark=remark)
    done(request, act, _("Open again: nothing was changed on the sheet."))


def _settle(request: HttpRequest, review: Review, _said: QueryDict, _appeal: appealed.Appealed) -> None:
    act = partial(reviews.settle, review, by=request.viewer.person_id)
    done(request, act, _("Worked out anew; the person was told. The version before stays."))


def _drop(request: HttpRequest, review: Review, _said: QueryDict, _appeal: appealed.Appealed) -> None:
    act = partial(reviews.drop, review, by=request.viewer.person_id)
    done(request, act, _("Left: nothing of it counts."))


_ACTS: dict[str, Did] = {
    "take_out": _take_out, "sign": _sign, "unsign": _unsign, "settle": _settle, "drop": _drop,
}  # fmt: skip
