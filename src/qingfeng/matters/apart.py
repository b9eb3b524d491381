"""Lines that are not there: for others than their author until an act, and for nobody once without effect.

`Ledger.apart_until` names the act. Until it is done nobody else reads such a line, however much else of the
matter they see: no page, no export, no search. A line in one of the states of `Ledger.gone` is there for
nobody. Gates see that there are lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from qingfeng.matters.models import Performance
from qingfeng.matters.vocabulary import Mechanism

Place = tuple[str, int]  # key of a ledger, number of a line


def closed_to(declared: Mechanism, story: Iterable[Performance], person: int | None) -> set[Place]:
    """Return the lines of one matter that are not there for somebody yet.

    Args:
        declared: Its declaration.
        story: Every act on it.
        person: Who looks; None for whoever is no author (an index).
    """
    if not any(one.apart_until or one.gone for one in declared.ledgers):
        return set()
    acts = list(story)
    return _apart(declared, acts, person) | _gone(declared, acts)


def _gone(declared: Mechanism, acts: Iterable[Performance]) -> set[Place]:
    """Return the lines whose latest state is one of those in which they are there for nobody."""
    gone = {one.key: one.gone for one in declared.ledgers if one.gone}
    found = set[Place]()
    for one in acts:
        for ledger, no, state, *_rest in one.entered.get("lines", ()) if gone else ():
            (found.add if state in gone.get(ledger, ()) else found.discard)((ledger, no))
    return found


def _apart(declared: Mechanism, acts: list[Performance], person: int | None) -> set[Place]:
    until = {one.key: one.apart_until for one in declared.ledgers if one.apart_until}
    done = {one.act for one in acts if one.undone_by_id is None}
    apart = {key for key, act in until.items() if act not in done}
    others, own = set[Place](), set[Place]()
    for one in acts:
        is_own = person is not None and person in {one.by_id, one.for_person_id}
        for ledger, no, *_rest in one.entered.get("lines", ()):
            if ledger in apart:
                (own if is_own else others).add((ledger, no))
    return others - own


def closed_among(declared: Mechanism, matters: Iterable[int], person: int | None) -> set[tuple[int, Place]]:
    """Return such lines of many matters of one kind, each with its matter's key."""
    if not any(one.apart_until or one.gone for one in declared.ledgers):
        return set()
    stories: dict[int, list[Performance]] = defaultdict(list)
    for one in Performance.objects.filter(matter__in=list(matters)):
        stories[one.matter_id].append(one)
    return {(key, place) for key, story in stories.items() for place in closed_to(declared, story, person)}
