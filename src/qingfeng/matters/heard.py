"""Telling the floors above that something was done on a matter of a kind they listen to.

The kernel knows nobody above it; whoever keeps figures out of matters (how often verifiers found a
rule right) says so here at start-up, and is called after the commit of every act, a correction, a
voiding and a reopening among them. What goes wrong in a listener is logged and undoes nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

Listener = Callable[[int], None]

_LISTENERS: dict[str, list[Listener]] = {}


def listen(mechanism: str, function: Listener) -> None:
    """Have a function called with the matter's key after every act on a matter of a kind.

    Args:
        mechanism: Key of the mechanism.
        function: Called after the commit; the same function again is no change.
    """
    listeners = _LISTENERS.setdefault(mechanism, [])
    if function not in listeners:
        listeners.append(function)


def hear_nobody() -> None:
    """Forget who listens, in this process: for measuring what an act itself costs."""
    _LISTENERS.clear()


def let_hear(mechanism: str, matter: int) -> None:
    """Call who listens to a kind once the caller's transaction has committed."""
    for function in _LISTENERS.get(mechanism, ()):
        transaction.on_commit(_telling(function, matter), robust=True)


def _telling(function: Listener, matter: int) -> Callable[[], None]:
    """Return what tells a listener; Django names it in the log when it fails, which a partial cannot be."""

    def tell() -> None:
        function(matter)

    return tell
