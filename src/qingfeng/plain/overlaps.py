"""Which groups of people may be shown beside groups that were shown before. Pure.

Two lists of nearly the same people tell of those by whom they differ: a mean over seven and one over six of
them are, set side by side, nearly the result of the seventh. So what was given out is remembered as groups of
people, and a group is given out beside them only where it tells of no few: neither as the difference of two
groups, nor as any combination of all that was ever shown, taken as if everybody's result had stayed the same.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from itertools import combinations, islice
from typing import TypeVar

from qingfeng.plain.suppression import LEAST, Row, reduced, rest_of

MOST = 3000
Group = frozenset[int]
Name = TypeVar("Name", bound=Hashable)


def is_alike(group: Group, given: Iterable[Group]) -> bool:
    """Return whether a group differs from one that was given, by fewer than five people.

    Who came and who went count together: of one in whose place another came, two lists tell the difference.
    """
    return any(0 < len(group ^ other) < LEAST for other in given)


def atoms(groups: Iterable[Group]) -> list[Group]:
    """Return the finest parts that some groups cut their people into: who is in the same of them all."""
    held: dict[int, list[int]] = {}
    for no, group in enumerate(groups):
        for person in group:
            held.setdefault(person, []).append(no)
    parts: dict[tuple[int, ...], set[int]] = {}
    for person, where in held.items():
        parts.setdefault(tuple(where), set()).add(person)
    return [frozenset(part) for _where, part in sorted(parts.items())]


def worked_out(shown: Collection[Group], asked: Collection[Group]) -> set[Group]:
    """Return those groups asked about whose sum is a combination of sums that are shown.

    Whoever is in no shown group cannot be worked out, nor any group that holds them.
    """
    parts = atoms([*shown, *asked])
    rows: dict[Group, Row] = {
        group: {(str(no),): 1 for no, part in enumerate(parts) if part <= group} for group in (*shown, *asked)
    }
    pivots = reduced(rows[group] for group in shown)
    return {group for group in asked if not rest_of(rows[group], pivots)}


def tells_of_few(group: Group, given: Collection[Group]) -> bool:
    """Return whether a group beside those that were given would tell of fewer than five people."""
    if group in given or is_alike(group, given):
        return group not in given
    told = worked_out([group, *given], _few({group, *given}, ()))
    return bool(told - worked_out(given, told))


def hidden_beside(
    groups: Mapping[Name, Group], given: Collection[Group], small: Collection[Group]
) -> set[Name]:
    """Return which groups must not be shown beside what was given before.

    Args:
        groups: What would be shown, by name, people in each.
        given: Groups that were shown before, of the same people or of others.
        small: Groups of fewer than five that are known by a name, and must not be worked out.

    Returns:
        Names; the larger groups stay as long as they can, and so does a group of just the people of one that
        was given. What can be worked out from what was given alone is no reason to hide: it is out.
    """
    before = set(given)
    hidden = {name for name, group in groups.items() if group not in before and is_alike(group, before)}
    while True:
        fresh = {name: one for name, one in groups.items() if name not in hidden and one not in before}
        if not fresh:
            return hidden
        shown = {*fresh.values(), *before}
        asked = _few(shown, small)
        told = worked_out(shown, asked)
        told -= worked_out(before, told)
        if not told:
            return hidden
        hidden.add(
            min(fresh, key=lambda name: (not _touches(fresh[name], told), len(fresh[name]), str(name)))
        )


def _few(shown: Collection[Group], small: Collection[Group]) -> set[Group]:
    """Return the groups of few that might be worked out: named ones, differences, and parts of all together.

    Nothing else can be: a sum that is worked out counts all who are in the same lists alike. Parts are put
    together as long as they stay few, singles first and `MOST` of them at most.
    """
    pairs = {one - other for one in shown for other in shown}
    parts = [one for one in atoms(shown) if len(one) < LEAST]
    together = (frozenset().union(*some) for size in range(1, LEAST) for some in combinations(parts, size))
    return {one for one in (*small, *pairs, *islice(together, MOST)) if 0 < len(one) < LEAST}


def _touches(group: Group, told: Iterable[Group]) -> bool:
    return any(group & one for one in told)
