"""The days around a lead as a page shows them: list, drawing and map of the same records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.desk.leads import daypicture, terms
from qingfeng.desk.leads.daypicture import DayPicture, Moment
from qingfeng.desk.leads.evidence import cell_words
from qingfeng.desk.leads.geography import ground
from qingfeng.findings import evidence
from qingfeng.screening.tables import tables

# What a line of the day says, kind of record by kind: the columns that tell it, in order.
TELLING = (
    "txn_type", "product", "liters", "amount", "place", "station", "parking_place", "entry_gate",
    "exit_gate", "from_place", "to_place", "purpose", "garage", "km", "minutes", "kind", "driver", "use_type",
)  # fmt: skip
MOST_TOLD = 5


@dataclass(frozen=True)
class Days:
    """The days around a lead.

    Attributes:
        moments: By time.
        picture: The drawing, None for a single record.
        map: What the map draws, None where no record says where.
        tiles: Address of the installation's own tiles, "" for none.
        credit: Whose tiles they are.
    """

    moments: list[Moment]
    picture: DayPicture | None
    map: dict[str, Any] | None
    tiles: str = ""
    credit: str = ""

    @property
    def drawn(self) -> SafeString:
        """What the map draws, as a script reads it."""
        return json_script(self.map)


def days_around(told: Sequence[evidence.Moment]) -> Days | None:
    """Return the days on which a vehicle's or card's rows lie; None where there is nothing of them."""
    if not told:
        return None
    moments = [_moment(no, one) for no, one in enumerate(told, 1)]
    placed = [one for one in moments if one.is_placed]
    return Days(
        moments,
        daypicture.draw(moments),
        _map(placed) if placed else None,
        settings.DESK_TILES,
        settings.DESK_TILES_CREDIT,
    )


def _moment(no: int, told: evidence.Moment) -> Moment:
    columns = {
        name: column.type
        for column in tables()[told.table].columns.values()
        for name, _kind in column.stored()
    }
    said = [
        f"{evidence.heading(told.table, name)} {cell_words(columns.get(name, ''), told.cells[name])}"
        for name in TELLING
        if name in told.cells
    ]
    words = "，" if terms.is_chinese() else ", "
    lane = terms.table_name(told.table)
    return Moment(
        no, told.at, told.until, lane, words.join(said[:MOST_TOLD]), told.is_evidence, told.lon, told.lat
    )


def _map(placed: list[Moment]) -> dict[str, Any]:
    """Return what the map draws: the records, and the district's own places near them."""
    points = [(one.lon or 0.0, one.lat or 0.0) for one in placed]
    return {
        "moments": [
            {"no": one.no, "lon": one.lon, "lat": one.lat, "own": one.is_own,
             "words": f"{one.at:%H:%M} {one.lane} {one.words}"}
            for one in placed
        ],
        "words": {
            "Map.Title": _("Map of the places in the list"),
            "NavigationControl.ZoomIn": pgettext("map", "Nearer"),
            "NavigationControl.ZoomOut": pgettext("map", "Further away"),
            "ScaleControl.Meters": pgettext("map", "m"),
            "ScaleControl.Kilometers": pgettext("map", "km"),
            "AttributionControl.ToggleAttribution": pgettext("map", "Whose tiles these are"),
        },
        **ground(points),
    }  # fmt: skip
