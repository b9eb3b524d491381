"""Large exports: how far one is, and its file."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from qingfeng.desk import large_exports
from qingfeng.desk.models import LargeExport
from qingfeng.desk.views.ground import desk_page, viewer_in
from qingfeng.desk.workbook import MEDIA
from qingfeng.look.components import progress


@desk_page
@require_GET
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the file of an export to who asked for it; while it is made, say how far it is."""
    viewer = viewer_in(request)
    asked = LargeExport.objects.filter(pk=pk, account=viewer.account_id).first()
    if asked is None:
        raise Http404
    shown = large_exports.Shown(asked)
    if request.htmx:
        response = HttpResponse(progress(shown))
        if shown.is_done:
            response["HX-Refresh"] = "true"
        return response
    path = large_exports.fetch(viewer, asked) if shown.is_done else None
    if path is None:
        if asked.problem:
            messages.warning(request, shown.problem)
        return redirect("desk:notices")
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=shown.name,
        content_type=MEDIA[asked.form][0],
        headers={"Cache-Control": "no-store"},
    )
