"""What packages carry, and who takes it: rooms register a handler for a kind (`register`).

Two kinds are named by the counter's lines and have shapes of their own: `petition` is called with the opened
arrival and its files, `report` with number, sealed envelope and sealed files. Every other handler is called
with a `Parcel`. Handlers run outside any transaction, may be called again with the same thing, and then find
that it is done.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from qingfeng.exchange.models import Correspondent

PETITION, REPORT = "petition", "report"


class NotTaken(Exception):  # noqa: N818 - says what happened
    """A handler could not take something; the message says why and what to do, in words for a person."""


class TooLate(Exception):  # noqa: N818 - says what happened
    """What something is said to has ended, so that nothing is done and nothing tried again.

    Attributes:
        why: One sentence for a person.
        about: What it came too late for, by public number.
    """

    def __init__(self, why: str, about: str) -> None:
        self.why, self.about = why, about
        super().__init__(why)


@dataclass(frozen=True)
class Parcel:
    """One thing that came in a package.

    Attributes:
        kind: What it is.
        content: What it says.
        files: Name and place of each file.
        sender: Whose package it was; verified.
        key: Makes it one thing: for the door's idempotency.
        made_on: Civil date on which the sender packed it.
    """

    kind: str
    content: Mapping[str, Any]
    files: tuple[tuple[str, Path], ...]
    sender: Correspondent
    key: str
    made_on: date


Handler = Callable[..., Any]
_HANDLERS: dict[str, Handler] = {}
_SENDERS: dict[str, frozenset[str]] = {}


def register(kind: str, handler: Handler, *, senders: Collection[str] = ()) -> None:
    """Let a handler take what comes under a kind; the same again is no change.

    Args:
        kind: Lower-case words with underscores.
        handler: Called as the module says; gives a matter, or a public number as text.
        senders: What a sender must be to us (`Correspondent.Kind`); any correspondent where none is named.
    """
    _HANDLERS[kind] = handler
    _SENDERS[kind] = frozenset(map(str, senders))


def may_send(kind: str, sender: Correspondent) -> bool:
    """Say whether a kind may come from a sender: nobody else's package tells a counter its keys."""
    senders = _SENDERS.get(kind)
    return not senders or str(sender.kind) in senders


def handler_of(kind: str) -> Handler | None:
    """Return who takes a kind; None where nobody does."""
    return _HANDLERS.get(kind)
