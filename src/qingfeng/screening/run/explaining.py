"""A lead again: its rules as they were, over its snapshot, and the rows they rest on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow.parquet as pq

from qingfeng.screening.engines.duckdb_engine import connect, mount, seal
from qingfeng.screening.errors import Problem
from qingfeng.screening.leads import merging
from qingfeng.screening.rulebook.header import read_parameter
from qingfeng.screening.rulebook.load import read_rule
from qingfeng.screening.run import record
from qingfeng.screening.run.evidence import Place, cited_cells, place_of
from qingfeng.screening.run.finding import find
from qingfeng.screening.run.forgetting import extract_of
from qingfeng.screening.run.screening import is_cross

if TYPE_CHECKING:
    from qingfeng.screening.home import Home
    from qingfeng.screening.lake import Lake, Snapshot
    from qingfeng.screening.rulebook.rule import Parameter, Rule
    from qingfeng.screening.run.outcome import Run


@dataclass(frozen=True)
class EvidenceRow:
    """One row that a finding rests on.

    Attributes:
        table: Lake table.
        file: Its file.
        sheet: Its sheet, or None.
        row: The number that a person sees.
        cells: Column to value, typed; empty if the row is no longer in the snapshot.
    """

    table: str
    file: str
    sheet: str | None
    row: int
    cells: Mapping[str, object]


@dataclass(frozen=True)
class ExplainedFinding:
    """One finding of the lead, found again.

    Attributes:
        rule: Id.
        title: Title.
        version: That of the run.
        params: As the lead tells them.
        sql: The SELECT that ran.
        message: What the lead says.
        facts: As the lead tells them.
        evidence: Rows with their cells.
        again: Whether the rule, run again on the snapshot, finds the same rows.
    """

    rule: str
    title: str
    version: str
    params: Mapping[str, object]
    sql: str
    message: str
    facts: Mapping[str, object]
    evidence: tuple[EvidenceRow, ...]
    again: bool


@dataclass(frozen=True)
class Explanation:
    """A lead explained.

    Attributes:
        lead: As it stands in leads.jsonl.
        findings: In the lead's order.
        lake_snapshot: The lake's id of the snapshot it was found in.
        warnings: What has changed since, a sentence each.
        sealed: Whether the rows come from the extract that was sealed before a deletion.
    """

    lead: Mapping[str, Any]
    findings: tuple[ExplainedFinding, ...]
    lake_snapshot: str
    warnings: tuple[str, ...] = field(default=())
    sealed: bool = False

    @property
    def same(self) -> bool:
        """Whether every rule finds the same rows again, or a sealed extract still shows them."""
        return self.sealed or all(finding.again for finding in self.findings)

    def lines(self) -> Iterator[str]:
        """Yield the explanation as plain lines."""
        lead = self.lead
        yield f"{lead['id']}  {lead['colour']}  {lead['tier']}  {lead['title']}"
        yield f"{lead['subject']['kind']} {lead['subject']['key']}  {lead['at']}  {lead['amount'] or '-'} 元"
        yield from (f"{name}: {how}" for name, how in lead["arithmetic"].items())
        yield from (f"! {warning}" for warning in self.warnings)
        for number, finding in enumerate(self.findings, 1):
            yield ""
            yield f"{number}. {finding.rule}  {finding.title}  {finding.version}"
            yield f"   {finding.message}"
            yield f"   params: {json.dumps(finding.params, ensure_ascii=False)}"
            if self.sealed:
                yield "   from the sealed extract: the records themselves were deleted"
            else:
                yield "   found again: the same rows" if finding.again else "   NOT found again"
            for row in finding.evidence:
                sheet = f" [{row.sheet}]" if row.sheet else ""
                yield f"   {row.table}  {row.file}{sheet}  row {row.row}"
                yield "      " + "  ".join(f"{name}={value}" for name, value in row.cells.items())
            yield from ("   | " + line for line in finding.sql.splitlines())


def explain(home: Home, lake: Lake, lead_id: str, *, rules: Mapping[str, Rule] | None = None) -> Explanation:
    """Find a lead's findings again on its snapshot.

    Args:
        home: Where the run was kept.
        lake: Its records.
        lead_id: Id, or an unambiguous beginning of it.
        rules: The rulebook of today, to say which rules have changed since.

    Raises:
        Problem: If no run has this lead, or its snapshot is gone.
    """
    run, lead = record.find_lead(home, lead_id)
    kept = {name: _kept_rule(home, run, name) for name in dict.fromkeys(f["rule"] for f in lead["findings"])}
    try:
        snapshot = _snapshot(home, lake, run, lead, kept)
    except Problem:
        extract = extract_of(home, lead["id"])
        if extract is None:
            raise
        rows = {place: EvidenceRow(*place, cells=cells) for place, cells in extract.items()}
        findings = tuple(_told(told, kept, rows.__getitem__, again=False) for told in lead["findings"])
        return Explanation(lead, findings, run.lake_snapshot, tuple(_changes(lead, rules or {})), sealed=True)
    with closing(connect(home)) as con:
        mount(con, snapshot, as_of=run.as_of)
        seal(con, [lake.folder])
        merging.prepare(con, snapshot.sheets())
        found = _found_again(con, run, lead, kept)
        cells = cited_cells(con, snapshot, (row for told in lead["findings"] for row in told["evidence"]))
        rows = {
            place_of(row): EvidenceRow(*place_of(row), cells=cells.get(place_of(row), {}))
            for told in lead["findings"]
            for row in told["evidence"]
        }
        findings = tuple(
            _told(told, kept, rows.__getitem__, again=_canonical(told) in found) for told in lead["findings"]
        )
    return Explanation(lead, findings, snapshot.id, tuple(_changes(lead, rules or {})))


def _told(
    told: Mapping[str, Any], kept: Mapping[str, Rule], row_at: Callable[[Place], EvidenceRow], *, again: bool
) -> ExplainedFinding:
    return ExplainedFinding(
        rule=told["rule"],
        title=told["title"],
        version=told["version"],
        params=told["params"],
        sql=kept[told["rule"]].query(params=_params(told["params"]))[0],
        message=told["message"],
        facts=told["facts"],
        evidence=tuple(row_at(place_of(row)) for row in told["evidence"]),
        again=again,
    )


def _snapshot(
    home: Home, lake: Lake, run: Run, lead: Mapping[str, Any], kept: Mapping[str, Rule]
) -> Snapshot:
    """Return the snapshot whose tables have the content that the lead names.

    Raises:
        Problem: If records that the lead's rules read were deleted since.
    """
    read = dict(kept)
    if any(is_cross(rule) for rule in kept.values()):
        read |= {told.rule: _kept_rule(home, run, told.rule) for told in run.rules if not told.reason}
    names = {table for rule in read.values() for table in rule.tables}
    for number in dict.fromkeys((record.kept_snapshot(home, lead["snapshot"]), run.lake_snapshot)):
        if number:
            snapshot = lake.snapshot(number)
            if snapshot.content_hash(names) == lead["snapshot"]:
                return snapshot
    raise Problem(
        "Records that this lead's rules read were deleted from the lake since.",
        where=f"snapshot {run.lake_snapshot}",
        then="Its line stands in the run's leads.jsonl; screen again for what is left.",
    )


def _kept_rule(home: Home, run: Run, name: str) -> Rule:
    version = next(told.version for told in run.rules if told.rule == name)
    rule, violations = read_rule(record.kept_rule(home, name, version))
    if rule is None:
        raise Problem(
            f"The text of the rule {name}, as it was then, cannot be used.",
            where="; ".join(map(str, violations)),
            then="Screen again to find this lead with the rule of today.",
        )
    return rule


def _changes(lead: Mapping[str, Any], rules: Mapping[str, Rule]) -> Iterator[str]:
    versions = {told["rule"]: told["version"] for told in lead["findings"]}
    for name, version in versions.items():
        if rules and name not in rules:
            yield f"The rule {name} is no longer in the rulebook; shown as it was then."
        elif rules and rules[name].version != version:
            yield f"The rule {name} has changed since ({rules[name].version[:19]}…); shown as it was then."


def _found_again(
    con: duckdb.DuckDBPyConnection, run: Run, lead: Mapping[str, Any], kept: Mapping[str, Rule]
) -> set[str]:
    """Run the lead's rules again; return the evidence that they find, as `qf_canon` writes it."""
    params = {told["rule"]: _params(told["params"]) for told in lead["findings"]}
    if any(is_cross(rule) for rule in kept.values()):
        # Cross rules see what the run had found, under the numbers it had.
        findings = pq.read_table(run.folder / "findings.parquet")
        con.register("qf_kept", findings)
        con.execute(
            "CREATE OR REPLACE TABLE qf_finding AS "
            "SELECT * EXCLUDE (lead, rank) FROM qf_kept WHERE watch <> 'cross'"
        )
        con.execute(merging.FINDING_VIEW)
        con.unregister("qf_kept")
    found: set[str] = set()
    for name, rule in kept.items():
        con.execute(merging.FOUND)
        find(con, rule, params[name])
        again = con.execute("SELECT DISTINCT qf_canon(qf_named(evidence), rule) FROM qf_found").fetchall()
        found |= {canon for (canon,) in again}
    return found


def _canonical(told: Mapping[str, Any]) -> str:
    """Return a finding's evidence as `qf_canon` writes it."""
    canon = {"evidence": told["evidence"], "rule": told["rule"]}
    return json.dumps(canon, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _params(told: Mapping[str, Any]) -> dict[str, Parameter]:
    """Return parameters as JSON told them in the form in which rules take them."""
    params: dict[str, Parameter] = {}
    for name, value in told.items():
        _, parameter = read_parameter(_exact(value))
        assert parameter is not None  # a run wrote only what a rule had
        params[name] = parameter
    return params


def _exact(value: object) -> object:
    if isinstance(value, float):
        return Decimal(str(value))
    if isinstance(value, list):
        return [_exact(one) for one in value]
    if isinstance(value, dict):
        return {k: date.fromisoformat(v) if k == "from" else _exact(v) for k, v in value.items()}
    return value
