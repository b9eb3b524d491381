"""The order in which a route is shortest and every stop is open (建议顺序): a small solver, all of it here.

With at most nine stops every order is weighed (dynamic programming over sets, Held and Karp 1962, keeping for
each set and last stop the ways that no other beats in both time and waiting). With more, a nearest-neighbour
order is improved by reversing stretches (2-opt) until none helps. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

EXACT = 9


@dataclass(frozen=True)
class Call:
    """A stop as the solver sees it; times are minutes after midnight.

    Attributes:
        stay: Minutes that one stays.
        opens: When it opens.
        closes: When one must have left.
    """

    stay: float
    opens: float = 0
    closes: float = 24 * 60


@dataclass(frozen=True)
class Order:
    """What was found.

    Attributes:
        order: Places of the stops as they were given, in the order in which they are visited.
        ends: When the last stop is left, minutes after midnight.
        late: Minutes by which stops are left after they close; 0 where every opening hour is respected.
        is_exact: Whether no other order is better.
    """

    order: tuple[int, ...]
    ends: float
    late: float
    is_exact: bool


def best_order(
    calls: Sequence[Call], minutes: Sequence[Sequence[float]], *, starts: float, first: int | None = None
) -> Order:
    """Return the order that ends first, among those that come late nowhere if there are any.

    Args:
        calls: The stops.
        minutes: Minutes from stop to stop, a square table.
        starts: When the first stop is reached.
        first: The stop that must come first, if one must.

    Returns:
        The order; empty for no stops.
    """
    if not calls:
        return Order((), starts, 0, is_exact=True)
    if len(calls) <= EXACT:
        found = _every(calls, minutes, starts, first)
        return Order(found, *walk(calls, minutes, found, starts=starts), is_exact=True)
    found = _improved(calls, minutes, starts, first)
    return Order(found, *walk(calls, minutes, found, starts=starts), is_exact=False)


def walk(
    calls: Sequence[Call], minutes: Sequence[Sequence[float]], order: Sequence[int], *, starts: float
) -> tuple[float, float]:
    """Return when the last stop of an order is left, and by how many minutes stops are left too late."""
    now, late, before = starts, 0.0, None
    for stop in order:
        now, more = _visit(calls[stop], now + (minutes[before][stop] if before is not None else 0))
        late, before = late + more, stop
    return now, late


def _visit(call: Call, reached: float) -> tuple[float, float]:
    leaves = max(reached, call.opens) + call.stay
    return leaves, max(0.0, leaves - call.closes)


def _every(
    calls: Sequence[Call], minutes: Sequence[Sequence[float]], starts: float, first: int | None
) -> tuple[int, ...]:
    """Return the best of all orders: of the ways to one set and last stop only unbeaten ones are kept."""
    ways: dict[tuple[int, int], list[tuple[float, float, tuple[int, ...]]]] = {}
    for stop in [first] if first is not None else range(len(calls)):
        now, late = _visit(calls[stop], starts)
        ways[1 << stop, stop] = [(late, now, (stop,))]
    for _ in range(len(calls) - 1):
        further: dict[tuple[int, int], list[tuple[float, float, tuple[int, ...]]]] = {}
        for (seen, last), known in ways.items():
            for stop in range(len(calls)):
                if seen >> stop & 1:
                    continue
                for late, now, order in known:
                    leaves, more = _visit(calls[stop], now + minutes[last][stop])
                    _keep(
                        further.setdefault((seen | 1 << stop, stop), []),
                        (late + more, leaves, (*order, stop)),
                    )
        ways = further
    return min(way for known in ways.values() for way in known)[2]


def _keep(
    known: list[tuple[float, float, tuple[int, ...]]], way: tuple[float, float, tuple[int, ...]]
) -> None:
    if not any(late <= way[0] and now <= way[1] for late, now, _ in known):
        known[:] = [one for one in known if not (way[0] <= one[0] and way[1] <= one[1])] + [way]


def _improved(
    calls: Sequence[Call], minutes: Sequence[Sequence[float]], starts: float, first: int | None
) -> tuple[int, ...]:
    """Return the best order that reversing a stretch does not better, begun from each stop in turn."""
    begins = [first] if first is not None else range(len(calls))
    found = []
    for begin in begins:
        order = _nearest(minutes, begin)
        cost = _cost(calls, minutes, order, starts)
        while True:
            tried = min((_cost(calls, minutes, one, starts), one) for one in _reversed(order, first))
            if tried[0] >= cost:
                break
            cost, order = tried
        found.append((cost, order))
    return tuple(min(found)[1])


def _nearest(minutes: Sequence[Sequence[float]], begin: int) -> list[int]:
    order, left = [begin], set(range(len(minutes))) - {begin}
    while left:
        nearest = min(left, key=lambda stop: (minutes[order[-1]][stop], stop))
        order.append(nearest)
        left.remove(nearest)
    return order


def _reversed(order: list[int], first: int | None) -> list[list[int]]:
    begin = 1 if first is not None else 0
    return [
        order[:one] + order[one:other][::-1] + order[other:]
        for one in range(begin, len(order))
        for other in range(one + 2, len(order) + 1)
    ]


def _cost(
    calls: Sequence[Call], minutes: Sequence[Sequence[float]], order: Sequence[int], starts: float
) -> tuple[float, float, float]:
    """Return how dear an order is: late minutes first, then its end, then the way itself."""
    ends, late = walk(calls, minutes, order, starts=starts)
    return late, ends, sum(minutes[one][other] for one, other in pairwise(order))
