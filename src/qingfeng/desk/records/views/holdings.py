"""What the lake holds: tables and months, units, batches, snapshots; and what left it for good."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from qingfeng.desk.records import shown
from qingfeng.desk.records.doors import deciding_page, person_in, records_page, say
from qingfeng.desk.records.saying import table_words
from qingfeng.desk.records.strip import Strip, strip_of
from qingfeng.desk.records.tabs import tabs
from qingfeng.findings import deleting
from qingfeng.findings.access import may_read_records
from qingfeng.findings.holding import batches, units_held
from qingfeng.findings.models import Delivery, Forgetting, Job, Lead
from qingfeng.look.tables import Column, Empty, Table
from qingfeng.screening.errors import Problem
from qingfeng.screening.home import Home
from qingfeng.screening.lake import Lake, Snapshot
from qingfeng.screening.tables import tables

MONTHS_SHOWN = 24
UNITS_SHOWN = 60
BATCHES_SHOWN = 200


def _lake() -> Lake:
    return Lake(Home(settings.HOME))


@records_page
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show tables and the months they cover, units, batches."""
    lake = _lake()
    snapshot = lake.snapshot()
    held = {name: snapshot.months(name) for name in snapshot.tables()}
    timed = {name: months for name, months in held.items() if name in tables() and tables()[name].time}
    units = units_held(lake.home)
    words = {name: table_words(name) for name in held}
    context = {
        "title": _("What the lake holds"),
        "tabs": tabs(request, "holdings"),
        "snapshot": snapshot.id,
        "table": _tables(snapshot, held),
        "by_table": strip_of({words[name]: months for name, months in timed.items()}, most=MONTHS_SHOWN),
        "by_unit": _by_unit(units["units"]),
        "is_stale": units["snapshot"] != snapshot.id,
        "batches": _batches(snapshot),
    }
    return render(request, "desk/records/holdings.html", context)


def _by_unit(units: dict[str, dict[str, int]]) -> Strip:
    shown_units = dict(sorted(units.items(), key=lambda one: -sum(one[1].values()))[:UNITS_SHOWN])
    return strip_of(shown_units, most=MONTHS_SHOWN)


def _tables(snapshot: Snapshot, held: dict[str, dict[str, int]]) -> Table:
    rows = []
    for name, months in held.items():
        known = [month for month in months if month]
        rows.append(
            {
                "name": name,
                "term": table_words(name),
                "kind": _kind(name),
                "rows": sum(months.values()),
                "since": min(known, default=""),
                "until": max(known, default=""),
                "gaps": _gaps(known),
                "timeless": months.get("", 0) if known else 0,
            }
        )
    columns = [
        Column(lambda row: f"{row['term']} ({row['name']})", _("Table"), is_head=True, link=_delete_address),
        Column("kind", pgettext("records", "Kind")),
        Column("rows", _("Rows"), "number"),
        Column("since", _("First month"), "exact"),
        Column("until", _("Last month"), "exact"),
        Column("gaps", _("Months missing"), "number"),
        Column("timeless", _("Without a time"), "number"),
    ]
    empty = Empty(
        _("The lake is empty"), _("Bring in the first delivery."), _("Deliveries"), reverse("desk:records")
    )
    del snapshot
    return Table(columns, rows, _("Tables of the lake"), empty=empty)


def _delete_address(row: dict[str, Any]) -> str | None:
    if row["name"] not in tables():
        return None
    return f"{reverse('desk:records_deletions')}?table={row['name']}#ask"


def _kind(name: str) -> str:
    kind = tables()[name].kind if name in tables() else "derived"
    words = {
        "register": pgettext("kind of table", "Register"),
        "fact": pgettext("kind of table", "Records"),
        "list": pgettext("kind of table", "List of a record"),
        "derived": pgettext("kind of table", "Worked out"),
    }
    return str(words[kind])


def _gaps(months: list[str]) -> int:
    if not months:
        return 0
    (y1, m1), (y2, m2) = (tuple(map(int, month.split("-"))) for month in (min(months), max(months)))
    return (y2 - y1) * 12 + m2 - m1 + 1 - len(set(months))


def _batches(snapshot: Snapshot) -> Table:
    named = {one.batch: one for one in Delivery.objects.exclude(batch="")}
    rows = [
        {
            **one,
            "delivery": named.get(one["batch"]),
            "when": parse_datetime(one["at"]) if one["at"] else None,
            "terms": "、".join(table_words(name) for name in sorted(one["tables"])),
        }
        for one in batches(snapshot)[:BATCHES_SHOWN]
    ]
    columns = [
        Column("when", pgettext("records", "When"), "moment"),
        Column(
            lambda row: row["delivery"].name if row["delivery"] else row["batch"],
            pgettext("records", "Batch"),
            is_head=True,
            link=lambda row: f"{reverse('desk:records_deletions')}?batch={row['batch']}#ask",
        ),
        Column("files", pgettext("records", "Files"), "number"),
        Column("rows", _("Rows"), "number"),
        Column("terms", _("Tables")),
    ]
    return Table(
        columns,
        rows,
        pgettext("records", "Batches"),
        empty=Empty(_("No batch yet"), _("Each import is a batch.")),
    )


