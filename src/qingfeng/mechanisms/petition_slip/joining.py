"""What follows from sending a slip: whoever wrote reads it, word for word, at the counter.

Where all words of a petition go, those of its slips go too, and the slips are void; where it goes on, so do
its slips, without the words that it lost.

Law:
    rights.md 6, schema test (g)
"""

from __future__ import annotations

from django.utils import timezone

from qingfeng.exchange.answers import queue
from qingfeng.matters import erasing
from qingfeng.matters.following import follow_with
from qingfeng.matters.models import Matter, MatterLink, Performance
from qingfeng.matters.registry import mechanism
from qingfeng.matters.said import Said
from qingfeng.mechanisms.petition_slip.reading import public_text

TITLE = "信访三单"
CHOSEN = ("choice", "choices", "day", "whole", "unit")


def told(slip: Matter, _performance: Performance) -> None:
    """Let whoever wrote the petition read its slip, where the petition came through the counter."""
    declared = mechanism(slip.mechanism, slip.version)
    term = next(one.term for one in declared.slips() if one.key == slip.facts.get("slip_kind"))
    links = MatterLink.objects.filter(target=slip, kind="slips", until_at=None).select_related("source")
    for link in links:
        queue(link.source, "slip", public_text(slip), title=term, number=slip.number, may=("reply",))


def go_along(petition: Matter, why: str, said: Said | None) -> None:
    """Erase what the slips of a petition say whose words were erased: what was chosen and counted stays."""
    links = MatterLink.objects.filter(source=petition, kind="slips").values("target")
    for slip in Matter.objects.select_for_update().filter(pk__in=links).order_by("pk"):
        if said is not None:
            erasing.strike(slip, said, title=TITLE, why=why)
            continue
        declared = mechanism(slip.mechanism, slip.version)
        asked = (*declared.asks, *(field for act in declared.acts for field in act.asks))
        keeps = {one.key for one in asked if one.kind in CHOSEN}
        erasing.void(slip, at=timezone.now(), reason=why)
        erasing.erase_words(slip, title=TITLE, why=why, keeps=keeps)
        erasing.end_parts(slip)


def join() -> None:
    """Let the declaration name it, and slips go with their petition."""
    follow_with("petition_slip.told", told)
    erasing.when_erased(go_along)
