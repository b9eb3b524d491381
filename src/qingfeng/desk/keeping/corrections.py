"""Corrections as they stand beside what they correct: field, old and new value, who, when, why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from qingfeng.desk import values
from qingfeng.desk.seen import Seen
from qingfeng.matters.models import Performance


@dataclass(frozen=True)
class Corrected:
    """One corrected value.

    Attributes:
        no: Number of the corrected act in the story.
        act: What that act is called.
        field: What the field is called.
        old: Value before, in words.
        new: Value after, in words.
        by: The correcting line of the story: who, when and why.
    """

    no: int
    act: str
    field: Any
    old: str
    new: str
    by: Performance


def corrections_of(seen: Seen) -> list[Corrected]:
    """Return the corrections that somebody sees, newest first; one look at the names for all of them."""
    if not any(one.act == "kernel.correct" for one in seen.performances):
        return []
    known = values.fields_of(seen.declared)
    acts = {one.no: values.act_name(seen.declared, one.act) for one in seen.performances}
    found: list[tuple[Performance, int, str, Any, Any]] = []
    for one in seen.performances:
        if one.act == "kernel.correct" and one.entered.get("of") in acts:
            old, new = one.entered.get("old", {}), one.entered.get("new", {})
            keys = [key for key in new if key in known and not known[key].sealed]
            found += [(one, one.entered["of"], key, old.get(key), new[key]) for key in keys]
    names = values.Names.of((known[key], value) for _one, _no, key, *both in found for value in both)
    return [
        Corrected(
            no,
            acts[no],
            known[key].name,
            values.say(known[key], old, names) or "—",
            values.say(known[key], new, names) or "—",
            one,
        )
        for one, no, key, old, new in reversed(found)
    ]


def by_act(corrected: Iterable[Corrected]) -> dict[int, list[Corrected]]:
    """Return corrections by the number of the corrected act, oldest first."""
    found: dict[int, list[Corrected]] = defaultdict(list)
    for one in reversed(list(corrected)):
        found[one.no].append(one)
    return found
