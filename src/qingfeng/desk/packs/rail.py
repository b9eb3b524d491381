"""The entry of packs on the rail, for whoever may be given a verification."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from qingfeng.desk.keeping.doors import carries_matters
from qingfeng.desk.shelves import RECORDS
from qingfeng.look.rail import RailEntry, register


def _may_see(request: HttpRequest) -> bool:
    return request.viewer.person_id is not None and carries_matters(request.viewer)


def hang() -> None:
    """Put the entry on the rail."""
    register(RailEntry(_("Task packs"), "desk:packs", 54, None, _may_see, "files", RECORDS))
