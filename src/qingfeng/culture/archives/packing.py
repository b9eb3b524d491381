"""A hall packed: its lists as they go out by themselves, the list a built hall is made from, every file.

The same draft gives the same bytes. `manifest.json` says of each file its hash, what it is, whose it is and
what allows it; `hall.csv` is for people, the other lists are read again by `opening.py`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from qingfeng.culture.drafts import CAPTIONS, Draft, draft_of, file_names
from qingfeng.culture.files import cells, halls
from qingfeng.culture.files.tables import collection_out, table_out
from qingfeng.culture.halls.naming import captions_in
from qingfeng.culture.models import Entry, Medium
from qingfeng.culture.storing import FORMS, place_of

FORMAT, VERSION = "qingfeng-hall", 1
MANIFEST, WALKED, TABLE, BUILT = "manifest.json", "hall.geojson", "hall.csv", "built.json"
MEDIA = "media/"
TYPES = {WALKED: "application/geo+json", TABLE: "text/csv", BUILT: "application/json"}
SIZES = ("width", "height", "seconds")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first day that a ZIP can say


def pack(entry: Entry, target: Path | IO[bytes]) -> None:
    """Write the draft of a hall as a ZIP.

    Args:
        entry: A hall.
        target: Is written anew; a file that is open, from where it stands.
    """
    draft = draft_of(entry)
    files = list(_files(entry))
    here = {said["sha256"]: said["name"] for said, _place in files}
    lists = dict(_lists(draft, here))
    manifest = {
        "format": FORMAT, "v": VERSION, "hall": entry.slug,
        "name": {"zh": entry.name_zh, "en": entry.name_en},
        "sources": [{"title": title, "where": where} for title, where in draft["sources"]],
        "lists": [_said(path, data) | {"type": TYPES[path]} for path, data in lists.items()],
        "media": [said for said, _place in files],
        "missing": _missing(draft, entry, {said["name"] for said, _place in files}),
    }  # fmt: skip
    with ZipFile(target, "w") as out:
        for path, data in {MANIFEST: _json(manifest), **lists}.items():
            out.writestr(_info(path, ZIP_DEFLATED), data)
        for said, place in files:
            info = _info(said["path"], ZIP_STORED)
            info.file_size = said["bytes"]
            with place.open("rb") as held, out.open(info, "w") as into:
                while block := held.read(1024**2):
                    into.write(block)


def by_name(built: Any, names: Mapping[str, str]) -> Any:
    """Return the list of a built hall, its pictures called otherwise: by name for their hash, or back."""
    if isinstance(built, list):
        return [by_name(one, names) for one in built]
    if not isinstance(built, dict):
        return built
    made = {name: by_name(one, names) for name, one in built.items()}
    if isinstance(picture := made.get("picture"), str):
        made["picture"] = names.get(picture, picture)
    return made


def _lists(draft: Draft, names: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    yield WALKED, b"".join(collection_out([halls.feature_out(draft)]))
    yield TABLE, table_out(halls.COLUMNS, halls.rows_out(draft))
    if draft["built"]:
        yield BUILT, _json(by_name(draft["built"], names))


def _files(entry: Entry) -> Iterator[tuple[dict[str, Any], Path]]:
    """Yield what the manifest says of each file that is here, with where it lies."""
    names, used = file_names(entry), set[str]()
    for one in entry.media.all():
        place = place_of(one.digest, one.form)
        if place.is_file() and one.digest in names:
            yield _medium(one, names.pop(one.digest), place, used), place
    for digest, name in captions_in(entry.hall.tour).items():
        place = place_of(digest, "vtt")
        if place.is_file():
            said = {"name": name, "kind": CAPTIONS, "type": FORMS["vtt"]}
            yield {"path": _path(name, digest, used), **said, **_measured(place)}, place


def _medium(one: Medium, name: str, place: Path, used: set[str]) -> dict[str, Any]:
    said = {"path": _path(name, one.digest, used), "name": name, "kind": one.kind, "type": FORMS[one.form]}
    whose = {"licence": one.licence, "author": one.author}
    sizes = {name: getattr(one, name) for name in SIZES if getattr(one, name)}
    return said | _measured(place) | whose | sizes


def _missing(draft: Draft, entry: Entry, here: Iterable[str]) -> list[str]:
    """Return what the draft names and nobody brought yet, or what is lost."""
    named = [one["name"] for one in draft["media"]]
    captions = [one.name for one in entry.wanted.all() if one.kind == CAPTIONS]
    return sorted({*named, *captions, *captions_in(entry.hall.tour).values()} - set(here))


def _path(name: str, digest: str, used: set[str]) -> str:
    """Return where a file lies in the archive: under its own name, of two of a name with part of the hash."""
    plain = cells.file_name(name) or digest[:16]
    if plain.lower() in used or plain.startswith("."):
        plain = f"{digest[:8]}-{plain}"
    used.add(plain.lower())
    return MEDIA + plain


def _measured(place: Path) -> dict[str, Any]:
    with place.open("rb") as held:
        return {"sha256": hashlib.file_digest(held, "sha256").hexdigest(), "bytes": place.stat().st_size}


def _said(path: str, data: bytes) -> dict[str, Any]:
    return {"path": path, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def _info(path: str, method: int) -> ZipInfo:
    info = ZipInfo(path, _EPOCH)
    info.compress_type, info.external_attr = method, 0o644 << 16
    return info
