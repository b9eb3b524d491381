"""What a topic shows beside its facts: its numbers, each opening its rows, and the way to its field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.desk.fields.asked import Asked, may_open
from qingfeng.desk.panels import Panel, show
from qingfeng.matters.models import Matter
from qingfeng.mechanisms.topic.fields import SOURCES
from qingfeng.mechanisms.topic.joining import FAMILIES
from qingfeng.mechanisms.topic.numbers import Days
from qingfeng.organization.viewer import Viewer

TITLE = gettext_lazy("Numbers behind it, and their rows")
_FAMILY_OF = {words: key for key, words in FAMILIES.items()}


@dataclass(frozen=True)
class Number:
    """One number of the ledger with the addresses of its rows; a hidden one has none."""

    source: str
    what: str
    now: str
    now_href: str
    before: str
    before_href: str
    says: str


def of_topic(viewer: Viewer, matter: Matter) -> Panel | None:
    """Return the numbers that were counted last."""
    lines = list(matter.lines.filter(ledger="numbers").order_by("no").values_list("facts", flat=True))
    if not lines or not may_open(viewer):
        return None
    newest = max(str(facts["counted_on"]) for facts in lines)
    told = {(facts["source"], facts["what"]): facts for facts in lines if str(facts["counted_on"]) == newest}
    context = {"numbers": list(_numbers(viewer, matter, told.values())), "area": matter.facts["area"]}
    return Panel(TITLE, "desk/fields/topic.html", context)


def _numbers(viewer: Viewer, matter: Matter, lines: Any) -> Iterator[Number]:
    asked = Asked(viewer, matter.facts["area"], viewer.on)
    now = Days(date.fromisoformat(matter.facts["seen_from"]), date.fromisoformat(matter.facts["seen_until"]))
    for facts in lines:
        family = _FAMILY_OF.get(str(facts["what"]).rpartition("：")[2], "")

        def at(days: Days, value: int | None, source: str = facts["source"], family: str = family) -> str:
            if not value:
                return ""
            told = {"office": matter.facts.get("office_kind") or "", "family": family}
            return asked.rows_at(
                "finding" if source == "prone" else source,
                None,
                since=days.since.isoformat(),
                until=days.until.isoformat(),
                **told,
            )

        yield Number(
            str(dict(SOURCES)[facts["source"]]),
            facts["what"],
            _shown(facts.get("now")),
            at(now, facts.get("now")),
            "—" if facts["source"] == "prone" else _shown(facts.get("before")),
            at(now.before, facts.get("before")),
            " ".join(filter(None, (facts.get("ratio"), facts.get("says")))),
        )


def _shown(value: int | None) -> str:
    return _("under 5") if value is None else str(value)


def join() -> None:
    """Hang the panel; called once, at start-up."""
    show("topic", of_topic)
