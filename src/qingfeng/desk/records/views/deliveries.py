"""Deliveries: the list, a new one, one from its first file to its account."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, F, Q, Sum
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from qingfeng.desk.records import shown
from qingfeng.desk.records.doors import delivery_or_404, person_in, records_page, say
from qingfeng.desk.records.requests import listed_by, requests_for
from qingfeng.desk.records.saying import in_words, table_words
from qingfeng.desk.records.tabs import tabs
from qingfeng.desk.views.ground import viewer_in
from qingfeng.documents.admission import secrecy_refusal
from qingfeng.documents.attachments import sealed_response
from qingfeng.findings import deliveries
from qingfeng.findings.jobs import OPEN
from qingfeng.findings.landing import rejects_of, sums_of
from qingfeng.findings.models import DeliveredFile, Delivery, Job
from qingfeng.findings.receiving import Piece
from qingfeng.findings.telling import tell
from qingfeng.look import confirm
from qingfeng.look.tables import Column, Empty, Table
from qingfeng.screening.errors import Problem

A_PAGE = 50
FILES_SHOWN = 500
AT_ONCE = 16 << 20  # bytes of a plain form's file that are written in one piece


@records_page
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List deliveries, with the place to drop the next one."""
    rows = (
        Delivery.objects.select_related("by", "request")
        .annotate(file_count=Count("files"), bytes=Sum("files__size"), there=Sum("files__received"))
        .order_by("-pk")
    )
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    columns = [
        Column(
            "name",
            _("Delivery"),
            is_head=True,
            link=lambda row: reverse("desk:records_delivery", kwargs={"pk": row.pk}),
        ),
        Column("get_state_display", pgettext("records", "State"), template="desk/records/state.html"),
        Column("file_count", pgettext("records", "Files"), "number"),
        Column(lambda row: row, _("Size"), template="desk/records/size.html"),
        Column(lambda row: sums_of(row.account)["kept"] if row.account else None, _("Rows kept"), "number"),
        Column("made_at", _("Begun"), "moment"),
        Column("by", _("By"), "who"),
    ]
    empty = Empty(
        _("No delivery yet"), _("Drop files or a folder above; what came in and what did not stands here.")
    )
    context = {
        "title": _("Records"),
        "tabs": tabs(request, "deliveries"),
        "table": Table(columns, page, _("Deliveries"), empty=empty),
        "requests": requests_for(viewer_in(request)),
        "job": shown.open_job(Job.objects.filter(state__in=OPEN).exclude(kind=Job.Kind.REPLAY)),
        "today": timezone.localdate().isoformat(),
    }
    return render(request, "desk/records/index.html", context)


@records_page
@require_POST
def new(request: HttpRequest) -> HttpResponse:
    """Begin a delivery; a plain form may bring its files along. A script is answered with addresses."""
    person = person_in(request)
    wanted = request.POST.get("request", "")
    matter = next((one for one in requests_for(viewer_in(request)) if str(one.pk) == wanted), None)
    name = request.POST.get("name") or _("Delivery of %(day)s") % {"day": timezone.localdate().isoformat()}
    try:
        delivery = deliveries.begin(name, by=person, request=matter, listed=listed_by(matter))
        for problem in _take_files(request, delivery):
            messages.error(request, problem)
    except Problem as problem:
        say(request, problem)
        return redirect("desk:records")
    page = reverse("desk:records_delivery", kwargs={"pk": delivery.pk})
    if request.headers.get("Accept", "").startswith("application/json"):
        files = reverse("desk:records_files", kwargs={"pk": delivery.pk})
        return JsonResponse({"page": page, "files": files})
    return redirect(page)


@records_page
@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add the files of a plain form."""
    delivery = delivery_or_404(pk)
    for problem in _take_files(request, delivery):
        messages.error(request, problem)
    return redirect("desk:records_delivery", pk=pk)


def _take_files(request: HttpRequest, delivery: Delivery) -> list[str]:
    """Write a form's files where those of the script lie; what was wrong with each is returned."""
    wrong = []
    for given in request.FILES.getlist("files"):
        try:
            file = deliveries.announce(delivery, given.name or "", given.size or 0, by=person_in(request))
            while file.received < file.size:
                given.seek(file.received)
                length = min(AT_ONCE, file.size - file.received)
                deliveries.take_piece(file, given, Piece(file.received, length))
        except Problem as problem:
            wrong.append(f"{given.name}: {problem.what} {problem.then}".strip())
    return wrong


