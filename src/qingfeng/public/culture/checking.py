"""Whether a file is ours as it was exported, by its hash and without keeping it; the export to take along."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from django import forms
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from qingfeng.culture.models import Listed, Manifest, Publication
from qingfeng.public.culture import pages, shown
from qingfeng.public.culture.exporting import to_take_along
from qingfeng.public.culture.ways import way_of

LARGEST = 20 * 1024 * 1024
PAGE = re.compile(r"(?:zh|en)/(?P<kind>place|route|hall)s/(?P<slug>[a-z0-9-]+)(?:\.\w+|/.+)")
FILE = re.compile(r"(?:media|panoramas)/(?P<digest>[0-9a-f]{64})\b")


class Copy(forms.Form):
    """A file of a copy, or its hash."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"] = forms.FileField(label=_("A file of the copy"), required=False)
        self.fields["sha256"] = forms.RegexField(
            r"^[0-9a-fA-F]{64}$", label=_("Or its SHA-256"), required=False,
            error_messages={"invalid": _("A SHA-256 has 64 signs, 0 to 9 and a to f.")},
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        file = given.get("file")
        if not self.errors and not file and not given.get("sha256"):
            raise forms.ValidationError(_("Choose a file, or paste its SHA-256."))
        if file and file.size > LARGEST:
            raise forms.ValidationError(_("No file of an export is that large."))
        return given

    def digest(self) -> str:
        """Return the SHA-256 of what was brought."""
        file = self.cleaned_data.get("file")
        return hashlib.sha256(file.read()).hexdigest() if file else self.cleaned_data["sha256"].lower()


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Say whether a file stands in a manifest that the public journal holds; nothing of it is kept."""
    form = Copy(request.POST, request.FILES) if request.method == "POST" else Copy()
    context: dict[str, Any] = {
        "title": _("Is this copy unchanged?"),
        "form": form,
        "last": Manifest.objects.order_by("-pk").first(),
        "is_to_take": to_take_along() is not None,
    }
    if form.is_bound and form.is_valid():
        context["digest"] = form.digest()
        rows = Listed.objects.filter(sha256=context["digest"]).select_related("manifest")
        context["found"] = rows.order_by("-manifest__pk").first()
        context["is_told"] = True
        context["gone"] = withdrawn_in(context["found"].path) if context["found"] else None
    status = 422 if form.errors else 200
    return render(request, "public/culture/check.html", pages.frame(way_of(request)) | context, status=status)


def withdrawn_in(path: str) -> Publication | None:
    """Return what a file of an export tells or shows, if it was withdrawn since; None where it is public."""
    if page := PAGE.fullmatch(path):
        return shown.withdrawn(page["kind"], page["slug"])
    file = FILE.match(path)
    return shown.was_shown(file["digest"]) if file else None


@require_safe
@never_cache
def take_along(_request: HttpRequest) -> FileResponse:
    """Give the whole site as one file; one that tells what was withdrawn is not given any more."""
    place = to_take_along()
    if place is None:
        raise Http404
    return FileResponse(place.open("rb"), as_attachment=True, filename="qingfeng-culture.zip")
