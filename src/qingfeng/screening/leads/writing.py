"""`leads.jsonl`: one lead a line, streamed from the engine in the order of rank.

A rule may find a million rows, so a finding must cost microseconds: the engine writes its
text, what a rule or a combination of rules repeats is made JSON once, and here the two
are only put behind each other.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from json.encoder import encode_basestring as quoted
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

from qingfeng.screening.leads.weights import COLOUR_FLOORS, arithmetic
from qingfeng.screening.leads.wording import jsonable, told

if TYPE_CHECKING:
    import duckdb

    from qingfeng.screening.rulebook import Rule

BATCH_ROWS = 5_000

text = json.JSONEncoder(ensure_ascii=False).encode  # made once: json.dumps would make one a call

_LEADS = """
SELECT l.rank, l.id, l.tier, l.watch, l.rule, l.subject_kind, l.subject_key, l.unit_name,
  strftime(l.moment, '%Y-%m-%dT%H:%M:%S+08:00') AS moment, CAST(l.amount AS VARCHAR) AS amount,
  CAST(l.score AS DOUBLE) AS score, l.points, l.amount_points, l.factor, l.repetition, l.raised,
  greatest(0, qf_colour_step(l.points) - CAST(l.raised AS INTEGER)) AS colour_step, l.findings, x.replaces
FROM qf_lead AS l LEFT JOIN qf_replaces AS x ON x.lead_no = l.lead_no
ORDER BY l.rank
"""

# From the tier on: what stands before it is the rule's.
_FINDINGS = f"""
SELECT f.rule,
  ', "tier": "' || f.tier
  || CASE WHEN f.tier <> f.header_tier THEN '", "lowered_from": "' || f.header_tier ELSE '' END
  || '", "at": ' || coalesce(strftime(f.moment, '"%Y-%m-%dT%H:%M:%S+08:00"'), 'null')
  || ', "amount": ' || coalesce('"' || CAST(f.amount AS VARCHAR) || '"', 'null')
  || ', "message": ' || qf_json({told("f.message", "f.spoken", "f.unit_name")})
  || ', "facts": ' || f.facts || ', "evidence": ' || qf_shown(f.named) || '}}' AS told
FROM qf_lead AS l
JOIN qf_member AS m ON m.lead_no = l.lead_no
JOIN qf_finding AS f ON f.finding_row = m.finding_row
ORDER BY l.rank, m.place
"""


class Lead(NamedTuple):
    """A lead; the columns of `_LEADS` in their order."""

    rank: int
    id: str
    tier: str
    watch: str
    rule: str
    subject_kind: str
    subject_key: str
    unit_name: str | None
    moment: str | None
    amount: str | None
    score: float
    points: int
    amount_points: int
    factor: int
    repetition: int
    raised: bool
    colour_step: int
    findings: int
    replaces: str | None


def write(
    con: duckdb.DuckDBPyConnection,
    rules: Mapping[str, Rule],
    snapshot_of: Callable[[frozenset[str]], str],
    out: TextIO,
) -> None:
    """Write every lead of `qf_lead`, one line each.

    Args:
        con: Where `merge` has been.
        rules: Those that ran, by id.
        snapshot_of: Content hash of a set of tables.
        out: Text file, UTF-8, line ends as written.
    """
    every = frozenset(table for rule in rules.values() for table in rule.tables)
    parts = {name: RulePart.of(rule, every) for name, rule in rules.items()}
    tails = Tails(parts, snapshot_of)
    with closing(con.cursor()) as beside:  # two results are read at once, and a connection has one
        findings = rows(con, _FINDINGS)
        for lead in map(Lead._make, rows(beside, _LEADS)):
            of_lead = list(islice(findings, lead.findings))
            listed = ", ".join([f"{{{parts[rule].head}{finding}" for rule, finding in of_lead])
            seen = tuple(dict.fromkeys(rule for rule, _ in of_lead))
            out.write(f"{_head(lead, parts[lead.rule])}{listed}{tails.of(lead, seen)}")


def rows(con: duckdb.DuckDBPyConnection, sql: str) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a query, never more than a batch in memory."""
    for batch in con.sql(sql).to_arrow_reader(BATCH_ROWS):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


