"""What one measured process does; its last line says the seconds of the work itself."""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import duckdb

from bench.records import PLAIN_COPY
from qingfeng.screening.correction import Letter, judge, keep_cube
from qingfeng.screening.engines.duckdb_engine import ask, connect, mount
from qingfeng.screening.home import Home
from qingfeng.screening.intake.load import import_inputs
from qingfeng.screening.lake import Lake
from qingfeng.screening.leads.merging import FINDING_VIEW
from qingfeng.screening.progress import Silent
from qingfeng.screening.rulebook import load_rules
from qingfeng.screening.run import runs, screen
from qingfeng.screening.run.screening import is_cross

LETTERS = 200
DATA = Path(__file__).parent / "data"


def say(seconds: float, **more: object) -> None:
    """Print what the driver reads."""
    print(json.dumps({"seconds": round(seconds, 3), **more}))


def work_screen(folder: str) -> None:
    """Screen a lake: counts, rules, findings, leads, record."""
    home = Home(Path(folder))
    rules = load_rules()
    began, busy = time.perf_counter(), time.process_time()
    run = screen(home, Lake(home), rules, progress=Silent())
    ran = [rule for rule in run.rules if not rule.reason]
    say(
        time.perf_counter() - began,
        processor=round(time.process_time() - busy, 2),
        rules=len(ran),
        findings=run.findings,
        in_rules=round(sum(rule.seconds for rule in ran), 1),
        slowest={r.rule: r.seconds for r in sorted(ran, key=lambda r: -r.seconds)[:6]},
    )


def work_plain_rules(folder: str) -> None:
    """Execute the SELECTs of the rules that the newest run could run, one after another, results fetched.

    Those of cross rules too, over the findings that the run kept.
    """
    home = Home(Path(folder))
    lake = Lake(home)
    newest = runs(home)[0]
    ran = {rule.rule for rule in newest.rules if not rule.reason}
    rules = sorted((r for r in load_rules().values() if r.id in ran), key=is_cross)
    began, busy = time.perf_counter(), time.process_time()
    found = 0
    with closing(connect(home)) as con:
        mount(con, lake.snapshot(), as_of=None)
        kept = newest.folder / "findings.parquet"
        con.execute(f"CREATE VIEW qf_finding AS SELECT * FROM '{kept}' WHERE watch <> 'cross'")
        con.execute(FINDING_VIEW)
        for rule in rules:
            sql, values = rule.query()
            found += ask(con, sql, values).num_rows
    processor = round(time.process_time() - busy, 2)
    say(time.perf_counter() - began, processor=processor, rules=len(rules), findings=found)


def work_corrections(folder: str) -> None:
    """Count the before and after of 200 letters in one pass, keep it beside the run, and judge each."""
    home = Home(Path(folder))
    newest = runs(home)[0]
    known = load_rules()
    ran = [rule.rule for rule in newest.rules if not rule.reason]
    letters = [_letter(number, ran) for number in range(LETTERS)]
    named = {rule for one in letters for rule in (*one.rules, *one.neighbours)}
    began, busy = time.perf_counter(), time.process_time()
    kept = keep_cube(
        home,
        Lake(home).snapshot(newest.lake_snapshot),
        newest,
        [known[rule] for rule in sorted(named)],
        names=[one.unit for one in letters],
    )
    counted = time.perf_counter() - began
    said = Counter(judge(one, kept.cube.counts).says for one in letters)
    say(
        time.perf_counter() - began,
        processor=round(time.process_time() - busy, 2),
        counted=round(counted, 2),
        rules=len(named),
        said=dict(said),
    )


def _letter(number: int, rules: list[str]) -> Letter:
    """Return a letter to one of the 200 units: two rules, a neighbour, a year before, half a year after."""
    own = tuple(rules[(number + step) % len(rules)] for step in range(3))
    units = [f"单位{one}" for one in range(200)]
    return Letter(
        unit=units[number % 200],
        rules=own[:2],
        neighbours=own[2:],
        before=tuple(f"2025-{month:02d}" for month in range(1, 13)),
        after=tuple(f"2026-{month:02d}" for month in range(4, 10)),
        tolerance=0.3,
        peers=tuple(units[(number + step) % 200] for step in range(1, 41)),
    )


def work_intake(file: str) -> None:
    """Import one file into a fresh home."""
    folder = DATA / "intake-home"
    shutil.rmtree(folder, ignore_errors=True)
    home = Home(folder)
    began = time.perf_counter()
    came_in = import_inputs([Path(file)], home, Lake(home), Silent())
    say(time.perf_counter() - began, kept=sum(sheet.rows_kept for sheet in came_in.sheets))


def work_plain_copy(file: str) -> None:
    """Let DuckDB read the typed CSV and write Parquet."""
    out = DATA / "plain.parquet"
    began = time.perf_counter()
    with duckdb.connect() as con:
        con.execute("SET enable_progress_bar = false")
        con.execute(PLAIN_COPY.format(file=file, out=out))
    say(time.perf_counter() - began)
    out.unlink()


if __name__ == "__main__":
    {
        "screen": work_screen,
        "plain-rules": work_plain_rules,
        "corrections": work_corrections,
        "intake": work_intake,
        "plain-copy": work_plain_copy,
    }[sys.argv[1]](sys.argv[2])
