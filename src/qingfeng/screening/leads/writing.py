"""`leads.jsonl`: one lead a line, streamed from the engine in the order of rank.

A rule may find a hundred thousand rows, so a finding must cost microseconds: what a rule
or a combination of rules repeats is made JSON once, and times and amounts become text in
the engine.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from json.encoder import encode_basestring as quoted
from typing import TYPE_CHECKING, NamedTuple, TextIO

from qingfeng.screening.leads.weights import COLOUR_FLOORS, arithmetic
from qingfeng.screening.leads.wording import Wording, jsonable

if TYPE_CHECKING:
    import duckdb

BATCH_ROWS = 5_000

text = json.JSONEncoder(ensure_ascii=False).encode  # made once: json.dumps would make one a call

_LINES = """
SELECT l.rank, l.id, l.tier, l.watch, l.rule, l.subject_kind, l.subject_key, l.unit_name,
  strftime(l.moment, '%Y-%m-%dT%H:%M:%S+08:00') AS moment, CAST(l.amount AS VARCHAR) AS amount,
  CAST(l.score AS DOUBLE) AS score, l.points, l.amount_points, l.factor, l.repetition, l.raised,
  greatest(0, qf_colour_step(l.points) - CAST(l.raised AS INTEGER)) AS colour_step, x.replaces,
  f.rule AS f_rule, f.tier AS f_tier, f.header_tier,
  strftime(f.moment, '%Y-%m-%dT%H:%M:%S+08:00') AS f_moment, CAST(f.amount AS VARCHAR) AS f_amount,
  f.facts, f.shown, f.raw_kind, f.spoken, f.unit_name AS f_unit
FROM qf_lead AS l
JOIN qf_member AS m ON m.lead_no = l.lead_no
JOIN qf_finding AS f ON f.finding_row = m.finding_row
LEFT JOIN qf_replaces AS x ON x.lead_no = l.lead_no
ORDER BY l.rank, m.place
"""


class Row(NamedTuple):
    """A finding with its lead; the columns of `_LINES` in their order."""

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
    replaces: str | None
    f_rule: str
    f_tier: str
    header_tier: str
    f_moment: str | None
    f_amount: str | None
    facts: str
    shown: str
    raw_kind: str
    spoken: str | None
    f_unit: str | None


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
    parts = {rule: RulePart.of(wording, every) for rule, wording in wordings.items()}
    tails = Tails(parts, snapshot_of)
    for _, of_lead in groupby(rows(con), key=lambda row: row.rank):
        seen: dict[str, None] = {}
        for row in of_lead:
            out.write(_head(row, parts[row.rule]) if not seen else ", ")
            seen[row.f_rule] = None
            out.write(_finding(row, parts[row.f_rule]))
        out.write(tails.of(row, tuple(seen)))


def rows(con: duckdb.DuckDBPyConnection) -> Iterator[Row]:
    """Yield the rows of leads and findings, never more than a batch in memory."""
    for batch in con.sql(_LINES).to_arrow_reader(BATCH_ROWS):
        yield from map(Row._make, zip(*(column.to_pylist() for column in batch.columns), strict=True))


@dataclass(frozen=True)
class RulePart:
    """What every finding of one rule repeats.

    Attributes:
        wording: The rule and its types.
        title: As JSON.
        head: `"rule": …, "version": …, "title": …, "params": …` as JSON.
        tables: Tables the rule reads; of a cross rule, those that any rule reads.
    """

    wording: Wording
    title: str
    head: str
    tables: frozenset[str]

    @classmethod
    def of(cls, wording: Wording, every: frozenset[str]) -> RulePart:
        """Make the part of a rule; `every` are the tables that findings may come from."""
        rule = wording.rule
        params = {name: jsonable(value) for name, value in rule.params.items()}
        told = {"rule": rule.id, "version": rule.version, "title": rule.title, "params": params}
        tables = frozenset({*rule.reads, *rule.uses})
        return cls(
            wording, quoted(rule.title), text(told)[1:-1], tables | every if "finding" in tables else tables
        )


def _head(lead: Row, part: RulePart) -> str:
    """Return a line up to its first finding."""
    colour = "grey" if lead.tier == "C" else COLOUR_FLOORS[lead.colour_step][1]
    return (
        f'{{"id": "{lead.id}", "rank": {lead.rank}, "score": {lead.score}, "points": {lead.points}, '
        f'"colour": "{colour}", "tier": "{lead.tier}", "watch": "{lead.watch}", "title": {part.title}, '
        f'"subject": {{"kind": "{lead.subject_kind}", "key": {quoted(lead.subject_key)}}}, '
        f'"unit": {_or_null(lead.unit_name)}, "at": {_or_null(lead.moment)}, '
        f'"amount": {_or_null(lead.amount)}, "findings": ['
    )


def _finding(row: Row, part: RulePart) -> str:
    """Return one finding."""
    tier, wording = row.f_tier, part.wording
    facts = wording.facts(row.facts, tier)
    besides = {"at": row.f_moment, "amount": row.f_amount, "unit": row.f_unit, "unit_id": row.f_unit}
    besides[row.raw_kind] = row.spoken
    lowered = f', "lowered_from": "{row.header_tier}"' if tier != row.header_tier else ""
    return (
        f'{{{part.head}, "tier": "{tier}"{lowered}, "at": {_or_null(row.f_moment)}, '
        f'"amount": {_or_null(row.f_amount)}, "message": {quoted(wording.message(facts, besides, tier))}, '
        f'"facts": {text(facts)}, "evidence": {row.shown}}}'
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

    def of(self, lead: Row, seen: tuple[str, ...]) -> str:
        """Return a line after its findings.

        Args:
            lead: Any row of it.
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
            "innocent": list(dict.fromkeys(item for part in parts for item in part.wording.rule.innocent)),
            "verify": list(dict.fromkeys(item for part in parts for item in part.wording.rule.verify)),
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
