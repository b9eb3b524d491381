"""One act on many matters, where the declaration says that it is safe: one confirmation, each result said."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingfeng.desk import offers
from qingfeng.desk.fitting import Asked
from qingfeng.desk.handing import Handed
from qingfeng.desk.holding import OnMatter, holdings, unit_paths
from qingfeng.desk.many import snapshots_of
from qingfeng.desk.views.ground import kind_page, viewer_in
from qingfeng.matters import access, door
from qingfeng.matters.answers import Refusal, Waiting
from qingfeng.matters.conditions import no_start
from qingfeng.matters.models import Matter
from qingfeng.matters.registry import mechanism
from qingfeng.matters.vocabulary import Act, Mechanism
from qingfeng.organization.viewer import Viewer

MOST = 200


@dataclass(frozen=True)
class Line:
    """A chosen matter: whether the act can be done on it, else why not, in words."""

    matter: Matter
    why_not: tuple[str, ...] = ()


def offered(kind: Mechanism) -> list[Act]:
    """Return the acts that may be done to many matters.

    The declaration says so, and the kernel refuses one that names persons or needs two signers; an act
    that changes lines that are there already is none, for each matter has its own.
    """
    return [act for act in kind.acts if act.bulk and not any(entry.from_ for entry in act.enters)]


@kind_page
@require_POST
def bulk(request: HttpRequest, kind: Mechanism) -> HttpResponse:
    """Ask about one act (`act`) on chosen matters (`matter`, several), then do it where it can be done."""
    act = next((one for one in offered(kind) if one.key == request.POST.get("act")), None)
    if act is None:
        raise Http404
    viewer = viewer_in(request)
    keys = [int(one) for one in request.POST.getlist("matter") if one.isdigit()][:MOST]
    matters = list(
        access.visible(viewer).filter(pk__in=keys, mechanism=kind.key).select_related("owner").order_by("pk")
    )
    if not matters:
        messages.warning(request, _("Choose at least one matter."))
        return redirect("desk:list", kind=kind)
    lines = _lines(viewer, act, matters)
    asked = Asked(kind, act)
    if request.POST.get("confirmed") != "yes":
        return _page(request, kind, Handed.blank(viewer, asked), lines=lines)
    handed = Handed.read(request, asked)
    if handed.is_growing:
        return _page(request, kind, handed, lines=lines)
    if not handed.is_valid:
        return _page(request, kind, handed, lines=lines, status=422)
    results = [(line.matter, _do(viewer, act, line.matter, handed)) for line in lines if not line.why_not]
    context = {
        "kind": kind,
        "act": act,
        "results": results,
        "left": [one for one in lines if one.why_not],
        "title": act.name,
    }
    return render(request, "desk/bulk_done.html", context)


def _page(
    request: HttpRequest, kind: Mechanism, handed: Handed, *, lines: list[Line], status: int = 200
) -> HttpResponse:
    act = handed.asked.act
    context = {
        "kind": kind,
        "act": act,
        "handed": handed,
        "lines": lines,
        "can": sum(not one.why_not for one in lines),
        "title": act.name if act else "",
    }
    return render(request, "desk/bulk.html", context, status=status)


def _lines(viewer: Viewer, act: Act, matters: list[Matter]) -> list[Line]:
    """Return why the act cannot be done on each matter; a number of queries that does not grow with them."""
    snapshots = snapshots_of(matters, today=viewer.on, actor=viewer.person_id)
    paths = unit_paths(held.snapshot for held in snapshots.values())
    hands = holdings(viewer)
    lines = []
    for matter in matters:
        declared = mechanism(matter.mechanism, matter.version)
        held = snapshots[matter.pk]
        why: list[str] = []
        here = OnMatter(matter, held.snapshot, paths)
        why_not = no_start(matter, declared, act)
        if why_not is not None:
            why.append(str(why_not.reason))
        elif not any(hand.plays_any(declared, act.by, here) for hand in hands):
            why.append(_("This act belongs to somebody else."))
        elif act.when and not act.when(held.snapshot):
            why.append(_("%(act)s is not to be done here.") % {"act": act.name})
        else:
            why += [
                str(one.reason)
                for one in offers.missing([gate for gate in act.gates if not gate.holds(held.snapshot)])
            ]
        lines.append(Line(matter, tuple(why)))
    return lines


def _do(viewer: Viewer, act: Act, matter: Matter, handed: Handed) -> str:
    answer = door.perform(
        act.key,
        matter,
        by=viewer,
        key=f"{handed.key[:40]}:{matter.pk}",
        seen=matter.revision,
        **handed.sheet(),
    )
    if isinstance(answer, Refusal):
        return str(answer.reason)
    return _("Waits for the second signature.") if isinstance(answer, Waiting) else ""
