"""Screening: every rule over one snapshot, its findings, its leads."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow.parquet as pq

from qingfeng.screening.engines.duckdb_engine import MEMORY, connect, mount, seal
from qingfeng.screening.errors import Problem
from qingfeng.screening.leads import merging, writing
from qingfeng.screening.leads.wording import jsonable
from qingfeng.screening.progress import Progress, Silent
from qingfeng.screening.run import record
from qingfeng.screening.run.counting import Count, TableCount, count
from qingfeng.screening.run.finding import find
from qingfeng.screening.run.outcome import RAN, Reason, RuleRun, Run
from qingfeng.screening.run.readiness import (
    Given,
    absence,
    calendar_reason,
    missing_years,
    period_reason,
    stands_for,
    without,
)
from qingfeng.screening.tables import tables

if TYPE_CHECKING:
    from qingfeng.screening.home import Home
    from qingfeng.screening.lake import Lake, Snapshot
    from qingfeng.screening.rulebook import Rule

FORMAT = 1  # of what a run keeps; part of its id

# Own rows that an earlier run's lead of the same rule had, where that lead is gone now.
_REPLACES = """
CREATE OR REPLACE TABLE qf_replaces AS
WITH gone AS (
  SELECT lead, rule, unnest(own) AS own_row FROM qf_before
  WHERE lead NOT IN (SELECT id FROM qf_lead)
), heir AS (
  SELECT DISTINCT m.lead_no, g.lead FROM (
    SELECT finding_row, rule, unnest(own) AS own_row FROM qf_finding
  ) AS f
  JOIN gone AS g ON g.rule = f.rule AND g.own_row = f.own_row
  JOIN qf_member AS m ON m.finding_row = f.finding_row
)
SELECT lead_no, string_agg(lead, ' ' ORDER BY lead) AS replaces FROM heir GROUP BY lead_no
"""
_REPLACES_NOTHING = "CREATE OR REPLACE TABLE qf_replaces (lead_no BIGINT, replaces VARCHAR)"

_KEPT = """
SELECT l.id AS lead, l.rank, f.finding_row, f.rule, f.header_tier, f.tier, f.watch, f.raw_kind, f.raw_key,
  f.subject_kind, f.subject_id, f.unit_id, f.moment, f.amount, f.source, f.own, f.evidence, f.facts
