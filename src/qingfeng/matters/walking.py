"""Walks through a declaration's stages, without running anything. Pure."""

from __future__ import annotations

from collections import deque
from collections.abc import Container, Iterator

from qingfeng.matters.vocabulary import OPEN, Act, Mechanism


def steps_from(mechanism: Mechanism, stage: str) -> Iterator[tuple[Act, str]]:
    """Yield every act that may start in a stage, with the stage it leads to."""
    for act in mechanism.acts:
        if mechanism.is_from(act, stage):
            yield act, act.to or stage


def reachable(
    mechanism: Mechanism, start: str = "", *, without: Container[str] = ()
) -> dict[str, tuple[str, ...]]:
    """Return every stage that can be reached, with the acts of a shortest way to it.

    Args:
        mechanism: The declaration.
        start: Where to begin; the first stage unless given.
        without: Acts that no way takes.
    """
    first = start or mechanism.stages[0].key
    ways: dict[str, tuple[str, ...]] = {first: ()}
    queue = deque([first])
    while queue:
        stage = queue.popleft()
        for act, to in steps_from(mechanism, stage):
            if to not in ways and act.key not in without:
                ways[to] = (*ways[stage], act.key)
                queue.append(to)
    return ways


def not_told(mechanism: Mechanism, stage: str) -> frozenset[str]:
    """Return the roles whose units may not know yet of a matter at a stage: see `Role.told_by`."""
    quiet = (role for role in mechanism.parties if role.told_by)
    return frozenset(role.key for role in quiet if stage in reachable(mechanism, without=role.told_by))


def dead_ends(mechanism: Mechanism) -> list[str]:
    """Return open stages from which no closed stage can be reached."""
    closed = {stage.key for stage in mechanism.stages if not stage.open}
    return [
        stage.key
        for stage in mechanism.stages
        if stage.open and not closed & set(reachable(mechanism, stage.key))
    ]


def clocks_running(mechanism: Mechanism) -> dict[str, set[frozenset[str]]]:
    """Return, for every reachable stage, every set of clocks that may be running in it.

    Every sequence of acts is walked, gates taken as passed: the pairs (stage, running clocks) are finite.
    """
    first = mechanism.stages[0].key
    begun = frozenset(clock.key for clock in mechanism.started_by(OPEN))
    seen: dict[str, set[frozenset[str]]] = {first: {begun}}
    queue = deque([(first, begun)])
    while queue:
        stage, running = queue.popleft()
        for act, to in steps_from(mechanism, stage):
            after = frozenset(clocks_after(mechanism, act, to, running))
            if after not in seen.setdefault(to, set()):
                seen[to].add(after)
                queue.append((to, after))
    return seen


def clocks_after(mechanism: Mechanism, act: Act, to: str, running: frozenset[str]) -> set[str]:
    """Return the clocks that run after an act, from those that ran before it."""
    if not mechanism.stage(to).open:
        return set()
    stopped = {clock.key for clock in mechanism.stopped_by(act.key)}
    again = {
        clock.key
        for clock in mechanism.clocks
        if clock.repeats and clock.key in stopped & running and to in clock.during
    }
    return (set(running) - stopped) | {clock.key for clock in mechanism.started_by(act.key)} | again


def unclocked(mechanism: Mechanism) -> list[str]:
    """Return open stages in which a matter may stand with no clock running, and that do not say why."""
    return sorted(
        stage
        for stage, sets in clocks_running(mechanism).items()
        if mechanism.stage(stage).open and not mechanism.stage(stage).rests and frozenset() in sets
    )
