"""Which rules are still kept at the end of a quarter, and which stand on paper only.

A rule is in force from the day it was put on file until it is abolished or sent to be mended. It is kept
while its ledger of execution has a line of the last six months; a rule younger than that which has none yet
is neither kept nor idle.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from django.utils import timezone

from qingfeng.desk.fields.asked import Asked
from qingfeng.desk.fields.quarters import Quarter
from qingfeng.matters.counting import months_after
from qingfeng.matters.models import LedgerLine, Performance

MONTHS = 6
BEGINS, ENDS = ("file_copy", "keep"), ("revise", "abolish")
Says = Literal["kept", "idle", "young", ""]


@dataclass
class Life:
    """When a rule came into force or out of it, and on which days it was carried out.

    Attributes:
        turns: (day, whether it came into force), oldest first.
        executed: Days on which it was carried out.
    """

    area: str = ""
    turns: list[tuple[date, bool]] = field(default_factory=list)
    executed: list[date] = field(default_factory=list)

    def says(self, on: date) -> Says:
        """Return how it stood at the end of a day; "" where it was not in force."""
        since = None
        for day, begins in self.turns:
            if day <= on:
                since = (since or day) if begins else None
        if since is None:
            return ""
        start = months_after(on, -MONTHS)
        if any(start < day <= on for day in self.executed):
            return "kept"
        return "idle" if since <= start else "young"


def lives(asked: Asked) -> Mapping[int, Life]:
    """Return the lives of the rules of a field, or of all fields; two queries."""
    rules = asked.matters.filter(mechanism="rule_made").order_by().values("pk")
    found: dict[int, Life] = defaultdict(Life)
    done = Performance.objects.filter(matter__in=rules, act__in=(*BEGINS, *ENDS), undone_by=None)
    for pk, area, act, at in done.order_by("at", "no").values_list(
        "matter", "matter__facts__area", "act", "at"
    ):
        life = found[pk]
        life.area = area or ""
        life.turns.append((timezone.localdate(at), act in BEGINS))
    lines = LedgerLine.objects.filter(matter__in=list(found), ledger="execution")
    for pk, day in lines.values_list("matter", "facts__done_on"):
        found[pk].executed.append(date.fromisoformat(day))
    return found


def sums(of: Iterable[Life], quarters: Sequence[Quarter], until: date) -> Counter[tuple[str, str, Quarter]]:
    """Return how many rules were kept and how many idle at the end of each quarter, by field of work."""
    found: Counter[tuple[str, str, Quarter]] = Counter()
    for life in of:
        for quarter in quarters:
            says = life.says(min(quarter.last, until))
            if says in ("kept", "idle"):
                found[life.area, says, quarter] += 1
    return found
