"""What this room hangs on the rail of the desk."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from qingfeng.look.rail import RailEntry, register

ADMINISTRATION = _("Administration")
READERS = ("security_admin", "auditor")


def _held(*roles: str) -> Callable[[HttpRequest], bool]:
    return lambda request: request.viewer.has(*roles)


def _is_person(request: HttpRequest) -> bool:
    return request.viewer.person_id is not None


def hang() -> None:
    """Put the entries of this room on the rail, each for those who may open it."""
    mine = _("My account")
    own = (
        RailEntry(
            _("What I have declared"),
            "organization:own",
            810,
            may_see=_is_person,
            icon="writing-sign",
            group=mine,
        ),
        RailEntry(_("Security of my account"), "mfa_index", 820, may_see=_is_person, icon="key", group=mine),
        RailEntry(
            _("Work calendar"),
            "organization:calendar",
            830,
            may_see=_is_person,
            icon="calendar-event",
            group=mine,
        ),
    )
    kept = (
        (_("Units"), "units", "sitemap", (*READERS, "system_admin")),
        (_("People and posts"), "people", "users", READERS),
        (_("Accounts"), "accounts", "user-shield", READERS),
        (_("Declared relatives and interests"), "declared", "users-group", ("security_admin",)),
        (_("Standing in"), "stand_ins", "user-check", READERS),
        (_("Settings"), "settings", "settings", ("system_admin", "auditor")),
        (_("Imports"), "intakes", "upload", ("system_admin", "security_admin")),
    )
    for entry in own:
        register(entry)
    for order, (name, address, icon, roles) in enumerate(kept, start=900):
        register(
            RailEntry(
                name, f"organization:{address}", order, may_see=_held(*roles), icon=icon, group=ADMINISTRATION
            )
        )
