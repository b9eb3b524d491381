"""Rounds: the list, preparing one, its page, and what is done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qingfeng.appraisal import doors, importing, rounds
from qingfeng.appraisal.models import Round
from qingfeng.desk.appraisal import laying
from qingfeng.desk.appraisal.forms import EarlierForm, MoreTime, RoundForm
from qingfeng.desk.appraisal.ground import conducting, following, round_page, slate_or_404
from qingfeng.look import sheets as files
from qingfeng.look.tables import Empty
from qingfeng.matters.today import today
from qingfeng.organization.permissions import needs_person
from qingfeng.screening.errors import Problem

PAGE = "desk/appraisal/round.html"
EARLIER = "qingfeng.desk.appraisal.earlier"


@needs_person
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show the rounds that somebody takes part in or follows, and what waits for them."""
    viewer = request.viewer
    found = [one for one in Round.objects.all() if doors.knows(viewer, one)]
    context = {
        "title": _("Evaluation"),
        "rounds": [laying.of_viewer(one, viewer) for one in found],
        "conducts": doors.conducts(viewer),
        "empty": Empty(
            _("No round of evaluation yet"),
            _("Once a round is opened, your ballots, your own form and later your result stand here."),
            icon="checklist",
        ),
    }
    return render(request, "desk/appraisal/index.html", context)


