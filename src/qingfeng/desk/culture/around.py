"""Around the entries: base map, files in and out, slots and bookings, counts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Avg, Count, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from qingfeng.culture import basemap, booking
from qingfeng.culture.files import out
from qingfeng.culture.life import Kept
from qingfeng.culture.models import BaseMap, Entry
from qingfeng.culture.visit_models import AccountViews, Booking, Remark, Slot, Tally
from qingfeng.desk.culture.forms import Sheet, Slots
from qingfeng.desk.culture.views import GETS, PAGES, person_of, reads, writes
from qingfeng.journal import store

TYPES = {"csv": "text/csv; charset=utf-8", "geojson": "application/geo+json"}
UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)


@writes
@require_http_methods(GETS)
def sheet(request: HttpRequest) -> HttpResponse:
    """Say whose the base map is and its approval number, and bring another one."""
    last = BaseMap.objects.first()
    initial = (
        {name: getattr(last, name) for name in ("area_zh", "area_en", "approval", "credit_zh", "credit_en")}
        if last
        else {}
    )
    form = Sheet(request.POST, request.FILES) if request.method == "POST" else Sheet(initial=initial)
    if form.is_bound and form.is_valid():
        given = dict(form.cleaned_data)
        ground = given.pop("ground")
        try:
            if ground:
                basemap.write(_ground(ground.read()))
        except ValueError as error:
            form.add_error("ground", str(error))
        else:
            BaseMap.objects.create(by=person_of(request), **given)
            messages.success(request, _("The base map is kept."))
            return redirect("desk:culture_sheet")
    context = {"title": _("Base map"), "form": form, "rows": BaseMap.objects.select_related("by")[:10]}
    return render(request, PAGES + "sheet.html", context, status=422 if form.errors else 200)


@reads
@require_safe
def take_out(request: HttpRequest, form: str, what: str) -> HttpResponse:
    """Give every place, route or hall as a file; the journal keeps it."""
    if form not in out.FORMS:
        raise Http404
    noted(request, f"{what}.{form}")
    headers = {"Content-Disposition": f'attachment; filename="{what}.{form}"'}
    return HttpResponse(out.given_out(what, form), content_type=TYPES[form], headers=headers)


@reads
@require_http_methods(GETS)
def bookings(request: HttpRequest) -> HttpResponse:
    """Show groups that booked, and answer them."""
    if request.method == "POST":
        held = get_object_or_404(Booking, code=request.POST.get("code", ""))
        state, came = request.POST.get("state", ""), request.POST.get("came", "")
        if state not in {"confirmed", "declined", "came"}:
            raise Http404
        done = booking.answer(
            held,
            state,
            by=person_of(request),
            words=request.POST.get("words", "")[:200],
            came=int(came) if re.fullmatch(r"[0-9]{1,4}", came) else None,
        )
        if isinstance(done, Kept):
            messages.error(request, str(done))
        return redirect("desk:culture_bookings")
    since = timezone.now() - timedelta(days=30)
    rows = (
        Booking.objects.select_related("slot__entry")
        .filter(slot__starts_at__gte=since)
        .order_by("slot__starts_at")
    )
    return render(request, PAGES + "bookings.html", {"title": _("Groups that booked"), "rows": rows[:300]})


@writes
@require_http_methods(GETS)
def slots(request: HttpRequest, slug: str) -> HttpResponse:
    """Add slots to a route."""
    held = get_object_or_404(Entry, slug=slug, kind=Entry.Kind.ROUTE)
    form = Slots(
        request.POST if request.method == "POST" else None, initial={"capacity": held.route.capacity}
    )
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        count = booking.add_slots(
            held,
            starts=form.starts(),
            minutes=given["minutes"],
            capacity=given["capacity"],
            guide=given["guide"],
        )
        messages.success(request, _("%(n)d slots were added.") % {"n": count})
        return redirect("desk:culture_slots", slug=slug)
    rows = Slot.objects.filter(entry=held, starts_at__gte=timezone.now()).annotate(groups=Count("bookings"))[
        :100
    ]
    context = {"title": _("Slots for groups"), "entry": held, "form": form, "rows": rows}
    return render(request, PAGES + "slots.html", context, status=422 if form.errors else 200)


@reads
@require_http_methods(GETS)
def counts(request: HttpRequest) -> HttpResponse:
    """Show counts: views, groups, scores; and let the account's own counter be typed in by month."""
    wrong = ""
    if request.method == "POST":
        month, views = request.POST.get("month", ""), request.POST.get("views", "")
        try:
            first = date.fromisoformat(f"{month}-01")
        except ValueError:
            first = None
        if first and re.fullmatch(r"[0-9]{1,9}", views):
            AccountViews.objects.update_or_create(
                month=first, defaults={"views": int(views), "by": person_of(request)}
            )
            return redirect("desk:culture_counts")
        wrong = _("A month is written 2026-11, and views are a whole number.")
    since = timezone.localdate() - timedelta(days=90)
    tallies = Tally.objects.filter(on__gte=since).values("what").annotate(n=Sum("count")).order_by("-n")
    came = Booking.objects.filter(state=Booking.State.CAME)
    used = (
        Slot.objects.filter(bookings__state=Booking.State.CAME).distinct().aggregate(n=Sum("capacity"))["n"]
    )
    people = came.aggregate(n=Sum("came"))["n"] or 0
    context = {
        "title": _("Counts"), "wrong": wrong, "tallies": _told(tallies[:100]), "groups": came.count(),
        "people": people,
        "used": round(people * 100 / used) if used else None,
        "score": Remark.objects.aggregate(n=Avg("score"))["n"],
        "live": Entry.objects.filter(publications__is_live=True).values("kind").annotate(n=Count("pk")),
        "account": AccountViews.objects.all()[:24],
    }  # fmt: skip
    return render(request, PAGES + "counts.html", context, status=422 if wrong else 200)


