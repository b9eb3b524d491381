"""Both ends in one house: the worker hands the same packages over that are carried between two machines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import transaction

from qingfeng.exchange import incoming, own
from qingfeng.exchange.correspondents import add, confirm, counting
from qingfeng.exchange.models import COUNTER, OFFICE, Correspondent, Received
from qingfeng.exchange.opening import open_waiting
from qingfeng.exchange.outgoing import export, outbox
from qingfeng.journal.publisher import publish
from qingfeng.sealing.packages import SUFFIX

MOST_ROUNDS = 5


def join_ends(office: str, counter: str) -> None:
    """Let the office and the counter of this house know each other; nobody compares what never left it.

    Args:
        office: Name on the office's card.
        counter: Name on the counter's card.
    """
    if not own.has_keys(COUNTER):
        publish("counter", wait=True)
        own.make(COUNTER, counter, by="house")
    if not own.has_keys(OFFICE):
        own.make(OFFICE, office, by="house")
    _know(OFFICE, COUNTER, Correspondent.Kind.COUNTER)
    _know(COUNTER, OFFICE, Correspondent.Kind.OFFICE)


def is_joined() -> bool:
    """Say whether both ends know each other by the keys that they have now."""
    known = Correspondent.objects.filter(is_beside=True, ended_at=None)
    ends = {one.end for one in known if own.has_keys(_other(one.end)) and _knows(one)}
    return ends == {OFFICE, COUNTER}


def _other(end: str) -> str:
    return OFFICE if end == COUNTER else COUNTER


def _knows(one: Correspondent) -> bool:
    return own.newest(_other(one.end)).card.key_id in {keys.key_id for keys in counting(one)}


def _know(end: str, other: str, kind: Any) -> None:
    card = own.newest(other).card
    known = Correspondent.objects.filter(end=end, is_beside=True).first()
    if known and _knows(known):
        return
    with transaction.atomic():
        keys = add(card, kind=kind, by=f"house:{other}", end=end)
        confirm(keys, by=f"house:{end}", heard=card.fingerprint)
        Correspondent.objects.filter(pk=keys.correspondent_id).update(is_beside=True)


def carry(*, at_once: bool = False) -> int:
    """Hand over what waits in either direction, until nothing does; return how many packages were taken.

    Args:
        at_once: As in `export`: also what arrived in this very hour.

    Returns:
        0 where this house has no counter of its own.
    """
    taken = 0
    for _round in range(MOST_ROUNDS):
        went = sum(
            _over(one, at_once=at_once) for one in Correspondent.objects.filter(is_beside=True, ended_at=None)
        )
        if not went:
            break
        taken += went
    return taken


def _over(to: Correspondent, *, at_once: bool) -> int:
    """Export to one end, take in at the other, give to handlers there."""
    export(to, at_once=at_once)
    there = _other(to.end)
    count = 0
    for file in sorted(Path(outbox(to)).glob(f"*{SUFFIX}")):
        brought = incoming.take_in(file, there)
        if brought.received.state != Received.State.REFUSED:
            file.unlink(missing_ok=True)
            count += not brought.is_again
    open_waiting(there)
    return count
