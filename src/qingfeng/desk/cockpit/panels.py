"""The seven panels, in order."""

from __future__ import annotations

from qingfeng.desk.cockpit import clocks, found, prone, quality, recurring, rights, stock
from qingfeng.desk.cockpit.shown import Panel
from qingfeng.desk.returns import readings
from qingfeng.desk.returns.measures import offer_from, once

PANELS: tuple[Panel, ...] = (
    clocks.PANEL,
    stock.PANEL,
    found.PANEL,
    quality.PANEL,
    prone.PANEL,
    recurring.PANEL,
    rights.PANEL,
)


def panel_of(key: str) -> Panel | None:
    """Return a panel by its key, None if there is none."""
    return next((one for one in PANELS if one.key == key), None)


def join() -> None:
    """Offer what the panels count, and have the worker count what they want; said at start-up."""
    offer_from(once(quality.measures))
    for one in PANELS:
        for key, by in one.wants:
            readings.keep(key, *by)
