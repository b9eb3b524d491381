"""The entry on the rail."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from qingfeng.desk.keeping.doors import is_staff
from qingfeng.desk.shelves import PETITIONS
from qingfeng.look.rail import RailEntry, register


def hang() -> None:
    """Put the entry for staff among the petitions; where the counter is elsewhere it has no address."""
    register(RailEntry(_("Enter for somebody"), "at_desk:begin", 498, None, _takes_in, "pencil", PETITIONS))


def _takes_in(request: HttpRequest) -> bool:
    return is_staff(request.viewer)
