"""What a meeting joins: where the words of a petition go, what was said of it at a meeting goes too.

Law:
    rights.md 6
"""

from __future__ import annotations

from django.db.models import Q

from qingfeng.matters import erasing
from qingfeng.matters.models import LedgerLine, Matter
from qingfeng.matters.registry import mechanism
from qingfeng.matters.said import LEAST, TEXTS, Said

KIND, TITLE = "reception", "领导接访"
NUMBERS = {"bookings": "booked_item", "items": "item", "promises": "promise_item"}


def go_along(petition: Matter, why: str, said: Said | None) -> None:
    """Strike what meetings say of a petition whose words were erased; that one was received stays counted.

    Where the petition goes on, only the words that it lost go. What a line about another one says as well
    stays in the story of the meeting: it is as much that one's.
    """
    of_it = Q()
    for ledger, column in NUMBERS.items():
        of_it |= Q(ledger=ledger, **{f"facts__{column}__icontains": petition.number})
    lines = LedgerLine.objects.filter(of_it, matter__mechanism=KIND)
    meetings = Matter.objects.select_for_update().filter(pk__in=lines.values("matter")).order_by("pk")
    for meeting in meetings:
        own = [(line, _words(line)) for line in lines.filter(matter=meeting).select_related("matter")]
        others = meeting.lines.exclude(pk__in=[line.pk for line, _said in own]).select_related("matter")
        theirs = frozenset[str]().union(*(_words(line) for line in others))
        its = frozenset[str]().union(*(words for _line, words in own))
        erasing.strike(meeting, said or Said(its - theirs), title=TITLE, why=why)
        for line, words in own if said is None else ():
            line.refresh_from_db()
            erasing.strike_line(line, Said(words))


def _words(line: LedgerLine) -> frozenset[str]:
    declared = mechanism(line.matter.mechanism, line.matter.version)
    (columns,) = (one.fields for one in declared.ledgers if one.key == line.ledger)
    texts = (line.facts.get(one.key) for one in columns if one.kind in TEXTS)
    return frozenset(one for one in texts if isinstance(one, str) and len(one.strip()) >= LEAST)


def join() -> None:
    """Let what was said at a meeting go with its petition."""
    erasing.when_erased(go_along)
