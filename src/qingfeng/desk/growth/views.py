"""Pages of a growth file, for its owner: read, write, pick, take along, delete."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qingfeng.desk.growth.forms import EntryForm, PhraseForm
from qingfeng.desk.growth.ground import (
    entry_or_404,
    handed,
    ours,
    own,
    own_file,
    own_file_closed_too,
)
from qingfeng.desk.growth.known import known_of
from qingfeng.desk.growth.packing import CONTENT_TYPE, package_of
from qingfeng.desk.growth.papers import paper_of
from qingfeng.desk.views.ground import viewer_in
from qingfeng.documents.own_papers import own_paper_pdf
from qingfeng.growth import attaching, files, keys, sharing, society
from qingfeng.growth.models import Attached, Entry, GrowthFile, Part
from qingfeng.look.confirm import Question, ask, is_confirmed
from qingfeng.matters.today import today
from qingfeng.organization import parting
from qingfeng.organization.models import Person
from qingfeng.organization.parting import parting_of
from qingfeng.screening.errors import Problem

FORMS = ("zip", "pdf", "json")


@own
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show the own growth file, or how to begin one; and what others share with the viewer."""
    viewer = viewer_in(request)
    file = files.file_of(viewer)
    is_closed = file is not None and keys.is_closed(file)
    entries = files.entries_of(file) if file and not is_closed else []
    shares = file.shares.filter(withdrawn_on=None, until_on__gte=today()) if file else ()
    context = {
        "title": _("My growth file"),
        "file": file,
        "is_ours": society.may_join(viewer),
        "parting": parting_of(Person(pk=viewer.person_id)),
        "reopen": PhraseForm() if is_closed else None,
        "parts": [(part, list(rows)) for part, rows in groupby(entries, key=lambda one: one.part)],
        "hours": sum(one.said.hours or 0 for one in entries if one.part == Part.ACTIVITY),
        "open_shares": {one.part for one in shares},
        "shared": sharing.shared_with(viewer),
    }
    response = render(request, "desk/growth/file.html", context)
    response["Cache-Control"] = "no-store"
    return response


