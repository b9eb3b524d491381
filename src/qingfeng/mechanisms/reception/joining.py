"""What a meeting joins: where the words of a petition go, what was said of it at a meeting goes too.

Law:
    rights.md 6
"""

from __future__ import annotations

from django.db.models import Q

from qingfeng.matters import erasing
from qingfeng.matters.models import LedgerLine, Matter
from qingfeng.matters.registry import mechanism

KIND, TITLE = "reception", "领导接访"
NUMBERS = {"bookings": "booked_item", "items": "item", "promises": "promise_item"}


def go_along(petition: Matter, why: str) -> None:
    """Strike what meetings say of a petition whose words were erased; that one was received stays counted."""
    of_it = Q()
    for ledger, column in NUMBERS.items():
        of_it |= Q(ledger=ledger, **{f"facts__{column}__icontains": petition.number})
    lines = LedgerLine.objects.filter(of_it, matter__mechanism=KIND).select_related("matter")
    said: dict[int, set[str]] = {}
    for line in lines.order_by("matter_id", "pk"):
        said.setdefault(line.matter_id, set()).update(_words(line))
    for meeting in Matter.objects.select_for_update().filter(pk__in=said).order_by("pk"):
        erasing.strike(meeting, frozenset(said[meeting.pk]), title=TITLE, why=why)


def _words(line: LedgerLine) -> set[str]:
    declared = mechanism(line.matter.mechanism, line.matter.version)
    (columns,) = (one.fields for one in declared.ledgers if one.key == line.ledger)
    texts = (line.facts.get(one.key) for one in columns if one.kind in erasing.TEXTS)
    return {one for one in texts if isinstance(one, str) and len(one.strip()) >= erasing.LEAST}


def join() -> None:
    """Let what was said at a meeting go with its petition."""
    erasing.when_erased(go_along)
