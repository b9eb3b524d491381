"""Document numbers: series with their gaps, a number made void with a reason, a series begun after paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from qingfeng.desk.keeping import fields, series
from qingfeng.desk.keeping.asking import Asked, ask
from qingfeng.desk.keeping.doors import keeps_numbers, needs, sees_numbers
from qingfeng.desk.views.ground import viewer_in
from qingfeng.documents import numbering
from qingfeng.documents.models import Counter, Number
from qingfeng.look.tables import Column, Empty, Table
from qingfeng.screening.errors import Problem

A_PAGE = 50
LARGEST = 99_999


@needs(sees_numbers)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the series of a year (`year`) with how many numbers are in use, void, and taken by nobody."""
    years = series.years() or [series.this_year()]
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else years[0]
    columns = [
        Column("name", pgettext("numbers", "What is numbered"), link=_series_address, is_head=True),
        Column("counter.code", pgettext("numbers", "Code"), "exact"),
        Column("counter.last", _("Last number"), "number"),
        Column("used", pgettext("numbers", "In use"), "number"),
        Column(lambda row: row.void or "", pgettext("numbers", "Void"), "number"),
        Column(lambda row: row.missing or "", pgettext("numbers", "Nobody took"), "number"),
    ]
    wanted = request.GET.get("q", "").strip()[:60].casefold()
    every = series.every_series(year)
    rows = [row for row in every if wanted in f"{row.name} {row.counter.code}".casefold()]
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    title = _("Document numbers")
    empty = Empty(
        _("No number was taken yet"), _("The first document or matter of a year begins its series.")
    )
    if wanted:
        empty = Empty(_("No series matches"), _("Take what you typed away, or choose another year."))
    context = {
        "title": title,
        "lead": _("Each series runs without a gap; a void number stays with its reason."),
        "acts": [(_("Begin after numbers on paper"), reverse("desk:number_begin"))]
        if keeps_numbers(viewer_in(request))
        else [],
        "years": years,
        "year": year,
        "wanted": wanted,
        "table": Table(columns, page, title, empty=empty),
        "missing": sum(row.missing for row in every),
    }
    return render(request, "desk/keeping/numbers.html", context)


def _series_address(row: series.Series) -> str:
    return reverse("desk:number_series_one", args=[row.counter.pk])


@needs(sees_numbers)
@require_GET
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the numbers of one series, the newest first, with those that nobody took."""
    counter = Counter.objects.filter(pk=pk).first()
    if counter is None:
        raise Http404
    viewer = viewer_in(request)
    may_keep, shown = keeps_numbers(viewer), series.Series(counter)
    columns = [
        Column("text", _("Document number"), "exact", is_head=True),
        Column("state", _("State"), "tag"),
        Column(lambda row: row.number and row.number.taken_at, _("Number taken"), "moment"),
        Column("taken_for", _("Taken for"), "exact", link=lambda row: row.href),
        Column("reason", _("Reason for voiding")),
        Column(lambda row: row.number and row.number.voided_by, _("Voided by")),
    ]
    if may_keep:
        columns.append(
            Column(
                lambda row: _act(row, shown)[0],
                pgettext("numbers", "What to do"),
                link=lambda row: _act(row, shown)[1],
            )
        )
    lines = series.lines_of(viewer, counter)
    title = f"{counter.code} {counter.year}"
    context = {
        "title": title,
        "lead": shown.name,
        "crumbs": [(_("Document numbers"), reverse("desk:number_series")), (title, "")],
        "table": Table(columns, Paginator(lines, A_PAGE).get_page(request.GET.get("page")), title),
        "missing": [line.n for line in lines if line.number is None],
    }
    return render(request, "desk/keeping/number_series.html", context)


def _act(line: series.Line, shown: series.Series) -> tuple[str, str]:
    """Return the act on a number and its address: void one in use, say what became of one nobody took."""
    if line.number is None:
        return _("Say what became of it"), reverse("desk:number_gap", args=[shown.counter.pk, line.n])
    if line.number.voided_at or not shown.is_of_documents:
        return "", ""
    return _("Make it void"), reverse("desk:number_void", args=[line.number.pk])


class Why(fields.Form):
    """Why a number is void."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = fields.text(_("Reason"), most=500)


