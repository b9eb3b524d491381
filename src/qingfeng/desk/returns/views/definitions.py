"""Pages of definitions: all returns, one with its editions and versions, writing, copying, handing on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from qingfeng.desk.keeping.asking import Asked
from qingfeng.desk.keeping.asking import ask as ask_form
from qingfeng.desk.keeping.doors import needs
from qingfeng.desk.keeping.fields import Form, long_text
from qingfeng.desk.returns import definitions, doors, keeping, periods
from qingfeng.desk.returns.editing import Editor, period_words
from qingfeng.desk.returns.measures import known
from qingfeng.desk.returns.models import Definition, Edition
from qingfeng.desk.returns.shown import address
from qingfeng.desk.returns.views.ground import crumbs, definition_page, of_definition
from qingfeng.desk.views.ground import viewer_in
from qingfeng.organization.models import Unit
from qingfeng.screening.errors import Problem

RECENT = 8
LARGEST = 100_000


@needs(doors.may_open)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the returns that exist for the reader, each with its newest edition; the archived ones last."""
    viewer = viewer_in(request)
    shown = [one for one in doors.newest() if doors.is_shared(viewer, one)]
    newest = _newest_editions(shown, only_signed=doors.reads_published(viewer))
    words = dict(zip(periods.KINDS, period_words(), strict=True))
    lines = [(one, words[one.said["period"]], newest.get(one.key)) for one in shown]
    context = {
        "title": _("Returns"),
        "lines": [line for line in lines if not line[0].archived_at],
        "archived": [line for line in lines if line[0].archived_at],
        "may_define": doors.may_define(viewer),
    }
    return render(request, "desk/returns/index.html", context)


def _newest_editions(shown: list[Definition], *, only_signed: bool) -> dict[str, Edition]:
    rows = Edition.objects.filter(key__in=[one.key for one in shown]).exclude(
        state__in=(Edition.State.CANCELLED, Edition.State.FAILED)
    )
    rows = rows.filter(state=Edition.State.SIGNED) if only_signed else rows
    found: dict[str, Edition] = {}
    for one in rows.order_by("-until", "-no", "-pk"):
        found.setdefault(one.key, one)
    return found


@needs(doors.may_open)
@require_GET
def definition(request: HttpRequest, key: str) -> HttpResponse:
    """Show a definition: what it counts, its editions, its versions, and how another is counted."""
    viewer = viewer_in(request)
    found = doors.definition_or_none(viewer, key)
    if found is None:
        raise Http404
    is_inside = doors.is_inside(viewer)
    said = definitions.from_json(found.said)
    editions = Edition.objects.filter(key=key).select_related("definition", "office", "signed_by")
    editions = editions if is_inside else editions.filter(state=Edition.State.SIGNED)
    context = {
        "title": found.title,
        "crumbs": crumbs((found.title, "")),
        "definition": found,
        "said": said,
        "lines": _lines(said),
        "period": dict(zip(periods.KINDS, period_words(), strict=True))[said.period],
        "missing": definitions.missing(said),
        "editions": editions,
        "versions": Definition.objects.filter(key=key).select_related("made_by"),
        "recent": _recent(said.period, viewer.on),
        "offices": Unit.objects.filter(is_ours=True),
        "is_inside": is_inside,
        "may_define": doors.may_define(viewer),
    }
    return render(request, "desk/returns/definition.html", context)


def _lines(said: definitions.Said) -> list[tuple[str, str, str]]:
    """Return (title, unit, what it counts) of every line."""
    there = known()
    titles = {
        row.key: row.title or (str(there[row.measure].title) if row.measure in there else row.measure)
        for row in said.rows
    }
    found = []
    for row in said.rows:
        one = there.get(row.measure)
        if one is None:
            says = "" if row.measure else f"{titles.get(row.part)} ÷ {titles.get(row.whole)}"
            found.append((titles[row.key], "%" if not row.measure else "—", says))
            continue
        split = [one.dimension(key) for key in (*row.only[:1], row.each) if key]
        told = "、".join(str(each.name) for each in split if each)
        found.append((titles[row.key], str(one.unit), f"{one.says} {told}".strip()))
    return found


def _recent(kind: str, on: Any) -> list[str]:
    if kind == "custom":
        return []
    days, found = periods.last_ended(kind, on), []
    for _no in range(RECENT):
        found.append(periods.slug_of(kind, days))
        days = periods.before(kind, days)
    current = periods.slug_of(kind, periods.Days(on, on))
    return [*found, current]


