"""The search box, what it suggests while one types, and seeking a person by name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from qingfeng.desk import searching, searching_persons
from qingfeng.desk.kinds import address
from qingfeng.desk.views.ground import desk_page, viewer_in
from qingfeng.look import compiled

MOST_TYPED = 200


@desk_page
def search(request: HttpRequest) -> HttpResponse:
    """Open the matter whose number was typed, else show what holds the text; all within access.

    What was typed (`q`) comes by POST, so that it stands in no address and no log; `only` shows one kind.
    """
    text = (request.POST.get("q") or "").strip()[:MOST_TYPED]
    only = request.POST.get("only", "")
    only = only if only in searching.GROUPS else ""
    most = searching.A_PAGE if only else searching.A_GROUP
    found = searching.search(request, text, only=only, most=most)
    if found.exact is not None:
        return redirect(address(found.exact))
    context = {
        "found": found,
        "text": text,
        "only": searching.GROUPS.get(only, ""),
        "title": _("Search"),
        "seeks_persons": searching_persons.may_seek(viewer_in(request)),
    }
    return render(request, "desk/search.html", context)


@desk_page
@require_POST
def suggest(request: HttpRequest) -> HttpResponse:
    """Give the first few things that hold the text (`q`) so far, for the list below the search box."""
    text = (request.POST.get("q") or "").strip()[:MOST_TYPED]
    found = searching.search(request, text, most=searching.SUGGESTED // 2)
    hits: list[Any] = []
    if found.exact is not None:
        hits = [searching.Hit(found.exact.number, address(found.exact))]
    for group in found.groups:
        hits += [hit for hit in group.hits if len(hits) < searching.SUGGESTED]
    shown = {"hits": hits[: searching.SUGGESTED], "text": text}
    return HttpResponse(compiled.draw("desk/suggested.html", shown))


class PersonForm(forms.Form):
    """Whom one seeks, for which matter, and why."""

    name = forms.CharField(
        label=gettext_lazy("Whole name"),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )
    number = forms.CharField(
        label=gettext_lazy("Number of the matter"),
        max_length=60,
        help_text=gettext_lazy("The open matter for which you need it."),
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why you seek them"),
        max_length=500,
        help_text=gettext_lazy("The journal keeps who sought, for which matter, and why."),
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 2}),
    )


@desk_page
def person(request: HttpRequest) -> HttpResponse:
    """Seek a person by name for a matter with a reason; the journal keeps it."""
    viewer = viewer_in(request)
    if not searching_persons.may_seek(viewer):
        raise Http404
    form = PersonForm(request.POST if request.method == "POST" else None)
    sought, status = None, 200
    if request.method == "POST":
        if form.is_valid():
            for key, said in searching_persons.problems(viewer, **form.cleaned_data).items():
                form.add_error(key, said)
        if form.is_valid():
            sought = searching_persons.seek(viewer, **form.cleaned_data)
        else:
            status = 422
    context = {"form": form, "sought": sought, "title": _("Seek a person by name")}
    response = render(request, "desk/search_person.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response
