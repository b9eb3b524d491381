"""Halls of the sample as their folders tell them: `hall.toml`, `angles.toml`, and the files they show.

`tools/panoramas` takes the pictures and works out the angles. A spot says `at` which thing it lies; the angle
stands in `angles.toml`, under the key of its scene; `beside` are degrees to the right and upwards from there,
so that a mark covers no lettering. Files are named as they lie here and become hashes.
"""

from __future__ import annotations

import io
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from PIL import Image

from qingfeng.culture.halls.keeping import Kept, keep_captions, keep_film, keep_panorama, keep_sound
from qingfeng.culture.models import Entry, Hall
from qingfeng.culture.storing import keep_picture

FOLDER = Path(__file__).parent / "halls"
AUTHOR = "区纪委监委宣传部（示例，自行制作）"
NAMED = ("medium", "captions_zh", "captions_en")  # what a spot names as a file
Told = dict[str, Any]


def photographed() -> list[Path]:
    """Return the folders of the halls that were photographed, in the order of their names."""
    return sorted(one.parent for one in FOLDER.glob("*/hall.toml"))


def told_in(folder: Path) -> Told:
    """Return what a hall's folder says, with the angles of its spots and the places of its scenes."""
    said = tomllib.loads((folder / "hall.toml").read_text(encoding="utf-8"))
    angles = tomllib.loads((folder / "angles.toml").read_text(encoding="utf-8"))
    for scene in said["scenes"]:
        here = angles[scene["key"]]
        scene["plan"] = here["plan"]
        for spot in scene["spots"]:
            yaw, pitch = here[spot.pop("at")]
            right, up = spot.pop("beside", (0.0, 0.0))
            spot["yaw"], spot["pitch"] = round(yaw + right, 1), round(pitch + up, 1)
    return said


def files_of(told: Told) -> dict[str, str]:
    """Return every file that a hall names, and what it is: a kind of medium, or `captions`."""
    found = {one["panorama"]: "panorama" for one in told["scenes"]}
    kinds = {".webp": "picture", ".mp3": "audio", ".mp4": "video"}
    found |= {one["file"]: kinds[Path(one["file"]).suffix] for one in told["media"]}
    spots = [spot for scene in told["scenes"] for spot in scene["spots"]]
    return found | {spot[name]: "captions" for spot in spots for name in NAMED[1:] if name in spot}


def tour_from(told: Told, digests: Mapping[str, str]) -> Told:
    """Return the tour of a hall as JSON, its files named by their hashes.

    Raises:
        KeyError: If a file has no hash.
    """
    scenes = [
        scene
        | {"panorama": digests[scene["panorama"]], "spots": [_spot(one, digests) for one in scene["spots"]]}
        for scene in told["scenes"]
    ]
    return {"v": 1, "zones": told["zones"], "first": told["first"], "scenes": scenes}


def fill(entry: Entry, folder: Path) -> Hall:
    """Keep what a hall shows, and write its tour.

    Args:
        entry: The hall's entry, a draft.
        folder: Where `hall.toml` lies.

    Raises:
        CannotKeep: If a file is not what it should be.
    """
    told = told_in(folder)
    kept = {name: _kept(folder / name, kind) for name, kind in files_of(told).items()}
    for no, row in enumerate(_media(told, kept), 1):
        entry.media.create(no=no, licence="own", author=AUTHOR, **row)
    digests = {name: one.digest for name, one in kept.items()}
    return Hall.objects.create(entry=entry, tour=tour_from(told, digests))


def _media(told: Told, kept: Mapping[str, Kept]) -> Iterator[Told]:
    """Yield the rows of what is shown: pictures first, since the first of them stands on the card."""
    kinds = files_of(told)
    said_in = {spot.get("medium", ""): spot for scene in told["scenes"] for spot in scene["spots"]}
    for one in told["media"]:
        spoken = said_in[one["file"]]
        yield _row(kinds[one["file"]], kept[one["file"]]) | {
            "name": Path(one["file"]).name, "alt_zh": one["alt_zh"],
            "alt_en": one["alt_en"], "seconds": one.get("seconds"),
            "told_zh": spoken.get("told_zh", ""), "told_en": spoken.get("told_en", ""),
        }  # fmt: skip
    for scene in told["scenes"]:
        yield _row("panorama", kept[scene["panorama"]]) | {
            "name": f"{scene['key']}-panorama.{kept[scene['panorama']].form}",
            "alt_zh": f"全景：{scene['name_zh']}", "alt_en": f"Panorama: {scene['name_en']}",
        }  # fmt: skip


def _row(kind: str, kept: Kept) -> Told:
    return {
        "kind": kind,
        "digest": kept.digest,
        "form": kept.form,
        "width": kept.width,
        "height": kept.height,
    }


def _spot(spot: Told, digests: Mapping[str, str]) -> Told:
    return spot | {name: digests[spot[name]] for name in NAMED if name in spot}


def _kept(file: Path, kind: str) -> Kept:
    if kind == "panorama":
        return keep_panorama(file, tell=lambda _done, _count: None)
    ways: dict[str, Callable[[bytes], Kept]] = {
        "audio": keep_sound, "video": keep_film, "captions": keep_captions, "picture": _kept_picture,
    }  # fmt: skip
    return ways[kind](file.read_bytes())


def _kept_picture(data: bytes) -> Kept:
    with Image.open(io.BytesIO(data)) as held:
        size = held.size
    return Kept(*keep_picture(data), *size)