@definition_page
@require_POST
def count(request: HttpRequest, found: Definition) -> HttpResponse:
    """Have a return counted for a period."""
    given = request.POST
    slug = given.get("period", "")
    if given.get("since"):
        slug = f"{given['since']}-{given.get('until', '')}".replace("-", "")
        slug = f"{slug[:8]}-{slug[8:]}"
    office = given.get("office", "")
    unit = Unit.objects.filter(is_ours=True, pk=int(office)).first() if office.isdecimal() else None
    try:
        made = keeping.ask(found, slug, by=viewer_in(request), office=unit)
    except Problem as problem:
        messages.warning(request, f"{problem.what} {problem.then}")
        return redirect("desk:return_definition", key=found.key)
    return redirect(address(made))


@needs(doors.may_define)
def new(request: HttpRequest) -> HttpResponse:
    """Write a new definition."""
    where = Asked(_("New return"), _("Keep it"), reverse("desk:returns"), crumbs((_("New return"), "")))
    return _written(request, Editor().offered(spare=6), where, key="")


@definition_page
def edit(request: HttpRequest, found: Definition) -> HttpResponse:
    """Write another version of a definition; returns counted before keep theirs."""
    here = reverse("desk:return_definition", kwargs={"key": found.key})
    where = Asked(
        _("Another version"),
        _("Keep it as another version"),
        here,
        of_definition(found, (_("Another version"), "")),
    )
    editor = Editor.of(definitions.from_json(found.said))
    return _written(request, editor, where, key=found.key)


def _written(request: HttpRequest, editor: Editor, where: Asked, *, key: str) -> HttpResponse:
    """Show the form, or keep what was sent; `look` and `more` only lay it out anew."""
    if request.method == "POST":
        editor = Editor.read(request.POST)
        if "look" in request.POST or "more" in request.POST:
            editor.offered(spare=8 if "more" in request.POST else 3)
        else:
            said = editor.said()
            if said is not None:
                made = keeping.define(key or keeping.free_key(""), said, by=viewer_in(request))
                messages.success(
                    request, _("The definition is kept as version %(no)s.") % {"no": made.version}
                )
                return redirect("desk:return_definition", key=made.key)
            editor.offered()
    context = {"title": where.title, "asked": where, "crumbs": where.crumbs, "editor": editor}
    return render(request, "desk/returns/edit.html", context, status=422 if editor.errors else 200)


@definition_page
@require_POST
def copy(request: HttpRequest, found: Definition) -> HttpResponse:
    """Copy a definition under a name of its own."""
    said = definitions.from_json(found.said)
    title = _("%(title)s (copy)") % {"title": said.title}
    made = keeping.define(
        keeping.free_key(found.key), definitions.titled(said, title[:100]), by=viewer_in(request)
    )
    messages.success(request, _("It is copied: change what should be otherwise."))
    return redirect("desk:return_edit", key=made.key)


@definition_page
@require_POST
def archive(request: HttpRequest, found: Definition) -> HttpResponse:
    """Put a definition away, or take it out again."""
    keeping.archive(found, by=viewer_in(request))
    return redirect("desk:returns")


@definition_page
@require_GET
def toml(request: HttpRequest, found: Definition) -> HttpResponse:
    """Give a definition as a file that another office can take in."""
    del request
    text = definitions.as_toml(found.key, definitions.from_json(found.said))
    named = f'attachment; filename="{found.key}.toml"'
    return HttpResponse(
        text, content_type="application/toml; charset=utf-8", headers={"Content-Disposition": named}
    )


class Handed(Form):
    """A definition that somebody handed on."""

    text = long_text(pgettext_lazy("return", "Definition"), most=LARGEST, rows=16, needed=False)
    file = forms.FileField(label=pgettext_lazy("return", "Or its file"), required=False)

    def clean(self) -> dict[str, Any]:
        """Read the file or the text."""
        given = super().clean() or {}
        file = given.get("file")
        text = given.get("text", "")
        if file is not None and file.size <= LARGEST:
            try:
                text = file.read().decode("utf-8")
            except UnicodeDecodeError:
                self.add_error("file", _("The file is no UTF-8 text."))
        if not text.strip() and not self.errors:
            raise forms.ValidationError(_("Paste a definition, or choose its file (100 kB at most)."))
        try:
            given["said"] = definitions.from_toml(text) if text.strip() else None
        except definitions.Unreadable as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
        return given


@needs(doors.may_define)
def take_in(request: HttpRequest) -> HttpResponse:
    """Take in a definition as TOML."""
    form = Handed(request.POST, request.FILES) if request.method == "POST" else Handed()
    where = Asked(
        title=_("Take a definition in"),
        button=pgettext("return", "Take in"),
        back=reverse("desk:returns"),
        crumbs=crumbs((_("Take a definition in"), "")),
        says=(_("What another office exported. It is checked like one that is written here."),),
        after=lambda made: reverse("desk:return_definition", kwargs={"key": made.key}),
    )
    return ask_form(
        request,
        form,
        where,
        lambda given: keeping.define(keeping.free_key(""), given["said"], by=viewer_in(request)),
    )
