"""What the pages of the halls say, live and in the export alike: list, hall, scene."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from qingfeng.culture.content import Content
from qingfeng.culture.halls.keeping import tiled
from qingfeng.culture.halls.reading import tour_of
from qingfeng.culture.halls.tours import Quiz, Scene, Spot, Tour, Words
from qingfeng.culture.models import Publication
from qingfeng.public.culture import shown
from qingfeng.public.culture.ways import AnyWay

HALL = "hall"
HALF_HEIGHT = 50  # degrees that the still picture shows above and below the horizon
EDGE = 6
PLAN_EDGE = 12  # hundredths of the plan about its outermost points
PAGE = re.compile(r"/culture/(place|route|hall)s/([a-z0-9-]+)/(?:([a-z0-9-]+)/)?")
TYPES = {
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "mp4": "video/mp4",
    "webm": "video/webm",
}


@dataclass(frozen=True)
class Visit:
    """A hall as somebody walks it: where links lead, what is public, its tour."""

    way: AnyWay
    row: Publication
    tour: Tour

    def says(self, words: Words) -> str:
        """Return words in the reader's language."""
        return _in(self.way, words)

    def ahead(self, scene: Scene) -> dict[str, Any]:
        """Return what a link to a scene says: name, number in the order of the visit, address."""
        href = self.way.to("scene", self.row.slug, scene.key)
        no = self.tour.in_order().index(scene) + 1
        return {"key": scene.key, "name": self.says(scene.name), "href": href, "no": no}


@dataclass(frozen=True)
class Answer:
    """What somebody answered to a question of a scene; None where they chose nothing."""

    spot: str
    given: int | None
    is_right: bool = False


def halls(way: AnyWay) -> dict[str, Any]:
    """Return all halls as cards, the largest first."""
    rows = shown.live(HALL).select_related("version")
    cards = sorted((_card(row, way) for row in rows), key=lambda one: -int(one["scenes"]))
    return {"title": _("Online halls"), "cards": cards, "here": HALL}


def hall(way: AnyWay, row: Publication) -> dict[str, Any]:
    """Return a hall: what it tells, its zones with their scenes, where one enters."""
    said, visit = shown.card_of(row.version.content, way.language), Visit(way, row, tour_in(row))
    scenes = visit.tour.scenes
    return {
        "title": said["name"], "abstract": said["abstract"], "hall": said, "row": row,
        "zones": _zones(visit), "plan": _plan(visit), "enter": way.to("scene", row.slug, visit.tour.first),
        "cover": way.to("view", row.slug, cover_of(visit.tour).key), "scenes": len(scenes),
        "spots": sum(1 for one in scenes for spot in one.spots if spot.kind != "scene"),
        "self": (HALL, row.slug), "here": HALL,
    }  # fmt: skip


def scene(way: AnyWay, row: Publication, scene: Scene, *, answer: Answer | None = None) -> dict[str, Any]:
    """Return a scene: its still picture with numbered spots, the same as a list, what the viewer needs.

    Args:
        way: Where links lead.
        row: The hall, live, with its version.
        scene: Of its tour.
        answer: What was answered to one of its questions.
    """
    said, visit = shown.card_of(row.version.content, way.language), Visit(way, row, tour_in(row))
    order = visit.tour.in_order()
    at = order.index(scene)
    spots, name, told = _spots(visit, scene, said, answer), visit.says(scene.name), visit.says(scene.told)
    zone = next(one for one in visit.tour.zones if one.key == scene.zone)
    return {
        "title": f"{name} · {said['name']}", "abstract": told[:120] or said["abstract"],
        "hall": said, "row": row, "self": (HALL, row.slug), "here": HALL, "scene_key": scene.key,
        "scene": {"key": scene.key, "name": name, "told": told, "spots": spots},
        "zone": {"name": visit.says(zone.name), "text": visit.says(zone.text)},
        "zones": _zones(visit, here=scene.key), "plan": _plan(visit, here=scene.key),
        "no": at + 1, "count": len(order),
        "before": visit.ahead(order[at - 1]) if at else None,
        "after": visit.ahead(order[at + 1]) if at + 1 < len(order) else None,
        "still": _still(way, row, scene), "live": live(way, row, scene),
    }  # fmt: skip


