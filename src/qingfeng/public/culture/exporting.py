"""The whole site as a folder of files that opens from a disk, with a manifest that the public journal holds.

It is drawn from what is published, by the same functions and templates as the live pages. `manifest.json`
lists every file with its SHA-256; the SHA-256 of that list is an entry of the public log. A copy somebody has
changed no longer fits, and the checker says so.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import shutil
import zipfile
from collections.abc import Iterator
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext

from qingfeng import look
from qingfeng.culture.models import Listed, Manifest, Publication
from qingfeng.culture.storing import place_of
from qingfeng.culture.tiles import archive, place_of_tiles
from qingfeng.journal import store
from qingfeng.public.culture import hall_export, hall_pages, pages, shown
from qingfeng.public.culture.below import MOST_IN_A_SCRIPT, as_script, below
from qingfeng.public.culture.cards import qr_svg
from qingfeng.public.culture.views import gpx_of
from qingfeng.public.culture.ways import OfflineWay, Way

FOLDER = "public/culture/"
LANGUAGES = {"zh": "zh-hans", "en": "en"}
FORM = "qingfeng-culture/1"
VERSIONS = "versions.json"
"""Address of the live site, and for each page the hash of its version, as the public journal holds it."""


def export(folder: Path, *, host: str = "") -> Manifest:
    """Write the site into an empty folder and note its manifest.

    Args:
        folder: That does not exist yet, or is empty.
        host: Scheme and name of the live site, for QR codes; pages name no other site where it is empty.

    Raises:
        FileExistsError: If there is something in the folder.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty: name a new folder.")
    files: dict[str, str] = {}
    for path, data in _files(host):
        files[path] = _written(folder / path, data)
    text = json.dumps({"form": FORM, "files": files}, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    return _noted(text, files)


def _written(place: Path, data: bytes | Path) -> str:
    """Write bytes, or copy a file that is too large to be held, and return its SHA-256."""
    place.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(data, bytes):
        place.write_bytes(data)
    else:
        shutil.copyfile(data, place)
    with place.open("rb") as written:
        return file_digest(written, "sha256").hexdigest()


def zipped() -> Path:
    """Return where the last export lies as one file; it need not exist."""
    return Path(settings.HOME) / "culture" / "take-along.zip"


def to_take_along() -> Path | None:
    """Return the last export as one file; None where there is none, or it tells what has ended since."""
    place = zipped()
    if not place.exists():
        return None
    live = set(shown.live().values_list("version__sha256", flat=True))
    return place if set(_told_in(place)["versions"].values()) <= live else None


def keep_up() -> Manifest | None:
    """Make the file to take along anew where it tells what has ended; nothing where visitors get none."""
    place = zipped()
    if not place.exists() or to_take_along():
        return None
    return publish_copy(_told_in(place)["host"])


def _told_in(place: Path) -> dict[str, Any]:
    """Return what a file to take along tells of itself; of one that is torn or older, that it has ended."""
    try:
        with zipfile.ZipFile(place) as held:
            found: dict[str, Any] = json.loads(held.read(VERSIONS))
            return found
    except (zipfile.BadZipFile, KeyError):
        return {"host": "", "versions": {"": ""}}


def keep_zip(folder: Path) -> None:
    """Keep an export as the file that visitors take along; of two at once the later one counts, whole."""
    place = zipped()
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_suffix(f".{secrets.token_hex(4)}.new")  # what a killed one leaves is swept
    with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as out:
        for file in sorted(one for one in folder.rglob("*") if one.is_file()):
            info = zipfile.ZipInfo(str(file.relative_to(folder)), (2026, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if file.suffix == ".pmtiles" else zipfile.ZIP_DEFLATED
            with file.open("rb") as held, out.open(info, "w", force_zip64=True) as into:
                shutil.copyfileobj(held, into)
    beside.replace(place)


def publish_copy(host: str = "") -> Manifest:
    """Make the export anew and keep it as the file that visitors take along."""
    place = zipped().parent
    place.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=place, prefix="export.", suffix=".new") as folder:
        made = export(Path(folder), host=host)
        keep_zip(Path(folder))
    return made


@transaction.atomic
def _noted(text: str, files: dict[str, str]) -> Manifest:
    digest = hashlib.sha256(text.encode()).hexdigest()
    if known := Manifest.objects.filter(sha256=digest).first():
        return known
    made = Manifest.objects.create(made_at=timezone.now(), sha256=digest, note=f"{len(files)} files")
    Listed.objects.bulk_create(
        [
            Listed(manifest=made, path=path, sha256=sha)
            for path, sha in sorted({**files, "manifest.json": digest}.items())
        ],
        batch_size=500,
    )
    store.append(
        "culture.manifest", subject="culture", facts={"sha256": digest, "files": len(files)}, log="public"
    )
    return made


def _files(host: str) -> Iterator[tuple[str, bytes | Path]]:
    yield "index.html", render_to_string(FOLDER + "begin.html", {"title": _in_both()}).encode()
    yield "assets/culture.css", _built("site/culture.js", "css")
    yield "assets/culture.js", look.built("begin.js").encode()
    yield "assets/map.js", look.built("tour.js").encode()
    yield "assets/map.css", look.built("tour.css").encode()
    yield from _tiles()
    rows = list(shown.live().select_related("version").order_by("kind", "slug"))
    versions = {f"{one.kind}s/{one.slug}": one.version.sha256 for one in rows}
    yield VERSIONS, json.dumps({"host": host, "versions": versions}, indent=1).encode()
    yield from _media(rows)
    yield from hall_export.shared_files(rows)
    for language, locale in LANGUAGES.items():
        with translation.override(locale):
            yield from _pages(rows, language, host)


def _tiles() -> Iterator[tuple[str, bytes | Path]]:
    """Yield the base map in one file, and where it is small the same as a script."""
    if found := archive():
        yield "assets/base.pmtiles", place_of_tiles()
        if found.size <= MOST_IN_A_SCRIPT:
            yield "assets/base.js", as_script()


def _in_both() -> str:
    """Return the title of the page that is in no language yet: it leads to each."""
    said = []
    for locale in LANGUAGES.values():
        with translation.override(locale):
            said.append(gettext("Integrity map"))
    return " · ".join(said)


def _pages(rows: list[Publication], language: str, host: str) -> Iterator[tuple[str, bytes]]:
    top, below = (OfflineWay(language, depth, host) for depth in (0, 1))
    the_map = pages.the_map(top, asked={}) | {"data": _data(top)}
    yield f"{language}/index.html", _page("map.html", top, the_map)
    yield f"{language}/places.html", _page("places.html", top, pages.all_places(top, asked={}))
    yield f"{language}/routes.html", _page("routes.html", top, pages.routes(top))
    yield from hall_export.list_files(top)
    for row in rows:
        if row.kind == hall_pages.HALL:
            yield from hall_export.hall_files(row, language, host)
            continue
        says = pages.place if row.kind == pages.PLACE else pages.route
        yield f"{language}/{row.kind}s/{row.slug}.html", _page(f"{row.kind}.html", below, says(below, row))
        if row.kind == pages.ROUTE:
            yield f"{language}/routes/{row.slug}.gpx", gpx_of(row, language).encode()
        if host:
            yield f"{language}/qr/{row.slug}.svg", qr_svg(Way(language, host).whole(row.kind, row.slug))


def _page(template: str, way: OfflineWay, says: dict[str, Any]) -> bytes:
    return render_to_string(
        FOLDER + template, pages.frame(way) | says | {"root": "../" * (way.depth + 1)}
    ).encode()


def _data(way: OfflineWay) -> dict[str, Any]:
    """Return what the map of the export draws: it may fetch nothing from a disk."""
    held = {"places": json.loads(pages.places_geojson(way)), "ground": json.loads(pages.ground_text())}
    return held | {"below": below(way)}


def _media(rows: list[Publication]) -> Iterator[tuple[str, bytes]]:
    found = {
        (one["digest"], one["form"])
        for row in rows
        for one in row.version.content["media"]
        if one.get("kind") != "panorama"  # its tiles are there
    }
    for digest, form in sorted(found):
        file = place_of(digest, form)
        if file.exists():
            yield f"media/{digest}.{form}", file.read_bytes()


def _built(entry: str, kind: str) -> bytes:
    """Return the style sheet that the front end built for an entry."""
    manifest = json.loads(look.built("manifest.json"))
    name = manifest[entry]["css"][0] if kind == "css" else manifest[entry]["file"]
    return look.built(name).encode()
