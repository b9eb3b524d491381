"""Taking over matters already under way (接管): template, preview with rejects by row, batches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from operator import itemgetter
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from qingfeng.desk.keeping import fields, large_takeovers
from qingfeng.desk.keeping.asking import Asked, ask
from qingfeng.desk.keeping.doors import is_staff, kinds_to_take_over, needs, takes_over
from qingfeng.desk.keeping.views.ending import Why
from qingfeng.desk.kinds import address, plural
from qingfeng.desk.models import LargeTakeover
from qingfeng.desk.views.ground import viewer_in
from qingfeng.desk.widgets import sign
from qingfeng.documents import attachments
from qingfeng.documents.models import Attachment
from qingfeng.look.components import progress
from qingfeng.look.sheets import Sheet, packed
from qingfeng.look.tables import Column, Empty, Table
from qingfeng.matters import access, takeover
from qingfeng.matters.district import TAKEOVER_WITHDRAW_DAYS
from qingfeng.matters.models import Matter, TakeoverBatch
from qingfeng.matters.registry import UnknownMechanism, mechanism
from qingfeng.matters.slips import every_field
from qingfeng.matters.vocabulary import Mechanism
from qingfeng.organization.district_settings import setting
from qingfeng.organization.viewer import Viewer

A_PAGE = 50
SHOWN = 200
LEADERS = ("dept_head", "deputy", "principal")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _batches(viewer: Viewer) -> QuerySet[TakeoverBatch]:
    """Return the batches that somebody sees: their own; leaders, those of matters that they may see."""
    rows = TakeoverBatch.objects.select_related("by").order_by("-at", "-pk")
    if not viewer.has(*LEADERS):
        return rows.filter(by=viewer.person_id)
    there = access.visible(viewer).exclude(takeover_batch=None).values("takeover_batch")
    return rows.filter(pk__in=there) | rows.filter(by=viewer.person_id)


@needs(lambda viewer: is_staff(viewer) and (takes_over(viewer) or viewer.has(*LEADERS)))
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show the kinds that can be taken over, and the batches that were."""
    viewer = viewer_in(request)
    page = Paginator(_batches(viewer), A_PAGE).get_page(request.GET.get("page"))
    kinds = kinds_to_take_over(viewer)
    no_batch = Empty(
        _("Nothing was taken over yet"), _("Choose a kind, download its template, fill it in, upload it.")
    )
    no_kind = Empty(_("No kind to take over"), _("Kinds of matter that you may open stand here."))
    context = {
        "title": _("Taking over"),
        "lead": _("Matters already under way come in with their past dates and numbers; nothing is sent."),
        "tables": [
            (
                pgettext("keeping", "Kinds"),
                Table(_kind_columns(), kinds, pgettext("keeping", "Kinds"), empty=no_kind),
                "kinds",
            ),
            (_("Batches"), Table(_batch_columns(), page, _("Batches"), empty=no_batch), "rows"),
        ],
    }
    return render(request, "desk/keeping/table.html", context)


def _batch_columns() -> list[Column]:
    return [
        Column(
            "file_name",
            pgettext("keeping", "File"),
            link=lambda row: reverse("desk:takeover_batch", args=[row.pk]),
            is_head=True,
        ),
        Column(lambda row: _kind_name(row.mechanism), _("Kind")),
        Column("at", _("Taken over"), "moment"),
        Column("by.name", pgettext("keeping", "By"), "who"),
        Column(lambda row: row.matters.count(), _("Matters"), "number"),
        Column(lambda row: len(row.rejects), _("Rejected rows"), "number"),
        Column(
            lambda row: (
                pgettext("keeping", "withdrawn") if row.withdrawn_at else pgettext("keeping", "in force")
            ),
            _("State"),
            "tag",
        ),
    ]


def _kind_columns() -> list[Column]:
    return [
        Column(
            "name",
            _("Kind"),
            link=lambda one: reverse("desk:takeover_kind", kwargs={"kind": one}),
            is_head=True,
        ),
        Column("purpose", _("What it is for")),
        Column(
            lambda _one: _("Download"),
            _("Template"),
            link=lambda one: reverse("desk:takeover_template", kwargs={"kind": one}),
        ),
    ]


def _kind_name(key: str) -> str:
    try:
        return str(mechanism(key).name)
    except UnknownMechanism:
        return key


def _may(request: HttpRequest, kind: Mechanism) -> Viewer:
    viewer = viewer_in(request)
    if not access.may_take_over(viewer, kind):
        raise Http404
    return viewer


@needs(takes_over)
@require_GET
def template(request: HttpRequest, kind: Mechanism) -> HttpResponse:
    """Give the empty workbook of a kind."""
    _may(request, kind)
    name = f"takeover-{plural(kind.key)}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(takeover.template_of(kind), content_type=XLSX, headers=headers)