FROM qf_finding AS f
JOIN qf_member AS m ON m.finding_row = f.finding_row
JOIN qf_lead AS l ON l.lead_no = m.lead_no
ORDER BY f.finding_row
"""


SIDE_BY_SIDE = 2  # more gain nothing
SIDE_BY_SIDE_ROWS = 30_000_000  # of more rows, two rules at once would spill what one alone keeps in memory


def screen(
    home: Home,
    lake: Lake,
    rules: Mapping[str, Rule],
    *,
    as_of: date | None = None,
    only: tuple[str, ...] = (),
    progress: Progress | None = None,
    memory: str = MEMORY,
    threads: int | None = None,
    spill: str = "",
) -> Run:
    """Run every rule over the lake's newest snapshot and keep the run in the home.

    Args:
        home: Where the run is kept.
        lake: The records.
        rules: By id, as `load_rules` gives them, with the parameters in force.
        as_of: The day that counts as today; later rows are not screened. None for all rows.
        only: Ids to run; the others are left out altogether. Empty for all.
        progress: Who is told.
        memory: Limit of the engine's buffers.
        threads: Of the engine; it never changes a byte of the leads.
        spill: Limit of what the engine puts aside on the disk; "" for what the disk has.

    Returns:
        The run; its leads stand in `run.file`.

    Raises:
        Problem: If the engine cannot work at all or the run cannot be kept. A rule that
            fails is told in its `RuleRun` and fails nothing else.
    """
    chosen = {name: rules[name] for name in sorted(rules) if not only or name in only}
    snapshot = lake.snapshot()
    built = home.scratch("staging")
    try:
        with closing(connect(home, memory=memory, threads=threads, spill=spill)) as con:
            house = _House(home, lake, snapshot, con, chosen, progress or Silent())
            return house.screen(built, as_of=as_of, only=tuple(sorted(only)))
    finally:
        shutil.rmtree(built, ignore_errors=True)


@dataclass
class _House:
    """One screening under way.

    Attributes:
        home: Where it is kept.
        lake: The records.
        snapshot: The records as they are at its beginning.
        con: Its own connection.
        rules: By id, sorted.
        progress: Who is told.
    """

    home: Home
    lake: Lake
    snapshot: Snapshot
    con: duckdb.DuckDBPyConnection
    rules: Mapping[str, Rule]
    progress: Progress
    told: dict[str, RuleRun] = field(default_factory=dict)
    known: dict[str, TableCount] = field(default_factory=dict)

    def screen(self, built: Path, *, as_of: date | None, only: tuple[str, ...]) -> Run:
        full = mount(self.con, self.snapshot, as_of=as_of)
        seal(self.con, [self.lake.folder, built])
        merging.prepare(self.con, self.snapshot.sheets())
        self._count(full)
        with self.progress.phase("Rules", total=len(self._ready())) as step:
            self._find_all([rule for rule in self._ready() if not is_cross(rule)], step)
            self._count_findings()
            self._find_all([rule for rule in self._ready() if is_cross(rule)], step)
        return self._keep(built, as_of=as_of, only=only)

    def _ready(self) -> list[Rule]:
        return [rule for rule in self.rules.values() if not self.told[rule.id].reason]

    def _count(self, full: tuple[str, ...]) -> None:
        """Decide which rules can run, and count what they will see."""
        given = Given(self.snapshot.sheets())
        for rule in self.rules.values():
            self.told[rule.id] = RuleRun(
                rule=rule.id,
                title=rule.title,
                watch=rule.watch,
                tier=rule.tier,
                version=rule.version,
                reason=absence(rule, full, given),
                table=stands_for(rule, full),
                skipped=given.skipped(rule),
                without=without(rule, full),
            )
        ready = [rule for rule in self._ready() if rule.about != "finding"]
        more = {table for rule in ready for table in rule.tables} - {"finding"}
        with self.progress.phase("Counting", total=None):
            self.known, counts = count(self.con, ready, more & set(full))
        counts |= self._beyond_the_calendar(ready, counts)
        for rule in self._ready():
            self._tell_count(rule, counts.get(rule.id, Count()))

    def _tell_count(self, rule: Rule, counted: Count) -> None:
        told = self.told[rule.id]
        reason = told.reason or period_reason(rule, self.known)
        if counted.error:
            reason = Reason(f"failed: {counted.error}", f"出错：{counted.error}")
        rows = {t: self.known[t].rows for t in rule.tables if t in self.known}
        self.told[rule.id] = told.told(
            reason=reason,
            rows=rows,
            read=rows.get(told.table, 0),
            applicable=counted.applicable if told.table == rule.about else rows.get(told.table, 0),
            excluded=counted.excluded,
        )

    def _beyond_the_calendar(self, ready: list[Rule], counts: Mapping[str, Count]) -> dict[str, Count]:
        """Recount the rules that ask for rest days of a year whose notice is not known."""
        years = self.con.execute("SELECT DISTINCT year(date) FROM calendar").fetchall()
        known = frozenset(int(year) for (year,) in years)
        again: dict[str, Count] = {}
        for rule in ready:
            by_year = self._by_year(rule, known) if "calendar" in rule.reads else {}
            missing = missing_years(by_year, known)
            if not missing or counts[rule.id].error:
                continue
            if reason := calendar_reason(by_year, known):
                self.told[rule.id] = self.told[rule.id].told(reason=reason)
                continue
            listed = ", ".join(map(str, missing))
            label = f"工作日历缺{listed.replace(', ', '、')}年"
            beyond = {label: f"year({tables()[rule.about].time}) IN ({listed})"}
            again |= count(self.con, [replace(rule, excluded={**beyond, **rule.excluded})])[1]
        return again

    def _by_year(self, rule: Rule, known: frozenset[int]) -> dict[int, int]:
        table = rule.about
        counted = self.known[table]
        if not counted.since or not counted.until:
            return {}
        if set(range(counted.since.year, counted.until.year + 1)) <= known:
            return {}
        time = tables()[table].time
        by_year = f"SELECT year({time}), count(*) FROM {table} WHERE {time} IS NOT NULL GROUP BY 1"
        return {int(year): int(rows) for year, rows in self.con.execute(by_year).fetchall()}

    def _find(self, rule: Rule, con: duckdb.DuckDBPyConnection) -> None:
        """Run one rule; an error of the engine is told and stops nothing else."""
        try:
            answer = find(con, rule)
        except duckdb.InterruptException as error:
            raise KeyboardInterrupt from error
        except duckdb.Error as error:
            what = str(error).partition("\n")[0]
            reason = Reason(f"failed: {what}", f"出错：{what}")
            self.told[rule.id] = self.told[rule.id].told(reason=reason)
            return
        self.told[rule.id] = self.told[rule.id].told(
            state=RAN, found=answer.found, unproven=answer.unproven, seconds=round(answer.seconds, 3)
        )

    def _side_by_side(self, wave: list[Rule], step: Callable[[int], None]) -> None:
        """Run rules two at a time: parts of a plan that the engine cannot split leave a processor idle."""
        cursors = [self.con.cursor() for _ in range(min(SIDE_BY_SIDE, len(wave)))]
        free: SimpleQueue[duckdb.DuckDBPyConnection] = SimpleQueue()
        for cursor in cursors:
            free.put(cursor)

        def run(rule: Rule) -> None:
            cursor = free.get()
            try:
                self._find(rule, cursor)
            finally:
                free.put(cursor)

        with ThreadPoolExecutor(len(cursors)) as pool:
            running = [pool.submit(run, rule) for rule in wave]
            try:
                for one in as_completed(running):
                    one.result()
                    step(1)
            except BaseException:
                for waiting in running:
                    waiting.cancel()
                for cursor in cursors:
                    cursor.interrupt()
                raise
        for cursor in cursors:
            cursor.close()

    def _find_all(self, wave: list[Rule], step: Callable[[int], None]) -> None:
        if len(wave) > 1 and sum(counted.rows for counted in self.known.values()) <= SIDE_BY_SIDE_ROWS:
            self._side_by_side(wave, step)
        else:
            for rule in wave:
                self._find(rule, self.con)
                step(1)
        merging.settle(self.con)
        kept = dict(self.con.execute("SELECT rule, count(*) FROM qf_finding GROUP BY rule").fetchall())
        for rule in wave:
            told, found = self.told[rule.id], kept.get(rule.id, 0)
            self.told[rule.id] = told.told(found=found, unproven=told.unproven + told.found - found)

    def _count_findings(self) -> None:
        """Count what the cross rules will see, once the others have found."""
        cross = [rule for rule in self._ready() if rule.about == "finding"]
        if cross:
            known, counts = count(self.con, cross)
            self.known |= known
            for rule in cross:
                self._tell_count(rule, counts[rule.id])

    def _keep(self, built: Path, *, as_of: date | None, only: tuple[str, ...]) -> Run:
        """Merge, write and keep."""
        asked = {"as_of": as_of, "only": only}
        content = self.snapshot.content_hash(self.snapshot.tables())
        key = record.run_id({**asked, "format": FORMAT, "content": content, "rules": self._identity()})
        previous = record.previous_run(self.home, key, asked)
        with self.progress.phase("Leads", total=None):
            merging.merge(self.con)
            self._replace(previous)
            snapshots: dict[frozenset[str], str] = {}
            self._write(built, snapshots)
        for told in (content, *snapshots.values()):
            record.keep_snapshot(self.home, told, self.snapshot.id)
        record.keep_rules(self.home, self.rules.values())
        by_tier = self.con.execute(
            "SELECT tier, count(*) FROM qf_lead GROUP BY tier ORDER BY tier"
        ).fetchall()
        run = Run(
            id=key,
            folder=self.home.runs / key,
            number=max((run.number for run in record.runs(self.home)), default=0) + 1,
            snapshot=content,
            lake_snapshot=self.snapshot.id,
            as_of=as_of,
            until=max((c.until for c in self.known.values() if c.until), default=None),
            only=only,
            rules=tuple(self.told.values()),
            findings=sum(told.found for told in self.told.values()),
            leads={tier: int(leads) for tier, leads in by_tier},
            previous=previous.id if previous else "",
        )
        return record.keep(run, built)

    def _identity(self) -> dict[str, Any]:
        return {
            rule.id: [rule.version, {name: jsonable(value) for name, value in rule.params.items()}]
            for rule in self.rules.values()
        }

    def _replace(self, previous: Run | None) -> None:
        """Name the leads of the previous run that have grown into others."""
        self.con.execute(_REPLACES_NOTHING)
        if previous is None:
            return
        with suppress(FileNotFoundError):
            before = pq.read_table(previous.folder / "findings.parquet", columns=["lead", "rule", "own"])
            self.con.register("qf_before", before)
            self.con.execute(_REPLACES)
            self.con.unregister("qf_before")

    def _write(self, built: Path, snapshots: dict[frozenset[str], str]) -> None:
        """Write leads.jsonl and findings.parquet into a folder.

        Raises:
            Problem: If there is no space left.
        """

        def snapshot_of(names: frozenset[str]) -> str:
            if names not in snapshots:
                snapshots[names] = self.snapshot.content_hash(names)
            return snapshots[names]

        ran = {rule.id: rule for rule in self.rules.values() if self.told[rule.id].state == RAN}
        try:
            with (built / "leads.jsonl").open("w", encoding="utf-8", newline="\n") as out:
                writing.write(self.con, ran, snapshot_of, out)
            kept = str(built / "findings.parquet").replace("'", "''")
            self.con.execute(f"COPY ({_KEPT}) TO '{kept}' (FORMAT parquet, COMPRESSION zstd)")
        except (OSError, duckdb.IOException) as error:
            what = error.strerror if isinstance(error, OSError) else str(error).partition("\n")[0]
            raise Problem(
                f"The leads cannot be written: {what}.",
                where=str(self.home.root),
                then="Free space in the home, then say the same again; nothing was changed.",
            ) from error


def is_cross(rule: Rule) -> bool:
    """Tell whether a rule reads the findings of others."""
    return "finding" in rule.tables
