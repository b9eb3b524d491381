"""The rules of the house, by watch, for choosing which of them screen."""

from __future__ import annotations

from typing import Any

from qingfeng.desk.leads.rulebook import rules
from qingfeng.desk.leads.terms import WATCHES
from qingfeng.screening.rulebook import Rule

__all__ = ["WATCHES", "rules_by_watch"]


def rules_by_watch() -> list[tuple[str, Any, list[Rule]]]:
    """Return (watch, words, rules by tier and id) of every watch that has rules."""
    known = sorted(rules().values(), key=lambda rule: (rule.tier, rule.id))
    found = [
        (watch, words, [rule for rule in known if rule.watch == watch]) for watch, words in WATCHES.items()
    ]
    return [one for one in found if one[2]]
