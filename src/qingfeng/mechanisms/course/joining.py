"""What the house finds out for a course: whom its material tells of, and what its measure reads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from qingfeng.matters.computed import Found, find_with
from qingfeng.matters.counting import months_after
from qingfeng.matters.models import Matter
from qingfeng.matters.sheets import Sheet
from qingfeng.matters.today import today
from qingfeng.mechanisms.measures import value_of
from qingfeng.mechanisms.telling_who import texts_of, who_is_told

MONTHS = 3


def checked(matter: Matter, _sheet: Sheet) -> Found:
    """Tell the gates what the standing material, texts and files, says about who somebody is."""
    found = {one for text in _texts(matter) for one in who_is_told(text)}
    return Found(told={"tells_who": sorted(found)})


def _texts(matter: Matter) -> Iterator[str]:
    for line in matter.lines.filter(ledger="materials").exclude(state="struck"):
        yield f"{line.facts.get('material') or ''}\n{line.facts.get('told') or ''}"
        yield from texts_of(line.files.values_list("attachment_id", flat=True))


def effect(matter: Matter, _sheet: Sheet) -> Found:
    """Read the measure over the three months before the first session and the three after it.

    Nothing is found where no measure was named, or while the three months are not over.
    """
    key = str(matter.facts.get("measure") or "")
    days = [str(one.facts.get("taught_on")) for one in matter.lines.filter(ledger="sessions")]
    if not key or not days:
        return Found()
    taught = date.fromisoformat(min(days))
    after = months_after(taught, MONTHS)
    before = value_of(key, months_after(taught, -MONTHS), taught - timedelta(days=1), "")
    later = value_of(key, taught + timedelta(days=1), after, "") if after <= today() else ""
    return Found(facts={"before_value": before, "after_value": later})


def join() -> None:
    """Make what this room finds out known to the house."""
    find_with("course.checked", checked)
    find_with("course.effect", effect)
