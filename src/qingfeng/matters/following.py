"""What follows from an act elsewhere: a room registers a function, its act names it (`Act.then`).

An act changes its own matter. Where it ends parts on others, or a post, the room's function does so after the
act is written and in its transaction: both happen, or neither.
"""

from __future__ import annotations

from collections.abc import Callable

from qingfeng.matters.models import Matter, Performance
from qingfeng.matters.vocabulary import Act

Follows = Callable[[Matter, Performance], None]

_KNOWN: dict[str, Follows] = {}
_SENDS: dict[str, Follows] = {}
_PARTED: dict[str, Callable[[Matter, Matter], None]] = {}


def follow_with(key: str, function: Follows) -> None:
    """Make a function known under the key that `Act.then` names; the same again is no change."""
    _KNOWN[key] = function


def is_followed(key: str) -> bool:
    """Return whether a room has registered a function under a key."""
    return key in _KNOWN


def send_with(kind: str, function: Follows) -> None:
    """Make known what packs the kind of thing that `Act.sends` names; the same again is no change."""
    _SENDS[kind] = function


def part_with(mechanism: str, function: Callable[[Matter, Matter], None]) -> None:
    """Make known what follows where a part is split off a matter of a mechanism; the same again is no change.

    Args:
        mechanism: Key.
        function: Takes the matter and the new one, both written and locked.
    """
    _PARTED[mechanism] = function


def parted(matter: Matter, new: Matter) -> None:
    """Do what follows where a part was split off; in the transaction that splits."""
    if matter.mechanism in _PARTED:
        _PARTED[matter.mechanism](matter, new)


def is_sent(kind: str) -> bool:
    """Return whether somebody packs a kind of thing."""
    return kind in _SENDS


def follow(act: Act, matter: Matter, performance: Performance) -> None:
    """Do what follows from an act.

    Args:
        act: The act.
        matter: As it stands after the act; locked.
        performance: Its line in the story.

    Raises:
        KeyError: If no room has registered what the declaration names.
    """
    if act.then:
        _KNOWN[act.then](matter, performance)
    if act.sends:
        _SENDS[act.sends](matter, performance)
