"""A hall as the public will see it, for those who write and sign it: draft, or version under review."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from csp.decorators import csp_update
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from qingfeng.culture import life
from qingfeng.culture.content import content_of
from qingfeng.culture.halls.reading import tour_of
from qingfeng.culture.models import Entry
from qingfeng.desk.culture.doors import READS
from qingfeng.organization.permissions import needs_role
from qingfeng.public.culture import hall_pages, pages
from qingfeng.public.culture.hall_views import FOR_SCENES
from qingfeng.public.culture.ways import Way, way_of


@dataclass(frozen=True)
class DraftWay(Way):
    """Addresses of a hall that is not public: its scenes here, its files at the desk; nothing is counted."""

    hall: str = ""
    digests: tuple[tuple[str, str], ...] = ()  # scene and its panorama

    def to(self, page: str, slug: str = "", form: str = "") -> str:
        """Return the address of a page."""
        if page == "scene":
            return reverse("public:culture_hall_preview", kwargs={"slug": self.hall, "form": form})
        if page == "view":
            return self._shown(dict(self.digests).get(form, ""), "small")
        if page == "panorama":
            return self._shown(slug, form)
        if page == "media":
            return self._shown(slug, "file")
        if page in {"walked", "scene_qr", "pannellum"}:
            return ""
        return super().to(page, slug, form)

    def _shown(self, digest: str, part: str) -> str:
        return reverse("desk:hall_shown", kwargs={"slug": self.hall, "digest": digest or "0", "part": part})


@csrf_exempt
@needs_role(*READS)
@csp_update(FOR_SCENES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, slug: str, form: str = "") -> HttpResponse:
    """Show a scene of a draft as it will be public; the first one where none is named.

    An answer to a question is told as it will be and counted nowhere: as nothing changes, no token is needed.
    """
    held = get_object_or_404(Entry, slug=slug, kind=Entry.Kind.HALL)
    version = life.under_review(held)
    content = version.content if version else content_of(held)
    tour = tour_of(content["tour"])
    if not tour.scenes:
        messages.warning(request, _("The hall has no scene yet."))
        return redirect("desk:hall", slug=slug)
    found = tour.scene(form or tour.first)
    if found is None:
        raise Http404
    plain = way_of(request)
    way = DraftWay(plain.language, plain.host, slug, tuple((one.key, one.panorama) for one in tour.scenes))
    row: Any = SimpleNamespace(
        slug=slug, name_zh=held.name_zh, name_en=held.name_en, kind=Entry.Kind.HALL,
        version=SimpleNamespace(content=content),
    )  # fmt: skip
    answer = hall_pages.answered(found, request.POST) if request.method == "POST" else None
    context = pages.frame(way) | hall_pages.scene(way, row, found, answer=answer)
    return render(request, "public/culture/hall_preview.html", context)
