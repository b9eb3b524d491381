"""Every place, route or hall as a file, drafts too; coordinates are WGS-84."""

from __future__ import annotations

from collections.abc import Iterator

from qingfeng.culture.drafts import HALL, PLACE, ROUTE, Draft, draft_of, loaded
from qingfeng.culture.files import halls, places, routes
from qingfeng.culture.files.shared import Ground
from qingfeng.culture.files.tables import collection_out, table_out
from qingfeng.culture.models import Entry, Place

KINDS = {"places": PLACE, "routes": ROUTE, "halls": HALL}
FORMS = ("csv", "geojson")


def given_out(what: str, form: str) -> bytes:
    """Return all of a kind as a file.

    Args:
        what: One of `KINDS`.
        form: One of `FORMS`.
    """
    kind = KINDS[what]
    return _table(kind) if form == "csv" else _collection(kind)


def _table(kind: str) -> bytes:
    if kind == PLACE:
        return table_out(places.COLUMNS, (places.row_out(one) for one in _drafts(kind)))
    if kind == ROUTE:
        ground = _ground()
        return table_out(
            routes.COLUMNS, (row for one in _drafts(kind) for row in routes.rows_out(one, ground))
        )
    return table_out(halls.COLUMNS, (row for one in _drafts(kind) for row in halls.rows_out(one)))


def _collection(kind: str) -> bytes:
    if kind == PLACE:
        return b"".join(collection_out(places.feature_out(one) for one in _drafts(kind)))
    if kind == ROUTE:
        ground = _ground()
        return b"".join(collection_out(routes.feature_out(one, ground) for one in _drafts(kind)))
    return b"".join(collection_out(halls.feature_out(one) for one in _drafts(kind)))


def _drafts(kind: str) -> Iterator[Draft]:
    rows = loaded(Entry.objects.filter(kind=kind)).order_by("slug")
    yield from (draft_of(one) for one in rows.iterator(chunk_size=500))


def _ground() -> Ground:
    known = Place.objects.values_list("entry__slug", "lon", "lat")
    return Ground("", {slug: (round(lon, 7), round(lat, 7)) for slug, lon, lat in known})
