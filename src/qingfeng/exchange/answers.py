"""Answers to whoever wrote at the counter: sealed in the act's transaction to a key only their code gives.

Nothing of an answer lies anywhere in clear on its way: neither in what waits here, nor in the package, nor on
the counter's machine, which shows it to whoever types the code.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.exchange.models import Asker, Outgoing
from qingfeng.exchange.opening import about_of
from qingfeng.exchange.outgoing import queue as queue_for
from qingfeng.matters.keeping import merged
from qingfeng.matters.models import Matter
from qingfeng.sealing.arrivals import seal_answer

ANSWERS = "counter_answers"


def queue(
    matter: Matter,
    kind: str,
    text: str,
    *,
    title: str = "",
    number: str = "",
    may: Sequence[str] = (),
    on: date | None = None,
) -> list[Outgoing]:
    """Tell whoever wrote something, through the counter; in the caller's transaction.

    Whoever wrote what was merged into it is told that there is an answer, and not what it says: it holds what
    somebody else has said and asked for. They ask for their part in the dialogue.

    Args:
        matter: What their letter became.
        kind: `accepted`, `question`, `opinion`, `slip`, `closed` or `note`.
        text: In full.
        title: Of a document.
        number: Of a document.
        may: What they may do then (`sealing.arrivals.MAY`).
        on: Civil date of it; today by default.

    Returns:
        What waits to be sent; empty where the matter did not come through a counter.
    """
    said = {"kind": kind, "text": text, "on": (on or timezone.localdate()).isoformat()}
    said |= {"title": title} if title else {}
    said |= {"number": number} if number else {}
    said |= {"may": list(may)} if may else {}
    own = {bytes(one.key) for one in _letters([matter])}
    told = [(one, said if bytes(one.key) in own else _to_others(said)) for one in _askers(matter)]
    return [_queued(one, what) for one, what in told if what]


def came_by_counter(matter: Matter) -> bool:
    """Say whether an answer about a matter reaches somebody through a counter."""
    return bool(_askers(matter))


def _askers(matter: Matter) -> list[Asker]:
    """Return to whom answers go: of all that was written with one code, the first letter's number."""
    found: dict[bytes, Asker] = {}
    for one in _letters([matter, *merged(matter)]):  # all are told that something became of it
        if bytes(one.key) in found:
            continue
        same = Asker.objects.filter(stream=one.stream_id, key=one.key).select_related("stream")
        found[bytes(one.key)] = same.order_by("number")[0]
    return sorted(found.values(), key=lambda one: one.number)


def _letters(matters: Sequence[Matter]) -> QuerySet[Asker]:
    return Asker.objects.filter(about__in=[about_of(one) for one in matters]).exclude(key=b"")


def _to_others(said: Mapping[str, object]) -> dict[str, object]:
    """Return what is said to whoever wrote a merged letter; empty where it is a question to somebody else."""
    if said["kind"] == "question":
        return {}
    text = _(
        "What you wrote is dealt with together with another letter about the same, and there is an answer. "
        "It holds what others have said and is not shown here: ask us here for the part that concerns you."
    )
    return {**{name: one for name, one in said.items() if name != "title"}, "text": text}


def _queued(asker: Asker, said: dict[str, object]) -> Outgoing:
    box = seal_answer(said, bytes(asker.key))
    content = {"number": asker.there, "answer": b64encode(box).decode()}
    key = f"answer:{sha256(box).hexdigest()[:40]}"
    return queue_for(asker.stream.correspondent, ANSWERS, content, key=key)