@records_page
@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a delivery as far as it is: receiving, looked at, or its account."""
    delivery = delivery_or_404(pk)
    work = list(delivery.jobs.all()[:5])
    context: dict[str, Any] = {
        "title": delivery.name,
        "delivery": delivery,
        "tabs": tabs(request, "deliveries"),
        "job": shown.open_job(work),
        "ended": shown.ShownJob(work[0]) if work and not shown.open_job(work) else None,
    }
    ways = {
        Delivery.State.RECEIVING: ("receiving", _receiving),
        Delivery.State.READY: ("ready", _ready),
        Delivery.State.IN: ("account", _account),
    }
    name, more = ways.get(Delivery.State(delivery.state), ("gone", _gone))
    return render(request, f"desk/records/{name}.html", context | more(delivery))


def _receiving(delivery: Delivery) -> dict[str, Any]:
    files = delivery.files.order_by("path")
    whole = files.filter(received=F("size"))
    missing = files.filter(received__lt=F("size"))
    counted = files.aggregate(size=Sum("size"), there=Sum("received"), count=Count("pk"))
    return {
        "files": [*missing[:FILES_SHOWN], *whole[:FILES_SHOWN]][:FILES_SHOWN],
        "counted": counted,
        "missing": missing.count(),
        "most": FILES_SHOWN,
    }


def _ready(delivery: Delivery) -> dict[str, Any]:
    told = delivery.explained
    sheets = shown.sheets_of(delivery)
    refused = [
        {"path": one["path"], "what": in_words(one["what"]), "then": in_words(one["then"])}
        for one in told.get("refused", ())
    ]
    return {
        "sheets": sheets,
        "recognised": sum(bool(sheet["table"]) for sheet in sheets),
        "unknown": sum(not sheet["table"] for sheet in sheets),
        "refused": refused,
        "passed_over": told.get("passed_over", ()),
        "marked": told.get("marked", 0),
        "refusal": secrecy_refusal(),
        "counted": delivery.files.aggregate(size=Sum("size"), count=Count("pk")),
        "checked": _checked(delivery),
    }


def _checked(delivery: Delivery) -> deliveries.Checked | None:
    if not delivery.listed:
        return None
    columns = [f"{table}.{name}" for table, names in delivery.listed.items() for name in names]
    return deliveries.check_against_list(delivery, delivery.listed, columns)


def _account(delivery: Delivery) -> dict[str, Any]:
    account = delivery.account
    refused = [
        {
            "path": one["path"] + (f" · {one['sheet']}" if one["sheet"] else ""),
            "what": in_words(one["what"]),
            "then": in_words(one["then"]),
        }
        for one in account.get("refused", ())
    ]
    spellings = [
        {**one, "where": f"{table_words(one['column'].partition('.')[0])} · {one['column']}"}
        for one in account.get("spellings", ())
    ]
    return {
        "sums": sums_of(account),
        "lines": shown.lines_of(account),
        "totals": shown.totals_of(account),
        "conflicts": shown.conflicts_of(account),
        "conflicts_found": account.get("conflicts_found", 0),
        "superseded": [(table_words(t), rows) for t, rows in account.get("superseded", {}).items()],
        "restated": [table_words(name) for name in account.get("restated", ())],
        "warnings": [in_words(line) for line in account.get("warnings", ())],
        "refused": refused,
        "spellings": spellings,
        "has_rejects": rejects_of(delivery).exists(),
        "hashes": delivery.files.exclude(sha256=""),
        "checked": _checked(delivery),
    }


def _gone(delivery: Delivery) -> dict[str, Any]:
    return {"deletion": delivery.deletion}


@records_page
@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """All files are there: have them looked at; or look again."""
    delivery = delivery_or_404(pk)
    begin = deliveries.look if delivery.state == Delivery.State.READY else deliveries.finish
    try:
        begin(delivery, by=person_in(request))
    except Problem as problem:
        say(request, problem)
    return redirect("desk:records_delivery", pk=pk)


@records_page
@require_POST
def bring_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the files brought into the lake."""
    try:
        deliveries.bring_in(delivery_or_404(pk), by=person_in(request))
    except Problem as problem:
        say(request, problem)
    return redirect("desk:records_delivery", pk=pk)


@records_page
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then remove the files of a delivery that has not come in."""
    delivery = delivery_or_404(pk)
    back = reverse("desk:records_delivery", kwargs={"pk": pk})
    if not confirm.is_confirmed(request):
        says = [_("Its files are removed from the server; nothing of it has come in.")]
        title = _("Discard “%(name)s”?") % {"name": delivery.name}
        return confirm.ask(request, confirm.Question(title, says, _("Discard"), back, is_danger=True))
    try:
        deliveries.discard(delivery, by=person_in(request))
    except Problem as problem:
        say(request, problem)
        return redirect(back)
    messages.success(request, _("The delivery was discarded and its files are removed."))
    return redirect("desk:records")


@records_page
@require_POST
def take_away(request: HttpRequest, pk: int, no: int) -> HttpResponse:
    """Remove one file of a delivery that is being received, or every one that is not whole (`no` is 0)."""
    delivery = delivery_or_404(pk)
    rows = DeliveredFile.objects.filter(delivery=delivery)
    chosen = rows.filter(Q(pk=no) if no else Q(received__lt=F("size")))
    if no and not chosen:
        raise Http404
    try:
        for file in chosen:
            deliveries.take_away(file)
    except Problem as problem:
        say(request, problem)
    return redirect("desk:records_delivery", pk=pk)


@records_page
@require_POST
def rejects(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the rejected cells as CSV; the journal keeps that they were given."""
    delivery = delivery_or_404(pk)
    file = rejects_of(delivery)
    if not file.exists():
        raise Http404
    with transaction.atomic():
        facts = {"rows": sums_of(delivery.account)["rejected"]}
        tell("findings.rejects.downloaded", delivery, by=person_in(request), facts=facts)
    given: FileResponse = sealed_response(
        file.open("rb"), name=f"rejects-{delivery.pk}.csv", media_type="text/csv; charset=utf-8"
    )
    return given
