"""Places as GeoJSON and CSV, out and in; what cannot be read is told by its line and left out."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import time
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from qingfeng.culture import basemap
from qingfeng.culture.booking import is_personal
from qingfeng.culture.coordinates import DATUMS, WGS84, to_wgs84
from qingfeng.culture.models import Entry, Place, Source
from qingfeng.journal import store
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
MOST, AT_ONCE = 10_000, 500
SHAPE, POINT = "shape", "Point"
FORMULAS = ("=", "+", "-", "@", "\t")
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
        datums: How many of the rows are in which datum.
        unsaid: How many of the rows do not say theirs.
        away: Names of the rows that lie outside the base map.
    """

    rows: list[dict[str, Any]] = field(default_factory=list)
    rejects: list[tuple[int, str]] = field(default_factory=list)
    datums: Counter[str] = field(default_factory=Counter)
    unsaid: list[str] = field(default_factory=list)
    away: list[str] = field(default_factory=list)


def read(data: bytes, name: str, *, datum: str = WGS84) -> Read:
    """Return what a GeoJSON or CSV file says, by the end of its name.

    Args:
        data: UTF-8, UTF-16 with its mark, or GB18030.
        name: Of the file.
        datum: Of the rows that do not say theirs.

    Raises:
        ValueError: If it is neither, too large, or cannot be read at all; the message says what to do.
    """
    if len(data) > LARGEST:
        raise ValueError(_("The file has more than 40 MB: split it."))
    text = _decoded(data)
    rows = list(_of_geojson(text) if name.lower().endswith((".geojson", ".json")) else _of_csv(text))
    if len(rows) > MOST:
        raise ValueError(_("The file has more than %(n)d places: split it.") % {"n": MOST})
    found, seen = Read(), dict.fromkeys(Entry.objects.values_list("slug", flat=True), 0)
    bounds = basemap.bounds()
    for no, row in rows:
        if said := _wrong(row) or _seen(row, seen):
            found.rejects.append((no, said))
            continue
        seen[row["slug"]] = no
        if not row["datum"]:
            found.unsaid.append(row["name_zh"])
        made = _placed(row, row["datum"] or datum)
        found.datums[row["datum"] or datum] += 1
        if bounds and not basemap.holds(bounds, (made["lon"], made["lat"])):
            found.away.append(row["name_zh"])
        found.rows.append(made)
    return found


def _seen(row: dict[str, str], seen: Mapping[str, int]) -> str:
    """Return what is said of an address that is there already, "" where it is free."""
    if row["slug"] not in seen:
        return ""
    if no := seen[row["slug"]]:
        return _("Line %(no)d has the same address: %(slug)s") % {"no": no, "slug": row["slug"]}
    return _("There is such an address already: %(slug)s") % row


def _decoded(data: bytes) -> str:
    """Return a text as it was written by a browser, a spreadsheet of today, or one of a Chinese office."""
    is_wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for name in ("utf-16",) if is_wide else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    raise ValueError(_("The file is no text that can be read: save it as CSV UTF-8 or as GeoJSON."))


def put_aside(data: bytes, name: str) -> str:
    """Keep a file between the look at it and the second press; return what names it."""
    form = "csv" if name.lower().endswith(".csv") else "geojson"
    token = f"{sha256(data).hexdigest()}.{form}"
    place = _aside(token)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)
    return token


def picked_up(token: str, *, datum: str = WGS84) -> Read | None:
    """Return what a file that was put aside says now, and remove it; None where there is none, or a part."""
    place = _aside(token) if re.fullmatch(r"[0-9a-f]{64}\.(csv|geojson)", token) else None
    if place is None or not place.exists():
        return None
    try:
        data = place.read_bytes()
        place.unlink()
    except FileNotFoundError:  # pressed twice
        return None
    is_whole = token.startswith(sha256(data).hexdigest())
    return read(data, token, datum=datum) if is_whole else None


def _aside(token: str) -> Path:
    return Path(settings.HOME) / "culture" / "brought" / token


