"""The board of campaigns, and the rows behind a figure of one."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingfeng.desk.campaigns import behind
from qingfeng.desk.campaigns.four_steps import Standing
from qingfeng.desk.campaigns.rail import may_open
from qingfeng.desk.kinds import address
from qingfeng.desk.leads.listed import rows_of
from qingfeng.desk.levels import views_of
from qingfeng.desk.views.ground import desk_page, seen_or_404, viewer_in
from qingfeng.findings.access import may_assign
from qingfeng.look.tables import Column, Empty, Table
from qingfeng.matters import access
from qingfeng.matters.guarding import note_read
from qingfeng.matters.models import Matter
from qingfeng.matters.registry import mechanism
from qingfeng.mechanisms.campaign.joining import KIND
from qingfeng.mechanisms.campaign.published import COUNT

A_PAGE = 10
ROWS = 50


@desk_page
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Show every campaign that the reader sees whole as four steps; open ones first, by what is due."""
    if not may_open(request):
        raise Http404
    viewer = viewer_in(request)
    rows = access.visible(viewer).filter(mechanism=KIND, standing=Matter.Standing.VALID)
    matters = list(rows.select_related("owner").order_by("-is_open", "due_on", "-opened_on", "-pk"))
    seen = views_of(viewer, matters)
    page = Paginator([one for one in matters if seen[one.pk] == "whole"], A_PAGE)
    page = page.get_page(request.GET.get("page"))
    context = {
        "title": _("Campaigns in four steps"),
        "page": page,
        "rows": [_row(one, Standing(one, viewer.on)) for one in page.object_list],
    }
    return render(request, "desk/campaigns/board.html", context)


def _row(matter: Matter, standing: Standing) -> dict[str, object]:
    declared = mechanism(matter.mechanism, matter.version)
    line = matter.lines.filter(ledger="counts").order_by("-no").first()
    return {
        "matter": matter,
        "href": address(matter),
        "stage": declared.stage(matter.stage).name,
        "standing": standing,
        "counts": line.facts if line else {},
    }


@desk_page
@require_GET
def rows(request: HttpRequest, campaign: str, figure: str) -> HttpResponse:
    """Show the rows behind one figure of a campaign, as far as the reader may know of them."""
    seen = seen_or_404(request, mechanism(KIND), campaign)
    key = figure.replace("-", "_")
    if not seen.is_whole or not behind.is_known(key):
        raise Http404
    note_read(seen.viewer, seen.matter, "records")
    found = behind.Behind(seen.viewer, seen.matter)
    title = next(str(one.name) for one in COUNT if one.key == key)
    is_leads = behind.is_about_leads(key)
    listed = found.leads(key) if is_leads else found.matters(key)
    page = Paginator(listed, ROWS).get_page(request.GET.get("page"))
    viewer = seen.viewer
    if is_leads:
        page.object_list = rows_of(list(page.object_list), may_assign=may_assign(viewer))
    context = {
        "title": title,
        "matter": seen.matter,
        "href": address(seen.matter),
        "table": Table(_of_leads() if is_leads else _of_matters(), page, caption=title, empty=_nothing(key)),
    }
    return render(request, "desk/campaigns/rows.html", context)


def _nothing(key: str) -> Empty:
    says = _("Nothing stands behind it, or nothing that you may know of.")
    if key in behind.OWN:
        says = _("No unit reported a problem itself, or none that you may know of.")
    return Empty(_("No rows"), says)


def _of_leads() -> list[Column]:
    return [
        Column(lambda row: row.lead.title, _("Doubt"), is_head=True, link=lambda row: row.href),
        Column("unit", _("Unit")),
        Column(lambda row: row.lead.tier, _("Tier")),
        Column(lambda row: row.lead.at, _("Day"), "day"),
        Column(lambda row: row.lead.amount, _("Yuan"), "amount"),
        Column("stage", _("Verification")),
    ]


def _of_matters() -> list[Column]:
    return [
        Column("number", _("Number"), "exact", is_head=True, link=address),
        Column(lambda one: mechanism(one.mechanism, one.version).name, _("Kind")),
        Column(lambda one: mechanism(one.mechanism, one.version).stage(one.stage).name, _("Stage")),
        Column("opened_on", _("Opened on"), "day"),
    ]
