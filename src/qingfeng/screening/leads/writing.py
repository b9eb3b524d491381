"""`leads.jsonl`: one lead a line, streamed from the engine in the order of rank."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, TextIO

from qingfeng.screening.leads.weights import COLOUR_FLOORS, arithmetic
from qingfeng.screening.leads.wording import Wording, jsonable

if TYPE_CHECKING:
    import duckdb

BATCH_ROWS = 5_000

_LINES = """
SELECT l.rank, l.id, l.tier, l.watch, l.rule, l.subject_kind, l.subject_key, l.unit_name, l.moment, l.amount,
  CAST(l.score AS DOUBLE) AS score, l.points, l.amount_points, l.factor, l.repetition, l.raised,
  greatest(0, qf_colour_step(l.points) - CAST(l.raised AS INTEGER)) AS colour_step, x.replaces,
  f.rule AS f_rule, f.tier AS f_tier, f.header_tier, f.moment AS f_moment, f.amount AS f_amount, f.facts,
  f.shown, f.raw_kind, f.spoken, f.unit_name AS f_unit
FROM qf_lead AS l
JOIN qf_member AS m ON m.lead_no = l.lead_no
JOIN qf_finding AS f ON f.finding_row = m.finding_row
LEFT JOIN qf_replaces AS x ON x.lead_no = l.lead_no
ORDER BY l.rank, m.place
"""

Row = dict[str, Any]


def write(
    con: duckdb.DuckDBPyConnection,
    wordings: Mapping[str, Wording],
    snapshot_of: Callable[[frozenset[str]], str],
    out: TextIO,
) -> None:
    """Write every lead of `qf_lead`, one line each.

    Args:
        con: Where `merge` has been.
        wordings: By rule id; every rule that found something.
        snapshot_of: Content hash of a set of tables.
        out: Text file, UTF-8, line ends as written.
    """
    every = frozenset(t for w in wordings.values() for t in (*w.rule.reads, *w.rule.uses))
    rules = {rule: RulePart.of(wording, every) for rule, wording in wordings.items()}
    open_lead: LeadLine | None = None
    for row in rows(con):
        if open_lead is None or open_lead.rank != row["rank"]:
            if open_lead is not None:
                out.write(open_lead.tail(snapshot_of))
            open_lead = LeadLine(row["rank"], row)
            out.write(open_lead.head(rules))
        out.write(open_lead.finding(row, rules[row["f_rule"]]))
    if open_lead is not None:
        out.write(open_lead.tail(snapshot_of))


def rows(con: duckdb.DuckDBPyConnection) -> Iterator[Row]:
    """Yield the rows of leads and findings, never more than a batch in memory."""
    for batch in con.sql(_LINES).to_arrow_reader(BATCH_ROWS):
        columns = batch.to_pydict()
        names = tuple(columns)
        for values in zip(*columns.values(), strict=True):
            yield dict(zip(names, values, strict=True))


@dataclass(frozen=True)
class RulePart:
    """What every finding of one rule repeats, already as JSON.

    Attributes:
        wording: The rule and its types.
        head: `"version": …, "params": …`.
        tables: Tables the rule reads; of a cross rule, those that any rule reads.
    """

    wording: Wording
    head: str
    tables: frozenset[str]

    @classmethod
    def of(cls, wording: Wording, every: frozenset[str]) -> RulePart:
        """Make the part of a rule; `every` are the tables that findings may come from."""
        rule = wording.rule
        params = {name: jsonable(value) for name, value in rule.params.items()}
        head = f'"version": {text(rule.version)}, "title": {text(rule.title)}, "params": {text(params)}'
        tables = frozenset({*rule.reads, *rule.uses})
        return cls(wording, head, tables | every if "finding" in tables else tables)


@dataclass
class LeadLine:
    """One line under way; knows what its findings' rules have said so far.

    Attributes:
        rank: The lead's.
        lead: Columns of the lead.
    """

    rank: int
    lead: Row
    _seen: dict[str, RulePart] = field(default_factory=dict)
    _any: bool = False

    def head(self, rules: Mapping[str, RulePart]) -> str:
        """Return the line up to its findings."""
        lead = self.lead
        colour = "grey" if lead["tier"] == "C" else COLOUR_FLOORS[lead["colour_step"]][1]
        told = {
            "id": lead["id"],
            "rank": lead["rank"],
            "score": lead["score"],
            "points": lead["points"],
            "colour": colour,
            "tier": lead["tier"],
            "watch": lead["watch"],
            "title": rules[lead["rule"]].wording.rule.title,
            "subject": {"kind": lead["subject_kind"], "key": lead["subject_key"]},
            "unit": lead["unit_name"],
            "at": instant(lead["moment"]),
            "amount": _yuan(lead["amount"]),
        }
        return text(told)[:-1] + ', "findings": ['

    def finding(self, row: Row, part: RulePart) -> str:
        """Return one finding, with a comma before it where one is due."""
        comma, self._any = (", " if self._any else ""), True
        self._seen.setdefault(row["f_rule"], part)
        tier, wording = row["f_tier"], part.wording
        facts = wording.facts(row["facts"], tier)
        at, amount = instant(row["f_moment"]), _yuan(row["f_amount"])
        besides = {"at": at, "amount": amount, "unit": row["f_unit"], "unit_id": row["f_unit"]}
        besides[row["raw_kind"]] = row["spoken"]
        lowered = f', "lowered_from": "{row["header_tier"]}"' if tier != row["header_tier"] else ""
        return (
            f'{comma}{{"rule": "{row["f_rule"]}", {part.head}, "tier": "{tier}"{lowered}, '
            f'"at": {text(at)}, "amount": {text(amount)}, '
            f'"message": {text(wording.message(facts, besides, tier))}, '
            f'"facts": {text(facts)}, "evidence": {row["shown"]}}}'
        )

    def tail(self, snapshot_of: Callable[[frozenset[str]], str]) -> str:
        """Return the line after its findings."""
        lead, parts = self.lead, tuple(self._seen.values())
        told: dict[str, object] = {
            "innocent": _once(item for part in parts for item in part.wording.rule.innocent),
            "verify": _once(item for part in parts for item in part.wording.rule.verify),
            "snapshot": snapshot_of(frozenset().union(*(part.tables for part in parts))),
            "arithmetic": arithmetic(
                tier=lead["tier"],
                amount_points=lead["amount_points"],
                repetition=lead["repetition"],
                factor=lead["factor"],
                raised=lead["raised"],
            ),
        }
        if lead["replaces"]:
            told["replaces"] = lead["replaces"]
        return "], " + text(told)[1:] + "\n"


def text(value: object) -> str:
    """Return a value as JSON, Chinese as Chinese."""
    return json.dumps(value, ensure_ascii=False)


def instant(at: datetime | None) -> str | None:
    """Return a Shanghai time as ISO 8601 with its offset."""
    return None if at is None else at.isoformat(timespec="seconds") + "+08:00"


def _yuan(amount: object) -> str | None:
    return None if amount is None else str(amount)


def _once(items: Iterator[str]) -> Sequence[str]:
    return list(dict.fromkeys(items))