def answered(scene: Scene, given: Mapping[str, str]) -> Answer:
    """Return what was answered: `spot` is the key of a question, `answer` the number of one of its answers.

    Raises:
        Http404: If the scene has no such question.
    """
    key, answer = given.get("spot", ""), given.get("answer", "")
    quiz = next((one.quiz for one in scene.spots if one.key == key), None)
    if quiz is None:
        raise Http404
    if answer not in [str(no) for no in range(len(quiz.answers))]:
        return Answer(key, None)
    return Answer(key, int(answer), is_right=int(answer) == quiz.right)


def live(way: AnyWay, row: Publication, scene: Scene) -> dict[str, Any]:
    """Return what the viewer needs of a scene."""
    held, name = tiled(scene.panorama), _in(way, scene.name)
    return {
        "key": scene.key,
        "name": name,
        "title": f"{name} · {_in_pair(way, row.name_zh, row.name_en)}",
        "found": ngettext("%(n)d thing to find", "%(n)d things to find", len(scene.spots))
        % {"n": len(scene.spots)},
        "address": way.to("scene", row.slug, scene.key),
        "base": way.to("panorama", scene.panorama, "base"),
        "tile": way.to("panorama", scene.panorama, "LEVEL-COL_ROW"),
        "width": held.width if held else 0,
        "levels": [[one.width, one.cols, one.rows] for one in held.levels] if held else [],
        "view": {"yaw": scene.view.yaw, "pitch": scene.view.pitch, "hfov": scene.view.hfov},
        "spots": [
            {"no": no, "key": one.key, "kind": one.kind, "yaw": one.yaw, "pitch": one.pitch, "to": one.to}
            | {"title": _in(way, one.title)}
            for no, one in enumerate(scene.spots, 1)
        ],
    }


def tour_in(row: Publication) -> Tour:
    """Return the tour of a hall that is public."""
    return tour_of(row.version.content["tour"])


def cover_of(tour: Tour) -> Scene:
    """Return the scene whose opening view stands for a hall: the first that shows a picture, else the first.

    A board with words on it invites nobody in.
    """
    found = [one for one in tour.in_order() if any(_opens_on(one, spot) for spot in one.spots)]
    return found[0] if found else tour.scene(tour.first) or tour.in_order()[0]


def _opens_on(scene: Scene, spot: Spot) -> bool:
    away = abs((spot.yaw - scene.view.yaw + 180) % 360 - 180)
    return spot.kind == "picture" and away < scene.view.hfov / 2


def _card(row: Publication, way: AnyWay) -> Content:
    said, tour = shown.card_of(row.version.content, way.language), tour_in(row)
    return said | {"picture": way.to("view", row.slug, cover_of(tour).key), "scenes": len(tour.scenes)}


def _zones(visit: Visit, *, here: str = "") -> list[dict[str, Any]]:
    """Return the zones that have scenes, with these."""
    found = []
    for no, zone in enumerate(visit.tour.zones, 1):
        scenes = [
            visit.ahead(one)
            | {"is_here": one.key == here, "view": visit.way.to("view", visit.row.slug, one.key)}
            for one in visit.tour.in_order()
            if one.zone == zone.key
        ]
        if scenes:
            said = {"no": no, "name": visit.says(zone.name), "text": visit.says(zone.text), "scenes": scenes}
            found.append(said)
    return found


def _plan(visit: Visit, *, here: str = "") -> dict[str, Any] | None:
    """Return the floor plan: a point a scene, a line a way; in hundredths of the plan's width and height."""
    at = {
        one.key: (round(100 * one.plan.x, 1), round(100 * one.plan.y, 1))
        for one in visit.tour.scenes
        if one.plan
    }
    if len(at) < 2:
        return None
    lines = {
        tuple(sorted((one.key, spot.to)))
        for one in visit.tour.scenes
        for spot in one.spots
        if spot.kind == "scene" and one.key in at and spot.to in at
    }
    points = [
        visit.ahead(one) | {"x": at[one.key][0], "y": at[one.key][1], "is_here": one.key == here}
        for one in visit.tour.in_order()
        if one.key in at
    ]
    across, down = zip(*at.values(), strict=True)
    left, top = min(across) - PLAN_EDGE, min(down) - PLAN_EDGE
    wide, high = max(across) + PLAN_EDGE - left, max(down) + PLAN_EDGE - top
    return {
        "points": points,
        "lines": [(*at[one], *at[other]) for one, other in sorted(lines)],
        "box": f"{left:g} {top:g} {wide:g} {high:g}",
    }


