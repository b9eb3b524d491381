"""What the house does for a talk: from the day they are told, it is theirs to read."""

from __future__ import annotations

from qingfeng.matters.computed import Found, find_with
from qingfeng.matters.models import Matter
from qingfeng.matters.sheets import Sheet


def tell(matter: Matter, _sheet: Sheet) -> Found:
    """Move who is to be talked with from the part of who is not told yet to that of who reads their own."""
    here = matter.parties.filter(until_at=None, role__in=("subject_planned", "subject_head"))
    persons = sorted({one for one in here.values_list("person_id", flat=True) if one})
    return Found(parties={"subject_planned": (), "subject_head": persons})


def join() -> None:
    """Let the kernel ask this room at its acts; called once, at start-up."""
    find_with("talk.tell", tell)