class Upload(fields.Form):
    """The filled workbook."""

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"] = fields.file(
            viewer.account_id, _("Filled workbook"), help_text=_("XLSX, made from the template of this kind.")
        )


@needs(takes_over)
def kind_page(request: HttpRequest, kind: Mechanism) -> HttpResponse:
    """Upload a workbook, see what fits and what does not, then take over what fits."""
    viewer = _may(request, kind)
    data, problems = fields.sent(request)
    form = Upload(viewer, data)
    if data is not None:
        fields.put(form, problems)
    back = reverse("desk:takeover")
    asked = Asked(
        title=_("Take over: %(kind)s") % {"kind": kind.name},
        button=_("Read it and show what fits"),
        back=back,
        crumbs=((_("Taking over"), back), (kind.name, "")),
        says=(
            _("Download the template, fill one row a matter, keep the heads in brackets as they are."),
            _("Clocks are counted from the past dates; nothing is sent to anybody."),
            _("You see first what fits; nothing is written before you confirm."),
        ),
        above="desk/keeping/takeover_template.html",
        more={"kind": kind},
    )
    return ask(request, form, asked, lambda given: _read(request, kind, given["file"][0], asked=asked))


def _read(request: HttpRequest, kind: Mechanism, file_id: int, *, asked: Asked) -> Any:
    """Show what a workbook would bring; take it over where that was confirmed."""
    viewer = viewer_in(request)
    file = Attachment.objects.get(pk=file_id)
    with attachments.opened(file) as held:
        rows = takeover.rows_in(held)
    if rows > takeover.MOST_ROWS:
        return redirect("desk:takeover_large", pk=large_takeovers.begin(viewer, kind.key, file, rows).pk)
    with attachments.opened(file) as held:
        plan = takeover.preview(kind.key, held.read())
    if request.POST.get("take") == "yes":
        batch = takeover.take_over(kind.key, plan, by=viewer, file_name=file.name)
        return _after(request, batch)
    told = _told(kind, _plain(plan.rejects))
    context = {
        "title": asked.title,
        "crumbs": asked.crumbs,
        "kind": kind,
        "plan": plan,
        "rows": [(row, kind.stage(row.stage).name) for row in plan.rows[:SHOWN]],
        "file": file,
        "words": request.POST.getlist("file-kept") or _words(file_id, viewer),
        "rejects": _rejects(told),
        "packed": packed(_sheet(kind, told)),
        "most": SHOWN,
    }
    return render(request, "desk/keeping/takeover_preview.html", context)


