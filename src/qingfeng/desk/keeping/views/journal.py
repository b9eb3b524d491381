"""For the auditor: the journal by kind, subject, day and person; proofs, checkpoints and alarms."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from qingfeng.desk.keeping import fields, told
from qingfeng.desk.keeping.asking import Asked, ask
from qingfeng.desk.keeping.doors import audits, needs
from qingfeng.desk.keeping.sought import MOST, Sought, people_of
from qingfeng.desk.keeping.views.ending import Why
from qingfeng.desk.views.ground import viewer_in
from qingfeng.journal import alarms, store
from qingfeng.journal.errors import JournalProblem
from qingfeng.journal.models import JournalAlarm, JournalCheckpoint, JournalEntry, JournalState, Log
from qingfeng.look.sheets import Sheet, answer
from qingfeng.look.tables import Column, Empty, Table

A_PAGE = 50


def _columns(people: dict[str, str]) -> list[Column]:
    return [
        Column(
            lambda row: row.index if row.index is not None else pgettext("keeping", "waiting"),
            pgettext("keeping", "Entry"),
            "exact",
        ),
        Column(
            told.happened,
            pgettext("keeping", "What happened"),
            link=lambda row: reverse("desk:journal_entry", args=[row.pk]),
            is_head=True,
        ),
        Column("at", _("When"), "moment"),
        Column(lambda row: told.subject(row, people), _("What it happened to")),
        Column(lambda row: people.get(row.by, row.by), _("By whom")),
    ]


@needs(audits)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Browse the journal, newest first; pages go on by the key of the last row, however long the log is."""
    sought = Sought.read(request.GET)
    rows = list(sought.rows()[: A_PAGE + 1])
    more = len(rows) > A_PAGE
    rows = rows[:A_PAGE]
    query = request.GET.copy()
    if more:
        query["before"] = str(rows[-1].pk)
    title = _("Journal")
    empty = Empty(_("No entry matches"), _("Take a filter away: kind, subject, person or day."))
    context = {
        "title": title,
        "sought": sought,
        "logs": Log.choices,
        "kinds": sought.known_kinds(),
        "table": Table(_columns(told.people_in(rows)), rows, title, empty=empty),
        "older": query.urlencode() if more else "",
        "query": request.GET.urlencode(),
        "checkpoint": JournalCheckpoint.objects.filter(log=sought.log).order_by("-size").first(),
        "state": JournalState.objects.filter(log=sought.log).first(),
        "alarms": JournalAlarm.objects.filter(settled_at=None).count(),
    }
    return render(request, "desk/keeping/journal.html", context)


@needs(audits)
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Give the entries that a search shows as a file, at most 10,000; the journal keeps what was asked."""
    sought = Sought.read(request.GET)
    rows = list(sought.rows()[:MOST])
    people = told.people_in(rows)
    heads = [
        pgettext("keeping", "Entry"),
        _("When"),
        pgettext("keeping", "What happened"),
        _("What it happened to"),
        pgettext("keeping", "Kind, as the entry has it"),
        pgettext("keeping", "Subject, as the entry has it"),
        _("By whom"),
        _("Leaf hash"),
    ]
    table: list[list[str | int | float | None]] = [
        [
            row.index,
            timezone.localtime(row.at).isoformat(),
            told.happened(row),
            told.subject(row, people),
            row.kind,
            row.subject,
            people.get(row.by, row.by),
            bytes(row.leaf_hash).hex(),
        ]
        for row in rows
    ]
    viewer = viewer_in(request)
    with transaction.atomic():
        facts = {"what": "journal", "rows": len(table), "sought": sought.as_facts()}
        store.append("audit.exported", by=f"person:{viewer.person_id}", facts=facts)
    note = _("At most %(most)s entries.") % {"most": f"{MOST:,}"}
    return answer(
        Sheet(_("Journal"), [str(one) for one in heads], table, note), form=request.POST.get("form", "xlsx")
    )


def _entry_or_404(pk: int) -> JournalEntry:
    found = JournalEntry.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@needs(audits)
@require_GET
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one entry as the tree holds it: facts, and of what is personal only the commitments."""
    found = _entry_or_404(pk)
    body = found.said
    facts = body.get("facts", {})
    context = {
        "title": _("Entry %(index)s") % {"index": found.index}
        if found.index is not None
        else _("Entry that waits"),
        "lead": told.happened(found),
        "crumbs": [(_("Journal"), reverse("desk:journal")), (told.happened(found), "")],
        "happened": told.happened(found),
        "subject": told.subject(found),
        "entry": found,
        "by": people_of([found.by]).get(found.by, found.by),
        "facts": told.facts_of(found, facts),
        "secrets": found.secrets.order_by("name"),
        "leaf": bytes(found.leaf_hash).hex(),
        "checkpoint": JournalCheckpoint.objects.filter(log=found.log).order_by("-size").first(),
        "body": bytes(found.body).decode("utf-8", errors="replace"),
    }
    return render(request, "desk/keeping/journal_entry.html", context)


