"""The list of a built hall as its draft: read, changed, kept; and its rendering turned into a tour."""

from __future__ import annotations

from copy import deepcopy
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from PIL import Image

from qingfeng.culture.halls import building, built_drawing
from qingfeng.culture.halls.building import CannotBuild, Plan, Wrong, plan_of
from qingfeng.culture.halls.built_tour import tour_from
from qingfeng.culture.halls.standing import Layout, laid_out
from qingfeng.culture.models import Entry, Medium
from qingfeng.culture.storing import place_of
from qingfeng.desk.culture.halls.ground import changed_meanwhile, keep_tour, locked
from qingfeng.desk.culture.halls.models import Brought

Value = dict[str, Any]
RENDERED = "built"  # the key under which a list keeps from which plan its panoramas were made


def value_of(entry: Entry) -> Value:
    """Return the list of a hall: one that is empty where there is none yet."""
    held = entry.hall.built or {}
    return {"v": 1, "rooms": held.get("rooms", []), "doors": held.get("doors", [])}


def layout_of(value: Value) -> tuple[Plan, Layout]:
    """Return a list laid out.

    Raises:
        CannotBuild: With all that is wrong.
    """
    plan = plan_of(value)
    return plan, laid_out(plan)


@transaction.atomic
def keep_plan(entry: Entry, value: Value) -> None:
    """Keep a list that can be built.

    Raises:
        CannotBuild: If it cannot, or somebody changed it since `entry.hall` was read; nothing is kept then.
    """
    if value["rooms"]:
        layout_of(value)
    _now, held = locked(entry)
    if held.built != entry.hall.built:
        raise CannotBuild([Wrong("", changed_meanwhile())])
    held.built = {**value, RENDERED: (held.built or {}).get(RENDERED)}
    held.save(update_fields=["built"])
    entry.hall = held
    entry.save(update_fields=["changed_at"])


def drawing_of(entry: Entry, value: Value) -> Value:
    """Return a list as the browser draws it.

    Raises:
        CannotBuild: If it cannot be built.
    """
    plan, layout = layout_of(value)
    name = (entry.name_zh, entry.name_en)
    return built_drawing.drawing_of(layout, name=name, sha256=built_drawing.digest_of(plan))


def is_stale(entry: Entry) -> bool:
    """Return whether the panoramas are those of an older list, or of none."""
    value = value_of(entry)
    try:
        return (
            (entry.hall.built or {}).get(RENDERED, {}) != _rendered(plan_of(value))
            if value["rooms"]
            else False
        )
    except CannotBuild:
        return True


@transaction.atomic
def finish(entry: Entry, panoramas: dict[str, str], *, sha256: str) -> None:
    """Make the tour of panoramas that were rendered; spots made by hand stay.

    Args:
        entry: The hall.
        panoramas: Hash by point, of media of the hall.
        sha256: Of the plan from which they were rendered.

    Raises:
        CannotBuild: If the list was changed meanwhile, or a point has no panorama.
    """
    _now, held = locked(entry)
    entry.hall = held
    plan, layout = layout_of(value_of(entry))
    if built_drawing.digest_of(plan) != sha256:
        raise CannotBuild([Wrong("", _("The list was changed meanwhile: render it again."))])
    known = set(entry.media.filter(kind=Medium.Kind.PANORAMA).values_list("digest", flat=True))
    if {one.key for one in layout.stands} - {key for key, digest in panoramas.items() if digest in known}:
        raise CannotBuild([Wrong("", _("Not every point has its panorama: render it again."))])
    before = (held.built or {}).get(RENDERED)
    old_layout = laid_out(plan_of(before)) if before else None
    tour = tour_from(layout, panoramas, before=(held.tour, old_layout))
    _name_panoramas(entry, tour)
    keep_tour(entry, tour)
    held.refresh_from_db()
    held.built = {**value_of(entry), RENDERED: building.value_of(plan)}
    held.save(update_fields=["built"])
    _forget_older(entry, tour)


def pictures_of(entry: Entry) -> dict[str, Value]:
    """Return the pictures of a hall by the names a list may call them: file, words, number."""
    names = {
        one.digest: one.name for one in Brought.objects.filter(entry=entry, kind="picture").exclude(digest="")
    }
    found: dict[str, Value] = {}
    for one in entry.media.filter(kind=Medium.Kind.PICTURE):
        said = {"digest": one.digest, "aspect": aspect_of(one), "alt_zh": one.alt_zh, "alt_en": one.alt_en}
        name = names.get(one.digest, "")
        for called in filter(None, (str(one.no), one.alt_zh, one.alt_en, name, name.rpartition(".")[0])):
            found.setdefault(called, said)
    return found


