"""Data requests that a delivery can answer: open matters of that kind that the viewer may see."""

from __future__ import annotations

from collections.abc import Mapping

from qingfeng.findings.asked import list_of
from qingfeng.matters import access
from qingfeng.matters.models import Matter
from qingfeng.organization.viewer import Viewer

KIND = "data_request"
SHOWN = 200


def requests_for(viewer: Viewer) -> list[Matter]:
    """Return the open data requests, the newest first."""
    found = access.visible(viewer).filter(mechanism=KIND, standing=Matter.Standing.VALID, is_open=True)
    return list(found.order_by("-pk")[:SHOWN])


def listed_by(matter: Matter | None) -> Mapping[str, list[str]] | None:
    """Return what a request lists, table to columns; None without a request or a list."""
    return list_of(matter) if matter is not None else None
