"""Prone areas: heat table, map, cells in order, and what our own checking does not see."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingfeng.desk.cockpit import drawing
from qingfeng.desk.leads import blind
from qingfeng.desk.leads.doors import assigning_page
from qingfeng.desk.prone import heat, mapped, ranked, weak, words
from qingfeng.desk.prone.asked import MAPS, NARROWS, Asked
from qingfeng.findings.prone.asked import DIMENSIONS, EXPOSED, confirmed
from qingfeng.findings.prone.cells import LEAST_EXPOSED, LEAST_VERIFIED, table
from qingfeng.organization.models import Unit
from qingfeng.plain.suppression import TOTAL


@assigning_page
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show prone areas for whoever sees every lead: rates of a part would say nothing."""
    asked = Asked.read(request.viewer, request.GET)
    found = table(asked.question)
    on_map = table(asked.of((asked.map,)))
    blind_spots = blind.blind_spots(request.viewer, of_units_only=True)
    lines, places = ranked.ranked(asked, found), mapped.placed(asked, on_map)
    context = {
        "title": _("Prone areas"),
        "asked": asked,
        "found": found,
        "heat": heat.heat(asked, found),
        "hidden": sum(one.is_hidden for one in found.cells),
        "ranked": lines,
        "signed": ranked.signed(asked, lines, _definition()),
        "places": places,
        "map": mapped.drawing(places),
        "weak": weak.weak(asked),
        "blind": blind_spots,
        "wanting": [row for row in blind_spots.rows if not row.rows and row.waiting],
        "says": _definition(),
        "least": {"exposed": LEAST_EXPOSED, "verified": LEAST_VERIFIED},
        "now": timezone.now(),
        **_choices(),
    }
    return render(request, "desk/prone/index.html", context)


def _choices() -> dict[str, object]:
    """Return what can be chosen on the page."""
    narrows = {
        name: [(value, words.value_name(name, value)) for value in values] for name, values in NARROWS.items()
    }
    return {
        "dimensions": list(words.DIMENSIONS.items()),
        "maps": [(one, words.DIMENSIONS[one]) for one in MAPS],
        "narrows": [(name, words.DIMENSIONS[name], values) for name, values in narrows.items()],
        "offices": Unit.objects.filter(is_ours=True),
    }


def _definition() -> str:
    return _(
        "Leads whose verification found them so, whole or in part, against what the common rate of each kind "
        "of expense expects of the exposure: vehicles, receptions, invoices, staff or rows, as the newest "
        "screening counted them. Rates are drawn towards the common one the less there is to go by "
        "(Gamma-Poisson, fitted by marginal likelihood); intervals hold 90 %. Leads that nobody has verified "
        "count nowhere but under “found”."
    )


@assigning_page
@require_GET
def rows(request: HttpRequest) -> HttpResponse:
    """Show the leads behind a number; without one, lead to the page."""
    if "what" not in request.GET:
        return redirect("desk:prone")
    asked = Asked.read(request.viewer, request.GET)
    by, key = tuple(request.GET.get("by", "").split(",")), tuple(request.GET.getlist("v"))
    is_fit = set(by) <= set(DIMENSIONS) and set(by) & set(EXPOSED) and len(by) == len(key) == len(set(by))
    if not is_fit or request.GET["what"] not in ("verified", "raw"):
        raise Http404
    found = table(asked.of(by))
    is_whole = TOTAL in key
    if key in found.hidden or not (is_whole or key in found.by_key):
        raise Http404
    leads = asked.of(by).where(key)
    shown = confirmed(leads) if request.GET["what"] == "verified" else leads
    name = " · ".join(
        words.value_name(one, value) for one, value in zip(by, key, strict=True) if value != TOTAL
    )
    title = _("Verified leads") if request.GET["what"] == "verified" else _("Leads found")
    changed = _("It may have changed since the page was opened.")
    context = drawing.page(drawing.leads(title, shown), request.GET.get("page"), changed=changed)
    return render(request, "desk/prone/rows.html", {**context, "name": name, "asked": asked})
