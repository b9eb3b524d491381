"""Pages about what the records say of letters."""

from __future__ import annotations

from collections import Counter

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingfeng.desk.kinds import address
from qingfeng.desk.letters.checks import checks_of
from qingfeng.desk.letters.listed import Row, rows_of, with_pictures
from qingfeng.desk.letters.pictures import chart_of
from qingfeng.desk.letters.rail import declared, may_open
from qingfeng.desk.letters.words import NOT_YET, PAPER, SAYS, TAGS, language
from qingfeng.desk.listing import knows
from qingfeng.desk.views.ground import desk_page, seen_or_404, viewer_in
from qingfeng.findings.confirming import Compared, newest_compared, series_of
from qingfeng.findings.confirming.letters import facts_of, papers_are_complete
from qingfeng.matters.guarding import note_read

A_PAGE = 20


@desk_page
@require_GET
def records(request: HttpRequest, letter: str) -> HttpResponse:
    """Show what the records say of one letter, to who reads it whole."""
    kind = declared()
    if kind is None or not knows(viewer_in(request), kind):
        raise Http404
    seen = seen_or_404(request, kind, letter)
    if not seen.is_whole:
        raise Http404
    note_read(seen.viewer, seen.matter, "records")
    found = newest_compared(seen.matter)
    context = {
        "title": _("Records and the correction of %(number)s") % {"number": seen.matter.number},
        "matter": seen.matter,
        "declared": kind,
        "href": address(seen.matter),
        "facts": facts_of(seen.matter),
        "says": NOT_YET,
    }
    if found is not None:
        told, kept = found
        charts = [chart_of(told, rule, months) for rule, months in series_of(told, kept).items() if months]
        context |= _said(told) | {"charts": charts, "checks": checks_of(told)}
        papers = told.verdict.says == "not_confirmed" and papers_are_complete(seen.matter)
        context["paper"] = PAPER if papers else ""
    return render(request, "desk/letters/records.html", context)


def _said(told: Compared) -> dict[str, object]:
    sentences = told.says(language())
    return {
        "told": told,
        "says": SAYS[told.verdict.says],
        "tag_kind": TAGS.get(told.verdict.says, ""),
        "because": sentences[1:],
        "ratio": told.ratio,
        "expected": f"{told.expected:.1f}" if told.facts.rules else "",
    }


@desk_page
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Show all letters of which the records are asked, what asks for attention first."""
    kind = declared()
    if kind is None or not may_open(request):
        raise Http404
    rows = rows_of(viewer_in(request))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Do the records confirm the corrections?"),
        "declared": kind,
        "page": page,
        "rows": with_pictures(page.object_list),
        "counts": [(SAYS.get(key, NOT_YET), count) for key, count in _counted(rows)],
    }
    return render(request, "desk/letters/overview.html", context)


def _counted(rows: list[Row]) -> list[tuple[str, int]]:
    return list(Counter(row.key for row in rows).items())
