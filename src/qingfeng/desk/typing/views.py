"""The pages of typing: the list, the columns, the grid beside its scan, the sample, the differences."""

from __future__ import annotations

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_POST

from qingfeng.desk.records.doors import person_in, records_page, say
from qingfeng.desk.records.requests import requests_for
from qingfeng.desk.records.tabs import tabs
from qingfeng.desk.typing import checking, grid
from qingfeng.desk.typing.doors import own_sheet_or_404, seconds_for, sheet_or_404, sheets_for
from qingfeng.desk.typing.models import TypedSheet
from qingfeng.desk.views.ground import desk_page, viewer_in
from qingfeng.documents.attachments import keep, response_for
from qingfeng.documents.refusal import NoRoom, Refused
from qingfeng.findings.access import may_read_records
from qingfeng.screening.errors import Problem
from qingfeng.screening.tables import Table, tables

SHOWN = 100
SCANS = frozenset({"pdf", "png", "jpeg"})
beside_a_scan = csp_update({"frame-src": [SELF], "object-src": [SELF]})


@desk_page
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the sheets that the viewer types, or types again."""
    viewer = viewer_in(request)
    sheets = list(sheets_for(viewer)[:SHOWN])
    if not sheets and not may_read_records(viewer):
        raise Http404
    context = {
        "title": _("Records on paper"),
        "tabs": tabs(request, "typing"),
        "sheets": [(one, _table_words(grid.table_of(one))) for one in sheets],
        "tables": _tables() if may_read_records(viewer) else [],
        "requests": requests_for(viewer) if may_read_records(viewer) else [],
    }
    return render(request, "desk/typing/index.html", context)


def _tables() -> list[tuple[str, str]]:
    found = [(one.name, _table_words(one)) for one in tables().values() if one.kind != "list"]
    return sorted(found, key=lambda pair: pair[1])


def _table_words(table: Table) -> str:
    return table.term if (get_language() or "zh").startswith("zh") else table.title


@records_page
@require_POST
def new(request: HttpRequest) -> HttpResponse:
    """Begin a sheet: its scan, its table, its name."""
    name = " ".join(request.POST.get("name", "").split())[:80]
    table, source = tables().get(request.POST.get("table", "")), request.FILES.get("scan")
    if not name or table is None or source is None:
        messages.error(request, _("Give the sheet a name, choose its table and its scan."))
        return redirect("desk:typing")
    try:
        scan = keep(source, source.name or "", by=request.user)
    except Refused as refusal:
        messages.error(request, f"{refusal.what} {refusal.then}".strip())
        return redirect("desk:typing")
    except NoRoom as full:
        messages.error(request, str(full))
        return redirect("desk:typing")
    if scan.kind not in SCANS:
        messages.error(request, _("A scan is a PDF or a picture (PNG, JPEG). Save it as one and try again."))
        return redirect("desk:typing")
    wanted = request.POST.get("request", "")
    matter = next((one for one in requests_for(viewer_in(request)) if str(one.pk) == wanted), None)
    sheet = TypedSheet.objects.create(
        name=name, scan=scan, table=table.name, columns=list(table.columns), by=person_in(request),
        request=matter, made_at=timezone.now(),
    )  # fmt: skip
    return redirect("desk:typing_columns", pk=sheet.pk)


@records_page
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose which columns the paper has."""
    sheet = own_sheet_or_404(request, pk)
    if sheet.state != TypedSheet.State.TYPING:
        raise Http404
    declared = grid.table_of(sheet).columns
    if request.method == "POST":
        chosen = [key for key in declared if key in request.POST.getlist("columns")]
        if chosen:
            sheet.columns = chosen
            sheet.save(update_fields=["columns"])
            return redirect("desk:typing_sheet", pk=pk)
        messages.error(request, _("Choose at least one column."))
    offered = [(key, grid.head_of(one), key in sheet.columns) for key, one in declared.items()]
    context = {"title": sheet.name, "sheet": sheet, "tabs": tabs(request, "typing"), "offered": offered}
    return render(request, "desk/typing/columns.html", context)


