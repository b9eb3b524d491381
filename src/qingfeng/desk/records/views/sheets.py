"""Corrections of what a sheet was taken for, and spellings of units accepted into the register."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qingfeng.desk.records.doors import delivery_or_404, person_in, records_page, say
from qingfeng.desk.records.saying import in_words, table_words
from qingfeng.desk.records.tabs import tabs
from qingfeng.findings import correcting, jobs
from qingfeng.findings.models import Delivery, Job
from qingfeng.screening.errors import Problem
from qingfeng.screening.tables import tables

AS_FOUND, DROPPED = "=", "-"
MOST_COLUMNS = 120


@records_page
@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, pk: int, no: int) -> HttpResponse:
    """Show how a sheet was read and say it better: its table, its header's row, its columns."""
    delivery = delivery_or_404(pk)
    sheets = delivery.explained.get("sheets", [])
    if delivery.state != Delivery.State.READY or no >= len(sheets):
        raise Http404
    told = sheets[no]
    table = request.POST.get("table") or request.GET.get("table") or told["table"]
    row = _row(request.POST.get("row") or request.GET.get("row"))
    if table not in tables():
        table = ""
    if request.method == "POST":
        try:
            said = correcting.Correction(table, row, _columns(request, told, row=row))
            correcting.correct(delivery, no, said, by=person_in(request))
        except Problem as problem:
            say(request, problem)
        else:
            messages.success(request, _("Kept. The files are being looked at again."))
            return redirect("desk:records_delivery", pk=pk)
    rows = correcting.first_rows(delivery, no)
    if not told["table"] and "row" not in request.GET and rows:
        row = row or rows[0][0]  # a header that nobody could find stands at the top more often than not
    context = {
        "title": told["file"] + (f" · {told['sheet']}" if told["sheet"] else ""),
        "delivery": delivery,
        "tabs": tabs(request, "deliveries"),
        "sheet": told,
        "why": [in_words(line) for line in told["why"]] if not told["table"] else [],
        "table": table,
        "row": row,
        "tables": [(name, f"{table_words(name)} ({name})") for name in tables()],
        "rows": rows,
        "headers": _headers(told, rows, table=table, row=row),
        "choices": correcting.choices(table) if table else [],
    }
    return render(request, "desk/records/sheet.html", context)


def _row(asked: str | None) -> int:
    return int(asked) if asked and asked.isdecimal() and int(asked) < 10_000 else 0


def _names(told: dict[str, Any], rows: list[tuple[int, list[str]]], *, row: int) -> list[str]:
    """Return the headers of a sheet in order: as recognised, or the cells of the row that was named."""
    known = sorted([*told["columns"], *told["dropped"]], key=lambda one: one["position"])
    if known and row in (0, *told["header_rows"]):
        return [one["header"] for one in known]
    cells = next((cells for number, cells in rows if number == row), [])
    return [cell for cell in cells if cell]


def _headers(
    told: dict[str, Any], rows: list[tuple[int, list[str]]], *, table: str, row: int
) -> list[dict[str, Any]]:
    """Return each header with what it is taken for under the table that is looked at."""
    taken = {
        one["header"]: one["column"] if one["table"] == told["table"] else f"{one['table']}.{one['column']}"
        for one in told["columns"]
    }
    why = {one["header"]: in_words(one["why"]) for one in [*told["columns"], *told["dropped"]]}
    same = table == told["table"]
    names = list(dict.fromkeys(_names(told, rows, row=row)))[:MOST_COLUMNS]
    return [
        {
            "no": place,
            "name": name,
            "chosen": (taken.get(name, DROPPED) if same else AS_FOUND),
            "why": why.get(name, "") if same else "",
        }
        for place, name in enumerate(names)
    ]


def _columns(request: HttpRequest, told: dict[str, Any], *, row: int) -> dict[str, str]:
    """Return header to column as the form says it; headers left as found are not named."""
    del told, row
    said = {}
    for place in range(MOST_COLUMNS):
        header, column = request.POST.get(f"header-{place}"), request.POST.get(f"column-{place}", AS_FOUND)
        if header and column != AS_FOUND:
            said[header] = "" if column == DROPPED else column
    return said


@records_page
@require_POST
def spellings(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept spellings of units into the register: what somebody ticked, and nothing else."""
    delivery = delivery_or_404(pk)
    known = {one["spelling"]: one["suggestions"] for one in delivery.account.get("spellings", ())}
    accepted: dict[str, list[str]] = {}
    for place in range(len(known)):
        spelling, unit = request.POST.get(f"spelling-{place}", ""), request.POST.get(f"unit-{place}", "")
        if unit and unit in known.get(spelling, ()):
            accepted.setdefault(unit, []).append(spelling)
    if not accepted:
        messages.warning(request, _("Choose a unit for at least one spelling."))
        return redirect("desk:records_delivery", pk=pk)
    try:
        jobs.ask(Job.Kind.IMPORT, by=person_in(request), asked={"spellings": accepted})
    except Problem as problem:
        say(request, problem)
    else:
        said = _(
            "The spellings are being entered into the register; rows whose unit was unknown are settled anew."
        )
        messages.success(request, said)
    return redirect("desk:records_delivery", pk=pk)
