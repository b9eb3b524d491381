"""The register of data sets: one table for whoever audits, and the same as a file."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from qingfeng.desk.records.register import AUDITOR, as_cells, data_sets, heads
from qingfeng.desk.records.tabs import tabs
from qingfeng.desk.views.ground import viewer_in
from qingfeng.findings.access import may_assign, may_read_records
from qingfeng.journal.store import append
from qingfeng.look.sheets import Sheet, answer
from qingfeng.look.tables import Column, Empty, Table
from qingfeng.organization.viewer import Viewer

A_PAGE = 50
MOST = 10_000


def may_open(viewer: Viewer) -> bool:
    """Return whether somebody sees the register: the analyst, those who hand leads out, the auditor."""
    return viewer.person_id is not None and (
        viewer.has(AUDITOR) or may_read_records(viewer) or may_assign(viewer)
    )


@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Show every data set with its purpose, list, holder, last day and proof; POST gives the file."""
    viewer = viewer_in(request)
    if not may_open(viewer):
        raise Http404
    rows = data_sets(viewer)
    if request.method == "POST":
        with transaction.atomic():
            facts = {"rows": min(len(rows), MOST)}
            append("records.register_exported", by=f"person:{viewer.person_id}", facts=facts)
        sheet = Sheet(_("Register of data sets"), heads(), [as_cells(one) for one in rows[:MOST]])
        return answer(sheet, form="xlsx")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    columns = [
        Column("name", _("Data set"), is_head=True, template="desk/records/data_set.html"),
        Column("purpose", _("What the data is for"), template="desk/records/data_purpose.html"),
        Column("listed", _("Tables and columns")),
        Column("holder", _("Holder of the data")),
        Column("arrived_on", _("Arrived on"), "day"),
        Column("rows", _("Rows kept"), "number"),
        Column("last_on", _("Last day"), "day"),
        Column("state", _("State of the data"), template="desk/records/data_state.html"),
        Column("assessment", _("Impact assessment")),
    ]
    empty = Empty(_("No data set yet"), _("What comes into the lake stands here, with why and until when."))
    context = {
        "title": _("Register of data sets"),
        "tabs": tabs(request, "register"),
        "table": Table(columns, page, _("Register of data sets"), empty=empty),
        "overdue": sum(one.is_overdue for one in rows),
        "kept": sum(not one.proof for one in rows),
        "unsaid": sum(not one.asked for one in rows),
    }
    return render(request, "desk/records/register.html", context)
