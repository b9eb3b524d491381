"""What the house finds out for a project: the mean of scores that were given apart."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from django.db.models import QuerySet

from qingfeng.matters.computed import Found, find_with
from qingfeng.matters.models import LedgerLine, Matter, Performance
from qingfeng.matters.sheets import Sheet
from qingfeng.mechanisms.demonstration.fields import PARTS

CENT = Decimal("0.01")


def scored(matter: Matter, _sheet: Sheet) -> Found:
    """Return the mean, the lowest, the highest and the number of scores; the gate says whether all are in."""
    totals = sorted(
        sum(int(line.facts.get(key) or 0) for key, *_rest in PARTS) for line in _that_count(matter)
    )
    if not totals:
        return Found(facts={"score_mean": "—", "score_spread": "—", "score_count": 0})
    mean = (Decimal(sum(totals)) / len(totals)).quantize(CENT, ROUND_HALF_UP)
    return Found(
        facts={
            "score_mean": str(mean),
            "score_spread": f"{totals[0]}–{totals[-1]}",
            "score_count": len(totals),
        }
    )


def _that_count(matter: Matter) -> QuerySet[LedgerLine]:
    """Return the scores of those who are evaluators now: of whoever was replaced none counts."""
    now = matter.parties.filter(role="evaluator", until_at=None).values("person")
    given = Performance.objects.filter(matter=matter, act="score", undone_by=None, by__in=now)
    lines = [line for entered in given.values_list("entered", flat=True) for line in entered.get("lines", ())]
    return matter.lines.filter(
        ledger="scores", no__in=[no for ledger, no, *_rest in lines if ledger == "scores"]
    )


def join() -> None:
    """Make what this room finds out known to the house."""
    find_with("demonstration.scored", scored)
