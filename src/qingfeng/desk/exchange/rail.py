"""What packages hang on the rail, for administrators and the auditor."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from qingfeng.exchange import standing
from qingfeng.exchange.models import OFFICE
from qingfeng.look.rail import RailEntry, register

SYSTEM, SECURITY, AUDITOR = "system_admin", "security_admin", "auditor"


def _reads(request: HttpRequest) -> bool:
    return bool(request.viewer.has(SYSTEM, SECURITY, AUDITOR))


def _pressing(_request: HttpRequest) -> int:
    return standing.pressing(OFFICE)


def hang() -> None:
    """Put the entry on the rail."""
    group = _("Administration")
    register(RailEntry(_("Packages"), "desk:packages", 960, _pressing, _reads, "mailbox", group))
