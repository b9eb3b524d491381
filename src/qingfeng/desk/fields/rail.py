"""What fields of work hang on the rail: for own staff who carry matters."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from qingfeng.desk.fields.asked import may_open
from qingfeng.look.rail import RailEntry, register


def _opens(request: HttpRequest) -> bool:
    return may_open(request.viewer)


def hang() -> None:
    """Put the entries on the rail, after the cockpit."""
    register(RailEntry(_("Fields of work"), "desk:fields", 34, may_see=_opens, icon="chart-bar"))
    register(RailEntry(_("Topics suggested"), "desk:field_suggestions", 35, may_see=_opens, icon="sparkles"))