def _told(tallies: Iterable[dict[str, Any]]) -> list[tuple[str, int]]:
    """Return tallies with what was opened in words, where it is a page or an entry that is known."""
    names = dict(Entry.objects.values_list("slug", "name_zh"))
    pages = {
        "map": pgettext("culture", "Map"), "places": pgettext("culture", "List"),
        "routes": pgettext("culture", "Routes"),
    }  # fmt: skip
    found = []
    for row in tallies:
        kind, _colon, rest = row["what"].partition(":")
        slug, *more = rest.split(":")
        said = pages.get(kind, "") if not slug else names.get(slug, "")
        if kind == "quiz" and len(more) == 2 and said:
            side = _("right answer") if more[1] == "right" else _("another answer")
            said = f"{said} · {pgettext('culture', 'Quiz')} {more[0]} · {side}"
        found.append((said or row["what"], row["n"]))
    return found


def _ground(data: bytes) -> dict[str, Any]:
    """Return a base map that can be drawn, in both languages and in any frame.

    Raises:
        ValueError: If it is no GeoJSON collection, or a label lacks what every page reads of it.
    """
    try:
        found: dict[str, Any] = json.loads(data)
        json.dumps(found, allow_nan=False)
        basemap.frame_of(basemap.points_of(found))
        for one in found["features"]:
            alone = {"features": [one]}
            for language in ("zh", "en"):
                basemap.drawn(alone, basemap.frame_of(basemap.points_of(alone)), language=language)
    except UNREADABLE as error:
        raise ValueError(_("This is no GeoJSON collection of features.")) from error
    return found


def noted(request: HttpRequest, form: str) -> None:
    """Keep in the journal who took out what."""
    with transaction.atomic():
        store.append(
            "culture.exported", subject="culture", by=f"person:{person_of(request).pk}", facts={"form": form}
        )