def _spots(visit: Visit, scene: Scene, said: Content, answer: Answer | None) -> list[dict[str, Any]]:
    media = {one["digest"]: one for one in said["media"]}
    found = []
    for no, one in enumerate(scene.spots, 1):
        spot = _spot(visit.way, visit.row.slug, one, media=media)
        spot |= {"no": no, "name_of": _kind(one, visit)} | _on_still(scene, one)
        if answer and one.key == answer.spot and spot["quiz"]:
            spot["quiz"] |= {
                "is_told": answer.given is not None, "given": answer.given, "is_right": answer.is_right
            }  # fmt: skip
        found.append(spot)
    return found


def _still(way: AnyWay, row: Publication, scene: Scene) -> dict[str, Any]:
    """Return the panorama unrolled, one unit a degree; its left edge is that of the opening view."""
    left = _left(scene)
    first = -180 if left >= -180 else -540
    return {
        "box": f"{left:g} {-HALF_HEIGHT} 360 {2 * HALF_HEIGHT}",
        "turns": [first, first + 360],
        "first": way.to("panorama", scene.panorama, "small"),
        "picture": way.to("panorama", scene.panorama, "base"),
        "view": way.to("view", row.slug, scene.key),
    }


def _left(scene: Scene) -> float:
    return scene.view.yaw - scene.view.hfov / 2


def _on_still(scene: Scene, spot: Spot) -> dict[str, float]:
    """Return where a spot is on the still picture; one above or below it stands at its edge."""
    left, most = _left(scene), HALF_HEIGHT - EDGE
    return {
        "x": round(left + (spot.yaw - left) % 360, 2),
        "y": round(max(-most, min(most, -spot.pitch)), 2),
    }


def _spot(way: AnyWay, slug: str, one: Spot, *, media: dict[str, Content]) -> dict[str, Any]:
    medium = media.get(one.medium)
    return {
        "key": one.key, "kind": one.kind, "yaw": one.yaw, "pitch": one.pitch,
        "title": _in(way, one.title), "text": _in(way, one.text), "told": _in(way, one.told),
        "medium": medium and medium | {
            "src": way.to("media", one.medium, medium["form"]), "type": TYPES.get(medium["form"], "")
        },
        "captions": [
            {"language": key, "label": label, "src": way.to("media", digest, "vtt"),
             "is_default": key == way.language}
            for key, label, digest in (("zh", "中文", one.captions.zh), ("en", "English", one.captions.en))
            if digest
        ],
        "href": _href(way, one.href), "is_away": one.href.startswith("https://"),
        "to": way.to("scene", slug, one.to) if one.to else "", "to_key": one.to,
        "quiz": _quiz(way, one.quiz) if one.quiz else None,
    }  # fmt: skip


def _href(way: AnyWay, href: str) -> str:
    """Return where a link leads; a page of the site is a file beside this one in the export."""
    found = PAGE.fullmatch(href)
    if not found:
        return href
    kind, slug, scene = found.groups()
    return way.to("scene", slug, scene) if scene else way.to(kind, slug)


def _quiz(way: AnyWay, quiz: Quiz) -> dict[str, Any]:
    return {
        "question": _in(way, quiz.question), "why": _in(way, quiz.why), "right": quiz.right,
        "answers": [_in(way, one) for one in quiz.answers],
    }  # fmt: skip


def _kind(spot: Spot, visit: Visit) -> str:
    """Return what a spot is, in a word; of a way, where it leads."""
    ahead = visit.tour.scene(spot.to) if spot.to else None
    if ahead:
        return _("Way to %(scene)s") % {"scene": visit.says(ahead.name)}
    return {
        "text": pgettext("hall", "Panel"), "picture": pgettext("hall", "Picture"),
        "audio": pgettext("hall", "Sound"), "video": pgettext("hall", "Film"),
        "link": _("Read on"), "quiz": pgettext("hall", "Question"),
    }[spot.kind]  # fmt: skip


def _in(way: AnyWay, words: Words) -> str:
    return _in_pair(way, words.zh, words.en)


def _in_pair(way: AnyWay, zh: str, en: str) -> str:
    return (en if way.language == "en" else "") or zh
