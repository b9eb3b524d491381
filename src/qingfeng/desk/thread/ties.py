"""What links are called, as one reads them from the earlier knot to the later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

WORDS: Mapping[str, Any] = {
    "leads_to": pgettext_lazy("link", "led to"),
    "led_to": pgettext_lazy("link", "led to"),
    "announces": pgettext_lazy("link", "announced in"),
    "followed_by": pgettext_lazy("link", "followed up by"),
    "appealed": pgettext_lazy("link", "appealed"),
    "reviewed": pgettext_lazy("link", "reviewed again"),
    "teaches": pgettext_lazy("link", "learnt from"),
    "tested_by": pgettext_lazy("link", "seen in a quiz"),
    "serves": pgettext_lazy("link", "served by"),
    "cites": pgettext_lazy("link", "taken up in"),
    "staffed_by": pgettext_lazy("link", "staffed by"),
    "asks_for": pgettext_lazy("link", "asked for"),
    "assessed_by": pgettext_lazy("link", "assessed in"),
    "slips": pgettext_lazy("link", "sent a slip in"),
    "merged": pgettext_lazy("link", "merged into"),
    "split_from": pgettext_lazy("link", "split off"),
    "repeats": pgettext_lazy("link", "repeated by"),
    "related": pgettext_lazy("link", "belongs with"),
}
OTHER = gettext_lazy("joined with")
VERIFIED = pgettext_lazy("link", "handed out")
READ = pgettext_lazy("link", "read by rules")
MERGED = pgettext_lazy("link", "on one subject")


def words_of(kind: str) -> str:
    """Return what a link is called; a kind that no list knows is said plainly."""
    return str(WORDS.get(kind, OTHER))


GOES_ON = pgettext_lazy("link", "then")
