"""Panels that hang on the page of a kind of matter: a chart beside the facts, a list beside the clocks.

A part of the desk registers a function at start-up (`apps.py`; rooms lie below and do not know the desk).
It is asked for every matter of the kind that somebody sees whole, and answers with a panel or nothing.
Nothing is shown to who sees a card or the own part only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from qingfeng.matters import access
from qingfeng.matters.models import Matter
from qingfeng.organization.viewer import Viewer

Place = Literal["first", "main", "aside"]
EVERY = "*"


@dataclass(frozen=True)
class Panel:
    """A section of the page of a matter.

    Attributes:
        title: Its heading.
        template: What is in it, below the heading; written with the keys of `context` and the page's request.
        context: What the template shows.
        place: `first` above the facts, `main` below the ledgers, `aside` in the column that stays.
        folds: Keys of ledgers that it shows in its own way: below, they are folded.
    """

    title: Any
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    place: Place = "main"
    folds: tuple[str, ...] = ()


Shows = Callable[[Viewer, Matter], Panel | None]

_SHOWN: dict[str, list[Shows]] = {}


def show(mechanism_key: str, function: Shows) -> None:
    """Have a function asked for a panel of every matter of a kind.

    Args:
        mechanism_key: Key of the mechanism; `*` for every kind.
        function: Given the viewer and the matter; None where it has nothing to show. The same function
            again is no change.
    """
    shown = _SHOWN.setdefault(mechanism_key, [])
    if function not in shown:
        shown.append(function)


def placed(viewer: Viewer, matter: Matter) -> dict[Place, list[Panel]]:
    """Return the panels of a matter by place, those of its own kind first; none unless it is seen whole."""
    places: dict[Place, list[Panel]] = {"first": [], "main": [], "aside": []}
    asked = [*_SHOWN.get(matter.mechanism, ()), *_SHOWN.get(EVERY, ())]
    if asked and access.view_of(viewer, matter) == "whole":
        for one in (function(viewer, matter) for function in asked):
            if one is not None:
                places[one.place].append(one)
    return places


def folded(placed: Mapping[Place, list[Panel]]) -> set[str]:
    """Return the keys of the ledgers that some panels show in their own way."""
    return {key for group in placed.values() for one in group for key in one.folds}
