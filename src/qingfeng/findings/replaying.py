"""A lead's rules run again, as they were, over the records they ran over, told in plain values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from qingfeng.findings.own_folder import usable
from qingfeng.screening.home import Home
from qingfeng.screening.lake import Lake
from qingfeng.screening.rulebook import SHIPPED, Rule, load_rules
from qingfeng.screening.run import explain


def replayed(home: Home, lead: str) -> dict[str, Any]:
    """Run a lead's rules again.

    Args:
        home: Where the lake and the runs are.
        lead: Key of the lead.

    Returns:
        `same`: whether every rule finds the same rows; `sealed`: whether the records were deleted and a
        sealed extract shows what the lead cites; `findings`: each with rule, title, version, again (found
        again), changed (the rule is another one today), rows, sql.

    Raises:
        Problem: If no run has the lead any more, or its records were deleted without an extract.
    """
    told = explain(home, Lake(home), lead)
    today = {rule: one.version for rule, one in _today(home, {one.rule for one in told.findings}).items()}
    return {
        "same": told.same,
        "sealed": told.sealed,
        "snapshot": told.lead["snapshot"],
        "findings": [
            {
                "rule": one.rule,
                "title": one.title,
                "version": one.version,
                "again": one.again,
                "changed": today.get(one.rule) != one.version,
                "rows": len(one.evidence),
                "message": one.message,
                "sql": one.sql,
            }
            for one in told.findings
        ],
    }


def rows_to_read(home: Home, rules: Iterable[str]) -> int:
    """Return how many rows the rules of a lead read, to tell whether a page can wait for them."""
    rules = tuple(rules)
    snapshot, known = Lake(home).snapshot(), _today(home, rules)
    names: set[str] = set()
    for rule in rules:
        if rule not in known or known[rule].about == "finding":
            names |= set(snapshot.tables())
        else:
            names |= set(known[rule].tables)
    return sum(snapshot.rows(name) for name in names & set(snapshot.tables()))


def _today(home: Home, rules: Iterable[str]) -> dict[str, Rule]:
    """Return those of some rules that the house or the district has, as they are today."""
    folders, _unfit = usable(home)
    known = {file.stem for root in (SHIPPED, *folders) for file in root.rglob("*.sql")}
    here = [rule for rule in rules if rule in known]
    return load_rules(folders, only=here) if here else {}
