"""What fields of work hang on the rail: for own staff who carry matters."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from qingfeng.desk.fields.asked import may_open
from qingfeng.desk.shelves import CORRECTION
from qingfeng.look.rail import RailEntry, register


def _opens(request: HttpRequest) -> bool:
    return may_open(request.viewer)


def hang() -> None:
    """Put the entries on the rail, with what a case teaches."""
    register(RailEntry(_("Fields of work"), "desk:fields", 191, None, _opens, "chart-bar", CORRECTION))
    register(
        RailEntry(_("Topics suggested"), "desk:field_suggestions", 192, None, _opens, "sparkles", CORRECTION)
    )
