"""Pages of the halls; no cookie, no session. Counted are scenes, answers and whole visits, never who."""

from __future__ import annotations

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qingfeng.culture.counting import add_now, saw
from qingfeng.culture.giving import Given
from qingfeng.culture.halls.keeping import tiles_place
from qingfeng.culture.halls.looking import view_of
from qingfeng.culture.halls.tours import Scene
from qingfeng.culture.models import Publication
from qingfeng.public.culture import hall_pages, pages, shown
from qingfeng.public.culture.cards import qr_svg
from qingfeng.public.culture.giving import file_of, kept_a_while, read_from_anywhere
from qingfeng.public.culture.hall_cards import scene_card
from qingfeng.public.culture.hall_pages import HALL, answered
from qingfeng.public.culture.pannellum import as_pannellum
from qingfeng.public.culture.ways import way_of

FOLDER = "public/culture/"
# What was fetched for the drawing surface becomes a picture; a scene has sounds and films.
FOR_SCENES = {"img-src": ["blob:"], "media-src": [SELF]}


@gzip_page
@require_safe
def halls(request: HttpRequest) -> HttpResponse:
    """Show all halls."""
    saw("halls")
    way = way_of(request)
    return render(request, FOLDER + "halls.html", pages.frame(way) | hall_pages.halls(way))


@gzip_page
@require_safe
def hall(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a hall, or since when and why it is not shown any more."""
    row = _row(request, slug)
    if isinstance(row, HttpResponse):
        return row
    saw(f"hall:{slug}")
    way = way_of(request)
    return render(request, FOLDER + "hall.html", pages.frame(way) | hall_pages.hall(way, row))


@csrf_exempt
@gzip_page
@csp_update(FOR_SCENES)
@require_http_methods(["GET", "HEAD", "POST"])
def scene(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Show a scene of a hall; an answer to one of its questions is told in place.

    A post needs no token: it adds one to a number, and nothing of who sent it is known or kept.
    """
    row = _row(request, slug)
    if isinstance(row, HttpResponse):
        return row
    found, answer = _scene(row, form), None
    if request.method == "POST":
        answer = answered(found, request.POST)
        if answer.given is not None:
            outcome = "right" if answer.is_right else "other"
            add_now(f"quiz:{slug}:{form}:{answer.spot}:{outcome}")
    else:
        saw(f"hall:{slug}:{form}")
    way = way_of(request)
    context = pages.frame(way) | hall_pages.scene(way, row, found, answer=answer)
    return render(request, FOLDER + "hall_scene.html", context)


@csrf_exempt
@require_POST
def walked(_request: HttpRequest, slug: str) -> HttpResponse:
    """Count a visit that opened every scene; the page itself knows, and says only this."""
    shown.one_or_404(HALL, slug)
    add_now(f"walked:{slug}")
    return HttpResponse(status=204)


@read_from_anywhere
@require_safe
def panorama(request: HttpRequest, slug: str, form: str) -> Given:
    """Give a part of a panorama by its hash, if a public hall shows it: `base`, `small`, `large`, a tile."""
    folder, _minus, tile = form.partition("-")
    file = tiles_place(slug) / (f"{folder}/{tile}.webp" if tile else f"{form}.webp")
    return file_of(slug, request, file, content_type="image/webp", part=form)


@require_safe
@kept_a_while
def view(_request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Give the opening view of a scene as a picture."""
    data = view_of(_scene(shown.one_or_404(HALL, slug), form))
    if data is None:
        raise Http404
    return HttpResponse(data, content_type="image/webp")


@require_safe
@kept_a_while
def qr(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Give the QR code of a scene: its one address."""
    _scene(shown.one_or_404(HALL, slug), form)
    return HttpResponse(qr_svg(way_of(request).whole("scene", slug, form)), content_type="image/svg+xml")


@require_safe
@kept_a_while
def card(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Give the picture of the share card of a scene: 1,200 by 630."""
    row, way = shown.one_or_404(HALL, slug), way_of(request)
    return HttpResponse(scene_card(row, _scene(row, form), way), content_type="image/png")


@read_from_anywhere
@require_safe
@kept_a_while
def pannellum(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a hall as a tour that Pannellum opens."""
    row = shown.one_or_404(HALL, slug)
    return JsonResponse(as_pannellum(row, way_of(request)), json_dumps_params={"ensure_ascii": False})


def _row(request: HttpRequest, slug: str) -> Publication | HttpResponse:
    """Return the hall; where it was withdrawn, the page that says so."""
    if gone := shown.withdrawn(HALL, slug):
        context = pages.frame(way_of(request)) | {"title": gone.name_zh, "row": gone}
        return render(request, FOLDER + "gone.html", context, status=410)
    return shown.one_or_404(HALL, slug)


def _scene(row: Publication, key: str) -> Scene:
    found = hall_pages.tour_in(row).scene(key)
    if found is None:
        raise Http404
    return found