@needs(keeps_numbers)
def void(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the number of a document void, with a reason; it stays in the list and is never given again."""
    found = Number.objects.filter(pk=pk, kind__startswith=series.SLIP, voided_at=None).first()
    counter = found and Counter.objects.filter(code=found.code, kind=found.kind, year=found.year).first()
    if found is None or counter is None:
        raise Http404
    back = reverse("desk:number_series_one", args=[counter.pk])
    asked = Asked(
        title=_("Make void: %(number)s") % {"number": found.text},
        button=_("Make it void"),
        back=back,
        crumbs=_crumbs(counter, found.text),
        says=[
            _("The number stays in the list with your reason and is never given again."),
            _(
                "A document that was printed under it stays as it is; "
                "what corrects it has a number of its own."
            ),
        ],
        done=_("%(number)s is void.") % {"number": found.text},
        is_danger=True,
    )
    data, _problems = fields.sent(request)
    return ask(request, Why(data), asked, lambda given: _void(found, given["reason"], request.user))


def _void(found: Number, reason: str, by: Any) -> Number:
    try:
        return numbering.void(found, reason=reason, by=by)
    except ValueError:
        raise Problem(_("This was decided already.")) from None


@needs(keeps_numbers)
def gap(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    """Say what became of a number that nobody took here; it is entered as void."""
    counter = Counter.objects.filter(pk=pk).first()
    if counter is None or n not in numbering.gaps(counter.code, counter.kind, year=counter.year):
        raise Http404
    asked = Asked(
        title=_("What became of number %(n)s") % {"n": n},
        button=_("Save"),
        back=reverse("desk:number_series_one", args=[pk]),
        crumbs=_crumbs(counter, str(n)),
        says=[_("The number is entered as void with what you say, and is never given again.")],
        done=_("Number %(n)s is explained.") % {"n": n},
    )
    data, _problems = fields.sent(request)
    return ask(request, Why(data), asked, lambda given: _explain(counter, n, given["reason"], request.user))


def _explain(counter: Counter, n: int, reason: str, by: Any) -> Number:
    try:
        return numbering.explain_gap(counter.code, counter.kind, year=counter.year, n=n, reason=reason, by=by)
    except ValueError:
        raise Problem(_("This was decided already.")) from None


def _crumbs(counter: Counter, here: str) -> tuple[tuple[str, str], ...]:
    place = reverse("desk:number_series_one", args=[counter.pk])
    return (
        (_("Document numbers"), reverse("desk:number_series")),
        (f"{counter.code} {counter.year}", place),
        (here, ""),
    )


class Beginning(fields.Form):
    """Which series, of which year, and the last number that was issued on paper."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        year = series.this_year()
        years = [(str(one), str(one)) for one in (year, year - 1, year + 1)]
        self.fields["series"] = forms.ChoiceField(
            label=pgettext("numbers", "Series"), choices=series.beginnings()
        )
        self.fields["year"] = forms.ChoiceField(label=_("Year of the series"), choices=years)
        self.fields["last"] = forms.IntegerField(
            label=_("Last number issued on paper"),
            min_value=0,
            max_value=LARGEST,
            help_text=_("The next document gets the number after it."),
        )


@needs(keeps_numbers)
def begin(request: HttpRequest) -> HttpResponse:
    """Let a series begin after the last number on paper, while none of it was taken here."""
    back = reverse("desk:number_series")
    title = _("Begin after numbers on paper")
    asked = Asked(
        title=title,
        button=_("Begin after it"),
        back=back,
        crumbs=((_("Document numbers"), back), (title, "")),
        says=[_("Only before the first number of the series is taken here; afterwards it runs by itself.")],
        done=_("The series goes on after the numbers on paper."),
    )
    data, _problems = fields.sent(request)
    return ask(request, Beginning(data), asked, lambda given: _begin(given, request.user))


def _begin(given: dict[str, Any], by: Any) -> Counter:
    code, _bar, kind = given["series"].partition("|")
    year = int(given["year"])
    try:
        with transaction.atomic():
            numbering.begin_after(code, kind, year=year, last=given["last"], by=by)
    except numbering.SeriesRunsAlready:
        said = _("A number of this series was taken here already: it goes on by itself.")
        raise Problem(said) from None
    return Counter.objects.get(code=code, kind=kind, year=year)