def aspect_of(medium: Medium) -> float:
    """Return the width of a picture by its height, within what can be hung."""
    wide, high = medium.width, medium.height
    if medium.form != "svg" and not (wide and high):
        with Image.open(place_of(medium.digest, medium.form)) as held:
            wide, high = held.size
    aspect = wide / high if wide and high else 1.6
    return round(min(max(aspect, building.TALLEST), building.FLATTEST), 4)


def with_room(value: Value, key: str, said: Value) -> Value:
    """Return the list with a room changed, or added behind a door in a wall of the last one that is free."""
    made = deepcopy(value)
    found = next((one for one in made["rooms"] if one["key"] == key), None)
    if found is not None:
        exhibits = found.get("exhibits", [])
        found.clear()
        found.update({"key": key, **said, "exhibits": exhibits})
        return made
    last = made["rooms"][-1]["key"] if made["rooms"] else ""
    made["rooms"].append({"key": key, **said, "exhibits": []})
    tries = [
        {**made, "doors": [*made["doors"], {"from": last, "wall": wall, "to": key}]}
        for wall in building.SIDES
        if last
    ]
    return next(filter(_can_be_built, tries), (tries or [made])[0])


def _can_be_built(value: Value) -> bool:
    try:
        layout_of(value)
    except CannotBuild:
        return False
    return True


def with_exhibit(value: Value, room: str, key: str, said: Value) -> Value:
    """Return the list with an exhibit of a room changed or added."""
    made = deepcopy(value)
    rows = next(one for one in made["rooms"] if one["key"] == room).setdefault("exhibits", [])
    at = next((no for no, one in enumerate(rows) if one["key"] == key), len(rows))
    rows[at : at + 1] = [{"key": key, **said}]
    return made


def without_room(value: Value, key: str) -> Value:
    """Return the list without a room; doors that led there go, and rooms left alone are joined in a row."""
    made = deepcopy(value)
    made["rooms"] = [one for one in made["rooms"] if one["key"] != key]
    made["doors"] = [one for one in made["doors"] if key not in (one["from"], one["to"])]
    keys = [one["key"] for one in made["rooms"]]
    if any(not any(one in (door["from"], door["to"]) for door in made["doors"]) for one in keys[1:]):
        made["doors"] = [{"from": one, "wall": "north", "to": other} for one, other in pairwise(keys)]
    return made


def exhibit_moved(value: Value, room: str, key: str, by: int | None) -> Value:
    """Return the list with an exhibit moved up (-1) or down (1), or without it (None)."""
    made = deepcopy(value)
    rows: list[Value] = next((one.get("exhibits", []) for one in made["rooms"] if one["key"] == room), [])
    at = next((no for no, one in enumerate(rows) if one["key"] == key), None)
    if at is None:
        return made
    if by is None:
        del rows[at]
    elif 0 <= at + by < len(rows):
        rows[at], rows[at + by] = rows[at + by], rows[at]
    return made


def _rendered(plan: Plan) -> Value:
    return building.value_of(plan)


def _name_panoramas(entry: Entry, tour: Value) -> None:
    """Give rendered panoramas their words: the office made them itself, of its own list."""
    commission = _("The office, rendered from its own list")
    for scene in tour["scenes"]:
        entry.media.filter(digest=scene["panorama"]).update(
            licence=Medium.Licence.OWN, author=commission,
            alt_zh=f"{scene['name_zh']}（渲染的全景）"[:120],
            alt_en=f"{scene['name_en']} (rendered panorama)"[:300],
        )  # fmt: skip


def _forget_older(entry: Entry, tour: Value) -> None:
    """Take rendered panoramas that no scene shows any more out of the draft."""
    shown = {scene["panorama"] for scene in tour["scenes"]}
    older = entry.media.filter(kind=Medium.Kind.PANORAMA, author__in=_authors())
    older.exclude(digest__in=shown).delete()


def _authors() -> list[str]:
    """Return whose a rendered panorama is, in every language that somebody may have rendered it in."""
    said = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            said.append(_("The office, rendered from its own list"))
    return said
