"""What a clue joins: the matter it came from hears its result."""

from __future__ import annotations

from qingfeng.matters.door import perform
from qingfeng.matters.following import follow_with
from qingfeng.matters.models import Matter, Performance
from qingfeng.matters.registry import mechanism

HEARS = "hear_result"


def tell_source(matter: Matter, _performance: Performance) -> None:
    """Let the matter that led to a clue hear its result, where its kind hears results: the word, no more."""
    for link in matter.links_in.filter(kind="leads_to", until_at=None).select_related("source"):
        declared = mechanism(link.source.mechanism, link.source.version)
        if any(act.key == HEARS for act in declared.acts):
            perform(HEARS, link.source, by=None, facts={"found": matter.facts.get("found") or "unverifiable"})


def join() -> None:
    """Let results be heard where a clue came from."""
    follow_with("clue.tell_source", tell_source)
