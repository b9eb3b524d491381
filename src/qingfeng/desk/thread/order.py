"""The order of a thread as a list: each knot below what it came from, set in where the way parts; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

MOST_SET_IN = 4


def in_order(keys: Sequence[str], ties: Iterable[tuple[str, str]]) -> list[str]:
    """Return keys so that each stands behind what leads to it.

    Args:
        keys: In the order that holds where nothing else decides.
        ties: (earlier, later) pairs of keys; where they go in a circle, the order of `keys` decides.
    """
    before: dict[str, set[str]] = defaultdict(set)
    for earlier, later in ties:
        if earlier != later:
            before[later].add(earlier)
    left, found = list(keys), []
    while left:
        free = next((key for key in left if not before[key] & set(left)), left[0])
        left.remove(free)
        found.append(free)
    return found


def as_list(keys: Sequence[str], ties: Sequence[tuple[str, str]], here: str) -> list[tuple[str, int]]:
    """Return every key once, with how far it is set in (0 to `MOST_SET_IN`).

    The way to `here` and on from it stays at the edge; what parts from it is set in before it goes on.

    Args:
        keys: As `in_order` has them.
        ties: (earlier, later) pairs.
        here: The key that the reader stands at.
    """
    place = {key: no for no, key in enumerate(keys)}
    parent = _parents(place, ties)
    children: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        children[parent.get(key, "")].append(key)
    main = _upwards(here, parent)
    found: list[tuple[str, int]] = []
    waiting = [(key, 0 if is_last else 1) for key, is_last in _laid(children[""], main)]
    while waiting:
        key, level = waiting.pop(0)
        found.append((key, min(level, MOST_SET_IN)))
        waiting[:0] = [
            (child, level if is_last else level + 1) for child, is_last in _laid(children[key], main)
        ]
    return found


def _parents(place: dict[str, int], ties: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the last knot before each that leads to it."""
    found: dict[str, str] = {}
    for earlier, later in ties:
        nearer = later not in found or place[earlier] > place[found[later]]
        if place[earlier] < place[later] and nearer:
            found[later] = earlier
    return found


def _upwards(key: str, parent: dict[str, str]) -> set[str]:
    found = {key}
    while key in parent:
        key = parent[key]
        found.add(key)
    return found


def _laid(children: list[str], main: set[str]) -> list[tuple[str, bool]]:
    """Return children with what goes on at the edge last, and whether a child is that one."""
    ordered = sorted(children, key=lambda key: key in main)
    return [(key, no == len(ordered) - 1) for no, key in enumerate(ordered)]
