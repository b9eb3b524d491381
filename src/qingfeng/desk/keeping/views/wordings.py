"""Wording of documents: templates of all slips by kind, edited as text with fields, seen before they hold."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from qingfeng.desk.keeping import fields, wording
from qingfeng.desk.keeping.doors import needs, writes_wording
from qingfeng.desk.keeping.wording import Worded
from qingfeng.documents import rendering, templates
from qingfeng.documents.models import Template
from qingfeng.documents.templates import NoTemplate, Wording
from qingfeng.documents.wording import Problem, WrongTemplate
from qingfeng.look.tables import Column, Table


@needs(writes_wording)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the templates of all slips, by kind of matter."""
    columns = [
        Column(
            "slip.name",
            pgettext("keeping", "Document"),
            link=lambda row: reverse("desk:wording", args=[row.key]),
            is_head=True,
        ),
        Column("slip.term", _("Chinese name")),
        Column("state", _("In force"), "tag"),
    ]
    tables = [
        (kind.name, Table(columns, rows, kind.name), f"kind-{kind.key}") for kind, rows in wording.by_kind()
    ]
    context = {
        "title": _("Wording of documents"),
        "lead": _("A new version holds for documents printed after it; printed ones stay as they are."),
        "tables": tables,
        "notes": () if tables else (_("No kind of matter prints anything."),),
    }
    return render(request, "desk/keeping/table.html", context)


class Text(fields.Form):
    """A template: title, addressee, text, and what changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["headline"] = fields.text(_("Title"), most=300, needed=False)
        self.fields["to"] = fields.text(_("Addressed to"), most=300, needed=False)
        self.fields["body"] = fields.long_text(_("Text"), most=40_000, rows=18, needed=False)
        self.fields["changed"] = fields.text(_("What changed and why"), most=300, needed=False)

    def wording(self, key: str) -> Wording:
        """Return what was typed as a template; a form that is too long gives what fits."""
        given = {name: str(self.data.get(name, "")) for name in ("headline", "to", "body")}
        body = given["body"].replace("\r\n", "\n").strip("\n")
        return Wording(key, "", given["headline"].strip(), given["to"].strip(), body)


def _worded(key: str) -> Worded:
    found = wording.of(key)
    if found is None:
        raise Http404
    return found


@needs(writes_wording)
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """Show a template to be edited; look at it (`do=look`), or put a new version in force (`do=save`)."""
    worded = _worded(key)
    if request.method != "POST":
        held = _in_force(key)
        form = Text(initial={"headline": held.title, "to": held.to, "body": held.body})
        return _page(request, worded, form, shown=held)
    form = Text(request.POST)
    typed, is_save = form.wording(key), request.POST.get("do") == "save"
    if is_save and form.is_valid():
        if not form.cleaned_data["changed"].strip():
            form.add_error("changed", _("Say in a few words what changed and why."))
        else:
            return _save(request, worded, form, typed)
    if request.htmx:
        return render(request, "desk/keeping/wording.html#look", _look(worded, typed))
    return _page(request, worded, form, shown=typed, status=422 if form.errors else 200)


def _in_force(key: str) -> Wording:
    """Return the template in force; an empty one where the district's file is missing or cannot be read."""
    try:
        return templates.current(key)
    except (WrongTemplate, NoTemplate):
        return Wording(key, "", "", "", "")


def _save(request: HttpRequest, worded: Worded, form: Text, typed: Wording) -> HttpResponse:
    try:
        kept = templates.save_new_version(
            worded.key,
            typed.title,
            to=typed.to,
            body=typed.body,
            known_fields=worded.known,
            by=request.user,
            changed=form.cleaned_data["changed"].strip(),
        )
    except WrongTemplate:
        form.add_error(None, _("Something in the text needs another look: see below. Nothing was changed."))
        return _page(request, worded, form, shown=typed, status=422)
    messages.success(request, _("Version %(number)s is in force.") % {"number": kept.version})
    return redirect("desk:wording", key=worded.key)


def _look(worded: Worded, typed: Wording) -> dict[str, Any]:
    """Return what a text gives with sample values, and what is wrong in it, line by line."""
    problems: list[Problem] = templates.problems(typed, worded.known)
    shown = None
    if not problems:
        try:
            shown = templates.preview(typed, worded.sample)
        except WrongTemplate as wrong:
            problems = wrong.problems
    return {"problems": problems, "shown": shown, "blocks": wording.blocks_of(shown) if shown else []}


def _page(
    request: HttpRequest, worded: Worded, form: forms.Form, *, shown: Wording, status: int = 200
) -> HttpResponse:
    title = _("Wording: %(name)s") % {"name": worded.slip.name}
    context = {
        "title": title,
        "lead": f"{worded.kind.name} · {worded.slip.term}",
        "crumbs": [(_("Wording of documents"), reverse("desk:wordings")), (worded.slip.name, "")],
        "worded": worded,
        "form": form,
        "versions": Template.objects.filter(key=worded.key).select_related("made_by").order_by("-version"),
        "has_own": Template.objects.filter(key=worded.key, active=True).exists(),
        **_look(worded, shown),
    }
    return render(request, "desk/keeping/wording.html", context, status=status)


@needs(writes_wording)
@require_POST
def paper(request: HttpRequest, key: str) -> HttpResponse:
    """Give what was typed as it would be printed, with sample values, as PDF; nothing is kept."""
    worded = _worded(key)
    typed = Text(request.POST).wording(key)
    if templates.problems(typed, worded.known):
        return _page(request, worded, Text(request.POST), shown=typed, status=422)
    try:
        official = templates.fill(
            typed, worded.sample, issuer=_("〔issuer〕"), number=_("〔number〕"), dated=wording.SAMPLE_DAY
        )
    except ValueError as error:  # a secrecy mark in the text, or a field that is no list
        form = Text(request.POST)
        form.add_error(None, str(error))
        return _page(request, worded, form, shown=typed, status=422)
    headers = {"Content-Disposition": 'inline; filename="preview.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(rendering.pdf_of(official), content_type="application/pdf", headers=headers)


@needs(writes_wording)
@require_GET
def version(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Show an older version as it stands."""
    worded = _worded(key)
    found = Template.objects.filter(key=key, version=number).select_related("made_by").first()
    if found is None:
        raise Http404
    text = Wording(key, str(number), found.title, found.to, found.body)
    title = _("Version %(number)s") % {"number": number}
    context = {
        "title": title,
        "lead": found.note,
        "crumbs": [
            (_("Wording of documents"), reverse("desk:wordings")),
            (worded.slip.name, reverse("desk:wording", args=[key])),
            (title, ""),
        ],
        "worded": worded,
        "found": found,
        **_look(worded, text),
    }
    return render(request, "desk/keeping/wording_version.html", context)


@needs(writes_wording)
@require_POST
def in_force(request: HttpRequest, key: str) -> HttpResponse:
    """Put an older version in force again (`version`), or what came with the house (`version` empty)."""
    _worded(key)
    number = request.POST.get("version", "")
    if not number:
        templates.back_to_default(key, by=request.user)
        messages.success(request, _("What came with the house is in force again."))
        return redirect("desk:wording", key=key)
    found = Template.objects.filter(key=key, version=int(number) if number.isdigit() else 0).first()
    if found is None:
        raise Http404
    templates.put_in_force(found, by=request.user)
    messages.success(request, _("Version %(number)s is in force.") % {"number": found.version})
    return redirect("desk:wording", key=key)
