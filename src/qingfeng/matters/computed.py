"""What the house itself finds out at an act: a room registers a function, its declaration names it.

Gates look at one matter. Where an act needs more (the texts of other letters, the offices of those who
are named), the room's function is asked inside the act's transaction, before the gates: lines that it
gives are entered as if handed in, what it tells is there for the gates of this act only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from qingfeng.matters.models import Matter
from qingfeng.matters.sheets import Sheet
from qingfeng.matters.vocabulary import Act


@dataclass(frozen=True)
class Found:
    """What was found out.

    Attributes:
        lines: Ledger → new lines, in place of any that were handed in for it.
        told: What gates of this act may look at in `Snapshot.entered`; stored nowhere.
        alike: Matters to which this one is linked, as (kind of link, matter).
        joining: Matters that are linked to this one, as (kind of link, matter).
        facts: Values of fields of the act, in place of any that were handed in.
        changes: Ledger → number of a line → changed fields, in place of any that were handed in for it.
        parties: Role → ids of whom the act names in it, in place of any that were handed in.
    """

    lines: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)
    told: Mapping[str, Any] = field(default_factory=dict)
    alike: tuple[tuple[str, Matter], ...] = ()
    joining: tuple[tuple[str, Matter], ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    changes: Mapping[str, Mapping[int, Mapping[str, Any]]] = field(default_factory=dict)
    parties: Mapping[str, Sequence[int]] = field(default_factory=dict)

    @property
    def is_something(self) -> bool:
        """Whether there is anything to do: a clock performs its act only then."""
        found = (self.lines, self.alike, self.joining, self.facts, self.changes, self.parties)
        return any(found)


Finds = Callable[[Matter, Sheet], Found]

Tells = Callable[[Mapping[str, Any], Matter | None], Mapping[str, Any]]

_KNOWN: dict[str, Finds] = {}
_TELLING: dict[str, Tells] = {}


def find_with(key: str, function: Finds) -> None:
    """Make a function known under the key that `Act.computes` names; the same again is no change."""
    _KNOWN[key] = function


def tell_with(key: str, function: Tells) -> None:
    """Make known what gates of an opening form are told, under the key that `Mechanism.computes` names.

    Those gates are asked again wherever a matter comes to say something else, or to count, without an act of
    its own (`conditions.check_kept`): what they keep apart stays apart whichever way it came.

    Args:
        key: The key.
        function: Gets the facts as entered, and the matter that says them where there is one already; gives
            what those gates may look at besides, stored nowhere. What it looks at it locks.
    """
    _TELLING[key] = function


def is_told(key: str) -> bool:
    """Return whether a room has registered what an opening is told under a key."""
    return key in _TELLING


def told_at_opening(key: str, facts: Mapping[str, Any], itself: Matter | None = None) -> Mapping[str, Any]:
    """Return what the house tells the gates of an opening form; empty where the declaration names nothing.

    Raises:
        KeyError: If no room has registered what it names.
    """
    return _TELLING[key](facts, itself) if key else {}


def is_found(key: str) -> bool:
    """Return whether a room has registered a function under a key."""
    return key in _KNOWN


def found_at(act: Act, matter: Matter, sheet: Sheet) -> tuple[Sheet, Found]:
    """Return the sheet of an act with what the house found out for it.

    Args:
        act: The act.
        matter: Locked.
        sheet: As it was handed in.

    Raises:
        KeyError: If no room has registered what the declaration names.
    """
    if not act.computes:
        return sheet, Found()
    found = _KNOWN[act.computes](matter, sheet)
    facts = replaced(sheet.facts, found.facts)
    parties, lines = {**sheet.parties, **found.parties}, {**sheet.lines, **found.lines}
    changes = {**sheet.changes, **found.changes}
    return replace(sheet, facts=facts, parties=parties, lines=lines, changes=changes), found


def replaced(facts: Mapping[str, Any], found: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what was handed in with what was found in its place; a page's own mapping where nothing was."""
    if not found:
        return facts
    plain = {key: facts.getlist(key) for key in facts} if hasattr(facts, "getlist") else dict(facts)
    return {**plain, **found}