@needs_person
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Prepare a round."""
    if not doors.conducts(request.viewer):
        raise Http404
    return _prepared(request, None)


@round_page(conducting)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, round_: Round) -> HttpResponse:
    """Change what was prepared."""
    if round_.state != Round.State.DRAFTED:
        raise Http404
    return _prepared(request, round_)


def _prepared(request: HttpRequest, round_: Round | None) -> HttpResponse:
    form = RoundForm(request.POST or None, round_=round_)
    if request.method == "POST" and form.is_valid():
        try:
            if round_ is None:
                round_ = rounds.draft(form.planned, by=request.viewer.person_id)
            else:
                rounds.change(round_, form.planned, by=request.viewer.person_id)
        except Problem as problem:
            form.add_error(None, f"{problem}")
        else:
            return redirect("desk:appraisal_round", round_.code)
    context = {"title": _("Prepare a round"), "form": form, "round": round_}
    return render(request, "desk/appraisal/prepare.html", context, status=422 if form.errors else 200)


@needs_person
@require_http_methods(["GET", "POST"])
def earlier(request: HttpRequest) -> HttpResponse:
    """Take in results of earlier years: read a file, show what it holds, keep it once confirmed."""
    if not doors.conducts(request.viewer):
        raise Http404
    form = EarlierForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"title": _("Results of earlier years"), "form": form, "heads": importing.HEADS}
    if request.method == "POST" and "lines" in request.POST:
        count = importing.keep(_confirmed(request.POST["lines"]), by=request.viewer.person_id)
        messages.success(request, _("%(count)d results were kept.") % {"count": count})
        return redirect("desk:appraisal")
    if request.method == "POST" and form.is_valid():
        try:
            found = importing.read(form.cleaned_data["file"].read())
        except Problem as problem:
            form.add_error("file", f"{problem}")
        else:
            context["found"] = found
            rows = [astuple(one) for one in found.lines]
            context["lines"] = signing.dumps(rows, salt=EARLIER, compress=True)
            context["rejects"] = files.packed(_rejected(found)) if found.rejects else ""
    context["empty"] = files.packed(files.Sheet(_("Results of earlier years"), [*importing.HEADS], []))
    return render(request, "desk/appraisal/earlier.html", context, status=422 if form.errors else 200)


def _rejected(found: importing.Read) -> files.Sheet:
    """Return the rows that cannot be kept as a file: to be mended and read again, with why beside each."""
    return files.Sheet(
        _("Rows that were not read"),
        [pgettext("appraisal", "Row"), *importing.HEADS, _("Because")],
        [[one.row, *one.cells, one.why] for one in found.rejects],
    )


def _confirmed(signed: str) -> list[importing.Line]:
    """Return the lines that were shown.

    Raises:
        Http404: If this house did not sign them within the last hour.
    """
    try:
        return [importing.Line(*one) for one in signing.loads(signed, salt=EARLIER, max_age=3600)]
    except signing.BadSignature as error:
        raise Http404 from error


@round_page(following)
@require_GET
def page(request: HttpRequest, round_: Round) -> HttpResponse:
    """Show a round to those who follow it: days, forms, people, turnout, what can be done."""
    return _shown(request, round_)


def _shown(request: HttpRequest, round_: Round, wrong: MoreTime | None = None) -> HttpResponse:
    """Show a round; with the form for more time as it was handed in, where something is wrong in it."""
    viewer = request.viewer
    voters = _voters(round_)
    late = rounds.late(round_) if round_.is_open else set()
    context = {
        "title": round_.title,
        "round": round_,
        "stages": [(key, words) for key, words in Round.State.choices],
        "forms": laying.forms_table(round_),
        "people": laying.people_table(round_),
        "turnout": laying.turnout_table(round_),
        "late": sorted(name for pk, name in voters if pk in late),
        "extended": round_.rolls.exclude(until_on=None).select_related("person"),
        "more_time": wrong or MoreTime(voters),
        "conducts": doors.conducts(viewer),
        "may_open": doors.may_open(viewer, round_),
        "may_close": round_.is_open and today() > rounds.last_day(round_),
        "unfinished": rounds.unfinished(round_) if round_.state == Round.State.CLOSED else [],
    }
    return render(request, PAGE, context, status=422 if wrong else 200)


def _voters(round_: Round) -> list[tuple[int, str]]:
    rows = round_.rolls.select_related("person").order_by("person__number")
    return [(one.person_id, one.person.name) for one in rows]


def _done(request: HttpRequest, round_: Round, act: Callable[[], Any], said: str) -> HttpResponse:
    """Do something with a round and go back to its page, with what was done or why not."""
    try:
        act()
    except Problem as problem:
        messages.error(request, f"{problem}")
    else:
        messages.success(request, said)
    return redirect("desk:appraisal_round", round_.code)


@round_page(following)
@require_POST
def open_round(request: HttpRequest, round_: Round) -> HttpResponse:
    """Open a round: a leader who did not prepare it."""
    if not doors.may_open(request.viewer, round_):
        raise Http404
    by = request.viewer.person_id
    return _done(
        request,
        round_,
        lambda: rounds.open_round(round_, by=by),
        _("The round is open; all voters were told."),
    )


@round_page(conducting)
@require_POST
def remind(request: HttpRequest, round_: Round) -> HttpResponse:
    """Remind those who have not taken their ballots."""
    try:
        count = rounds.remind(round_, by=request.viewer.person_id)
    except Problem as problem:
        messages.error(request, f"{problem}")
    else:
        said = ngettext("%(count)d person was reminded.", "%(count)d people were reminded.", count)
        messages.success(request, said % {"count": count})
    return redirect("desk:appraisal_round", round_.code)


@round_page(conducting)
@require_POST
def extend(request: HttpRequest, round_: Round) -> HttpResponse:
    """Give somebody more time."""
    form = MoreTime(_voters(round_), request.POST)
    if not form.is_valid():
        return _shown(request, round_, form)
    said, by = form.cleaned_data, request.viewer.person_id

    def act() -> None:
        rounds.extend(round_, said["person"], until_on=said["until_on"], because=said["because"], by=by)

    return _done(request, round_, act, _("There is more time, and the person was told."))


@round_page(conducting)
@require_POST
def close(request: HttpRequest, round_: Round) -> HttpResponse:
    """Close a round after its last day."""
    by = request.viewer.person_id
    return _done(
        request,
        round_,
        lambda: rounds.close(round_, by=by),
        _("The results are there; everybody can read their own."),
    )


@round_page(conducting)
@require_POST
def finish(request: HttpRequest, round_: Round) -> HttpResponse:
    """Finish a round and destroy its ballots."""
    by = request.viewer.person_id
    return _done(
        request,
        round_,
        lambda: rounds.finish(round_, by=by),
        _("The round is finished; its ballots are destroyed."),
    )


@round_page(conducting)
@require_POST
def on_paper(request: HttpRequest, round_: Round, pk: int) -> HttpResponse:
    """Let a slate be voted on with paper, or with a browser again."""
    slate, by = slate_or_404(round_, pk), request.viewer.person_id
    wanted = request.POST.get("paper") == "1"
    return _done(request, round_, lambda: rounds.put_on_paper(slate, on_paper=wanted, by=by), _("Kept."))


@round_page(conducting)
@require_POST
def hand_out(request: HttpRequest, round_: Round, pk: int) -> HttpResponse:
    """Mark who was handed a ballot of paper."""
    slate, by = slate_or_404(round_, pk), request.viewer.person_id
    ticked = [int(one) for one in request.POST.getlist("person") if one.isdecimal()]
    try:
        count = rounds.hand_out(slate, ticked, by=by)
    except Problem as problem:
        messages.error(request, f"{problem}")
    else:
        messages.success(request, _("%(count)d ballots of paper are handed out.") % {"count": count})
    return redirect("desk:appraisal_paper", round_.code, slate.pk)