@deciding_page
@require_GET
def deletions(request: HttpRequest) -> HttpResponse:
    """List deletions for good, with the form that asks for one."""
    rows = Forgetting.objects.select_related("asked_by", "decided_by")
    columns = [
        Column(
            _what,
            _("What"),
            is_head=True,
            link=lambda row: reverse("desk:records_deletion", kwargs={"pk": row.pk}),
        ),
        Column("under", _("Under")),
        Column("get_standing_display", pgettext("records", "State")),
        Column("asked_by", _("Asked by"), "who"),
        Column("decided_by", _("Decided by"), "who"),
        Column("asked_at", pgettext("records", "When"), "moment"),
    ]
    empty = Empty(
        _("Nothing was deleted"), _("Deletions that somebody asks for wait here for a second person.")
    )
    snapshot = _lake().snapshot() if may_read_records(request.viewer) else None
    context = {
        "title": _("Deletions"),
        "tabs": tabs(request, "deletions"),
        "table": Table(columns, rows, _("Deletions"), empty=empty),
        "may_ask": snapshot is not None,
        "tables": [(name, table_words(name)) for name in snapshot.tables() if name in tables()]
        if snapshot
        else [],
        "batches": _named_batches(snapshot) if snapshot else [],
        "chosen": {"table": request.GET.get("table", ""), "batch": request.GET.get("batch", "")},
    }
    return render(request, "desk/records/deletions.html", context)


def _named_batches(snapshot: Snapshot) -> list[tuple[str, str]]:
    named = dict(Delivery.objects.exclude(batch="").values_list("batch", "name"))
    return [
        (one["batch"], f"{named.get(one['batch'], one['batch'])} · {one['at'][:10]} · {one['rows']:,}")
        for one in batches(snapshot)[:BATCHES_SHOWN]
    ]


def _what(order: Forgetting) -> str:
    if order.batch:
        delivery = Delivery.objects.filter(batch=order.batch).first()
        return _("Batch %(name)s") % {"name": delivery.name if delivery else order.batch}
    period = " — ".join(str(day) for day in (order.since, order.until) if day)
    return f"{table_words(order.table)} {period}".strip()


@records_page
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a deletion; a second person confirms it."""
    try:
        days = {name: _day(request.POST.get(name, "")) for name in ("since", "until")}
        batch = request.POST.get("batch", "")
        table = "" if batch else request.POST.get("table", "")
        doomed = deleting.Doomed(batch, table, **days)
        order = deleting.ask_to_delete(doomed, under=request.POST.get("under", ""), by=person_in(request))
    except Problem as problem:
        say(request, problem)
        return redirect("desk:records_deletions")
    messages.success(request, _("Asked. Nothing is deleted until a second person confirms it."))
    return redirect("desk:records_deletion", pk=order.pk)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Problem(_("Enter the day as year, month and day.")) from error


@deciding_page
@require_GET
def deletion(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one deletion: what, under what, who; its record once it is done."""
    order = Forgetting.objects.select_related("asked_by", "decided_by", "job").filter(pk=pk).first()
    if order is None:
        raise Http404
    again = order.job is not None and order.job.state in (Job.State.FAILED, Job.State.CANCELLED)
    is_waiting = order.standing == Forgetting.Standing.ASKED or again
    context = {
        "title": _what(order),
        "tabs": tabs(request, "deletions"),
        "order": order,
        "job": shown.open_job([order.job]) if order.job else None,
        "ended": shown.ShownJob(order.job) if again and order.job else None,
        "may_decide": is_waiting and order.asked_by_id != request.viewer.person_id,
        "is_waiting": is_waiting,
        "rows": [(table_words(name), rows) for name, rows in order.record.get("rows", {}).items()],
        "open_leads": Lead.objects.filter(is_current=True).exclude(matter=None).count(),
    }
    return render(request, "desk/records/deletion.html", context)


@deciding_page
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm or decline a deletion as the second person."""
    order = Forgetting.objects.filter(pk=pk).first()
    if order is None:
        raise Http404
    try:
        if request.POST.get("answer") == "confirm":
            deleting.confirm(order, by=person_in(request))
        else:
            deleting.decline(order, by=person_in(request))
    except Problem as problem:
        say(request, problem)
    return redirect("desk:records_deletion", pk=pk)