@dataclass(frozen=True)
class RulePart:
    """What every finding of one rule repeats.

    Attributes:
        title: As JSON.
        head: `"rule": …, "version": …, "title": …, "params": …` as JSON.
        tables: Tables the rule reads; of a cross rule, those that any rule reads.
        innocent: Explanations to be ticked off.
        verify: What to look at.
    """

    title: str
    head: str
    tables: frozenset[str]
    innocent: tuple[str, ...]
    verify: tuple[str, ...]

    @classmethod
    def of(cls, rule: Rule, every: frozenset[str]) -> RulePart:
        """Make the part of a rule; `every` are the tables that findings may come from."""
        params = {name: jsonable(value) for name, value in rule.params.items()}
        head = {"rule": rule.id, "version": rule.version, "title": rule.title, "params": params}
        tables = frozenset(rule.tables)
        return cls(
            title=quoted(rule.title),
            head=text(head)[1:-1],
            tables=tables | every if "finding" in tables else tables,
            innocent=rule.innocent,
            verify=rule.verify,
        )


def _head(lead: Lead, part: RulePart) -> str:
    """Return a line up to its first finding."""
    colour = "grey" if lead.tier == "C" else COLOUR_FLOORS[lead.colour_step][1]
    return (
        f'{{"id": "{lead.id}", "rank": {lead.rank}, "score": {lead.score}, "points": {lead.points}, '
        f'"colour": "{colour}", "tier": "{lead.tier}", "watch": "{lead.watch}", "title": {part.title}, '
        f'"subject": {{"kind": "{lead.subject_kind}", "key": {quoted(lead.subject_key)}}}, '
        f'"unit": {_or_null(lead.unit_name)}, "at": {_or_null(lead.moment)}, '
        f'"amount": {_or_null(lead.amount)}, "findings": ['
    )


@dataclass
class Tails:
    """The ends of lines; leads of the same rules share most of theirs.

    Attributes:
        parts: By rule id.
        snapshot_of: Content hash of a set of tables.
    """

    parts: Mapping[str, RulePart]
    snapshot_of: Callable[[frozenset[str]], str]
    _known: dict[tuple[str, ...], str] = field(default_factory=dict)

    def of(self, lead: Lead, seen: tuple[str, ...]) -> str:
        """Return a line after its findings.

        Args:
            lead: The lead.
            seen: Rules of its findings, in their order.
        """
        if seen not in self._known:
            self._known[seen] = self._shared(seen)
        sums = _arithmetic(lead.tier, lead.amount_points, lead.repetition, lead.factor, lead.raised)
        replaces = f', "replaces": {quoted(lead.replaces)}' if lead.replaces else ""
        return f'], {self._known[seen]}, "arithmetic": {sums}{replaces}}}\n'

    def _shared(self, seen: tuple[str, ...]) -> str:
        parts = [self.parts[rule] for rule in seen]
        told = {
            "innocent": list(dict.fromkeys(item for part in parts for item in part.innocent)),
            "verify": list(dict.fromkeys(item for part in parts for item in part.verify)),
            "snapshot": self.snapshot_of(frozenset().union(*(part.tables for part in parts))),
        }
        return text(told)[1:-1]


@cache
def _arithmetic(tier: str, amount_points: int, repetition: int, factor: int, raised: bool) -> str:  # noqa: FBT001 - a cache's key
    return text(
        arithmetic(
            tier=tier, amount_points=amount_points, repetition=repetition, factor=factor, raised=raised
        )
    )


def _or_null(value: str | None) -> str:
    return "null" if value is None else quoted(value)
