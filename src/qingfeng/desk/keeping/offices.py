"""Offices that a page belongs to, by the name that the district gives them.

Names of offices differ by district: which room supervises our own staff, and which is the general
office, is a setting and not code.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qingfeng.organization.district_settings import Choice, register, setting
from qingfeng.organization.viewer import Viewer

SELF_SUPERVISION = "desk.office_of_self_supervision"
GENERAL_OFFICE = "desk.general_office"
ORGANISATION = "desk.office_of_organisation"

register(
    Choice(
        SELF_SUPERVISION,
        _("Office that supervises our own staff"),
        "干部监督室",
        "",
        _("Its head sees the whole register of interference."),
        "监察法 Art. 66",
    ),
    Choice(
        GENERAL_OFFICE,
        _("General office"),
        "办公室",
        "",
        _("Its head and its registrar keep the wording of documents."),
        "[proposal]",
    ),
    Choice(
        ORGANISATION,
        _("Organisation department"),
        "组织部",
        "",
        _("Its head sees for how long every post of ours has been held."),
        "[proposal]",
    ),
)


def holds_in(viewer: Viewer, office: str, *roles: str) -> bool:
    """Return whether somebody holds one of the roles in an office.

    Args:
        viewer: Who.
        office: Key of the setting that names it.
        roles: Keys of roles.
    """
    name = str(setting(office))
    return any(post.unit == name and post.roles & set(roles) for post in viewer.posts)


def sees_interference(viewer: Viewer) -> bool:
    """Return whether somebody sees the whole register of interference.

    Law:
        监察法 Art. 66
    """
    return viewer.has("auditor") or holds_in(viewer, SELF_SUPERVISION, "dept_head")


def keeps_wording(viewer: Viewer) -> bool:
    """Return whether somebody keeps the wording of documents."""
    return holds_in(viewer, GENERAL_OFFICE, "dept_head", "registrar")


def plans_exchanges(viewer: Viewer) -> bool:
    """Return whether somebody plans who moves to another post, for the whole commission."""
    return viewer.has("principal") or holds_in(viewer, ORGANISATION, "dept_head")