@needs(audits)
@require_GET
def proof(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the proof of one entry as a file that anybody can check."""
    found = _entry_or_404(pk)
    try:
        held = store.prove(found)
    except JournalProblem as problem:
        context = {
            "title": _("No proof yet"),
            "crumbs": [(_("Journal"), reverse("desk:journal")), (_("No proof yet"), "")],
            "notes": [str(problem)],
            "tables": [],
        }
        return render(request, "desk/keeping/table.html", context, status=409)
    headers = {
        "Content-Disposition": f'attachment; filename="entry-{found.index}.proof"',
        "Cache-Control": "no-store",
    }
    return HttpResponse(held, content_type="text/plain; charset=utf-8", headers=headers)


def _advice(alarm: JournalAlarm) -> Any:
    return alarms.ADVICE.get(alarm.code, alarm.then)


def _alarm_columns() -> list[Column]:
    return [
        Column("get_code_display", _("Alarm"), is_head=True),
        Column("what", _("What")),
        Column("where", _("Where"), "exact"),
        Column(_advice, _("What to do")),
        Column("last_at", _("Last seen"), "moment"),
        Column("times", _("Times"), "number"),
    ]


@needs(audits)
@require_GET
def alarm_list(request: HttpRequest) -> HttpResponse:
    """List the alarms of the journal: open ones with the way to settle them, then those that were settled."""
    columns = _alarm_columns()
    settle_column = Column(
        lambda _row: _("Settle"), _("Settle"), link=lambda row: reverse("desk:journal_settle", args=[row.pk])
    )
    settled = JournalAlarm.objects.exclude(settled_at=None).order_by("-settled_at")[:A_PAGE]
    people = people_of(row.settled_by for row in settled)
    done = [
        Column("settled_at", pgettext("keeping", "Settled"), "moment"),
        Column(lambda row: people.get(row.settled_by, row.settled_by), _("Settled by")),
    ]
    empty = Empty(
        _("No alarm"),
        _("The journal fits: database, tiles and checkpoint say the same."),
        icon="shield-check",
    )
    context = {
        "title": _("Alarms of the journal"),
        "crumbs": [(_("Journal"), reverse("desk:journal")), (_("Alarms"), "")],
        "tables": [
            (
                pgettext("keeping", "Open alarms"),
                Table(
                    [*columns, settle_column],
                    list(alarms.open_alarms()),
                    pgettext("keeping", "Open alarms"),
                    empty=empty,
                ),
                "open",
            ),
            (
                pgettext("keeping", "Settled"),
                Table([*columns[:3], *done], list(settled), pgettext("keeping", "Settled")),
                "settled",
            ),
        ],
    }
    return render(request, "desk/keeping/table.html", context)


@needs(audits)
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Settle an alarm with what was found out; the journal keeps it."""
    viewer = viewer_in(request)
    found = JournalAlarm.objects.filter(pk=pk, settled_at=None).first()
    if found is None:
        raise Http404
    back = reverse("desk:journal_alarms")
    says = [found.what, found.where, _advice(found)]
    if found.code == "gap":
        says.append(
            _("What is missing stays missing: the number of missing entries is written down for good.")
        )
    asked = Asked(
        title=_("Settle: %(alarm)s") % {"alarm": found.get_code_display()},
        button=_("Settle"),
        back=back,
        crumbs=((_("Journal"), reverse("desk:journal")), (_("Alarms"), back), (_("Settle"), "")),
        says=[one for one in says if one],
        done=_("The alarm is settled."),
        is_danger=True,
    )
    data, _problems = fields.sent(request)
    return ask(
        request, Why(data), asked, lambda given: _settle(found, f"person:{viewer.person_id}", given["reason"])
    )


def _settle(found: JournalAlarm, by: str, reason: str) -> Any:
    alarms.settle(found, by=by, reason=reason)
    return found
