"""What follows from sending a slip: whoever wrote reads it, word for word, at the counter.

Law:
    rights.md, schema test (g)
"""

from __future__ import annotations

from qingfeng.exchange.answers import queue
from qingfeng.matters.following import follow_with
from qingfeng.matters.models import Matter, MatterLink, Performance
from qingfeng.matters.registry import mechanism
from qingfeng.mechanisms.petition_slip.reading import public_text


def told(slip: Matter, _performance: Performance) -> None:
    """Let whoever wrote the petition read its slip, where the petition came through the counter."""
    declared = mechanism(slip.mechanism, slip.version)
    term = next(one.term for one in declared.slips() if one.key == slip.facts.get("slip_kind"))
    links = MatterLink.objects.filter(target=slip, kind="slips", until_at=None).select_related("source")
    for link in links:
        queue(link.source, "slip", public_text(slip), title=term, number=slip.number, may=("reply",))


def join() -> None:
    """Let the declaration name it."""
    follow_with("petition_slip.told", told)
