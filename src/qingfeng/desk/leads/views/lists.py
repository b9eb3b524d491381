"""The list of leads: filters, picture, pages by key, export."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from qingfeng.desk.leads import asked, counted, exporting, listed, terms, turning
from qingfeng.desk.leads.asked import Wanted
from qingfeng.desk.leads.doors import lead_page
from qingfeng.findings.access import may_assign, visible_leads
from qingfeng.findings.models import Lead, RuleRun, Screening
from qingfeng.look import tables
from qingfeng.organization.models import Unit

KEPT = ("watch", "month", "colour", "stage")  # chosen by pressing, kept when the form of filters is sent
MEDIA = {
    "ftm": ("application/x-ndjson", "ftm.jsonl"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "csv": ("application/zip", "zip"),
}


@lead_page
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the leads that the viewer may see, a page at a time."""
    viewer, wanted = request.viewer, Wanted.read(request.GET)
    may = visible_leads(viewer)
    rows = asked.narrowed(may, wanted).select_related("unit", "matter")
    turned = turning.page_of(
        rows, wanted.sort, after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    hands_out = may_assign(viewer)
    context = {
        "title": _("Leads"),
        "wanted": wanted,
        "counted": counted.counted(may, wanted),
        "chips": listed.chips(wanted),
        "turned": turned,
        "table": _table(listed.rows_of(turned.leads, may_assign=hands_out), wanted, hands_out=hands_out),
        "before": _turn(wanted, "before", turned.before),
        "after": _turn(wanted, "after", turned.after),
        "may_assign": hands_out,
        "query": wanted.query(),
        "kept": [(name, getattr(wanted, name)) for name in KEPT if getattr(wanted, name)],
        "most": exporting.MOST,
        **_offered(may, wanted, hands_out=hands_out),
    }
    return render(request, "desk/leads/list.html#rows" if request.htmx else "desk/leads/list.html", context)


def _turn(wanted: Wanted, name: str, mark: str) -> str:
    query = wanted.query()
    return f"{query}{'&' if len(query) > 1 else ''}{name}={mark}" if mark else ""


def _offered(may: QuerySet[Lead], wanted: Wanted, *, hands_out: bool) -> dict[str, Any]:
    """Return what can be chosen in the form of filters, and which screening the leads come from."""
    newest = Screening.objects.filter(is_newest=True).first()
    known = RuleRun.objects.filter(screening=newest, found__gt=0).order_by("watch", "rule")
    here = may.filter(is_current=True, unit=OuterRef("pk")).order_by()[:1]  # of each the first that is found
    units = Unit.objects.filter(Exists(here)) if hands_out else Unit.objects.none()
    return {
        "newest": newest,
        "rules": list(known.values_list("rule", "title")),
        "units": list(units.order_by("path")),
        "shows": listed.shows(),
        "is_more": bool(
            wanted.unit or wanted.rule or wanted.least is not None or wanted.most is not None
            or wanted.tier or wanted.show or wanted.drawn or wanted.text
        ),
        "sorts": [
            ("rank", _("by rank")),
            ("-amount", _("largest amount first")),
            ("-at", _("newest first")),
            ("at", _("oldest first")),
        ],
    }  # fmt: skip


def _table(rows: list[listed.Row], wanted: Wanted, *, hands_out: bool) -> tables.Table:
    part = "desk/leads/parts"
    columns = [
        tables.Column("says", pgettext("leads", "Doubt"), is_head=True, template=f"{part}/says.html"),
        tables.Column("subject", _("Subject and unit"), template=f"{part}/subject.html"),
        tables.Column("lead.amount", _("Amount (yuan)"), "amount", sort="amount"),
        tables.Column("lead.at", pgettext("lead", "At"), "day", sort="at"),
        tables.Column("stage", _("Verification"), template=f"{part}/stage.html"),
    ]
    if hands_out and any(row.can_tick for row in rows):
        columns.insert(0, tables.Column("lead.key", _("Choose"), template=f"{part}/tick.html"))
    return tables.Table(columns, rows, _("Leads"), wanted.sort, _empty(wanted, hands_out=hands_out))


def _empty(wanted: Wanted, *, hands_out: bool) -> tables.Empty:
    if wanted.is_narrowed:
        says = _("Take a filter away, or look among those that are kept apart.")
        return tables.Empty(_("No lead matches"), says, _("Show all"), reverse("desk:leads"), icon="filter")
    if not hands_out:
        says = _("A lead stands here once it has been given to you to verify.")
        return tables.Empty(_("No lead has been given to you"), says)
    says = _(
        "A lead is findings on one subject that records do not explain: a doubt, to be verified. "
        "Leads stand here once records have come in and were screened."
    )
    return tables.Empty(_("There are no leads yet"), says)


@lead_page
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Give the listed leads as a file with every field (`form`: xlsx, csv or ftm); the journal keeps it."""
    wanted = Wanted.read(request.GET)
    rows = asked.asked_for(request.viewer, wanted)
    if rows.order_by()[: exporting.MOST + 1].count() > exporting.MOST:
        said = _("These are more than %(most)s leads: narrow the list down first.")
        messages.warning(request, said % {"most": f"{exporting.MOST:,}"})
        return redirect(f"{reverse('desk:leads')}{wanted.query()}")
    form = request.POST.get("form", "")
    form = form if form in MEDIA else "xlsx"
    media, ending = MEDIA[form]
    made = exporting.as_entities if form == "ftm" else exporting.export
    return FileResponse(
        made(request.viewer, rows, form=form, wanted=wanted),
        as_attachment=True,
        filename=f"{terms.FILE_NAME} {timezone.localdate().isoformat()}.{ending}",
        content_type=media,
        headers={"Cache-Control": "no-store"},
    )
