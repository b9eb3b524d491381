"""Packs that are due: carriers are reminded before the last day and after it, then it goes up the line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.desk.duties import Duty, light_of_day
from qingfeng.desk.packs.models import Pack
from qingfeng.desk.packs.seeing import here
from qingfeng.journal import store
from qingfeng.matters import notices
from qingfeng.matters.access import declared_of
from qingfeng.matters.ticking import bearers
from qingfeng.organization.viewer import Viewer

SOON, LATE, UP = "pack_due", "pack_late", "pack_escalated"
POINTS = ((SOON, -1), (LATE, 1), (UP, 3))  # days from the last one; a pack made for today is told at once
HEAD = "head"


def remind(today: date | None = None) -> int:
    """Tell of packs that are due or overdue, each point once; return how many were told.

    Args:
        today: Civil date; today in Shanghai unless given.
    """
    today = today or timezone.localdate()
    near = Pack.objects.filter(state=Pack.State.OUT, arrived="", expires_on__lte=today + timedelta(days=1))
    return sum(_remind(pack, today) for pack in near.select_related("matter"))


def _remind(pack: Pack, today: date) -> int:
    reached = [point for point, days in POINTS if pack.expires_on + timedelta(days=days) <= today]
    if not reached or reached[-1] in pack.told:
        return 0
    with transaction.atomic():
        held = Pack.objects.select_for_update().get(pk=pack.pk)
        if held.state != Pack.State.OUT or held.arrived or reached[-1] in held.told:
            return 0
        held.told = reached  # a point that was missed while the house was closed is not made up for
        held.save(update_fields=["told"])
        notices.tell(_persons(held, reached[-1]), reached[-1], held.matter)
        if reached[-1] == UP:
            store.append("packs.escalated", subject=f"pack/{held.code}", by="house", facts={"to": HEAD})
    return 1


def _persons(pack: Pack, point: str) -> Iterable[int]:
    """Return who is told at a point: who carries it, and at last the head of the room."""
    yield from (pack.carrier_id, pack.companion_id)
    declared = declared_of(pack.matter)
    if point == UP and declared is not None:
        yield from bearers(pack.matter, declared.role(HEAD))


def duties_of(viewer: Viewer) -> Iterable[tuple[tuple[str, int], Duty]]:
    """Yield what somebody owes for the packs that they carry: to bring them in by the last day."""
    out = Pack.objects.filter(state=Pack.State.OUT).select_related("matter__owner")
    mine = out.filter(Q(carrier=viewer.person_id) | Q(companion=viewer.person_id))
    for pack in mine.order_by("expires_on", "pk"):
        what = _("Enter task pack %(code)s") if pack.arrived else _("Bring task pack %(code)s in")
        why = [_("The last day of its use, as it was made.")]
        lit = light_of_day(pack.expires_on, viewer.on)
        duty = Duty(pack.matter, what % {"code": pack.typed}, pack.expires_on, lit, why, href=here(pack))
        yield ("pack", pack.pk), duty
