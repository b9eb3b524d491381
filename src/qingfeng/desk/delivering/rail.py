"""What a holder of data has on the rail: the requests that wait for it."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from qingfeng.desk.delivering.asked import requests_of
from qingfeng.desk.shelves import RECORDS
from qingfeng.look.rail import RailEntry, register
from qingfeng.matters import access


def _waits(request: HttpRequest) -> bool:
    return access.is_outside(request.viewer) and requests_of(request.viewer).exists()


def hang() -> None:
    """Put the entry on the rail, for whoever is asked for data."""
    register(RailEntry(_("Data asked of us"), "desk:delivering", 53, None, _waits, "download", RECORDS))
