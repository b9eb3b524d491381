"""Places as GeoJSON and CSV, out and in; what cannot be read is told by its line and left out."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import time
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from qingfeng.culture.booking import is_personal
from qingfeng.culture.coordinates import DATUMS, WGS84, to_wgs84
from qingfeng.culture.models import Entry, Place
from qingfeng.organization.models import Person
from qingfeng.plain.cells import refuse_endless

COLUMNS = (
    "slug", "category", "theme", "lon", "lat", "datum", "name_zh", "name_en", "abstract_zh", "abstract_en",
    "text_zh", "text_en", "address_zh", "address_en", "opens_at", "closes_at", "rest_days", "wheelchair",
    "contact", "source", "source_where",
)  # fmt: skip
TEXTS = ("name_zh", "name_en", "abstract_zh", "abstract_en", "text_zh", "text_en")
NEEDED = ("slug", "category", "theme", "lon", "lat", "name_zh", "name_en", "text_zh")
LONGEST = {
    "slug": 60, "name_zh": 60, "name_en": 120, "abstract_zh": 120, "abstract_en": 300, "text_zh": 800,
    "text_en": 3000, "address_zh": 80, "address_en": 120, "contact": 60, "source": 160, "source_where": 80,
}  # fmt: skip
MOST = 10_000
LARGEST = 40 * 1024 * 1024
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
REST_DAYS = re.compile(r"[1-7]{0,6}")


@dataclass(frozen=True)
class Read:
    """What a file says.

    Attributes:
        rows: Places that can be taken in, coordinates in WGS-84.
        rejects: (line or feature from 1, what is wrong).
    """

    rows: list[dict[str, Any]] = field(default_factory=list)
    rejects: list[tuple[int, str]] = field(default_factory=list)


def read(data: bytes, name: str) -> Read:
    """Return what a GeoJSON or CSV file says, by the end of its name.

    Raises:
        ValueError: If it is neither, too large, or cannot be read at all; the message says what to do.
    """
    if len(data) > LARGEST:
        raise ValueError(_("The file has more than 40 MB: split it."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(_("The file is not UTF-8: save it as CSV UTF-8 or as GeoJSON.")) from error
    rows = list(_of_geojson(text) if name.lower().endswith((".geojson", ".json")) else _of_csv(text))
    if len(rows) > MOST:
        raise ValueError(_("The file has more than %(n)d places: split it.") % {"n": MOST})
    found, seen = Read(), set(Entry.objects.values_list("slug", flat=True))
    for no, row in rows:
        said = _wrong(row) or (
            _("There is such an address already: %(slug)s") % row if row["slug"] in seen else ""
        )
        if said:
            found.rejects.append((no, said))
            continue
        seen.add(row["slug"])
        found.rows.append(_placed(row))
    return found


def put_aside(data: bytes, name: str) -> str:
    """Keep a file between the look at it and the second press; return what names it."""
    form = "csv" if name.lower().endswith(".csv") else "geojson"
    token = f"{sha256(data).hexdigest()}.{form}"
    place = _aside(token)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)
    return token


def picked_up(token: str) -> Read | None:
    """Return what a file that was put aside says now, and remove it; None where there is none."""
    place = _aside(token) if re.fullmatch(r"[0-9a-f]{64}\.(csv|geojson)", token) else None
    if place is None or not place.exists():
        return None
    try:
        data = place.read_bytes()
        place.unlink()
    except FileNotFoundError:  # pressed twice
        return None
    return read(data, token)


def _aside(token: str) -> Path:
    return Path(settings.HOME) / "culture" / "brought" / token


@transaction.atomic
def take_in(rows: list[dict[str, Any]], *, by: Person) -> int:
    """Make a draft of each row; return how many."""
    for row in rows:
        entry = Entry.objects.create(
            kind="place", slug=row["slug"], theme=row["theme"], made_by=by,
            **{name: row.get(name, "") for name in TEXTS},
        )  # fmt: skip
        Place.objects.create(
            entry=entry, category=row["category"], lon=row["lon"], lat=row["lat"],
            opens_at=row.get("opens_at") or None, closes_at=row.get("closes_at") or None,
            wheelchair=row.get("wheelchair") or "partly",
            **{name: row.get(name, "") for name in ("address_zh", "address_en", "rest_days", "contact")},
        )  # fmt: skip
        if row.get("source"):
            entry.sources.create(title=row["source"], where=row.get("source_where", ""))
    return len(rows)


def rows_out() -> Iterator[dict[str, Any]]:
    """Yield every place as it is written, drafts too, WGS-84."""
    for place in (
        Place.objects.select_related("entry").prefetch_related("entry__sources").order_by("entry__slug")
    ):
        source = next(iter(place.entry.sources.all()), None)
        own = {name: getattr(place, name, None) for name in COLUMNS}
        row = {name: getattr(place.entry, name, own[name]) for name in COLUMNS}
        row |= {
            "datum": WGS84,
            "source": source.title if source else "",
            "source_where": source.where if source else "",
        }
        yield {name: _said(value) for name, value in row.items()}


def _said(value: Any) -> Any:
    return value.strftime("%H:%M") if isinstance(value, time) else value or ""


def as_csv() -> bytes:
    """Return every place as CSV with a byte order mark, as spreadsheets like it; no cell is a formula."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    for row in rows_out():
        writer.writerow(
            {
                key: f"'{value}"
                if str(value)[:1] in "=+-@\t" and key not in ("lon", "lat") and value
                else value
                for key, value in row.items()
            }
        )
    return out.getvalue().encode("utf-8-sig")


