"""What a hall still lacks before it may be public; each with its place and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from qingfeng.culture.halls.keeping import tiled
from qingfeng.culture.halls.reading import NotATour, tour_of
from qingfeng.culture.halls.saying import say
from qingfeng.culture.halls.tours import WITH_MEDIUM, Scene, Spot, Tour
from qingfeng.culture.models import Publication
from qingfeng.culture.storing import place_of

PAGE = re.compile(r"/culture/(place|route|hall)s/([a-z0-9-]+)/")


def lacks(content: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what keeps a hall from being public: (key of the gate, words).

    Args:
        content: Of a version, as `content_of` makes it.
    """
    try:
        tour = tour_of(content["tour"])
    except NotATour as error:
        yield from (("tour", say(one)) for one in error.faults)
        return
    if not tour.scenes:
        yield "tour", _("The hall has no scene yet.")
        return
    kinds = {one["digest"]: one.get("kind", "picture") for one in content["media"]}
    for scene in tour.scenes:
        yield from _scene(scene, kinds)
        for spot in scene.spots:
            where = f"{scene.name.zh} · {spot.title.zh or spot.key}"
            yield from ((key, f"{where}: {says}") for key, says in _spot(spot, kinds))
    yield from _ways(tour)


def _scene(scene: Scene, kinds: dict[str, str]) -> Iterator[tuple[str, str]]:
    name = scene.name.zh or scene.key
    if kinds.get(scene.panorama) != "panorama" or tiled(scene.panorama) is None:
        yield "panorama", f"{name}: " + _("It has no panorama, or its tiles are not cut yet.")
    if not scene.name.is_whole:
        yield "words", f"{name}: " + _("Its name is wanted in both languages.")
    if not scene.told.is_whole:
        yield "told", f"{name}: " + _("Say what is seen there, in both languages, for who cannot see it.")


def _spot(spot: Spot, kinds: dict[str, str]) -> Iterator[tuple[str, str]]:
    if not spot.title.is_whole:
        yield "words", _("Its title is wanted in both languages.")
    if spot.kind == "text" and not spot.text.is_whole:
        yield "words", _("Its text is wanted in both languages.")
    wanted = WITH_MEDIUM.get(spot.kind, "picture" if spot.medium else "")
    if wanted and kinds.get(spot.medium) != wanted:
        yield "medium", _("What it shows is not among the media of the hall.")
    if spot.kind in ("audio", "video") and not spot.told.is_whole:
        yield "told", _("Write down what is said in it, in both languages, for who cannot hear it.")
    if spot.kind == "video" and not spot.captions.is_whole:
        yield "captions", _("A film has captions in both languages (WebVTT).")
    if any(one and not place_of(one, "vtt").exists() for one in (spot.captions.zh, spot.captions.en)):
        yield "captions", _("Its captions are not kept: bring the file anew.")
    if spot.kind == "link":
        yield from _link(spot.href)
    if spot.quiz and not all(one.is_whole for one in (spot.quiz.question, spot.quiz.why, *spot.quiz.answers)):
        yield "words", _("Question, answers and reason are wanted in both languages.")


def _link(href: str) -> Iterator[tuple[str, str]]:
    if not href:
        yield "link", _("It leads nowhere.")
    elif found := PAGE.match(href):
        kind, slug = found.groups()
        if not Publication.objects.filter(is_live=True, kind=kind, slug=slug).exists():
            yield "link", _("It leads to %(href)s, which is not public.") % {"href": href}


def _ways(tour: Tour) -> Iterator[tuple[str, str]]:
    reached = tour.reached()
    for scene in tour.scenes:
        if scene.key not in reached:
            yield "ways", _("No way leads to the scene %(name)s.") % {"name": scene.name.zh or scene.key}
