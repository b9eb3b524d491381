"""What the records can say of a correction, in words; one tag and one mark each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

SAYS: Mapping[str, Any] = {
    "confirmed": _("The records confirm it"),
    "not_confirmed": _("The records show no correction"),
    "moved": _("Come up elsewhere"),
    "cannot_be_said": _("Cannot be said"),
}
NOT_YET = _("Not compared yet")
PAPER = _("Paper correction")
TAGS: Mapping[str, str] = {"confirmed": "act", "not_confirmed": "warning", "moved": "warning"}
URGENT = ("not_confirmed", "moved", "cannot_be_said", "", "confirmed")
"""In this order letters ask for attention; "" has not been compared yet."""


def language() -> str:
    """Return "zh" or "en", for sentences that the records' own floor says."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def months_in_words(months: tuple[str, ...]) -> str:
    """Return months as "2026-01 – 2026-03", "" for none."""
    if not months:
        return ""
    return months[0] if len(months) == 1 else f"{months[0]} – {months[-1]}"
