"""The page of a matter, its files and slips."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from qingfeng.desk import notes, offers, panels, ranking, rows_of
from qingfeng.desk.keeping.corrections import by_act, corrections_of
from qingfeng.desk.keeping.menu import menu_of
from qingfeng.desk.listing import stage_name
from qingfeng.desk.seen import Seen
from qingfeng.desk.views.ground import desk_page, seen_or_404, viewer_in
from qingfeng.documents import attachments, slips
from qingfeng.documents.refusal import Damaged
from qingfeng.journal import composing
from qingfeng.matters import access, at_hand
from qingfeng.matters.guarding import note_read
from qingfeng.matters.models import Awaiting, Matter
from qingfeng.matters.slips import typeset_now
from qingfeng.matters.vocabulary import Mechanism


@desk_page
@require_GET
def page(request: HttpRequest, kind: Mechanism, slug: str) -> HttpResponse:
    """Show a matter as far as the viewer sees it; reading a restricted one is kept."""
    seen = seen_or_404(request, kind, slug)
    note_read(seen.viewer, seen.matter, "page")
    notes.mark_read(seen.viewer, seen.matter)
    with at_hand.held(seen.matter):
        return _page(request, seen)


def _page(request: HttpRequest, seen: Seen) -> HttpResponse:
    viewer, matter = seen.viewer, seen.matter
    can = [one for one in offers.offers(viewer, matter) if seen.view != "card" or one.act.names_self]
    corrected, placed = corrections_of(seen), panels.placed(viewer, matter)
    context = {
        "seen": seen,
        "matter": matter,
        "merged_into": _merged_into(seen),
        "declared": seen.declared,
        "title": f"{matter.number} {seen.title}",
        "stage": stage_name(seen.declared, matter),
        "stages": _road(seen),
        "offered": ranking.ranked(can, seen.declared, matter, seen.running),
        "paper": offers.paper_acts(viewer, matter, can) if seen.is_whole else [],
        "awaiting": _awaiting(seen),
        "corrected": corrected,
        "corrected_beside": by_act(corrected),
        "keep": menu_of(seen),
        "panels": placed,
        "folded": panels.folded(placed),
    }
    return render(request, "desk/matter.html", context)


def _road(seen: Seen) -> list[tuple[str, Any]]:
    """Return the stages of the track: what lies behind as it was gone, what may come, and one end.

    The end is where the matter ended, else the first that is declared: how a matter of its kind ends well.
    """
    declared, here = seen.declared, seen.matter.stage
    keys, ends = [one.key for one in declared.stages], [one.key for one in declared.stages if not one.open]
    end = here if here in ends else next(iter(ends), "")
    gone = {one.to_stage for one in rows_of.story(seen.matter)} | {here}
    behind = keys[: keys.index(here)] if here in keys and not seen.matter.taken_over else []
    left = {one for one in behind if one not in gone} | (set(ends) - {end})
    return [(one.key, one.name) for one in declared.stages if one.key not in left]


def _merged_into(seen: Seen) -> Matter | None:
    """Return the matter that this one was merged into, where it exists for the viewer."""
    target = seen.matter.merged_into
    return target if target and access.may_see(seen.viewer, target) else None


def _awaiting(seen: Seen) -> list[tuple[Awaiting, object, bool]]:
    """Return acts that wait for a second signature, in words, and whether the viewer signed first."""
    if not seen.is_whole:
        return []
    names = {act.key: act.name for act in seen.declared.acts}
    rows = composing.rows_of(
        "awaiting of one",
        [seen.matter.pk],
        lambda marks: Awaiting.objects.filter(matter__in=marks, ended="").select_related("by").order_by("at"),
    )
    return [(one, names.get(one.act, one.act), one.by_id == seen.viewer.person_id) for one in rows]


@desk_page
@require_GET
def file(request: HttpRequest, kind: Mechanism, slug: str, pk: int) -> HttpResponse:
    """Give an attachment that the viewer sees on this matter; any other number is no page."""
    seen = seen_or_404(request, kind, slug)
    found = next((one for one in seen.files if one.attachment_id == pk), None)
    if found is None:
        raise Http404
    note_read(viewer_in(request), seen.matter, "file")
    try:
        return attachments.response_for(found.attachment, inline="view" in request.GET)
    except Damaged as damage:
        raise Http404 from damage


@desk_page
@require_GET
def slip(request: HttpRequest, kind: Mechanism, slug: str, pk: int, form: str) -> HttpResponse:
    """Give a slip that the viewer sees on this matter (`form`: pdf, docx, or copy for the stamped one)."""
    seen = seen_or_404(request, kind, slug)
    found = next((one.slip for one in seen.slips if one.slip_id == pk), None)
    if found is None or form not in {"pdf", "docx", "copy"}:
        raise Http404
    note_read(viewer_in(request), seen.matter, "slip")
    try:
        if form == "docx":
            return slips.docx_response(found)
        if form == "copy":
            if found.record_copy is None:
                raise Http404
            return attachments.response_for(found.record_copy, inline=True)
        return slips.pdf_response(typeset_now(found), inline=True)
    except Damaged as damage:
        raise Http404 from damage
