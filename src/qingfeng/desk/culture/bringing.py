"""A file of places, routes or halls: looked at, taken in after a second press, taken back; what it wants."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qingfeng.culture.brought_models import Batch, Wanted, Writing
from qingfeng.culture.coordinates import DATUMS, WGS84
from qingfeng.culture.drafts import PICTURE
from qingfeng.culture.files import batches
from qingfeng.culture.files.reading import Found
from qingfeng.culture.storing import LARGEST, CannotKeep
from qingfeng.culture.wanting import bring_picture, wanted_of
from qingfeng.desk.culture import large_files
from qingfeng.desk.culture.comparing import in_words
from qingfeng.desk.culture.forms import Brought
from qingfeng.desk.culture.views import GETS, PAGES, person_of, writes
from qingfeng.documents.names import clean_name
from qingfeng.look.components import progress

SHOWN, SHOWN_REJECTS, SHOWN_AWAY, SHOWN_CHANGES, BATCHES = 50, 200, 20, 8, 10
MOST_PICTURES = 100


@writes
@require_http_methods(GETS)
def bring(request: HttpRequest) -> HttpResponse:
    """Look at a file, take in what can be read after a second press, or take a file back."""
    if request.method == "POST":
        for name, done in (("rejects", _rejects), ("token", _taken_in), ("back", _taken_back)):
            if name in request.POST:
                return done(request)
        if "pictures" in request.POST:
            return _pictures(request)
    if answer := _how_far(request):
        return answer
    form = Brought(request.POST, request.FILES) if request.method == "POST" else Brought()
    ended = _asked(request)
    under_way = Writing.objects.exclude(doing="").select_related("batch").order_by("pk")
    context: dict[str, Any] = {
        "under_way": [large_files.Shown(one) for one in under_way],
        "ended": ended if ended and not ended.doing else None,
        "title": _("Bring in places, routes, halls"), "form": form, "batches": _batches(),
        "wanted": wanted_of([PICTURE])[:SHOWN_REJECTS],
    }  # fmt: skip
    if form.is_bound and form.is_valid():
        file, datum = form.cleaned_data["file"], form.cleaned_data["datum"]
        token = batches.put_aside(file, file.name)
        try:
            found = _looked_at(request, token)
            context |= _shown(found, datum) | {"token": token, "name": clean_name(file.name)}
        except ValueError as error:
            batches.done_with(token)
            form.add_error("file", str(error))
    return render(request, PAGES + "bring.html", context, status=422 if form.errors else 200)


def _shown(found: Found, datum: str) -> dict[str, Any]:
    """Return what the page says of a file."""
    changed = [
        (one, [(in_words(field), *sides) for field, *sides in one.changes[:SHOWN_CHANGES]],
         max(0, len(one.changes) - SHOWN_CHANGES))
        for one in found.changed[:SHOWN]
    ]  # fmt: skip
    return {
        "found": found, "datum": datum, "new": found.new[:SHOWN], "changed": changed,
        "rejects": list(found.said.items())[:SHOWN_REJECTS], "datums": sorted(found.datums.items()),
        "unsaid": found.unsaid, "away": len(found.away), "named_away": found.away[:SHOWN_AWAY],
        "rejected": len(found.said), "is_table": found.sheet.is_table,
        "notes": [note for one in found.units for note in one.notes][:SHOWN],
        "public": sum(one.is_public for one in found.changed), "unknown": found.sheet.unknown[:SHOWN],
    }  # fmt: skip


def _looked_at(request: HttpRequest, token: str) -> Found:
    datum = request.POST.get("datum", WGS84)
    try:
        found = batches.looked_at(token, datum=datum) if datum in DATUMS else None
    except ValueError as error:
        raise Http404 from error
    if found is None:
        raise Http404
    return found


def _rejects(request: HttpRequest) -> HttpResponse:
    """Give what stays out as a file, each line with its reason: mended, it is brought in by itself."""
    token = request.POST["rejects"]
    found = _looked_at(request, token)
    form = "csv" if found.sheet.is_table else "geojson"
    headers = {"Content-Disposition": f'attachment; filename="stayed-out.{form}"'}
    kind = "text/csv; charset=utf-8" if form == "csv" else "application/geo+json"
    return HttpResponse(found.handed_back(), content_type=kind, headers=headers)


def _taken_in(request: HttpRequest) -> HttpResponse:
    token = request.POST["token"]
    found = _looked_at(request, token)
    if request.POST.get("base", found.base) != found.base:
        messages.error(request, _wrote_meanwhile())
        return redirect("desk:culture_bring")
    name = clean_name(request.POST.get("name", ""))
    if len(found.new) + len(found.changed) > large_files.MANY:
        datum = request.POST.get("datum", WGS84)
        large = large_files.begin(found, token, by=person_of(request), name=name, datum=datum)
        if large is None:  # pressed twice
            raise Http404
        return _page_of(large)
    if not batches.done_with(token):  # pressed twice
        raise Http404
    try:
        with transaction.atomic():
            batch = batches.take_in(found, by=person_of(request), sha=token.partition(".")[0], name=name)
            written = list(batch.lines.values_list("entry", flat=True))
            batches.as_left(batch, large_files.settle_captions(written))
    except batches.WroteMeanwhile:
        messages.error(request, _wrote_meanwhile())
        return redirect("desk:culture_bring")
    except IntegrityError:
        messages.error(request, _("Somebody made one of these addresses meanwhile: look at the file again."))
        return redirect("desk:culture_bring")
    words = {"n": len(found.new), "changed": len(found.changed)}
    messages.success(
        request, _("%(n)d drafts were made, %(changed)d changed; nothing was published.") % words
    )
    return redirect(
        "desk:culture_bring" if Wanted.objects.filter(entry__lines__batch=batch).exists() else "desk:culture"
    )


def _wrote_meanwhile() -> str:
    return _("Somebody wrote in one of these drafts meanwhile: look at the file again.")


def _taken_back(request: HttpRequest) -> HttpResponse:
    asked = request.POST["back"]
    batch = get_object_or_404(Batch, pk=asked if asked.isdecimal() and len(asked) < 19 else 0)
    if batch.lines.count() > large_files.MANY or hasattr(batch, "writing"):
        large_files.begin_back(batch, by=person_of(request))
        return _page_of(batch)
    count, stay = batches.take_back(batch, by=person_of(request))
    words = {"n": count, "stay": stay}
    messages.success(
        request, _("%(n)d drafts are as they were before; %(stay)d stay, since something followed.") % words
    )
    return redirect("desk:culture_bring")


def _pictures(request: HttpRequest) -> HttpResponse:
    """Take pictures that drafts want, each by the name of its file; the others are told and not kept."""
    files = request.FILES.getlist("files")[:MOST_PICTURES]
    came, lost = 0, []
    for file in files:
        try:
            count = _given_to(file)
        except CannotKeep as error:
            lost.append(f"{clean_name(file.name or '')}: {error}")
            continue
        came += bool(count)
        if not count:
            lost.append(
                _("%(name)s: no draft wants a picture of this name.") % {"name": clean_name(file.name or "")}
            )
    if came:
        messages.success(request, _("%(n)d pictures were put where drafts want them.") % {"n": came})
    for one in lost[:SHOWN_AWAY]:
        messages.error(request, one)
    if not files:
        messages.error(request, _("Choose the pictures first."))
    return redirect("desk:culture_bring")


def _given_to(file: Any) -> int:
    """Give a picture to every draft that wants it; return how many."""
    name = clean_name(file.name or "")
    rows = list(wanted_of([PICTURE]).filter(name__iexact=name))
    data = file.read(LARGEST + 1) if rows else b""
    for one in rows:
        bring_picture(one.entry, data, name=name, words={})
    return len(rows)


def _page_of(batch: Batch) -> HttpResponse:
    """Return to the page that says how far the worker is with a file."""
    return redirect(f"{reverse('desk:culture_bring')}?batch={batch.pk}")


def _how_far(request: HttpRequest) -> HttpResponse | None:
    """Answer a page that asks how far the worker is with a file; None where none does."""
    asked = _asked(request)
    if asked is None or not request.htmx:
        return None
    shown = large_files.Shown(asked)
    response = HttpResponse(progress(shown))
    if shown.is_done:
        response["HX-Refresh"] = "true"
    return response


def _asked(request: HttpRequest) -> Writing | None:
    """Return what the worker did with the file that an address names."""
    key = request.GET.get("batch", "")
    key = key if key.isdecimal() and len(key) < 19 else "0"
    return Writing.objects.select_related("batch").filter(pk=key).first()


def _batches() -> Iterable[Batch]:
    """Return the files that were brought in last and stand, newest first; none that is under way."""
    rows = (
        Batch.objects.filter(taken_back_at=None)
        .exclude(writing__doing__gt="")
        .select_related("by")
        .annotate(n=Count("lines"))
    )
    return rows.filter(n__gt=0).order_by("-pk")[:BATCHES]
