"""Answers to whoever wrote at the counter: sealed in the act's transaction to a key only their code gives.

Nothing of an answer lies anywhere in clear on its way: neither in what waits here, nor in the package, nor on
the counter's machine, which shows it to whoever types the code. One code serves all that a letter became:
what was split off answers under it too, and only the sealed answer says which part it is of.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from hashlib import sha256

from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.exchange.models import Asker, Outgoing
from qingfeng.exchange.opening import about_of
from qingfeng.exchange.outgoing import queue as queue_for
from qingfeng.matters.carrying import split_from
from qingfeng.matters.keeping import merged
from qingfeng.matters.models import Matter
from qingfeng.sealing.arrivals import seal_answer

ANSWERS = "counter_answers"
_SAME: dict[str, Callable[[Matter], Matter | None]] = {}


def same_with(mechanism: str, function: Callable[[Matter], Matter | None]) -> None:
    """Let a room say which other matter holds the same letter as one of its own: what it was handed on to."""
    _SAME[mechanism] = function


def queue(
    matter: Matter,
    kind: str,
    text: str,
    *,
    title: str = "",
    number: str = "",
    may: Sequence[str] = (),
    on: date | None = None,
    until: date | None = None,
    stands: str = "",
) -> list[Outgoing]:
    """Tell whoever wrote something, through the counter; in the caller's transaction.

    Whoever wrote what was merged into it is told that there is an answer, and not what it says: it holds what
    somebody else has said and asked for. They ask for their part in the dialogue.

    Args:
        matter: What their letter became, or a part of it.
        kind: `accepted`, `question`, `opinion`, `slip`, `closed`, `note` or `part`.
        text: In full.
        title: Of a document.
        number: Of a document.
        may: What they may do then (`sealing.arrivals.MAY`).
        on: Civil date of it; today by default.
        until: Civil date until which the law leaves time for that.
        stands: Of a part that was split off: the kind of the last answer about it until then.

    Returns:
        What waits to be sent; empty where the matter did not come through a counter.
    """
    said: dict[str, object] = {"kind": kind, "text": text, "on": (on or timezone.localdate()).isoformat()}
    said |= {"title": title} if title else {}
    said |= {"number": number} if number else {}
    said |= {"may": list(may)} if may else {}
    said |= {"until": until.isoformat()} if until else {}
    said |= {"stands": stands} if stands else {}
    part = _part(matter)
    own = said | ({"part": part} if part else {})
    told = [(one, own if is_own else _to_others(said)) for one, is_own in _askers(matter)]
    return [_queued(one, what) for one, what in told if what]


def came_by_counter(matter: Matter) -> bool:
    """Say whether an answer about a matter reaches somebody through a counter."""
    return bool(_askers(matter))


def _askers(matter: Matter) -> list[tuple[Asker, bool]]:
    """Return to whom answers go, and whether it is their own letter.

    Of all that was written with one code it is the first letter that counts: what was said later to a
    petition that had been merged stands under the one that goes on, and makes it nobody else's own.
    """
    own = _whence(matter)
    there = {about_of(one): True for one in own}
    for one in _joined(own):
        for each in _whence(one):
            if each.mechanism == one.mechanism:  # what was handed on goes its own way
                there.setdefault(about_of(each), False)
    found: dict[tuple[int, bytes], tuple[Asker, bool]] = {}
    letters = Asker.objects.filter(about__in=there).exclude(key=b"").order_by("number")
    for letter in letters:
        code = (letter.stream_id, bytes(letter.key))
        if code not in found:
            first = Asker.objects.filter(stream=letter.stream_id, key=letter.key).select_related("stream")
            found[code] = (first.order_by("number")[0], there[letter.about])
    return sorted(found.values(), key=lambda one: one[0].number)


def _whence(matter: Matter) -> list[Matter]:
    """Return a matter, what it was split from, and what holds the same letter, nearest first."""
    found = [matter]
    for one in found:
        same = _SAME[one.mechanism](one) if one.mechanism in _SAME else None
        known = {each.pk for each in found}
        found += [each for each in (split_from(one), same) if each is not None and each.pk not in known]
    return found


def _joined(own: Sequence[Matter]) -> list[Matter]:
    """Return what was merged into a matter, and into what it was split from before that was split."""
    found = merged(own[0])
    since = own[0].opened_at
    for one in own[1:]:
        if one.mechanism != own[0].mechanism:
            continue
        links = one.links_in.filter(kind="merged", since_at__lte=since).select_related("source")
        for link in links.order_by("pk"):
            found += [each for each in (link.source, *merged(link.source)) if each not in found]
        since = one.opened_at
    return [one for one in found if one not in own]


def _part(matter: Matter) -> dict[str, str]:
    """Return what whoever wrote knows a part by; empty for what their letter itself became."""
    for one in _whence(matter):
        if split_from(one) is not None:
            return {"key": one.slug, "number": one.number, "title": one.title}
    return {}


def _to_others(said: Mapping[str, object]) -> dict[str, object]:
    """Return what is said to whoever wrote a merged letter; empty where it is meant for somebody else."""
    if said["kind"] in ("question", "part"):
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
