"""The sample's built hall as its folder tells it: the list, its drawn pictures, its panoramas."""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qingfeng.culture.halls import built_drawing
from qingfeng.culture.halls.building import Plan, plan_of, value_of
from qingfeng.culture.halls.built_tour import tour_from
from qingfeng.culture.halls.keeping import keep_panorama
from qingfeng.culture.halls.standing import Layout, laid_out
from qingfeng.culture.models import Entry, Hall
from qingfeng.culture.sample.pictures import HIGH, WIDE, picture
from qingfeng.culture.storing import keep

FOLDER = Path(__file__).parent / "halls"
AUTHOR = "区纪委监委宣传部（示例，自行制作）"


@dataclass(frozen=True)
class Drawn:
    """A picture of the list: its bytes as SVG, its hash, what it shows."""

    data: bytes
    digest: str
    alt_zh: str
    alt_en: str


def built() -> list[Path]:
    """Return the folders of the halls that were built, in the order of their names."""
    return sorted(one.parent for one in FOLDER.glob("*/built.toml"))


def told_in(folder: Path) -> dict[str, Any]:
    """Return what `built.toml` of a folder says."""
    return tomllib.loads((folder / "built.toml").read_text(encoding="utf-8"))


def built_of(told: dict[str, Any]) -> tuple[dict[str, Any], list[Drawn]]:
    """Return the list as `building.plan_of` reads it, and its pictures.

    Args:
        told: As `told_in` gives it: names in pairs, pictures as motif, theme and seed.
    """
    drawn: dict[str, Drawn] = {}
    rooms = [
        _pairs(room) | {"exhibits": [_exhibit(one, drawn) for one in room["exhibits"]]}
        for room in told["rooms"]
    ]
    value: dict[str, Any] = {"v": 1, "rooms": rooms}
    return value | ({"doors": told["doors"]} if "doors" in told else {}), list(drawn.values())


def plan_in(folder: Path) -> tuple[Plan, Layout, list[Drawn]]:
    """Return the plan of a folder, laid out, and its pictures."""
    value, drawn = built_of(told_in(folder))
    plan = plan_of(value)
    return plan, laid_out(plan), drawn


def fill(entry: Entry, folder: Path) -> Hall:
    """Keep what a built hall shows, and make its tour of the panoramas that lie there.

    Args:
        entry: The hall's entry, a draft.
        folder: Where `built.toml` and the rendered `scenes` lie.
    """
    plan, layout, drawn = plan_in(folder)
    panoramas = {}
    for no, one in enumerate(drawn, 1):
        keep(one.data, "svg")
        entry.media.create(
            no=no, digest=one.digest, form="svg", width=WIDE, height=HIGH, licence="own", author=AUTHOR,
            alt_zh=one.alt_zh, alt_en=one.alt_en,
        )  # fmt: skip
    for no, stand in enumerate(layout.stands, len(drawn) + 1):
        kept = keep_panorama(panorama_of(folder, stand.key), tell=lambda _done, _of: None)
        panoramas[stand.key] = kept.digest
        room = layout.place(stand.room).room
        entry.media.create(
            no=no, kind="panorama", digest=kept.digest, form=kept.form, width=kept.width, height=kept.height,
            licence="own", author=AUTHOR, alt_zh=f"全景：{room.name_zh}", alt_en=f"Panorama: {room.name_en}",
        )  # fmt: skip
    tour = tour_from(layout, panoramas, before=(None, None))
    value = value_of(plan)
    return Hall.objects.create(entry=entry, tour=tour, built={**value, "built": value})


def is_rendered(folder: Path) -> bool:
    """Return whether the panoramas that lie there are those of the list as it stands."""
    noted, drawing = noted_in(folder), drawing_in(folder)
    return (
        noted.exists()
        and noted.read_text(encoding="ascii").strip() == digest_of(drawing)
        and all(panorama_of(folder, one["key"]).exists() for one in drawing["stands"])
    )


def drawing_in(folder: Path) -> dict[str, Any]:
    """Return what is drawn of a folder's hall."""
    told, (plan, layout, _drawn) = told_in(folder), plan_in(folder)
    name = (told["name"][0], told["name"][1])
    return built_drawing.drawing_of(layout, name=name, sha256=built_drawing.digest_of(plan))


def digest_of(drawing: dict[str, Any]) -> str:
    """Return the SHA-256 of what was drawn: of another layout it is another."""
    return hashlib.sha256(json.dumps(drawing, sort_keys=True).encode()).hexdigest()


def noted_in(folder: Path) -> Path:
    """Return where it is noted from which drawing the panoramas were made."""
    return folder / "scenes" / "drawing.sha256"


def panorama_of(folder: Path, stand: str) -> Path:
    """Return where the panorama of a point lies."""
    return folder / "scenes" / f"{stand}.webp"


def _exhibit(one: dict[str, Any], drawn: dict[str, Drawn]) -> dict[str, Any]:
    said = _pairs(one)
    motif = said.pop("picture", None)
    if motif is None:
        return said
    data = picture(*motif, words=said["alt_zh"]).encode()
    made = Drawn(data, hashlib.sha256(data).hexdigest(), said["alt_zh"], said["alt_en"])
    drawn[made.digest] = made
    return said | {"picture": made.digest, "aspect": WIDE / HIGH}


def _pairs(one: dict[str, Any]) -> dict[str, Any]:
    """Return words that stand in pairs under their two names."""
    said: dict[str, Any] = {}
    for name, value in one.items():
        if name in {"name", "title", "text", "alt"}:
            said |= {f"{name}_zh": value[0], f"{name}_en": value[1]}
        elif name != "exhibits":
            said[name] = value
    return said
