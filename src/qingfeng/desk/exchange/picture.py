"""The line between us and a correspondent as a picture: two ends, a lane each way, a box for every package.

Every box says its number and how it stands in words and by its shape, not by colour alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from qingfeng.desk.exchange.needs import said_span
from qingfeng.exchange.standing import Mark, Standing

SIGNS = {
    "receipted": "✓",
    "taken": "✓",
    "on_way": "→",
    "gone": "·",
    "to_pack": "…",
    "missing": "✕",
    "waits": "○",
}
WORDS = {
    "receipted": pgettext_lazy("package", "received there"),
    "taken": pgettext_lazy("package", "taken in"),
    "on_way": pgettext_lazy("package", "on its way, no receipt yet"),
    "gone": pgettext_lazy("package", "went out, asks for no receipt"),
    "to_pack": pgettext_lazy("package", "waits to be packed"),
    "missing": pgettext_lazy("package", "missing"),
    "waits": pgettext_lazy("package", "waits for an earlier one"),
}


@dataclass(frozen=True)
class Box:
    """One package as it is drawn."""

    number: str
    state: str
    sign: str
    words: str


@dataclass(frozen=True)
class Line:
    """The line to one correspondent.

    Attributes:
        out, into: Boxes of either way, the oldest first.
        says: The same in sentences, one a way.
    """

    name: str
    kind: str
    href: str
    is_beside: bool
    out: tuple[Box, ...]
    into: tuple[Box, ...]
    says: tuple[str, str]
    came_at: datetime | None


def lines(found: Iterable[Standing]) -> list[Line]:
    """Return the line to everybody."""
    return [
        Line(
            one.correspondent.name,
            str(one.correspondent.get_kind_display()),
            reverse("desk:packages_with", args=[one.correspondent.pk]),
            one.correspondent.is_beside,
            tuple(map(_box, one.out)),
            tuple(map(_box, one.into)),
            (_out(one), _into(one)),
            one.came_at,
        )
        for one in found
    ]


def legend() -> list[tuple[str, str, Any]]:
    """Return every state with its sign and words."""
    return [(state, SIGNS[state], words) for state, words in WORDS.items()]


def _box(mark: Mark) -> Box:
    number = said_span((mark.number, mark.last or mark.number)) if mark.number else ""
    return Box(number, mark.state, SIGNS[mark.state], str(WORDS[mark.state]))


def _out(one: Standing) -> str:
    if not one.out:
        return _("Nothing went out yet.")
    last = max((mark.number or 0 for mark in one.out), default=0)
    parts = [_("Sent up to %(number)s") % {"number": last}] if last else []
    if one.owed:
        parts.append(_("without receipt: %(count)s") % {"count": len(one.owed)})
    elif last and not one.lying:
        parts.append(_("every receipt is here"))
    if one.waits:
        words = ngettext("%(count)d thing waits to go", "%(count)d things wait to go", one.waits)
        parts.append(words % {"count": one.waits})
    return f"{pgettext('packages', ', ').join(parts)}{pgettext('packages', '.')}"


def _into(one: Standing) -> str:
    taken = [mark.number or 0 for mark in one.into if mark.state == "taken"]
    if not one.into:
        return _("Nothing came in yet.")
    parts = [_("Taken in up to %(number)s") % {"number": max(taken)}] if taken else []
    if one.missing:
        parts.append(_("missing: %(span)s") % {"span": said_span(one.missing)})
        parts.append(_("waiting behind it: %(count)s") % {"count": one.behind})
    else:
        parts.append(_("nothing is missing"))
    return f"{pgettext('packages', ', ').join(parts)}{pgettext('packages', '.')}"
