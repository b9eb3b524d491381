"""The share card of a scene: its opening view, its name, its hall, its one address."""

from __future__ import annotations

from qingfeng.culture.halls.looking import view_of
from qingfeng.culture.halls.tours import Scene
from qingfeng.culture.models import Publication
from qingfeng.public.culture.cards import Face, drawn
from qingfeng.public.culture.hall_pages import cover_of, tour_in
from qingfeng.public.culture.ways import Way


def scene_card(row: Publication, scene: Scene, way: Way) -> bytes:
    """Return the share card of a scene as PNG."""
    is_english = way.language == "en"
    hall = (row.name_en if is_english else "") or row.name_zh
    name = (scene.name.en if is_english else "") or scene.name.zh
    told = (scene.told.en if is_english else "") or scene.told.zh
    view = view_of(scene)
    face = Face(name, _short(told), hall, picture=view, form="webp")
    return drawn(face, address=way.whole("scene", row.slug, scene.key))


def hall_card(row: Publication, way: Way) -> bytes:
    """Return the share card of a hall as PNG: the view that stands for it on pages too."""
    content, language = row.version.content, way.language
    face = Face(
        content["name"][language] or content["name"]["zh"],
        content["abstract"][language] or content["abstract"]["zh"],
        "Online hall" if language == "en" else "网上展馆", picture=view_of(cover_of(tour_in(row))),
        form="webp",
    )  # fmt: skip
    return drawn(face, address=way.whole("hall", row.slug))


def _short(text: str) -> str:
    """Return the beginning of a text as far as a card has room."""
    return text if len(text) <= 60 else f"{text[:59]}…"