def as_geojson() -> bytes:
    """Return every place as GeoJSON, WGS-84."""
    features = [
        {
            "type": "Feature",
            "properties": {key: value for key, value in row.items() if key not in ("lon", "lat", "datum")},
            "geometry": {"type": "Point", "coordinates": [row["lon"], row["lat"]]},
        }
        for row in rows_out()
    ]
    return json.dumps(
        {"type": "FeatureCollection", "features": features}, ensure_ascii=False, indent=1
    ).encode()


def _of_geojson(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        features = list(json.loads(text)["features"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ValueError(_("This is no GeoJSON collection of features.")) from error
    for no, one in enumerate(features, 1):
        feature = _object(one)
        shape, said = _object(feature.get("geometry")), _object(feature.get("properties"))
        point = shape.get("coordinates") if shape.get("type") == "Point" else None
        lon, lat = point[:2] if isinstance(point, list) and len(point) > 1 else ("", "")
        row = said | {"lon": lon, "lat": lat, "datum": said.get("datum") or WGS84}
        yield no, {key: _text(row.get(key)) for key in COLUMNS}


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    """Return a value as text without the sign that no database takes."""
    return "" if value is None else str(value).replace("\0", "").strip()


def _of_csv(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    reader = csv.DictReader(
        io.StringIO(text, newline=None)
    )  # also where a line ends as it did on old machines
    try:
        missing = [name for name in NEEDED if name not in (reader.fieldnames or [])]
        if missing:
            raise ValueError(_("The first line lacks %(columns)s.") % {"columns": ", ".join(missing)})
        for row in reader:
            refuse_endless(row.values())
            yield reader.line_num, {key: _text(row.get(key)) for key in COLUMNS}
    except csv.Error as error:
        said = _("Line %(line)d is no line of a table: look for a quotation mark that is not closed.")
        raise ValueError(said % {"line": reader.line_num}) from error


def _wrong(row: dict[str, Any]) -> str:
    """Return what is wrong with a row, "" where nothing is."""
    if missing := [name for name in NEEDED if row[name] in ("", None)]:
        return _("Nothing in %(columns)s.") % {"columns": ", ".join(missing)}
    try:
        lon, lat = float(row["lon"]), float(row["lat"])
    except (TypeError, ValueError):
        return _("Longitude and latitude are two numbers in degrees.")
    if not (-180 <= lon <= 180 and -85 <= lat <= 85):
        return _("Longitude and latitude are not on the map; are they the wrong way round?")
    known = {
        "category": Place.Category.values,
        "theme": Entry.Theme.values,
        "datum": ["", *DATUMS],
        "wheelchair": ["", *Place.Access.values],
    }
    for name, values in known.items():
        if row[name] not in values:
            return _("%(name)s is one of %(values)s.") % {
                "name": name,
                "values": ", ".join(filter(None, values)),
            }
    return _wrong_in_words(row)


def _wrong_in_words(row: dict[str, str]) -> str:
    """Return what is wrong with the texts of a row, "" where nothing is."""
    if not SLUG.fullmatch(row["slug"]):
        return _("slug is lower-case words with hyphens.")
    if any(row[name] and not HOUR.fullmatch(row[name]) for name in ("opens_at", "closes_at")):
        return _("Hours are written 09:00.")
    if not REST_DAYS.fullmatch(row["rest_days"]):
        return _("1 Monday to 7 Sunday: 12 is Monday and Tuesday.")
    if is_personal(row["contact"]):
        return _("Leave out telephone and identity numbers.")
    if any(len(row[name]) > most for name, most in LONGEST.items()):
        return _("A text is longer than its field: the story has at most 800 signs.")
    return ""


def _placed(row: dict[str, Any]) -> dict[str, Any]:
    lon, lat = to_wgs84((float(row["lon"]), float(row["lat"])), row["datum"] or WGS84)
    return {**row, "lon": round(lon, 7), "lat": round(lat, 7)}
