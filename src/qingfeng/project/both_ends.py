"""The exchange of a whole house, one round: with others by folders, with the counter beside by hand-over."""

from __future__ import annotations

from django.conf import settings

from qingfeng.exchange import beside, counter_keys, telling, watching
from qingfeng.exchange.models import OFFICE
from qingfeng.organization.models import Unit
from qingfeng.public.counter import tickets, waiting_room


def go_round(*, at_once: bool = settings.DEMO) -> int:
    """Do everything once; return how much happened.

    What staff enter for people goes through the counter of the house, wherever the public one stands.

    Args:
        at_once: Whether what arrived in this very hour goes too; in a demonstration nobody waits.
    """
    if not _is_joined():
        return 0
    happened = counter_keys.tell_counters() + beside.carry(at_once=at_once)
    tickets.sweep()
    waiting_room.sweep()
    happened += watching.go_round(OFFICE)
    telling.tell_carriers()
    return happened


def _is_joined() -> bool:
    """Let office and counter of this house know each other, once there is an office."""
    if beside.is_joined():
        return True
    ours = Unit.objects.filter(kind=Unit.Kind.COMMISSION, is_ours=True).order_by("pk").first()
    if ours is None:
        return False
    beside.join_ends(office=ours.name, counter=f"{ours.name} 网上窗口"[:120])
    return True
