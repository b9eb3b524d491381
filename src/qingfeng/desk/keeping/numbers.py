"""Matters found by their number, within what somebody may see."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _

from qingfeng.desk.seen import seen_of
from qingfeng.matters import access
from qingfeng.matters.models import Matter
from qingfeng.organization.viewer import Viewer


def matter_of(viewer: Viewer, number: str) -> Matter:
    """Return the matter of a number.

    Raises:
        ValidationError: If there is none, or none for them.
    """
    found = access.visible(viewer).filter(number=number.strip()).select_related("owner").first()
    if found is None:
        raise forms.ValidationError(_("There is no matter of this number. Copy the number as it stands."))
    return found


def shown_title(viewer: Viewer, matter: Matter) -> str:
    """Return the title of a matter as far as somebody sees it: number, and what it is about."""
    seen = seen_of(viewer, matter)
    return f"{matter.number} {seen.title}" if seen else matter.number
