"""Places in files: a row or a point each, in the datum it says."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from qingfeng.culture import basemap
from qingfeng.culture.coordinates import DATUMS, WGS84, Point, km_between, to_wgs84
from qingfeng.culture.drafts import PLACE, Draft
from qingfeng.culture.files import cells, shared
from qingfeng.culture.files.cells import Cell, NotRead
from qingfeng.culture.files.shared import Ground, Piece
from qingfeng.culture.files.tables import Wrong, list_of, plainly, text_of
from qingfeng.culture.models import Place

POINT = "Point"
CELLS: dict[str, Cell] = {
    "category": cells.one_of(Place.Category.choices),
    "address_zh": cells.text(80), "address_en": cells.text(120), "opens_at": cells.hour(),
    "closes_at": cells.hour(), "rest_days": cells.rest_days,
    "wheelchair": cells.one_of(Place.Access.choices, "partly"),
    "contact_zh": cells.text(60, is_office=True), "contact_en": cells.text(120, is_office=True),
    "is_closed": cells.flag,
}  # fmt: skip
AT = ("lon", "lat", "datum")
COLUMNS = ("slug", *shared.TEXT_COLUMNS, *AT, *CELLS, *shared.SOURCE_COLUMNS, *shared.MEDIUM_COLUMNS)
NEEDED = ("slug", "lon", "lat", "category", *shared.NEEDED)
BLANK: Draft = {
    "kind": PLACE, "slug": "", **shared.BLANK, "category": "", "lon": None, "lat": None, "address_zh": "",
    "address_en": "", "opens_at": "", "closes_at": "", "rest_days": "", "wheelchair": "partly",
    "contact_zh": "", "contact_en": "", "is_closed": False,
}  # fmt: skip
_degrees = {"lon": cells.number(-180, 180), "lat": cells.number(-85, 85)}
KNOWN = {one.replace("-", ""): one for one in DATUMS}


def draft_of_piece(piece: Piece, before: Draft | None, ground: Ground) -> Draft:
    """Return the draft that a line makes of what is there.

    Raises:
        Wrong: With every fault.
    """
    no, said = piece.first
    draft = shared.begun(before, BLANK) | {"slug": piece.slug}
    wrong = shared.texts_into(draft, said)
    wrong += cells.read_cells(said, CELLS, draft, needed=("category",))
    wrong += _placed(said, draft, ground)
    if bool(draft["opens_at"]) != bool(draft["closes_at"]):
        wrong.append(_("A place that opens closes too: give both hours, or none."))
    if wrong:
        raise Wrong((no, " ".join(wrong)))
    return draft


def datum_of(said: dict[str, Any], usual: str) -> str:
    """Return the datum that a line says, the usual one where it says none.

    Raises:
        NotRead: If there is no such datum.
    """
    plain = plainly(text_of(said.get("datum"))).upper().replace("-", "").replace(" ", "")
    if plain and plain not in KNOWN:
        raise NotRead("datum: " + _("It is one of %(kinds)s.") % {"kinds": ", ".join(DATUMS)})
    return KNOWN.get(plain, usual)


def point_of(said: dict[str, Any]) -> tuple[Any, Any] | None:
    """Return longitude and latitude as a feature or a row says them, None where it says nothing of them."""
    shape = said.get("geometry")
    if shape and shape.get("type") == POINT:
        at = list_of(shape.get("coordinates"))
        return (at[0], at[1]) if len(at) > 1 else ("", "")
    if "lon" in said or "lat" in said:
        return said.get("lon", ""), said.get("lat", "")
    return None


def in_wgs84(lon: Any, lat: Any, datum: str) -> Point:
    """Return a point that was written down in a datum.

    Raises:
        NotRead: If it is no point on the map; the message says what may be the matter.
    """
    try:
        read = [_degrees[name](text_of(value)) for name, value in (("lon", lon), ("lat", lat))]
    except NotRead as error:
        try:
            turned = bool(_degrees["lon"](text_of(lat)) and _degrees["lat"](text_of(lon)))
        except NotRead:
            turned = False
        if turned:
            said = _("Longitude and latitude are not on the map; are they the wrong way round?")
            raise NotRead(said) from error
        raise NotRead(_("Longitude and latitude are two numbers in degrees.")) from error
    if None in read:
        raise NotRead(_("Longitude and latitude are two numbers in degrees."))
    east, north = to_wgs84((read[0], read[1]), datum)
    return round(east, 7), round(north, 7)


def is_away(draft: Draft, ground: Ground) -> bool:
    """Return whether a place lies outside the base map."""
    return bool(ground.bounds) and not basemap.holds(ground.bounds, (draft["lon"], draft["lat"]))


def metres_off(one: Point, other: Point) -> int:
    """Return how far two points are from each other, whole metres."""
    return round(km_between(one, other) * 1000)


def row_out(draft: Draft) -> dict[str, Any]:
    """Return a place as a row."""
    own = {name: draft[name] for name in CELLS} | {"is_closed": shared.flag_out(draft["is_closed"])}
    at = {"lon": draft["lon"], "lat": draft["lat"], "datum": WGS84}
    return {"slug": draft["slug"]} | shared.texts_out(draft) | at | own


def feature_out(draft: Draft) -> dict[str, Any]:
    """Return a place as a feature, WGS-84."""
    said = {"slug": draft["slug"]} | shared.properties_out(draft) | {name: draft[name] for name in CELLS}
    said["datum"] = WGS84
    shape = {"type": POINT, "coordinates": [draft["lon"], draft["lat"]]}
    return {"type": "Feature", "properties": said, "geometry": shape}


def _placed(said: dict[str, Any], draft: Draft, ground: Ground) -> list[str]:
    shape = said.get("geometry")
    if shape is not None and shape.get("type") not in (POINT, None):
        return [_("A place is a point; this is %(shape)s.") % {"shape": shape.get("type")}]
    at = point_of(said)
    if at is None:
        return [] if draft["lon"] is not None else [_("Nothing in %(columns)s.") % {"columns": "lon, lat"}]
    try:
        draft["lon"], draft["lat"] = in_wgs84(*at, datum_of(said, ground.datum))
    except NotRead as error:
        return [str(error)]
    return []
