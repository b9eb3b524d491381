"""Telling whoever reported something: through the counter, sealed to their receipt; here only the day."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from qingfeng.exchange.answers import came_by_counter, queue
from qingfeng.matters.answers import Answer, Done
from qingfeng.matters.door import perform
from qingfeng.matters.models import Matter
from qingfeng.organization.viewer import Viewer

WORDS = {"accepted": "accepted", "question": "question", "result": "closed", "note": "note"}
"""Kind of word of ours → kind of answer at the counter."""


def tell(matter: Matter, kind: str, text: str, *, by: Viewer, facts: dict[str, Any] | None = None) -> Answer:
    """Write to whoever reported.

    Args:
        matter: A report that came by the counter; of another it is only recorded that they were told.
        kind: `accepted`, `question`, `result` or `note`.
        text: In full; sealed to the code of the receipt, in no table of ours in clear.
        by: The custodian.
        facts: What the act asks for besides the day, where the result is told.
    """
    today = timezone.localdate().isoformat()
    act, entered = "tell", {"word_kind": kind, "told_on": today}
    if kind == "result" and matter.stage == "answered" and matter.facts.get("is_named"):
        act, entered = "give_feedback", {"fed_back_on": today, **(facts or {})}
    with transaction.atomic():
        done = perform(act, matter, by=by, facts=entered)
        if isinstance(done, Done) and came_by_counter(matter):
            queue(matter, WORDS[kind], text, may=("reply",))
    return done
