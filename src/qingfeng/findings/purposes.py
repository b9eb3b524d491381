"""Purpose limitation (目的限制): which rules read data that was asked for other kinds of supervision.

The lake is one and a rule reads tables, not deliveries: nothing is hidden from a rule. But a screening says
for every rule which data it read beyond what the request says, keeps that with the run and in the journal,
and the page shows it (docs/decisions/0027).

Law:
    个人信息保护法 Art. 5, 6: a stated purpose, and use that is directly related to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from qingfeng.findings.asked import uses_of
from qingfeng.findings.models import Delivery


@dataclass(frozen=True)
class Reads:
    """What a rule reads, and for which watch."""

    rule: str
    watch: str
    tables: frozenset[str]


def limited() -> dict[str, dict[str, frozenset[str]]]:
    """Return table to watches, by the number of every request that says some and of which data is here."""
    found: dict[str, dict[str, frozenset[str]]] = {}
    there = Delivery.objects.filter(state=Delivery.State.IN, request__isnull=False).select_related("request")
    for delivery in there.order_by("pk"):
        watches = frozenset(uses_of(delivery.request)) if delivery.request else frozenset()
        if watches and delivery.request:
            tables = found.setdefault(delivery.request.number, {})
            tables |= dict.fromkeys(tables_in(delivery), watches)
    return found


def tables_in(delivery: Delivery) -> list[str]:
    """Return the tables of which a delivery brought rows, by name."""
    sheets = delivery.account.get("sheets", ())
    return sorted({name for sheet in sheets for name, rows in sheet["kept"].items() if rows})


def other_uses(rules: Iterable[Reads]) -> list[dict[str, Any]]:
    """Return the rules that read data asked for other watches: rule, watch, tables, numbers of requests.

    A rule of the watch `cross` counts like any other.

    Args:
        rules: Those that run.
    """
    requests = limited()
    told = []
    for rule in sorted(rules, key=lambda one: one.rule):
        beyond = {
            number: tables
            for number, watches in requests.items()
            if (
                tables := sorted(
                    name for name in rule.tables & set(watches) if rule.watch not in watches[name]
                )
            )
        }
        if beyond:
            names = sorted({name for tables in beyond.values() for name in tables})
            told.append({"rule": rule.rule, "watch": rule.watch, "tables": names, "requests": sorted(beyond)})
    return told


def reads_of(rules: Mapping[str, Any]) -> list[Reads]:
    """Return what rules read, from what a process said: id to watch and tables."""
    return [Reads(name, one["watch"], frozenset(one["reads"])) for name, one in rules.items()]