@transaction.atomic
def take_in(rows: list[dict[str, Any]], *, by: Person, batch: str = "") -> int:
    """Make a draft of each row; return how many.

    Args:
        rows: As `read` gives them.
        by: Who brings them.
        batch: Hash of their file, by which all of them are taken back.

    Raises:
        IntegrityError: If an address was taken since they were read; nothing is made then.
    """
    entries = Entry.objects.bulk_create(
        [
            Entry(
                kind="place",
                slug=row["slug"],
                theme=row["theme"],
                made_by=by,
                batch=batch,
                **{name: row.get(name, "") for name in TEXTS},
            )
            for row in rows
        ],
        batch_size=AT_ONCE,
    )
    pairs = list(zip(entries, rows, strict=True))
    Place.objects.bulk_create((_place(entry, row) for entry, row in pairs), batch_size=AT_ONCE)
    Source.objects.bulk_create(
        (
            Source(entry=entry, title=row["source"], where=row.get("source_where", ""))
            for entry, row in pairs
            if row.get("source")
        ),
        batch_size=AT_ONCE,
    )
    facts = {"sha256": batch, "places": len(rows)}
    store.append("culture.brought_in", subject="culture", by=f"person:{by.pk}", facts=facts)
    return len(rows)


@transaction.atomic
def take_back(batch: str, *, by: Person) -> int:
    """Remove the drafts that were brought in with a file and that nobody wrote in since; return how many."""
    rows = Entry.objects.select_for_update().filter(batch=batch, state=Entry.State.DRAFT)
    kept = Q(versions__isnull=False) | Q(media__isnull=False) | Q(place__stops__isnull=False)
    touched = set(Entry.objects.filter(kept, batch=batch).values_list("pk", flat=True))
    keys = [one.pk for one in rows if one.pk not in touched]
    for begin in range(0, len(keys), AT_ONCE):
        Entry.objects.filter(pk__in=keys[begin : begin + AT_ONCE]).delete()
    if keys:
        facts = {"sha256": batch, "places": len(keys)}
        store.append("culture.brought_back", subject="culture", by=f"person:{by.pk}", facts=facts)
    return len(keys)


def _place(entry: Entry, row: dict[str, Any]) -> Place:
    return Place(
        entry=entry, category=row["category"], lon=row["lon"], lat=row["lat"],
        opens_at=row.get("opens_at") or None, closes_at=row.get("closes_at") or None,
        wheelchair=row.get("wheelchair") or "partly",
        **{name: row.get(name, "") for name in ("address_zh", "address_en", "rest_days", "contact")},
    )  # fmt: skip


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
        writer.writerow({key: guarded(value) for key, value in row.items()})
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
        row = said | {"lon": lon, "lat": lat, SHAPE: shape.get("type")}
        yield no, {key: _text(row.get(key)) for key in (*COLUMNS, SHAPE)}


def guarded(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULAS) else value


def _unguarded(text: str) -> str:
    """Return a cell without the sign that keeps a spreadsheet from taking it for a formula."""
    return text[1:] if text[:1] == "'" and text[1:2] in FORMULAS else text


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    """Return a value as text without signs that no database takes: zero, and half a sign."""
    return "" if value is None else str(value).replace("\0", "").encode(errors="ignore").decode().strip()


def _of_csv(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    first = text.partition("\n")[0].partition("\r")[0]
    sign = max(",\t;", key=first.count)
    reader = csv.DictReader(io.StringIO(text, newline=None), delimiter=sign)  # lines of old machines too
    try:
        missing = [name for name in NEEDED if name not in (reader.fieldnames or [])]
        if missing:
            raise ValueError(_("The first line lacks %(columns)s.") % {"columns": ", ".join(missing)})
        for row in reader:
            refuse_endless(row.values())
            yield reader.line_num, {key: _unguarded(_text(row.get(key))) for key in COLUMNS}
    except csv.Error as error:
        said = _("Line %(line)d is no line of a table: look for a quotation mark that is not closed.")
        raise ValueError(said % {"line": reader.line_num}) from error


def _wrong(row: dict[str, Any]) -> str:
    """Return what is wrong with a row, "" where nothing is."""
    if row.get(SHAPE, POINT) != POINT and not row["lon"]:
        return _("A place is a point; this is %(shape)s.") % {"shape": row[SHAPE] or "null"}
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


def _placed(row: dict[str, Any], datum: str) -> dict[str, Any]:
    lon, lat = to_wgs84((float(row["lon"]), float(row["lat"])), datum)
    return {**row, "lon": round(lon, 7), "lat": round(lat, 7)}