@desk_page
@beside_a_scan
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a sheet as far as it is: the grid, the sample, the differences, or what it became."""
    sheet = sheet_or_404(request, pk)
    ways: dict[Any, Any] = {
        TypedSheet.State.TYPING: _grid,
        TypedSheet.State.CHECKING: _second,
        TypedSheet.State.SETTLING: _differences,
    }
    return ways.get(sheet.state, _delivered)(request, sheet)


def _grid(request: HttpRequest, sheet: TypedSheet) -> HttpResponse:
    start = _start(request.POST.get("from") or request.GET.get("from", "1"))
    if request.method == "POST":
        count = grid.keep_rows(sheet, request.POST, start)
        if request.headers.get("Accept", "").startswith("application/json"):
            return HttpResponse(status=204)
        messages.success(request, _("Kept: %(count)s rows.") % {"count": count})
        start += grid.A_PAGE if "on" in request.POST else 0
        return redirect(f"{request.path}?from={start}")
    return _beside(request, sheet, "grid", {
        "rows": grid.rows_from(sheet, start),
        "start": start,
        "before": max(start - grid.A_PAGE, 1) if start > 1 else 0,
        "count": sheet.rows.count(),
        "seconds": seconds_for(sheet, viewer_in(request)),
    })  # fmt: skip


def _start(text: str) -> int:
    """Return the first row of a form; any other number leads to the form that holds it."""
    no = int(text) if text.isdigit() and len(text) < 5 else 1
    return (min(max(no, 1), grid.MOST_ROWS) - 1) // grid.A_PAGE * grid.A_PAGE + 1


def _second(request: HttpRequest, sheet: TypedSheet) -> HttpResponse:
    """Show the sample blank to the second person; the first only hears that it waits."""
    is_second = viewer_in(request).person_id == sheet.second_id
    if request.method == "POST":
        if not is_second:
            raise Http404
        done = "done" in request.POST
        try:
            checking.keep_second(sheet, request.POST, done=done)
        except Problem as problem:
            say(request, problem)
        if request.headers.get("Accept", "").startswith("application/json"):
            return HttpResponse(status=204)
        messages.success(request, _("The sample is typed. Thank you.") if done else _("Kept."))
        home = done and not may_read_records(viewer_in(request))
        return redirect("desk:my_work" if home else request.path)
    rows = [
        grid.GridRow(row.no, row.page, [
            grid.Cell(f"c-{row.no}-{one.name}", one, (row.again or {}).get(one.name, ""))
            for one in grid.columns_of(sheet)
        ])
        for row in checking.sample_rows(sheet)
    ] if is_second else []  # fmt: skip
    return _beside(request, sheet, "second", {"rows": rows, "is_second": is_second})


def _differences(request: HttpRequest, sheet: TypedSheet) -> HttpResponse:
    if request.method == "POST":
        person = person_in(request)
        try:
            checking.settle(sheet, request.POST, by=person)
            done = checking.deliver(sheet, by=person)
        except Problem as problem:
            say(request, problem)
            return redirect(request.path)
        messages.success(request, _("Delivered: look at what it is taken for, then bring it in."))
        assert done.delivery is not None
        return redirect("desk:records_delivery", pk=done.delivery.pk)
    return _beside(request, sheet, "differences", {"found": checking.compared(sheet)})


def _delivered(request: HttpRequest, sheet: TypedSheet) -> HttpResponse:
    """Show the rows beside the scan, so that a line of the file leads back to its page."""
    start = _start(request.GET.get("from", "1"))
    rows = grid.rows_from(sheet, start)
    there = set(sheet.rows.filter(no__gte=start).values_list("no", flat=True))
    return _beside(request, sheet, "delivered", {
        "rows": [row for row in rows if row.no in there],
        "file": checking.file_name(sheet),
        "before": max(start - grid.A_PAGE, 1) if start > 1 else 0,
        "after": start + grid.A_PAGE if any(no >= start + grid.A_PAGE for no in there) else 0,
    })  # fmt: skip


def _beside(request: HttpRequest, sheet: TypedSheet, name: str, more: dict[str, Any]) -> HttpResponse:
    context = {
        "title": sheet.name,
        "sheet": sheet,
        "tabs": tabs(request, "typing"),
        "table": _table_words(grid.table_of(sheet)),
        "heads": [(one.name, grid.head_of(one)) for one in grid.columns_of(sheet)],
        "is_pdf": sheet.scan.kind == "pdf",
    }
    return render(request, f"desk/typing/{name}.html", context | more)


@records_page
@require_POST
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the first entry and hand the sample to the second person."""
    sheet = own_sheet_or_404(request, pk)
    wanted = request.POST.get("second", "")
    second = next((one for one in seconds_for(sheet, viewer_in(request)) if str(one.pk) == wanted), None)
    try:
        checking.hand_over(sheet, second)
    except Problem as problem:
        say(request, problem)
    else:
        messages.success(request, _("Handed over: %(name)s types the sample.") % {"name": second})
    return redirect("desk:typing_sheet", pk=pk)


@desk_page
@require_GET
@xframe_options_sameorigin
def scan(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the scan, to be looked at beside the grid."""
    return response_for(sheet_or_404(request, pk).scan, inline=True)
