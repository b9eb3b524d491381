"""The exchange of a whole house, one round: with others by folders, with the counter beside by hand-over."""

from __future__ import annotations

import os

from qingfeng.exchange import beside, counter_keys, own, watching
from qingfeng.exchange.correspondents import counting
from qingfeng.exchange.models import COUNTER, OFFICE, Correspondent
from qingfeng.organization.models import Unit
from qingfeng.public.counter import tickets, waiting_room

OUTSIDE = "QINGFENG_COUNTER"
"""`outside` where the counter stands on another machine: this house then opens none of its own."""


def is_counter_here() -> bool:
    """Say whether people write at a counter in this very house."""
    return os.environ.get(OUTSIDE, "") != "outside"


def go_round() -> int:
    """Do everything once; return how much happened."""
    happened = 0
    if is_counter_here() and _is_joined():
        happened += beside.carry()
        tickets.sweep()
        waiting_room.sweep()
    if own.has_keys(OFFICE):
        happened += counter_keys.tell_counters()
        happened += watching.go_round(OFFICE)
    return happened


def _is_joined() -> bool:
    """Let office and counter of this house know each other, once there is an office."""
    known = Correspondent.objects.filter(is_beside=True, ended_at=None)
    if len([one for one in known if counting(one)]) == len((OFFICE, COUNTER)):
        return True
    ours = Unit.objects.filter(kind=Unit.Kind.COMMISSION, is_ours=True).order_by("pk").first()
    if ours is None:
        return False
    beside.join_ends(office=ours.name, counter=f"{ours.name} 网上窗口"[:120])
    return True
