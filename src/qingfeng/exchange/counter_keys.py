"""The keys that a counter is told: the intake key for petitions, the custodians' own for reports.

A new edition, signed by us, is made when a key or a name has changed; it goes with the next package.
"""

from __future__ import annotations

from base64 import b64encode
from collections import defaultdict
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from qingfeng.exchange import own
from qingfeng.exchange.correspondents import counting, stream_of
from qingfeng.exchange.models import OFFICE, Correspondent, CounterKeysEdition
from qingfeng.exchange.outgoing import queue
from qingfeng.journal.store import append
from qingfeng.matters.key_models import PersonKey
from qingfeng.organization.models import PostRole, Unit
from qingfeng.organization.people import rooms_of_ours
from qingfeng.sealing.counter_keys import CounterKeys, Receiver

KEYS = "counter_keys"


def current() -> CounterKeys:
    """Return what counters are told now; a new edition where something has changed."""
    said = _said(0)
    digest = sha256(said.said).hexdigest()
    with transaction.atomic():
        newest = CounterKeysEdition.objects.select_for_update().order_by("-number").first()
        if newest is None or newest.digest != digest:
            number = (newest.number if newest else 0) + 1
            newest = CounterKeysEdition.objects.create(number=number, digest=digest)
            facts = {"number": number, "custodians": len(said.custodians), "intake": len(said.intake)}
            append("exchange.counter_keys", by="house", facts=facts)
    return _said(newest.number)


def tell_counters() -> int:
    """Queue the current edition for every counter that has not been told it; return for how many."""
    told = 0
    for one in Correspondent.objects.filter(end=OFFICE, kind=Correspondent.Kind.COUNTER, ended_at=None):
        if not counting(one):
            continue
        keys = current()
        key = f"{KEYS}:{keys.number}"
        if stream_of(one).outgoing.filter(key=key).exists():
            continue
        held = b64encode(keys.encoded(own.newest(OFFICE).seed)).decode()
        queue(one, KEYS, {"file": held}, key=key)
        told += 1
    return told


def _said(number: int) -> CounterKeys:
    commission = Unit.objects.filter(kind=Unit.Kind.COMMISSION, is_ours=True).order_by("pk").first()
    return CounterKeys(
        number,
        commission.name if commission else own.newest(OFFICE).card.name,
        str(commission.level) if commission else "",
        tuple(public for _secret, public in own.intake()),
        tuple(_custodians()),
        tuple(called(one) for one in rooms_of_ours(timezone.localdate())),
    )


def _custodians() -> list[Receiver]:
    held = PostRole.objects.held_on(timezone.localdate()).filter(role="custodian", post__unit__is_ours=True)
    persons = held.values("post__person")
    keys = PersonKey.objects.filter(person_id__in=persons).select_related("person").order_by("person_id")
    rooms = _rooms([one.person_id for one in keys])
    return [Receiver(one.person.name, bytes(one.public), tuple(rooms[one.person_id])) for one in keys]


def _rooms(persons: list[int]) -> dict[int, list[str]]:
    """Return the rooms in or above which each of some people holds a post, by full and by short name.

    Whoever writes may type the short one: it excludes as well as a tick.
    """
    found: dict[int, list[str]] = defaultdict(list)
    every, today = rooms_of_ours(timezone.localdate()), timezone.localdate()
    held = PostRole.objects.held_on(today).filter(post__person__in=persons, post__unit__is_ours=True)
    posts = set(held.values_list("post__person", "post__unit__path"))
    for room in every:
        for person in sorted({who for who, path in posts if path.startswith(room.path)}):
            found[person] += dict.fromkeys((called(room), room.short_name or called(room)))
    return found


def called(room: Unit) -> str:
    """Return what a room is called at the counter: its full name, which people outside know."""
    return room.name
