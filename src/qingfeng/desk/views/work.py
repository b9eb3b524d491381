"""My work, the tray of approvals, and notices."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from qingfeng.desk import large_exports, notes
from qingfeng.desk.awaiting import tray_in
from qingfeng.desk.duties import may_work, work_of
from qingfeng.desk.kinds import address
from qingfeng.desk.views.ground import desk_page, person_page, viewer_in
from qingfeng.look.rail import address as address_of
from qingfeng.matters import access
from qingfeng.matters.models import Notice

ADMINISTRATION = {
    "system_admin": "organization:settings",
    "security_admin": "organization:accounts",
    "auditor": "desk:journal",
}


@login_required
@require_GET
def my_work(request: HttpRequest) -> HttpResponse:
    """Show what is to be done, by time; lead administrators to their own pages."""
    viewer = viewer_in(request)
    if not may_work(viewer):
        names = [ADMINISTRATION[role] for role in viewer.roles if role in ADMINISTRATION]
        target = next((found for name in names if (found := address_of(name))), None)
        return redirect(target) if target else render(request, "desk/no_desk.html", status=200)
    context = {"work": work_of(viewer), "title": _("My work"), "tray": tray_in(request)}
    return render(request, "desk/my_work.html", context)


@desk_page
@require_GET
def tray(request: HttpRequest) -> HttpResponse:
    """Show what waits for the viewer's approval or second signature."""
    return render(request, "desk/tray.html", {"tray": tray_in(request), "title": _("Awaiting my approval")})


@person_page
@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """Show what the viewer was told, newest first; without the content of any matter."""
    viewer = viewer_in(request)
    page = notes.page_of(viewer, request.GET.get("page", "1"))
    context = {
        "page": page,
        "told": notes.told(viewer, page),
        "exports": [large_exports.Shown(one) for one in large_exports.of(viewer)],
        "title": pgettext("bell", "Notices"),
    }
    return render(request, "desk/notices.html", context)


@person_page
@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    """Mark one notice (`notice`) or all of them as read; one leads to its matter."""
    viewer = viewer_in(request)
    rows = notes.shown(viewer).filter(read_at=None)
    one = request.POST.get("notice", "")
    if one.isdigit():
        rows = rows.filter(pk=int(one))
    opened = (
        notes.shown(viewer).filter(pk=int(one)).select_related("matter").first() if one.isdigit() else None
    )
    Notice.objects.filter(pk__in=rows.values("pk")).update(read_at=timezone.now())
    if opened and opened.matter and access.may_see(viewer, opened.matter):
        return redirect(address(opened.matter))
    messages.success(request, _("Marked as read."))
    return redirect("desk:notices")
