"""Pages of editions: a counted return, the rows behind its numbers, its signatures, its files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from qingfeng.desk.cockpit import drawing
from qingfeng.desk.returns import computing, doors, keeping, printed, seeing, typeset
from qingfeng.desk.returns.differences import differences
from qingfeng.desk.returns.grid import failing
from qingfeng.desk.returns.models import Edition
from qingfeng.desk.returns.seeing import Seen
from qingfeng.desk.returns.shown import Behind, address, behind, overs, rows_of
from qingfeng.desk.returns.views.ground import edition_page, of_edition
from qingfeng.desk.views.ground import viewer_in
from qingfeng.findings.models import Lead
from qingfeng.look.components import progress
from qingfeng.matters.models import ClockRun, Matter
from qingfeng.organization.viewer import Viewer
from qingfeng.screening.errors import Problem


class UnderWay:
    """The counting of an edition, as `{% progress %}` draws it."""

    def __init__(self, edition: Edition) -> None:
        self.ident = f"return-{edition.pk}"
        self.href = address(edition)
        self.is_done = edition.state not in {Edition.State.ASKED, Edition.State.COUNTING}
        self.share = edition.done / edition.of if edition.of and edition.done else None
        told = {"done": edition.done, "of": edition.of}
        self.words = _("%(done)s of %(of)s questions counted") % told
        failed = edition.state == Edition.State.FAILED
        self.problem = _("It could not be counted; the office's technicians see why.") if failed else ""


@edition_page
@require_GET
def edition(request: HttpRequest, found: Edition) -> HttpResponse:
    """Show an edition as far as the reader may see it; while it is counted, how far it is."""
    under_way = UnderWay(found)
    if request.htmx and not under_way.is_done:
        return HttpResponse(progress(under_way))
    if request.htmx:
        response = HttpResponse(progress(under_way))
        response["HX-Refresh"] = "true"
        return response
    viewer = viewer_in(request)
    context: dict[str, Any] = {
        "title": found.definition.title,
        "crumbs": [*of_edition(found)[:-1], (found.slug, "")],
        "edition": found,
        "job": under_way,
        "is_inside": doors.is_inside(viewer),
        "is_intact": not found.is_counted or computing.is_intact(found),
    }
    if found.is_counted:
        context |= _counted(request, found, seeing.seen(viewer, found))
    return render(request, "desk/returns/edition.html", context)


def _counted(request: HttpRequest, found: Edition, seen: Seen) -> dict[str, Any]:
    viewer, before = viewer_in(request), keeping.before(found)
    compares = before is not None and seen.is_complete and seeing.seen(viewer, before).is_complete
    return {
        "seen": seen,
        "rows": rows_of(found, seen),
        "columns": seen.grid.columns,
        "overs": overs(seen.grid),
        "hides": bool(seen.hidden),
        "notes": computing.said_of(found).notes,
        "failing": [(one, found.explained.get(str(one.no), "")) for one in failing(seen.grid)]
        if seen.is_complete
        else [],
        "signers": printed.signers(found),
        "step": keeping.next_step(found),
        "cannot": keeping.cannot_sign(viewer, found) if keeping.next_step(found) else "",
        "before": before,
        "differences": differences(found, before) if before and compares else [],
        "may_correct": found.is_frozen and doors.is_inside(viewer) and seen.is_stored,
    }


@edition_page
@require_GET
def rows(request: HttpRequest, found: Edition) -> HttpResponse:
    """Show the rows behind one number (`row`, `part`, `column`); without one, lead to the return."""
    if "row" not in request.GET:
        return redirect(address(found))
    viewer, given = viewer_in(request), request.GET
    if not found.is_counted or not doors.is_inside(viewer):
        raise Http404
    seen = seeing.seen(viewer, found)
    opened = behind(
        viewer, found, seen, row=given["row"], part=given.get("part", ""), column=given.get("column", "")
    )
    if opened is None:
        raise Http404
    drawn = _drawn(viewer, opened)
    changed = _("It may have changed since the return was counted.")
    page = drawing.page(drawn, given.get("page"), changed=changed)
    is_less = opened.counted is not None and not page["is_cut"] and page["shown"] != opened.counted
    context = {
        **page,
        "crumbs": of_edition(found, (drawn.title, "")),
        "edition": found,
        "opened": opened,
        "is_less": is_less,
    }
    return render(request, "desk/returns/rows.html", context)


def _drawn(viewer: Viewer, opened: Behind) -> Any:
    model = opened.query.model
    if model is Matter:
        return drawing.matters(viewer, opened.title, opened.query)
    if model is Lead:
        return drawing.leads(opened.title, opened.query)
    if model is ClockRun:
        return drawing.duties(viewer, opened.title, opened.query)
    when = next(one for one in ("at", "first_at", "entered_at") if _has(model, one))
    return drawing.happened(viewer, opened.title, opened.query, when=when)


def _has(model: Any, name: str) -> bool:
    return any(one.name == name for one in model._meta.get_fields())  # noqa: SLF001 - Django's own word for it


# --- acts ---------------------------------------------------------------------------------------


@edition_page
@require_POST
def act(request: HttpRequest, found: Edition, way: str) -> HttpResponse:
    """Do something with an edition: sign, send back, explain, count again, cancel, correct."""
    viewer = viewer_in(request)
    if not doors.is_inside(viewer) or way not in WAYS:
        raise Http404
    try:
        target = WAYS[way](request, found)
    except Problem as problem:
        messages.warning(request, f"{problem.what} {problem.then}".strip())
        target = found
    return redirect(address(target))


def _reason(request: HttpRequest) -> str:
    text = request.POST.get("reason", "").strip()[:2000]
    if not text:
        raise Problem(_("Say why, in a sentence others will understand."))
    return text


def _sign(request: HttpRequest, found: Edition) -> Edition:
    step = keeping.sign(found, by=viewer_in(request))
    words = {
        "filled": _("Signed as who filled it in: somebody else reviews it now."),
        "reviewed": _("Reviewed: a leader signs last."),
        "signed": _("Signed: its numbers stand for good."),
    }
    messages.success(request, words[step])
    return found


def _send_back(request: HttpRequest, found: Edition) -> Edition:
    keeping.send_back(found, _reason(request), by=viewer_in(request))
    return found


def _explain(request: HttpRequest, found: Edition) -> Edition:
    no = request.POST.get("check", "")
    keeping.explain(found, int(no) if no.isdecimal() else 0, _reason(request), by=viewer_in(request))
    return found


def _say_why(request: HttpRequest, found: Edition) -> Edition:
    keeping.say_why(found, request.POST.get("spot", "")[:300], _reason(request), by=viewer_in(request))
    return found


def _cancel(request: HttpRequest, found: Edition) -> Edition:
    keeping.cancel(found, by=viewer_in(request))
    messages.success(request, pgettext("return", "It is cancelled."))
    return found


def _again(request: HttpRequest, found: Edition) -> Edition:
    return keeping.count_again(found, by=viewer_in(request))


def _correct(request: HttpRequest, found: Edition) -> Edition:
    return keeping.correct(found, _reason(request), by=viewer_in(request))


WAYS = {
    "sign": _sign,
    "send-back": _send_back,
    "explain": _explain,
    "why": _say_why,
    "cancel": _cancel,
    "again": _again,
    "correct": _correct,
}


@edition_page
@require_POST
def file(request: HttpRequest, found: Edition) -> HttpResponse:
    """Give an edition as XLSX, DOCX or CSV; for outside with small cells hidden."""
    viewer, form = viewer_in(request), request.POST.get("form", "xlsx")
    if form not in typeset.MEDIA or not found.is_counted or not computing.is_intact(found):
        raise Http404
    seen = seeing.seen(viewer, found)
    for_outside = seen.mode == "outside" or bool(request.POST.get("outside"))
    table = printed.printed(found, seen, for_outside=for_outside)
    made = typeset.as_file(table, form)
    keeping.exported(found, form, by=viewer, for_outside=for_outside, mode=seen.mode)
    response = HttpResponse(made, content_type=typeset.MEDIA[form], headers={"Cache-Control": "no-store"})
    response.headers["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"{table.name}.{form}"
    )
    return response
