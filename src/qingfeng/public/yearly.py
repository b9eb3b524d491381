"""The year in petitions (信访工作年度公开): what was published into the public journal, with its proof.

Law:
    监察法 Art. 60-62
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from qingfeng.desk.petitions import offices, yearly
from qingfeng.journal.errors import JournalProblem
from qingfeng.journal.models import JournalEntry
from qingfeng.journal.store import prove

HEADS = {
    "topics": gettext_lazy("What petitions are about"),
    "opinions": gettext_lazy("What opinions decided"),
    "causes": gettext_lazy("Where they came from"),
    "reviews": gettext_lazy("What reviews said"),
    "meetings": gettext_lazy("Meetings of leaders that were held"),
    "slips": gettext_lazy("Slips that were sent to offices"),
}
WHOLES = {
    "received": gettext_lazy("Petitions registered"),
    "issued": gettext_lazy("Opinions issued"),
    "closed": gettext_lazy("Resolved and struck off"),
    "met": gettext_lazy("Meetings of leaders that were held"),
    "promises": gettext_lazy("Promises made at them"),
}


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show the newest year that was published, or that none was."""
    known = yearly.years()
    if not known:
        return render(request, "public/yearly.html", {"title": _("The year in petitions"), "years": []})
    return year(request, known[0])


@require_GET
def year(request: HttpRequest, year: int) -> HttpResponse:
    """Show a year as it was published."""
    entry = _entry(year)
    content = entry.said["facts"]["content"]
    words, clocks = yearly.words_of(content), dict(offices.EVERY_CLOCK)
    context = {
        "title": _("Petitions in %(year)s") % {"year": year},
        "years": yearly.years(),
        "year": year,
        "until": content["until"],
        "wholes": [(words_, content["wholes"].get(key)) for key, words_ in WHOLES.items()],
        "splits": [(head, words[key]) for key, head in HEADS.items() if words[key]],
        "clocks": [(clocks.get(key, key), percent) for key, percent in content["clocks"]],
        "gauges": content["gauges"],
        "least": yearly.LEAST,
        "entry": entry,
        "is_provable": entry.index is not None,
    }
    return render(request, "public/yearly.html", context)


@require_GET
def proof(_request: HttpRequest, year: int) -> HttpResponse:
    """Give the proof that the numbers of a year stand in the public journal as they are shown."""
    try:
        held = prove(_entry(year))
    except JournalProblem:
        raise Http404 from None
    headers = {"Content-Disposition": f'attachment; filename="petitions-{year}.proof"'}
    return HttpResponse(held, content_type="text/plain; charset=utf-8", headers=headers)


def _entry(year: int) -> Any:
    found: JournalEntry | None = yearly.published(year)
    if found is None:
        raise Http404
    return found
