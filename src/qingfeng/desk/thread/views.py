"""The page of a thread: from a matter, or from a lead with the rows that it rests on."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingfeng.desk import values
from qingfeng.desk.leads.doors import lead_or_404, lead_page
from qingfeng.desk.thread.drawn import picture
from qingfeng.desk.thread.knots import Thread, thread_of, thread_of_lead
from qingfeng.desk.thread.rows import MOST_ROWS, rows_read
from qingfeng.desk.thread.walk import ALL
from qingfeng.desk.thread.whys import whys
from qingfeng.desk.views.ground import desk_page, seen_or_404
from qingfeng.findings.access import may_read_records
from qingfeng.findings.evidence import rows_cited
from qingfeng.matters.guarding import note_read
from qingfeng.matters.models import Matter
from qingfeng.matters.registry import mechanism
from qingfeng.matters.vocabulary import Field, Mechanism


@desk_page
@require_GET
def of_matter(request: HttpRequest, kind: Mechanism, slug: str) -> HttpResponse:
    """Show the whole thread of a matter, and why each knot is there."""
    seen = seen_or_404(request, kind, slug)
    if seen.view == "card":  # a card has no links
        raise Http404
    note_read(seen.viewer, seen.matter, "page")
    thread = thread_of(seen.viewer, seen.matter, ALL)
    context = _context(thread, title=_("Thread of %(number)s") % {"number": seen.matter.number})
    return render(request, "desk/thread/thread.html", context | {"matter": seen.matter, "declared": kind})


@lead_page
@require_GET
def of_lead(request: HttpRequest, key: str) -> HttpResponse:
    """Show what came of a lead; to who may read records, why each of its rows was read."""
    lead = lead_or_404(request, key)
    thread = thread_of_lead(request.viewer, lead, ALL)
    context = _context(thread, title=_("Thread of lead %(key)s") % {"key": lead.key[:8]})
    if may_read_records(request.viewer):
        total = rows_cited(lead)
        context |= {"rows": rows_read(request.viewer, lead), "total": total, "more": total > MOST_ROWS}
    return render(request, "desk/thread/thread.html", context | {"lead": lead})


def _context(thread: Thread, *, title: str) -> dict[str, object]:
    why, facts = whys(thread), _facts(thread)
    return {
        "title": title,
        "thread": thread,
        "picture": picture(thread) if thread.is_more_than_one else "",
        "lines": [(one, why.get(one.knot.key, []), facts.get(one.knot.key, [])) for one in thread.lines],
    }


def _facts(thread: Thread) -> dict[str, list[tuple[object, str]]]:
    """Return what lists say of each matter that is read whole: names and values, by the knot's key."""
    whole = [one for key, one in (thread.walked.matters if thread.walked else {}).items()
             if thread.views[key] == "whole"]  # fmt: skip
    fields = {one.pk: _listed(one) for one in whole}
    names = values.Names.of((field, one.facts.get(field.key)) for one in whole for field in fields[one.pk])
    return {
        f"m{one.pk}": [
            (field.name, words)
            for field in fields[one.pk]
            if (words := values.say(field, one.facts.get(field.key), names))
        ]
        for one in whole
    }


def _listed(matter: Matter) -> list[Field]:
    declared = mechanism(matter.mechanism, matter.version)
    known = values.fields_of(declared)
    return [known[key] for key in declared.keywords if key in known and not known[key].sealed]
