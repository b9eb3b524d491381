"""Leaving: somebody's parts end, on one matter or on many, and each story says so.

What is named by an act is taken back by an act. Where a whole working group ends, its people's parts end on
every matter that they were named on through it, in one transaction: who has left sees nothing from then on.
Open emergency access to these matters ends with them. A floor above may hang on what else must end
(`when_somebody_leaves`): a pack that is out is recalled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from django.utils import timezone

from qingfeng.journal.store import append
from qingfeng.matters import at_hand, notices
from qingfeng.matters.models import BreakGlass, Matter, Party
from qingfeng.matters.story import Signed, Trace, record
from qingfeng.organization.models import PostRole

LEFT = "kernel.leave"
Leaves = Callable[[int, list[int], str], None]

_HEARD: list[Leaves] = []


def when_somebody_leaves(function: Leaves) -> None:
    """Have a function called with person, keys of matters and reason, where parts end, in the transaction."""
    if function not in _HEARD:
        _HEARD.append(function)


def live_parts(persons: Iterable[int]) -> list[Party]:
    """Return the parts that some people have now, on open and closed matters, not as whom one is about."""
    rows = Party.objects.filter(person__in=list(persons), until_at=None, is_subject=False)
    return list(rows.select_related("matter").order_by("matter_id", "pk"))


def end_parts(person: int, matters: Iterable[int], *, of: Matter, at: datetime, reason: str) -> list[int]:
    """End every part that a person has on some matters, under the caller's transaction.

    Args:
        person: Id of who leaves.
        matters: Keys.
        of: The matter whose act ends them, locked by the caller; its own line in the story says so.
        at: Instant of that act.
        reason: In words, for the other stories.

    Returns:
        Keys of the matters on which a part has ended, in order.
    """
    ended = [key for key in sorted(set(matters)) if _end_on(key, person, of=of, at=at, reason=reason)]
    BreakGlass.objects.filter(person=person, matter__in=ended, expires_at__gt=timezone.now()).update(
        expires_at=timezone.now()
    )
    if ended:
        append(
            "matter.parts_ended",
            subject=f"{of.mechanism}/{of.slug}",
            by="house",
            facts={"person": person, "matters": ended},
            at=at,
        )
        for function in _HEARD:
            function(person, ended, reason)
    return ended


def _end_on(key: int, person: int, *, of: Matter, at: datetime, reason: str) -> bool:
    if key == of.pk:
        return bool(_leave(of, person, at))
    matter = Matter.objects.select_for_update().get(pk=key)
    with at_hand.held(matter):
        roles = _leave(matter, person, at)
        if roles:
            matter.revision += 1
            facts = {"person": person, "roles": roles, "through": f"{of.mechanism}/{of.slug}"}
            signed = Signed(None, "house", at, reason=reason)
            record(matter, signed, Trace(LEFT, matter.stage, matter.stage, facts, facts))
            matter.save(update_fields=["revision"])
            _tell_head(matter)
    return bool(roles)


def _leave(matter: Matter, person: int, at: datetime) -> list[str]:
    reading = at_hand.of(matter)
    gone = [one for one in reading.parties() if one.person_id == person and not one.is_subject]
    for one in gone:
        one.until_at = at
        one.save(update_fields=["until_at"])
    reading.parties_changed(gone)
    return sorted({one.role for one in gone})


def _tell_head(matter: Matter) -> None:
    """Tell the head of the room that carries a matter: somebody else may have to be named."""
    if not matter.is_open:
        return
    held = PostRole.objects.held_on(timezone.localdate())
    heads = held.filter(role="dept_head", post__unit=matter.owner_id)
    notices.tell(sorted(set(heads.values_list("post__person_id", flat=True))), "left", matter)