@needs(takes_over)
@require_http_methods(["GET", "HEAD", "POST"])
def large(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a large workbook is and what fits of it; take over what fits where that is confirmed."""
    viewer = viewer_in(request)
    asked = LargeTakeover.objects.select_related("attachment", "batch").filter(pk=pk).first()
    if asked is None or asked.account_id != viewer.account_id:
        raise Http404
    _may(request, mechanism(asked.kind))
    shown = large_takeovers.Shown(asked)
    if request.method == "POST":
        if request.POST.get("take") == "yes":
            large_takeovers.take(asked, viewer)
        return redirect("desk:takeover_large", pk=pk)
    if request.htmx:
        response = HttpResponse(progress(shown))
        if shown.is_done:
            response["HX-Refresh"] = "true"
        return response
    declared = mechanism(asked.kind)
    told = _told(declared, asked.rejects)
    back = reverse("desk:takeover")
    context = {
        "title": _("Take over: %(kind)s") % {"kind": declared.name},
        "crumbs": ((_("Taking over"), back), (declared.name, "")),
        "kind": declared,
        "asked": asked,
        "shown": shown,
        "file_name": asked.attachment.name if asked.attachment else asked.batch.file_name,
        "rejects": _rejects(told) if told else None,
        "packed": packed(_sheet(declared, told)) if told else "",
        "most": large_takeovers.MOST_REJECTS,
    }
    return render(request, "desk/keeping/takeover_large.html", context)


def _words(file_id: int, viewer: Viewer) -> list[str]:
    return [sign(file_id, viewer.account_id)]


def _after(request: HttpRequest, batch: Any) -> Any:
    if not isinstance(batch, TakeoverBatch):
        return batch
    messages.success(request, _("Taken over: %(count)s matters.") % {"count": batch.matters.count()})
    return redirect("desk:takeover_batch", pk=batch.pk)


def _told(kind: Mechanism, rejects: Iterable[Sequence[Any]]) -> list[list[Any]]:
    """Return rejected rows with the words of sheets and columns beside their keys, as the heads have them."""
    columns = {one.key: one.name for one in every_field(kind)}
    columns |= {f"role.{one.key}": one.name for one in kind.parties}
    columns |= {f"clock.{one.key}": one.name for one in kind.clocks}
    columns |= {f"{one.key}": one.name for ledger in kind.ledgers for one in ledger.fields}
    columns |= {"number": _("Number"), "title": _("Title"), "owner": _("Owner"), "stage": _("Stage")}
    columns |= {"opened_on": _("Opened on"), "state": _("State")}
    sheets = {one.key: one.name for one in kind.ledgers}
    return [
        [
            str(sheets.get(sheet, sheet)),
            row,
            f"{columns[key]} [{key}]" if key in columns else key,
            str(reason),
        ]
        for sheet, row, key, reason in rejects
    ]


def _plain(rejects: Iterable[takeover.Reject]) -> list[list[Any]]:
    return [[one.sheet, one.row, one.column, one.reason] for one in rejects]


def _sheet(kind: Mechanism, told: list[list[Any]]) -> Sheet:
    heads = [_("Sheet"), _("Row"), _("Column"), _("What to do")]
    return Sheet(_("Rejected rows: %(kind)s") % {"kind": kind.name}, [str(one) for one in heads], told)


def _rejects(told: list[list[Any]]) -> Table:
    labels = (_("Sheet"), _("Row"), _("Column"), _("What to do"))
    columns = [
        Column(
            itemgetter(place),
            label,
            "exact" if place in {1, 2} else "text",
            is_head=place == 1,
        )
        for place, label in enumerate(labels)
    ]
    return Table(columns, told[:SHOWN], _("Rejected rows"))


@needs(is_staff)
@require_GET
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a batch: its matters as far as the viewer sees them, its rejected rows, how long it can go."""
    viewer = viewer_in(request)
    found = _batches(viewer).filter(pk=pk).first()
    if found is None:
        raise Http404
    matters = access.visible(viewer).filter(takeover_batch=found).select_related("owner").order_by("pk")
    page = Paginator(matters, A_PAGE).get_page(request.GET.get("page"))
    columns = [
        Column("number", _("Number"), "exact", link=address, is_head=True),
        Column(_stage, _("Stage"), "tag"),
        Column("owner", _("Owner")),
        Column("due_on", _("Due"), "day"),
    ]
    until = found.at + timedelta(days=int(setting(TAKEOVER_WITHDRAW_DAYS)))
    is_begun = found.withdrawing_since is not None
    may = not found.withdrawn_at and (is_begun or timezone.now() <= until)
    act = _("Go on withdrawing the batch") if is_begun else _("Withdraw the batch")
    kind = mechanism(found.mechanism)
    rejects = _told(kind, found.rejects)
    context = {
        "title": found.file_name,
        "crumbs": [(_("Taking over"), reverse("desk:takeover")), (found.file_name, "")],
        "batch": found,
        "kind": kind,
        "until": until,
        "acts": [(act, reverse("desk:takeover_withdraw", args=[pk]))] if may else [],
        "matters": Table(columns, page, _("Matters")),
        "rejects": _rejects(rejects) if rejects else None,
        "packed": packed(_sheet(kind, rejects)) if rejects else "",
    }
    return render(request, "desk/keeping/takeover_batch.html", context)


def _stage(matter: Matter) -> str:
    return str(mechanism(matter.mechanism, matter.version).stage(matter.stage).name)


@needs(is_staff)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a whole batch while nobody has acted on its matters."""
    viewer = viewer_in(request)
    found = _batches(viewer).filter(pk=pk).first()
    if found is None:
        raise Http404
    back = reverse("desk:takeover_batch", args=[pk])
    asked = Asked(
        title=_("Withdraw the batch"),
        button=_("Withdraw"),
        back=back,
        crumbs=((_("Taking over"), reverse("desk:takeover")), (found.file_name, back), (_("Withdraw"), "")),
        lead=found.file_name,
        says=(
            _("All its matters are withdrawn; their numbers become free for a better sheet."),
            _("It is refused if somebody has acted on one of them."),
        ),
        done=_("The batch is withdrawn."),
        is_danger=True,
    )
    data, _problems = fields.sent(request)
    return ask(
        request,
        Why(data),
        asked,
        lambda given: _withdraw(found, viewer, given["reason"]),
    )


def _withdraw(batch: TakeoverBatch, viewer: Viewer, reason: str) -> Any:
    """Withdraw a batch; a large one is withdrawn by the worker, where it may be at all."""
    refused = takeover.may_withdraw(batch, by=viewer, reason=reason)
    if refused is not None:
        return refused
    if large_takeovers.withdraw(batch, reason):
        return batch
    return takeover.withdraw_batch(batch, by=viewer, reason=reason)
