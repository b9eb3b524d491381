"""Lists of one kind of matter, their export, its statistics and the page that says what it is."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from qingfeng.desk import exporting, large_exports, listing
from qingfeng.desk.kinds import address, plural
from qingfeng.desk.listing import Wanted
from qingfeng.desk.views.bulk import offered
from qingfeng.desk.views.ground import kind_page, viewer_in
from qingfeng.desk.workbook import MEDIA
from qingfeng.look import tables
from qingfeng.matters import access
from qingfeng.matters.vocabulary import Mechanism
from qingfeng.organization.models import Unit


@kind_page
@require_GET
def index(request: HttpRequest, kind: Mechanism) -> HttpResponse:
    """List the matters of one kind that the viewer may see."""
    viewer = viewer_in(request)
    wanted = Wanted.read(request.GET, kind, viewer.on)
    page = listing.page_of(viewer, kind, wanted, number=request.GET.get("page"))
    is_cut = page.paginator.is_cut
    rows = listing.rows_of(viewer, kind, list(page.object_list))
    page.object_list = rows
    bulk = offered(kind)
    context = {
        "kind": kind,
        "word": plural(kind.key),
        "title": kind.name,
        "wanted": wanted,
        "is_cut": is_cut,
        "bulk": bulk,
        "table": _table(kind, page, wanted, is_bulk=bool(bulk)),
        "may_open": access.may_open(viewer, kind),
        "owners": [] if access.is_outside(viewer) else Unit.objects.filter(is_ours=True),
        "lights": [("red", _("Overdue")), ("yellow", _("Due soon")), ("green", _("In time"))],
        "query": request.GET.urlencode(),
        "figure": listing.figure_of(kind, wanted.figure),
        "counted": listing.COUNTED,
    }
    return render(request, "desk/list.html#rows" if request.htmx else "desk/list.html", context)


def _table(kind: Mechanism, page: Any, wanted: Wanted, *, is_bulk: bool) -> tables.Table:
    columns = [
        tables.Column(
            "matter.number",
            _("Number and title"),
            "exact",
            sort="number",
            link=lambda row: address(row.matter),
            is_head=True,
            template="desk/parts/number.html",
        ),
        tables.Column("stage", _("Stage and owner"), sort="stage", template="desk/parts/stage.html"),
        tables.Column("cells", _("Key facts"), template="desk/parts/keyfacts.html"),
        tables.Column("light", _("Due"), "light", sort="due", template="desk/parts/due.html"),
    ]
    if is_bulk:
        columns.insert(0, tables.Column("matter.pk", _("Choose"), template="desk/parts/tick.html"))
    sort = wanted.sort or ("due" if wanted.state == "open" else "-number")
    return tables.Table(columns, page, kind.name, sort, _empty(kind, wanted))


def _empty(kind: Mechanism, wanted: Wanted) -> tables.Empty:
    if wanted.is_narrowed:
        says = _("Take a filter away, or look among the closed ones.")
        return tables.Empty(
            _("Nothing matches"),
            says,
            _("Show all"),
            reverse("desk:list", kwargs={"kind": kind}),
            icon="filter",
        )
    closed = reverse("desk:list", kwargs={"kind": kind}) + "?state=closed"
    return tables.Empty(_("Nothing is open here"), kind.purpose, _("Show what was closed"), closed)


@kind_page
@require_POST
def export(request: HttpRequest, kind: Mechanism) -> HttpResponse:
    """Give the listed matters as a file with every field (`form`: xlsx or csv).

    Many are written by the worker and fetched from the notices. The journal keeps that it was given.
    """
    viewer = viewer_in(request)
    wanted = Wanted.read(request.GET, kind, viewer.on)
    rows = listing.ordered(listing.asked_for(viewer, kind, wanted), wanted)
    form = "csv" if request.POST.get("form") == "csv" else "xlsx"
    count = rows.order_by()[: exporting.MOST + 1].count()
    if count > exporting.DIRECT:
        return _by_the_worker(request, kind, form, count)
    held = exporting.export(viewer, kind, rows, form=form, wanted=wanted).tables.file()
    media, ending = MEDIA[form]
    name = f"{kind.term} {timezone.localdate().isoformat()}.{ending}"
    return FileResponse(
        held, as_attachment=True, filename=name, content_type=media, headers={"Cache-Control": "no-store"}
    )


def _by_the_worker(request: HttpRequest, kind: Mechanism, form: str, count: int) -> HttpResponse:
    """Have many matters written in the background, as long as they are not too many."""
    query = request.GET.urlencode()
    back = f"{reverse('desk:list', kwargs={'kind': kind})}?{query}"
    if count > exporting.MOST:
        said = _("These are more than %(most)s matters: narrow the list down first.")
        messages.warning(request, said % {"most": f"{exporting.MOST:,}"})
        return redirect(back)
    if large_exports.ask(viewer_in(request), kind, form=form, query=query, rows=count) is None:
        said = _("%(most)s of your exports are under way: wait until one is ready.")
        messages.warning(request, said % {"most": large_exports.MOST_UNDER_WAY})
        return redirect(back)
    said = _("%(count)s matters are written in the background. You find the file here when it is ready.")
    messages.success(request, said % {"count": f"{count:,}"})
    return redirect("desk:notices")
