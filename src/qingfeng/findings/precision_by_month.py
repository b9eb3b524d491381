"""How the precision of a rule came about: verdicts month by month, and what they said together by then."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.utils import timezone

from qingfeng.findings.precision import DECIDES, VERDICTS, Precision, labels_that_count, precision_of
from qingfeng.matters.models import Performance


@dataclass(frozen=True)
class ByThen:
    """A rule at the end of one month.

    Attributes:
        month: First day of the month.
        verdicts: Findings that were given a verdict in it, a silent one (`unverifiable`) among them.
        precision: By all verdicts until its end.
    """

    month: date
    verdicts: int
    precision: Precision


def precision_by_month(rule: str, tier: str) -> tuple[ByThen, ...]:
    """Return a rule's precision at the end of every month since its first verdict; one query.

    Counted are the verdicts that count now, each in the month in which it was approved (Asia/Shanghai): a
    verdict that was taken back is in none.

    Args:
        rule: Its id.
        tier: Whose prior is believed beforehand.
    """
    decided = Performance.objects.filter(matter=OuterRef("matter"), act__in=DECIDES, undone_by=None)
    rows = (
        labels_that_count()
        .filter(facts__rule=rule)
        .order_by()
        .annotate(
            decided_at=Subquery(decided.order_by("-no").values("at")[:1]),
            said=KeyTextTransform("verdict", "facts"),
        )
    )
    by_month: dict[date, Counter[str]] = defaultdict(Counter)
    for at, verdict in rows.values_list("decided_at", "said"):
        if at is not None and verdict in VERDICTS:
            by_month[timezone.localdate(at).replace(day=1)][verdict] += 1
    counts: Counter[str] = Counter()
    found = []
    for month in _months(by_month):
        counts += by_month.get(month, Counter())
        verdicts = sum(by_month.get(month, Counter()).values())
        found.append(ByThen(month, verdicts, precision_of(rule, tier, counts)))
    return tuple(found)


def _months(known: dict[date, Counter[str]]) -> Iterator[date]:
    """Yield every month from the first to the last, those between without any verdict too."""
    if not known:
        return
    month, last = min(known), max(known)
    while month <= last:
        yield month
        month = month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)
