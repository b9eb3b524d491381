"""What the pages of letters hang on the rail."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import pgettext_lazy

from qingfeng.desk.listing import knows
from qingfeng.desk.shelves import CORRECTION
from qingfeng.findings.confirming.letters import KIND
from qingfeng.look.rail import RailEntry, register
from qingfeng.matters.registry import mechanisms
from qingfeng.matters.vocabulary import Mechanism


def declared() -> Mechanism | None:
    """Return the kind of letters, None in a house without that room."""
    return next((one for one in mechanisms() if one.key == KIND), None)


def may_open(request: HttpRequest) -> bool:
    """Return whether the list of letters exists for somebody: own staff who may know of letters."""
    kind = declared()
    return kind is not None and request.viewer.is_ours and knows(request.viewer, kind)


def hang() -> None:
    """Put the entry on the rail."""
    name = pgettext_lazy("rail", "Corrections and records")
    register(RailEntry(name, "desk:letters_corrections", 190, None, may_open, "chart-dots", CORRECTION))
