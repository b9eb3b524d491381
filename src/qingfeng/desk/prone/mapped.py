"""Prone areas on a map: places of the district, or the seats of units, on the district's own ground."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.desk.leads.geography import Point, ground
from qingfeng.desk.prone import words
from qingfeng.desk.prone.asked import Asked
from qingfeng.desk.prone.heat import UNSEEN
from qingfeng.findings.models import Screening
from qingfeng.findings.prone.asked import Question
from qingfeng.findings.prone.cells import Cell, Table

FINE = 5  # places of a coordinate: about a metre


@dataclass(frozen=True)
class Placed:
    """One place in the list beside the map.

    Attributes:
        no: Its number, on the map too.
        says: What is known of it, in words.
    """

    no: int
    name: str
    says: str
    point: Point | None
    href: str
    is_out: bool
    is_unseen: bool


def placed(asked: Asked, found: Table) -> list[Placed]:
    """Return the places that may be shown, those that stand out most first, those nobody saw last."""
    points = points_of(asked.of((asked.map,)), asked.map)
    shown = [one for one in found.cells if not one.is_hidden]
    ordered = [*(one for one in shown if not one.is_unseen), *(one for one in shown if one.is_unseen)]
    return [_one(asked, no, one, points.get(one.key[0])) for no, one in enumerate(ordered, 1)]


def _one(asked: Asked, no: int, cell: Cell, point: Point | None) -> Placed:
    by = (asked.map,)
    href = asked.rows_at("verified", by, cell.key) if cell.verified else ""
    name = words.cell_name(by, cell.key)
    return Placed(no, name, says_of(cell), point, href, cell.stands_out, cell.is_unseen)


def says_of(cell: Cell) -> str:
    """Return in a line what is known of a cell."""
    if cell.is_unseen:
        return f"{UNSEEN} " + _("never looked at: no problem found says nothing")
    told = _("%(verified)s verified, %(raw)s found") % {"verified": cell.verified, "raw": cell.raw}
    known = cell.believed
    if known is None:
        return told
    ratio = _("%(ratio)s times the common rate") % {"ratio": words.between(known.mean, known.low, known.high)}
    return f"{told} · {ratio}"


def points_of(question: Question, name: str) -> dict[str, Point]:
    """Return where a place or unit lies: its seat, or the middle of the seats of its units."""
    seats: dict[str, list[Point]] = defaultdict(list)
    for one in question.units.values():
        if one.lon is not None and one.lat is not None:
            seats[one.place if name == "place" else one.name].append((one.lon, one.lat))
    return {
        key: (
            round(sum(lon for lon, _lat in some) / len(some), FINE),
            round(sum(lat for _lon, lat in some) / len(some), FINE),
        )
        for key, some in seats.items()
    }


def drawing(rows: Sequence[Placed]) -> dict[str, Any] | None:
    """Return what the map draws; None where nobody knows where anything lies."""
    known = [(one, one.point) for one in rows if one.point is not None]
    if not known:
        return None
    marks = [
        {"no": one.no, "lon": point[0], "lat": point[1], "own": one.is_out, "words": f"{one.name} {one.says}"}
        for one, point in known
    ]
    newest = Screening.objects.filter(is_newest=True).values_list("snapshot", flat=True).first()
    around = _ground(str(settings.HOME), newest or "", tuple(point for _one, point in known))
    return {"moments": marks, "words": _words(), **around}


@lru_cache(maxsize=8)
def _ground(_home: str, _snapshot: str, points: tuple[Point, ...]) -> dict[str, Any]:
    return ground(points)


def _words() -> dict[str, str]:
    return {
        "Map.Title": _("Map of prone areas"),
        "NavigationControl.ZoomIn": pgettext("map", "Nearer"),
        "NavigationControl.ZoomOut": pgettext("map", "Further away"),
        "ScaleControl.Meters": pgettext("map", "m"),
        "ScaleControl.Kilometers": pgettext("map", "km"),
        "AttributionControl.ToggleAttribution": pgettext("map", "Whose tiles these are"),
    }