@ours
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a growth file."""
    files.begin(viewer_in(request))
    return redirect("desk:growth")


@own_file
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, file: GrowthFile) -> HttpResponse:
    """Write an entry."""
    part = request.GET.get("part", "")
    initial = {"on": today(), "part": part if part in Part.values else Part.STUDY}
    form = EntryForm(file, None, *_sent(request), initial=initial)
    if request.method == "POST" and form.is_valid() and _kept(file, None, form):
        return _at_part(form)
    context = {"title": pgettext("growth", "New entry"), "form": form}
    return render(request, "desk/growth/entry.html", context, status=422 if form.errors else 200)


@own_file
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, file: GrowthFile, pk: int) -> HttpResponse:
    """Change an entry."""
    row = entry_or_404(file, pk)
    one = files.shown(row)
    initial = {
        "part": one.part, "title": one.said.title, "on": one.on, "until": one.said.until_on,
        "hours": one.said.hours, "text": one.said.text,
    }  # fmt: skip
    form = EntryForm(file, row, *_sent(request), initial=initial)
    if request.method == "POST" and form.is_valid() and _kept(file, row, form, one.said):
        return _at_part(form)
    context = {"title": pgettext("growth", "Change an entry"), "form": form, "entry": one}
    return render(request, "desk/growth/entry.html", context, status=422 if form.errors else 200)


@own_file
@require_POST
def remove(request: HttpRequest, file: GrowthFile, pk: int) -> HttpResponse:
    """Take an entry out of the file."""
    files.remove(file, entry_or_404(file, pk).pk)
    messages.success(request, _("The entry is gone."))
    return redirect("desk:growth")


def _kept(file: GrowthFile, row: Entry | None, form: EntryForm, before: files.Said | None = None) -> bool:
    """Keep what was handed in; what is in the way is said on the form, and nothing typed is lost."""
    held = form.cleaned_data
    told = files.Told(Part(held["part"]), held["on"], form.said(before), tuple(held["papers"]))
    try:
        files.keep(file, row, told)
    except Problem as problem:
        form.add_error(None, f"{problem}")
        return False
    return True


def _at_part(form: EntryForm) -> HttpResponse:
    return redirect(f"{reverse('desk:growth')}#part-{form.cleaned_data['part']}")


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


@own_file
@require_GET
def attachment(_request: HttpRequest, file: GrowthFile, pk: int) -> HttpResponse:
    """Give an attachment to its owner."""
    found = attaching.opened(file, pk)
    if found is None:
        raise Http404
    return handed(*found)


@own_file
@require_POST
def detach(request: HttpRequest, file: GrowthFile, pk: int) -> HttpResponse:
    """Take an attachment out of its entry."""
    row = Attached.objects.filter(pk=pk, entry__file=file).only("pk", "entry").first()
    if row is None:
        raise Http404
    row.delete()
    messages.success(request, _("The attachment is gone."))
    return redirect("desk:growth_entry", pk=row.entry_id)


@own_file
@require_http_methods(["GET", "POST"])
def known(request: HttpRequest, file: GrowthFile) -> HttpResponse:
    """Show what the house knows of the viewer, and take what they tick into the file."""
    found = known_of(viewer_in(request))
    if request.method == "POST":
        ticked = set(request.POST.getlist("known"))
        try:
            count = files.pick(file, [one for one in found if _key(one) in ticked])
        except Problem as problem:
            messages.error(request, f"{problem}")
            return redirect("desk:growth")
        said = ngettext("%(count)d entry was picked.", "%(count)d entries were picked.", count)
        messages.success(request, said % {"count": count})
        return redirect("desk:growth")
    there = {(one.part, one.said.source) for one in files.entries_of(file)}
    rows = [(_key(one), one, (one.part, one.said.source) in there) for one in found]
    context = {
        "title": _("What the house knows of me"),
        "parts": [(part, list(some)) for part, some in groupby(rows, key=lambda row: row[1].part)],
    }
    return render(request, "desk/growth/known.html", context)


def _key(one: files.Known) -> str:
    return f"{one.part}|{one.said.source}"


@own_file
@require_GET
def taken(request: HttpRequest, file: GrowthFile, form: str) -> HttpResponse:
    """Give the whole file to take along: all in one as zip, or as pdf or json."""
    if form not in FORMS:
        raise Http404
    name = viewer_in(request).name
    files.note_taken(file, form)
    if form == "json":
        response: HttpResponse = JsonResponse(
            files.as_json(file, name), json_dumps_params={"ensure_ascii": False, "indent": 1}
        )
    elif form == "pdf":
        response = HttpResponse(own_paper_pdf(paper_of(file, name)), content_type="application/pdf")
    else:
        response = HttpResponse(package_of(file, name), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="growth-{today().isoformat()}.{form}"'
    return response


@own_file_closed_too
@require_POST
def reopen(request: HttpRequest, file: GrowthFile) -> HttpResponse:
    """Open a file that was closed by a restore, with its owner's phrase."""
    form = PhraseForm(request.POST)
    if form.is_valid():
        try:
            keys.reopen(file, form.cleaned_data["phrase"])
        except Problem as problem:
            messages.error(request, f"{problem}")
        else:
            messages.success(request, _("Your growth file is open again."))
    return redirect("desk:growth")


@own
@require_POST
def part(request: HttpRequest) -> HttpResponse:
    """Say that one has what is one's own, or leaves it here, on leaving the house."""
    parting.answer(Person(pk=viewer_in(request).person_id), by=request.user)
    messages.success(request, _("Kept. Whoever comes back finds the file again, unless it was deleted."))
    return redirect("desk:growth")


@own_file_closed_too
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, file: GrowthFile) -> HttpResponse:
    """Delete the whole file, once it was confirmed."""
    if is_confirmed(request):
        files.delete(file)
        messages.success(request, _("Your growth file is deleted."))
        return redirect("desk:growth")
    question = Question(
        title=_("Delete your growth file wholly?"),
        says=[
            _("All entries and attachments, all sharing and who read it go; nothing can bring them back."),
            _("What was read or taken along before stays with whoever has it."),
            _("Take it along first, if you want to keep it."),
        ],
        act=_("Delete it wholly"),
        back=reverse("desk:growth"),
        is_danger=True,
    )
    return ask(request, question)
